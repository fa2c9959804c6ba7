import { readXml } from './xml.ts'
import type { Element, Field, Words } from './rules/answers.ts'

/** What is read from a published XForm: its fields in document order, and the secondary files it needs. */
export interface Form {
  /** Name of the root element of a record. */
  readonly root: string
  readonly fields: readonly Field[]
  readonly repeats: ReadonlySet<string>
  readonly files: readonly string[]
}

const all = (at: Element, name: string): Element[] => at.children.flatMap((c) => [...(c.local === name ? [c] : []), ...all(c, name)])
const child = (at: Element | undefined, name: string): Element | undefined => at?.children.find((c) => c.local === name)

/** Label text with its `<output>`s left out as an ellipsis: it is shown beside the answer, where the value stands anyway. */
const plainText = (value: Element): string => (value.text + (value.children.some((c) => c.local === 'output') ? '…' : '')).replace(/\s+/g, ' ').trim()

type Texts = Readonly<Record<string, Words>>
const itext = (model: Element): Texts => {
  const texts: Record<string, { id: string; en: string }> = Object.create(null)
  const translations = all(model, 'translation')
  for (const [i, translation] of translations.entries()) {
    const lang = translation.attributes['lang'] ?? ''
    const code = /\((id|en)\)$/.exec(lang)?.[1] ?? (/indonesia/i.test(lang) ? 'id' : /english|inggris/i.test(lang) ? 'en' : null)
    for (const entry of translation.children) {
      const value = entry.children.find((c) => c.local === 'value' && c.attributes['form'] === undefined)
      const id = entry.attributes['id']
      if (!value || id === undefined) continue
      const text = plainText(value)
      // the first language stands in for one the form does not have
      const words = (texts[id] ??= { id: text, en: text })
      if (code === 'id' || code === 'en') words[code] = text
      else if (i === 0) texts[id] = { id: text, en: text }
    }
  }
  return texts
}

const labelOf = (element: Element | undefined, texts: Texts): Words | null => {
  const label = child(element, 'label')
  if (!label) return null
  const ref = /jr:itext\(\s*['"](.+?)['"]\s*\)/.exec(label.attributes['ref'] ?? '')?.[1]
  if (ref !== undefined) return texts[ref] ?? null
  const text = plainText(label)
  return text === '' ? null : { id: text, en: text }
}

const choicesOf = (control: Element, model: Element, texts: Texts): Field['choices'] => {
  const itemset = child(control, 'itemset')
  if (!itemset) {
    const items = control.children.filter((c) => c.local === 'item')
    return items.length ? items.map((i) => { const name = child(i, 'value')?.text.trim() ?? ''; return { name, label: labelOf(i, texts) ?? { id: name, en: name } } }) : null
  }
  const instance = /instance\('([^']+)'\)/.exec(itemset.attributes['nodeset'] ?? '')?.[1]
  const list = model.children.find((c) => c.local === 'instance' && c.attributes['id'] === instance)
  const items = child(list, 'root')?.children
  if (!items) return null // a file, e.g. kelas.csv
  return items.map((item) => {
    const name = child(item, 'name')?.text.trim() ?? ''
    const id = child(item, 'itextId')?.text.trim()
    const plain = child(item, 'label')?.text.trim()
    return { name, label: (id !== undefined ? texts[id] : undefined) ?? { id: plain ?? name, en: plain ?? name } }
  })
}

const controls: Readonly<Record<string, Field['control']>> = { input: 'input', select1: 'select1', select: 'select', upload: 'upload', trigger: 'trigger', rank: 'rank', range: 'range' }

/** Forms already read. A published version never changes, and reading one takes longer than all else that a submission asks for. */
const known = new Map<string, Form>()
const most = 30

/** Reads a published XForm. It was made by our own converter, so what cannot be read is a fault of ours and throws. */
export const readForm = (xform: string): Form => {
  const before = known.get(xform)
  if (before) return before
  const form = formOf(xform)
  if (known.size >= most) known.delete(known.keys().next().value!)
  known.set(xform, form)
  return form
}

const formOf = (xform: string): Form => {
  const html = readXml(Buffer.from(xform), { bytes: 20_000_000, elements: 500_000 })
  const model = all(html, 'model')[0]
  const body = child(html, 'body')
  const primary = model?.children.find((c) => c.local === 'instance')?.children[0]
  if (!model || !body || !primary) throw new Error('the form has no model, body or primary instance')
  const texts = itext(model)
  const types = new Map(model.children.filter((c) => c.local === 'bind').map((b) => [(b.attributes['nodeset'] ?? '').trim(), b.attributes['type'] ?? 'string']))
  const shown = new Map<string, { element: Element; control: Field['control'] }>()
  const labelsOfGroups = new Map<string, Words>()
  const repeats = new Set<string>()
  const walk = (at: Element): void => {
    for (const c of at.children) {
      const path = (c.attributes['ref'] ?? c.attributes['nodeset'] ?? '').trim()
      if (c.local === 'repeat') repeats.add(path)
      const label = c.local === 'group' ? labelOf(c, texts) : null
      if (label && path !== '') labelsOfGroups.set(path, label)
      const control = controls[c.local]
      if (control && path !== '') shown.set(path, { element: c, control })
      walk(c)
    }
  }
  walk(body)
  const fields: Field[] = []
  const descend = (at: Element, path: string): void => {
    const done = new Set<string>()
    for (const c of at.children) {
      const here = `${path}/${c.local}`
      if (done.has(here) || (at === primary && c.local === 'meta')) continue // a repeat may stand twice: template and first instance
      done.add(here)
      const control = shown.get(here)
      const kind = repeats.has(here) ? 'repeat' : c.children.length > 0 ? 'group' : 'question'
      fields.push({
        path: here, name: c.local, kind, dataType: kind === 'question' ? (types.get(here) ?? 'string') : kind, control: control?.control ?? 'none',
        mediatype: control?.element.attributes['mediatype'] ?? null, label: control ? labelOf(control.element, texts) : (labelsOfGroups.get(here) ?? null),
        choices: control ? choicesOf(control.element, model, texts) : null,
      })
      descend(c, here)
    }
  }
  descend(primary, `/${primary.local}`)
  const files = model.children.flatMap((c) => /^jr:\/\/file(?:-csv)?\/(.+)$/.exec(c.attributes['src'] ?? '')?.[1] ?? [])
  return { root: primary.local, fields, repeats, files }
}
