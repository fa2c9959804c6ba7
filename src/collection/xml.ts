import { SaxesParser } from 'saxes'
import { Problem } from '#base/problem.ts'
import type { Element } from './rules/answers.ts'

/** Limits of one submission. With namespaces saxes is quadratic in depth (100,000 deep takes two minutes), so depth is cut at once. */
/** Every answer is stored under its path, so one long name above many answers would grow to gigabytes: `path` is the most its names may have together. */
export const limits = { bytes: 2_000_000, depth: 64, elements: 20_000, path: 1000 } as const

/** @param at line and column, or what the bytes are not; the parser's own English words are of no use to a field worker */
const malformed = (at: string): Problem => new Problem('collection.xml_malformed', { reason: at })

/**
 * Reads XML strictly: UTF-8, one root, namespaces bound, no DOCTYPE, at most 64 deep. Nothing outside is ever fetched and no entity defined.
 * @throws Problem `collection.xml_malformed`, `collection.xml_doctype`, `collection.xml_too_deep`, `collection.xml_too_large`
 */
export const readXml = (bytes: Uint8Array, most: { bytes: number; elements: number } = limits): Element => {
  if (bytes.length > most.bytes) throw new Problem('collection.xml_too_large', { limit: most.bytes })
  if (bytes.length === 0) throw malformed('0 byte')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw malformed('UTF-8')
  }
  const parser = new SaxesParser({ xmlns: true })
  const open: { element: { local: string; attributes: Record<string, string>; children: Element[]; text: string } }[] = []
  let root: Element | undefined
  let count = 0
  let path = 0
  parser.on('error', (error) => { throw malformed(/^\d+:\d+/.exec(error.message)?.[0] ?? 'XML') })
  parser.on('doctype', () => { throw new Problem('collection.xml_doctype') })
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && !/^utf-?8$/i.test(encoding)) throw malformed(`encoding ${encoding}`)
  })
  parser.on('opentag', (tag) => {
    if (open.length >= limits.depth) throw new Problem('collection.xml_too_deep', { limit: limits.depth })
    if ((path += tag.local.length + 1) > limits.path) throw malformed(`${parser.line}:${parser.column}`)
    if (++count > most.elements) throw new Problem('collection.xml_too_large', { limit: most.elements })
    const element = { local: tag.local, attributes: Object.create(null) as Record<string, string>, children: [] as Element[], text: '' }
    for (const [name, a] of Object.entries(tag.attributes)) element.attributes[name] = typeof a === 'string' ? a : a.value
    const parent = open.at(-1)?.element
    if (parent) parent.children.push(element)
    else root = element
    open.push({ element })
  })
  const add = (piece: string): void => {
    const top = open.at(-1)
    if (top) top.element.text += piece
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', (tag) => {
    path -= tag.local.length + 1
    open.pop()
  })
  // Piece by piece: the depth limit then stops a hostile document before the rest of it is looked at.
  for (let at = 0; at < text.length; at += 65_536) parser.write(text.slice(at, at + 65_536))
  parser.close()
  if (!root) throw malformed('1:0')
  return root
}
