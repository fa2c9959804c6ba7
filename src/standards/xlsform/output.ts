import { instancePaths, references } from './expression.ts'
import { resolve, type Names } from './references.ts'
import type { FormNode } from './tree.ts'
import { escapeText, node, type XmlNode } from './xml.ts'

/** A label's content: plain text with an `<output>` for each `${name}` and each `instance('…')…` path. */
export const withOutputs = (text: string, names: Names, from: FormNode | undefined): (XmlNode | string)[] => {
  const spans = [
    ...instancePaths(text),
    ...[...text.matchAll(references)].map((m) => ({ start: m.index, end: m.index + m[0].length })),
  ].sort((a, b) => a.start - b.start || b.end - a.end)
  const out: (XmlNode | string)[] = []
  let at = 0
  for (const { start, end } of spans) {
    if (start < at) continue
    if (start > at) out.push(text.slice(at, start))
    const piece = text.slice(start, end)
    // pyxform escapes an instance path before it becomes an attribute, so `<` ends up escaped twice; kept for identical output.
    out.push(node('output', { value: resolve(piece.startsWith('$') ? piece : escapeText(piece), names, from) }))
    at = end
  }
  if (at < text.length) out.push(text.slice(at))
  return out
}
