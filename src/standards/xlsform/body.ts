import { isHidden, triggersOf } from './finish.ts'
import { sourceOf } from './instances.ts'
import { hintInItext, labelInItext } from './itext.ts'
import { actionNode } from './model.ts'
import { withOutputs } from './output.ts'
import { isFile } from './question.ts'
import { resolve } from './references.ts'
import { descendants, hint, label, mediaOf, pathOf, repeatsAbove, type FormNode, type Text } from './tree.ts'
import { types } from './types.ts'
import type { Form } from './xform.ts'
import { node, type XmlNode } from './xml.ts'

type Triggers = ReturnType<typeof triggersOf>

/** What the client shows: controls with labels, groups and repeats. */
export const bodyNodes = (form: Form): XmlNode[] => {
  const triggers = triggersOf(form.root)
  return form.root.children.flatMap((n) => shown(form, n, triggers))
}

const shown = (form: Form, n: FormNode, triggers: Triggers): XmlNode[] => {
  if (n.kind === 'group') return n.type === 'meta' ? [] : [group(form, n, triggers)]
  if (n.kind === 'repeat') return [repeat(form, n, triggers)]
  if (n.kind !== 'question' || isHidden(n)) return []
  const external = n.type === 'select one external'
  const attributes = { ref: pathOf(n), ...attributesOf(form, n), ...(external ? { query: nodesetOf(n.itemset!, filterOf(form, n)) } : {}) }
  const set = (triggers.get(n.name) ?? []).map((target) => setWhenChanged(form, n, target))
  // Values first, then places, as pyxform writes them.
  const actions = [...set.filter((a) => a.tag === 'setvalue'), ...set.filter((a) => a.tag !== 'setvalue')]
  return [node(types[n.type]!.control!, attributes, [...labelAndHint(form, n), ...(n.itemset === undefined || external ? [] : [itemset(form, n)]), ...actions])]
}

const raw = (n: FormNode, key: string): Record<string, string> => (n.control.has(key) ? { [key]: n.control.get(key)! } : {})
const group = (form: Form, n: FormNode, triggers: Triggers): XmlNode =>
  // The look of a group stays as written, whatever it refers to.
  node('group', { ...attributesOf(form, n), ...raw(n, 'appearance'), ...(n.flat ? {} : { ref: pathOf(n) }) }, [
    ...(label(n) === undefined ? [] : [labelNode(form, n)]),
    ...n.children.flatMap((c) => shown(form, c, triggers)),
  ])

const repeat = (form: Form, n: FormNode, triggers: Triggers): XmlNode => {
  const fresh = descendants(n)
    .filter((d) => repeatsAbove(d).at(-1) === n)
    .flatMap((d) => d.actions.filter((a) => a.event === 'odk-new-repeat').map((a) => actionNode(form, d, a)))
  const inner = node('repeat', { nodeset: pathOf(n), ...attributesOf(form, n) }, [...n.children.flatMap((c) => shown(form, c, triggers)), ...fresh])
  return node('group', { ref: pathOf(n) }, [labelNode(form, n), inner])
}

/** The expression is read from the question that changes, not from the one that is set. */
const setWhenChanged = (form: Form, n: FormNode, target: FormNode): XmlNode => {
  const calculation = target.bind.get('calculate')
  const value = typeof calculation === 'string' && target.type !== 'background-geopoint' ? resolve(calculation, form.names, n) : undefined
  return node(target.type === 'background-geopoint' ? 'odk:setgeopoint' : 'setvalue', {
    ref: pathOf(target),
    event: 'xforms-value-changed',
    ...(value === undefined ? {} : { value }),
  })
}

const attributesOf = (form: Form, n: FormNode): Record<string, string> =>
  Object.fromEntries([...n.control].map(([key, value]) => [key, resolve(value, form.names, n)]))

const labelNode = (form: Form, n: FormNode): XmlNode => {
  if (labelInItext(n)) return node('label', { ref: `jr:itext('${pathOf(n)}:label')` })
  const text = label(n)
  return node('label', {}, typeof text === 'string' ? withOutputs(text, form.names, n) : [])
}

const labelAndHint = (form: Form, n: FormNode): XmlNode[] => {
  const own: Text | undefined = hint(n) ?? types[n.type]?.hint
  const hinted = hintInItext(n)
    ? [node('hint', { ref: `jr:itext('${pathOf(n)}:hint')` })]
    : typeof own === 'string'
      ? [node('hint', {}, withOutputs(own, form.names, n))]
      : []
  const labelled = label(n) !== undefined || mediaOf(n.cells).size > 0 || hinted.length > 0
  return [...(labelled ? [labelNode(form, n)] : []), ...hinted]
}

const filterOf = (form: Form, n: FormNode, fromRepeat = false): string =>
  n.choiceFilter === undefined ? '' : resolve(n.choiceFilter, form.names, n, { current: true, fromRepeat })
const nodesetOf = (list: string, filter: string): string => `instance('${list}')/root/item${filter ? `[${filter}]` : ''}`
const isGeo = (n: FormNode): boolean => ['geopoint', 'geotrace', 'geoshape'].includes(n.type)

const itemset = (form: Form, n: FormNode): XmlNode => {
  const source = n.itemset!
  const chosen = source.includes('${')
  const filter = filterOf(form, n, chosen)
  let [value, text] = ['name', form.lists.get(source)?.itext ? 'jr:itext(itextId)' : 'label']
  let nodeset: string
  if (chosen) {
    // Choices from the answers of a repeat: the nodeset ends at the repeat, each answer is its own label.
    const steps = resolve(source, form.names, n, { fromRepeat: true }).trim().split('/')
    // A geo question refers to the repeat itself, whose places stand under the name `geometry`.
    value = text = isGeo(n) ? 'geometry' : steps.pop()!
    nodeset = steps.join('/')
    const local = nodeset === '' ? filter : filter.replaceAll(`current()/${nodeset}`, '.').replaceAll(nodeset, '.')
    nodeset += `[${local || `./${value} != ''`}]`
  } else {
    const file = n.fromFile && isFile(source)
    if (file && source.endsWith('.geojson')) [value, text] = ['id', 'title']
    if (n.type !== 'range') [value, text] = [n.parameters.get('value') ?? value, n.parameters.get('label') ?? text]
    nodeset = nodesetOf(file ? sourceOf(source).id : source, filter)
  }
  if (n.parameters.get('randomize') === 'true') {
    const seed = n.parameters.get('seed')
    nodeset = `randomize(${nodeset}${seed === undefined ? '' : `, ${resolve(seed, form.names, n).trim()}`})`
  }
  return node('itemset', { nodeset }, [node('value', { ref: value }), node('label', { ref: text })])
}
