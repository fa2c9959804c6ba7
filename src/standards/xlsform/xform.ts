import type { ChoiceList } from './choices.ts'
import { collect, hintInItext, itextNode, labelInItext, messageInItext } from './itext.ts'
import { withOutputs } from './output.ts'
import { resolve, type Names } from './references.ts'
import type { Settings } from './settings.ts'
import { descendants, guidance, hint, label, mediaOf, pathOf, repeatsAbove, type FormNode } from './tree.ts'
import { types } from './types.ts'
import { document, node, type XmlNode } from './xml.ts'

export interface Form {
  readonly root: FormNode
  readonly names: Names
  readonly lists: ReadonlyMap<string, ChoiceList>
  readonly settings: Settings
}

const namespaces = {
  xmlns: 'http://www.w3.org/2002/xforms',
  'xmlns:h': 'http://www.w3.org/1999/xhtml',
  'xmlns:ev': 'http://www.w3.org/2001/xml-events',
  'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
  'xmlns:jr': 'http://openrosa.org/javarosa',
  'xmlns:orx': 'http://openrosa.org/xforms',
  'xmlns:odk': 'http://www.opendatakit.org/xforms',
} as const

/** The whole XForm document. */
export const writeXform = (form: Form): string => {
  const { settings, root } = form
  const translations = collect(root, form.lists.values(), settings.defaultLanguage)
  const attributes = { id: settings.formId, ...(settings.version ? { version: settings.version } : {}) }
  const model = node('model', { 'odk:xforms-version': '1.0.0' }, [
    ...(translations.size > 0 ? [itextNode(translations, form.names, settings.defaultLanguage)] : []),
    node('instance', {}, [node(root.name, attributes, instanceChildren(form, root, false))]),
    ...secondaryInstances(form),
    ...descendants(root).flatMap((n) => [...binding(form, n), ...firstLoad(form, n)]),
  ])
  return document(
    node('h:html', namespaces, [
      node('h:head', {}, [node('h:title', {}, [settings.title]), model]),
      node(
        'h:body',
        settings.style ? { class: settings.style } : {},
        root.children.flatMap((n) => body(form, n)),
      ),
    ]),
  )
}

/** The empty record. A repeat stands twice: once as the template for new ones, once as the first. */
const instanceChildren = (form: Form, parent: FormNode, insideTemplate: boolean): XmlNode[] =>
  parent.children.flatMap((n) => {
    if (n.kind === 'external') return []
    if (n.kind === 'question')
      return [node(n.name, instanceAttributes(form, n), n.default !== undefined && !n.dynamicDefault ? [n.default] : [])]
    const plain = (template: boolean): XmlNode =>
      node(n.name, template ? { 'jr:template': '' } : instanceAttributes(form, n), instanceChildren(form, n, template || insideTemplate))
    if (n.kind === 'group') return [node(n.name, instanceAttributes(form, n), instanceChildren(form, n, insideTemplate))]
    if (insideTemplate) return [plain(true)]
    // The first instance holds plain children; templates of inner repeats stand in the outer template only.
    return [plain(true), node(n.name, instanceAttributes(form, n), firstInstance(form, n))]
  })
const firstInstance = (form: Form, parent: FormNode): XmlNode[] =>
  parent.children.flatMap((n) => {
    if (n.kind === 'external') return []
    if (n.kind === 'question')
      return [node(n.name, instanceAttributes(form, n), n.default !== undefined && !n.dynamicDefault ? [n.default] : [])]
    return [node(n.name, instanceAttributes(form, n), firstInstance(form, n))]
  })

const instanceAttributes = (form: Form, n: FormNode): Record<string, string> => {
  const tree = n.cells.get('instance')
  const own: Record<string, string> = {}
  if (tree instanceof Map) for (const [key, value] of tree) if (typeof value === 'string') own[key] = resolve(value, form.names, n)
  return own
}

/** Choice lists and attached files, each once; a file of the same name as a list wins (both cannot be told apart). */
const secondaryInstances = (form: Form): XmlNode[] => {
  const sources = new Map(externalSources(form.root).map(({ id, src }) => [id, src]))
  const files = [...sources].map(([id, src]) => node('instance', { id, src }))
  const lists = [...form.lists.values()]
    .filter((l) => !sources.has(l.name))
    .map((list) =>
      node('instance', { id: list.name }, [
        node(
          'root',
          {},
          list.choices.map((choice, i) =>
            node('item', {}, [
              ...(list.itext ? [node('itextId', {}, [`${list.name}-${i}`])] : []),
              node('name', {}, [choice.name]),
              ...(!list.itext && typeof choice.label === 'string' ? [node('label', {}, [choice.label])] : []),
              ...[...choice.extra].map(([key, value]) => node(key, {}, [value])),
            ]),
          ),
        ),
      ]),
    )
  return [...files, ...lists]
}

const sourceOf = (file: string): { id: string; src: string } => {
  const dot = file.lastIndexOf('.')
  return { id: file.slice(0, dot), src: file.endsWith('.csv') ? `jr://file-csv/${file}` : `jr://file/${file}` }
}
/** Files the form needs beside itself: selects from file, external data, pulldata(). */
export const externalSources = (root: FormNode): { id: string; src: string; file: string; row: number | null }[] =>
  descendants(root).flatMap((n) => {
    const files = n.itemset !== undefined && (n.fromFile || n.kind === 'external') ? [n.itemset] : []
    const expressions = [...n.bind.values(), n.choiceFilter, n.default].filter((t): t is string => typeof t === 'string')
    const pulled = expressions.flatMap((t) =>
      [...t.matchAll(/pulldata\s*\(\s*['"]?([^'",)]+)['"]?\s*,/g)].map((m) => `${m[1]!.trim()}.csv`),
    )
    return [...files, ...pulled].map((file) => ({ ...sourceOf(file), file, row: n.row }))
  })

const truth: Readonly<Record<string, string>> = { yes: 'true()', true: 'true()', no: 'false()', false: 'false()' }
const truthful = new Set(['readonly', 'required', 'relevant', 'constraint', 'calculate'])

const binding = (form: Form, n: FormNode): XmlNode[] => {
  if (n.kind === 'external' || n.bind.size === 0) return []
  const path = pathOf(n)
  const attributes: Record<string, string> = { nodeset: path }
  for (const [key, text] of n.bind) {
    if (messageInItext(key, text)) attributes[key] = `jr:itext('${path}:${key}')`
    else if (typeof text === 'string') {
      const value =
        truthful.has(key) && /^(yes|Yes|YES|true|True|TRUE|no|No|NO|false|False|FALSE)$/.test(text) ? truth[text.toLowerCase()]! : text
      attributes[key] = resolve(value, form.names, n)
    }
  }
  return [node('bind', attributes)]
}

const setValue = (form: Form, n: FormNode, event: string): XmlNode =>
  node('setvalue', { ref: pathOf(n), event, value: resolve(n.default!, form.names, n) })
const firstLoad = (form: Form, n: FormNode): XmlNode[] => (n.dynamicDefault ? [setValue(form, n, 'odk-instance-first-load')] : [])

const labelNode = (form: Form, n: FormNode): XmlNode => {
  if (labelInItext(n)) return node('label', { ref: `jr:itext('${pathOf(n)}:label')` })
  const text = label(n)
  return node('label', {}, typeof text === 'string' ? withOutputs(text, form.names, n) : [])
}

const labelAndHint = (form: Form, n: FormNode): XmlNode[] => {
  const own = hint(n) ?? types[n.type]?.hint
  const hinted = hintInItext(n)
    ? [node('hint', { ref: `jr:itext('${pathOf(n)}:hint')` })]
    : typeof own === 'string'
      ? [node('hint', {}, withOutputs(own, form.names, n))]
      : []
  const labelled = label(n) !== undefined || mediaOf(n.cells).size > 0 || hinted.length > 0
  return [...(labelled ? [labelNode(form, n)] : []), ...hinted]
}

const attributesOf = (form: Form, n: FormNode): Record<string, string> =>
  Object.fromEntries([...n.control].map(([key, value]) => [key, resolve(value, form.names, n)]))

/** True when a question never shows: it only computes, or carries device data. */
export const isHidden = (n: FormNode): boolean =>
  types[n.type]?.control === undefined ||
  (n.bind.has('calculate') && label(n) === undefined && hint(n) === undefined && guidance(n) === undefined)

const body = (form: Form, n: FormNode): XmlNode[] => {
  if (n.kind === 'external' || (n.kind === 'group' && n.parent === form.root && n.name === 'meta')) return []
  if (n.kind === 'group') {
    const heading = label(n) !== undefined || mediaOf(n.cells).size > 0 ? [labelNode(form, n)] : []
    return [node('group', { ...attributesOf(form, n), ref: pathOf(n) }, [...heading, ...n.children.flatMap((c) => body(form, c))])]
  }
  if (n.kind === 'repeat') {
    const fresh = descendants(n)
      .filter((d) => d.dynamicDefault && repeatsAbove(d).at(-1) === n)
      .map((d) => setValue(form, d, 'odk-new-repeat'))
    const repeat = node('repeat', { nodeset: pathOf(n), ...attributesOf(form, n) }, [...n.children.flatMap((c) => body(form, c)), ...fresh])
    return [node('group', { ref: pathOf(n) }, [labelNode(form, n), repeat])]
  }
  if (isHidden(n)) return []
  const control = types[n.type]!.control!
  const attributes = { ref: pathOf(n), ...attributesOf(form, n) }
  return [node(control, attributes, [...labelAndHint(form, n), ...(n.itemset === undefined ? [] : [itemset(form, n)])])]
}

const itemset = (form: Form, n: FormNode): XmlNode => {
  const source = n.itemset!
  const filter =
    n.choiceFilter === undefined ? '' : resolve(n.choiceFilter, form.names, n, { current: true, fromRepeat: source.includes('${') })
  let [value, text] = ['name', form.lists.get(source)?.itext ? 'jr:itext(itextId)' : 'label']
  let nodeset: string
  if (source.includes('${')) {
    const steps = resolve(source, form.names, n, { fromRepeat: true }).trim().split('/')
    const target = form.names.get(/\$\{([^}]+)\}/.exec(source)![1]!)![0]!
    const home = repeatsAbove(target).at(-1)
    const tail = home ? pathOf(target).slice(pathOf(home).length + 1) : steps.at(-1)!
    nodeset = steps.join('/').slice(0, -tail.length - 1)
    value = text = tail
    const local = filter.replaceAll(`current()/${nodeset}`, '.').replaceAll(nodeset, '.')
    nodeset += `[${local || `./${tail} != ''`}]`
  } else {
    nodeset = `instance('${n.fromFile ? sourceOf(source).id : source}')/root/item${filter ? `[${filter}]` : ''}`
    if (source.endsWith('.geojson')) [value, text] = ['id', 'title']
    if (n.fromFile) [value, text] = [n.parameters.get('value') ?? value, n.parameters.get('label') ?? text]
  }
  if (n.parameters.get('randomize') === 'true') {
    const seed = n.parameters.get('seed')
    nodeset = `randomize(${nodeset}${seed === undefined ? '' : `, ${resolve(seed, form.names, n).trim()}`})`
  }
  return node('itemset', { nodeset }, [node('value', { ref: value }), node('label', { ref: text })])
}
