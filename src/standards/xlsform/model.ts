import { messageInItext } from './itext.ts'
import { resolve } from './references.ts'
import { asXpath } from './settings.ts'
import { descendants, pathOf, type Action, type FormNode } from './tree.ts'
import type { Form } from './xform.ts'
import { node, type XmlNode } from './xml.ts'

/** The empty record. */
export const recordNode = (form: Form): XmlNode => {
  const { settings, root } = form
  const attributes: Record<string, string> = Object.fromEntries(settings.rootAttributes)
  attributes['id'] = settings.formId
  if (settings.version) attributes['version'] = settings.version
  if (settings.prefix !== undefined) attributes['odk:prefix'] = settings.prefix
  if (settings.delimiter !== undefined) attributes['odk:delimiter'] = settings.delimiter
  return node(root.name, attributes, childNodes(form, root, false))
}

/**
 * A repeat stands twice in the record: once as the template for new ones, once as the first.
 * Inside that first one, repeats stand once; inside a template they are templates.
 */
const childNodes = (form: Form, parent: FormNode, inFirst: boolean): XmlNode[] =>
  parent.children.flatMap((n) => {
    if (n.kind === 'external' || n.kind === 'attribute') return []
    if (n.flat) return childNodes(form, n, inFirst)
    if (n.kind === 'repeat' && !inFirst) return [template(form, n), recordOf(form, n, true)]
    return [recordOf(form, n, inFirst)]
  })

const recordOf = (form: Form, n: FormNode, inFirst: boolean): XmlNode => {
  const plain = n.kind === 'question' && n.default !== undefined && !n.dynamicDefault ? [n.default] : []
  return node(n.name, ownAttributes(form, n), n.kind === 'question' ? plain : childNodes(form, n, inFirst))
}

const template = (form: Form, n: FormNode): XmlNode =>
  node(
    n.name,
    { 'jr:template': '' },
    n.children.flatMap((c) => {
      if (c.kind === 'external' || c.kind === 'attribute') return []
      return c.kind === 'repeat' ? [template(form, c)] : [recordOf(form, c, false)]
    }),
  )

const ownAttributes = (form: Form, n: FormNode): Record<string, string> => {
  const own: Record<string, string> = {}
  for (const c of n.children) if (c.kind === 'attribute') own[c.name] = c.default ?? ''
  const tree = n.cells.get('instance')
  if (tree instanceof Map) for (const [key, value] of tree) if (typeof value === 'string') own[key] = resolve(value, form.names, n)
  return own
}

/** Every bind and what happens by itself when the record is opened. */
export const bindings = (form: Form): XmlNode[] =>
  descendants(form.root).flatMap((n) => [
    ...binding(form, n),
    ...n.actions.filter((a) => a.event !== 'odk-new-repeat').map((a) => actionNode(form, n, a)),
  ])

const truthful = new Set(['readonly', 'required', 'relevant', 'constraint', 'calculate'])

const binding = (form: Form, n: FormNode): XmlNode[] => {
  if (n.kind === 'external' || n.flat || n.bind.size === 0) return []
  const path = pathOf(n)
  const attributes: Record<string, string> = { nodeset: path }
  for (const [key, text] of n.bind) {
    // What a trigger sets is written where it happens.
    if (key === 'calculate' && n.trigger.length > 0) continue
    if (messageInItext(key, text)) attributes[key] = `jr:itext('${path}:${key}')`
    else if (typeof text === 'string') attributes[key] = resolve(truthful.has(key) ? asXpath(text) : text, form.names, n)
  }
  return [node('bind', attributes)]
}

export const actionNode = (form: Form, n: FormNode, action: Action): XmlNode => {
  const value = action.value === undefined ? undefined : resolve(action.value, form.names, n)
  return node(action.tag, { ref: pathOf(n), event: action.event, ...(value === undefined ? {} : { value }), ...action.attributes })
}

export const submissionNodes = ({ settings }: Form): XmlNode[] =>
  settings.submission.size === 0 ? [] : [node('submission', Object.fromEntries(settings.submission))]

