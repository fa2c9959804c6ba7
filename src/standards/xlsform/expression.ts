/** Reading XPath as far as a form definition needs it: names, references, and whether a default must be computed. */

const nameStart = String.raw`[\p{L}_]`
const nameRest = String.raw`[\p{L}\p{M}\p{N}_.\-·]`
const ncName = `${nameStart}${nameRest}*(?::${nameStart}${nameRest}*)?`
const wholeName = new RegExp(`^${ncName}$`, 'u')

/** True for a name an XML element may carry. */
export const isName = (text: string): boolean => wholeName.test(text)

const wholeReference = new RegExp(String.raw`^\$\{(?:last-saved#)?${ncName}\}$`, 'u')
/** True when the text is one reference and nothing else: `${province}`. */
export const isReference = (text: string): boolean => wholeReference.test(text.trim())

/** Anything that opens like a reference, sound or not. */
export const references = /\$\{(last-saved#)?([^}]*)\}/g

/** The names a text refers to; `undefined` stands for a malformed reference. */
export const referencesIn = (text: string): { name: string | undefined; lastSaved: boolean }[] => {
  const found = [...text.matchAll(references)].map((m) => ({ name: isName(m[2]!) ? m[2]! : undefined, lastSaved: m[1] !== undefined }))
  const rest = text.replace(references, '')
  if (rest.includes('${')) found.push({ name: undefined, lastSaved: false })
  return found
}

export interface Token {
  readonly kind: 'literal' | 'number' | 'date' | 'space' | 'operator' | 'reference' | 'call' | 'path' | 'name' | 'other'
  readonly text: string
  readonly start: number
}

/** Order matters: the first rule that fits wins (pyxform's lexer order). */
const rules: readonly [Token['kind'], RegExp][] = [
  ['date', /-?\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?((\+|-)\d{2}:\d{2}|Z)?)?|\d{2}:\d{2}:\d{2}(\.\d+)?((\+|-)\d{2}:\d{2}|Z)?/uy],
  ['number', /-?\d+\.\d*|-?\.\d+|-?\d+/uy],
  ['operator', /[*+\-|]| mod | div /uy],
  ['literal', /"[^"]*"|'[^']*'/uy],
  ['space', /\s+/uy],
  ['reference', new RegExp(String.raw`\$\{(?:last-saved#)?${ncName}\}`, 'uy')],
  ['call', new RegExp(String.raw`${ncName}\(`, 'uy')],
  ['path', new RegExp(String.raw`${ncName}\[|${ncName}:\/\/`, 'uy')],
  ['name', new RegExp(ncName, 'uy')],
  ['other', /./suy],
]

export const tokens = (text: string): Token[] => {
  const found: Token[] = []
  for (let at = 0; at < text.length;) {
    for (const [kind, rule] of rules) {
      rule.lastIndex = at
      const match = rule.exec(text)
      if (!match) continue
      found.push({ kind, text: match[0], start: at })
      at += match[0].length
      break
    }
  }
  return found
}

/** Types whose plain values may hold a hyphen, e.g. `2026-11-23`. */
const hyphenated = new Set(['date', 'dateTime', 'geopoint', 'geotrace', 'geoshape', 'time'])

/** True when a default is an expression to compute rather than a value to copy. */
export const isDynamic = (value: string, type: string): boolean => {
  for (const token of tokens(value)) {
    if (hyphenated.has(type) && token.text === '-') return false
    if (token.kind === 'operator' || token.kind === 'reference' || token.kind === 'call') return true
    if (token.kind === 'path' && token.text.endsWith('[')) return true
  }
  return false
}

/** Spans of `instance('…')…` paths in a text, so that a label can show their value. */
export const instancePaths = (text: string): { start: number; end: number }[] => {
  const spans: { start: number; end: number }[] = []
  const opening = /\binstance\(/g
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const end = endOfPath(text, opening.lastIndex)
    if (end === undefined) continue
    spans.push({ start: match.index, end })
    opening.lastIndex = end
  }
  return spans
}

/** From just after `instance(` to the end of the path that follows; undefined when brackets do not close or no path follows. */
const endOfPath = (text: string, from: number): number | undefined => {
  let round = 1
  let square = 0
  const step = new RegExp(String.raw`\/(?:${ncName}|\*)`, 'uy')
  for (let i = from; i <= text.length;) {
    if (round === 0 && square === 0) {
      step.lastIndex = i
      const next = step.exec(text)
      if (next) i += next[0].length
      else if (text[i] === '[') [square, i] = [1, i + 1]
      else return text[i - 1] === ')' ? undefined : i
      continue
    }
    const c = text[i]
    if (c === undefined) return undefined
    if (c === '"' || c === "'") {
      const close = text.indexOf(c, i + 1)
      if (close < 0) return undefined
      i = close + 1
      continue
    }
    if (c === '(') round++
    if (c === ')') round--
    if (c === '[') square++
    if (c === ']') square--
    i++
  }
  return undefined
}

/** True when the position stands inside a `[…]` of a path that begins with `instance(`. */
export const insideInstancePredicate = (text: string, position: number): boolean =>
  instancePaths(text).some(({ start, end }) => {
    if (position < start || position >= end) return false
    let square = 0
    for (let i = start; i < position; i++) square += text[i] === '[' ? 1 : text[i] === ']' ? -1 : 0
    return square > 0
  })
