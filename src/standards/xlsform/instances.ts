import type { ChoiceList } from './choices.ts'
import { referencesIn } from './expression.ts'
import { descendants, eachText, type FormNode } from './tree.ts'
import { node, type XmlNode } from './xml.ts'

export interface Source {
  readonly id: string
  readonly src: string
  /** The attached file; null for data the client has itself. */
  readonly file: string | null
  readonly row: number | null
}

export const sourceOf = (file: string): { id: string; src: string } => ({
  id: file.slice(0, file.lastIndexOf('.')),
  src: file.endsWith('.csv') ? `jr://file-csv/${file}` : `jr://file/${file}`,
})

const computed = new Set(['calculate', 'constraint', 'readonly', 'required', 'relevant'])
/** The expressions of a node in which other data may be read. */
const expressions = (n: FormNode): string[] =>
  [
    ...[...n.bind].filter(([key]) => computed.has(key)).flatMap(([, value]) => eachText(value).map(([, text]) => text)),
    n.choiceFilter,
    n.default,
  ].filter((t) => t !== undefined)

/** The files that `pulldata('file', …)` reads. Each call is looked for once: a cell may be made to hold thousands. */
const pulled = (text: string): string[] => {
  const files: string[] = []
  if (!text.includes('pulldata(')) return files
  const call = /pulldata\s*\(/g
  for (let match = call.exec(text); match; match = call.exec(text)) {
    const comma = text.indexOf(',', call.lastIndex)
    if (comma < 0) break
    files.push(`${text.slice(call.lastIndex, comma).replaceAll(/['"]/g, '').trim()}.csv`)
    call.lastIndex = comma
  }
  return files
}

/** Data the form needs beside itself: `pulldata()`, selects from file, attached files, the record saved last. */
export const externalSources = (root: FormNode): Source[] => {
  const sources: Source[] = []
  let lastSaved = false
  for (const n of descendants(root)) {
    if (n.kind === 'attribute' || n.kind === 'value' || n.kind === 'entity') continue
    const texts = n.kind === 'external' ? [] : expressions(n)
    const files = n.itemset !== undefined && (n.fromFile || n.kind === 'external') ? [n.itemset] : []
    for (const file of [...texts.flatMap(pulled), ...files]) sources.push({ ...sourceOf(file), file, row: n.row })
    lastSaved ||= n.kind === 'question' && texts.some((t) => referencesIn(t).some((f) => f.lastSaved))
  }
  if (lastSaved) sources.push({ id: '__last-saved', src: 'jr://instance/last-saved', file: null, row: null })
  return sources
}

const item = (list: ChoiceList, index: number): XmlNode => {
  const choice = list.choices[index]!
  return node('item', {}, [
    ...(list.itext ? [node('itextId', {}, [`${list.name}-${index}`])] : []),
    node('name', {}, [choice.name]),
    ...(!list.itext && typeof choice.label === 'string' ? [node('label', {}, [choice.label])] : []),
    ...[...choice.extra].map(([key, value]) => node(key, {}, [value])),
  ])
}

/** Choice lists and other data, each once. That no two share a name was checked. */
export const secondaryInstances = (root: FormNode, lists: ReadonlyMap<string, ChoiceList>): XmlNode[] => {
  const sources = new Map(externalSources(root).map(({ id, src }) => [id, src]))
  return [
    ...[...sources].map(([id, src]) => node('instance', { id, src })),
    ...[...lists.values()].map((list) =>
      node('instance', { id: list.name }, [
        node(
          'root',
          {},
          list.choices.map((_, i) => item(list, i)),
        ),
      ]),
    ),
  ]
}
