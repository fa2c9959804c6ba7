import { SaxesParser } from 'saxes'
import { Problem } from '#base/problem.ts'
import type { Element } from './rules/answers.ts'

/** Limits of one submission. With namespaces saxes is quadratic in depth (100,000 deep takes two minutes), so depth is cut at once. */
export const limits = { bytes: 2_000_000, depth: 64, elements: 20_000 } as const

const malformed = (reason: string): Problem => new Problem('collection.xml_malformed', { reason })

/**
 * Reads XML strictly: UTF-8, one root, namespaces bound, no DOCTYPE, at most 64 deep. Nothing outside is ever fetched and no entity defined.
 * @throws Problem `collection.xml_malformed`, `collection.xml_doctype`, `collection.xml_too_deep`, `collection.xml_too_large`
 */
export const readXml = (bytes: Uint8Array, most: { bytes: number; elements: number } = limits): Element => {
  if (bytes.length > most.bytes) throw new Problem('collection.xml_too_large', { limit: most.bytes })
  if (bytes.length === 0) throw malformed('kosong / empty')
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
  parser.on('error', (error) => { throw malformed(error.message) })
  parser.on('doctype', () => { throw new Problem('collection.xml_doctype') })
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && !/^utf-?8$/i.test(encoding)) throw malformed(`encoding ${encoding}`)
  })
  parser.on('opentag', (tag) => {
    if (open.length >= limits.depth) throw new Problem('collection.xml_too_deep', { limit: limits.depth })
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
  parser.on('closetag', () => void open.pop())
  // Piece by piece: the depth limit then stops a hostile document before the rest of it is looked at.
  for (let at = 0; at < text.length; at += 65_536) parser.write(text.slice(at, at + 65_536))
  parser.close()
  if (!root) throw malformed('kosong / empty')
  return root
}
