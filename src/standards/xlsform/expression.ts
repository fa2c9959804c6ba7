/** Reading XPath as far as a form definition needs it: names, references, and whether a default must be computed. */

const nameStart = String.raw`[A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\u{10000}-\u{effff}]`
const nameRest = String.raw`(?:${nameStart}|[-.0-9\u00b7\u0300-\u036f\u203f-\u2040])`
const ncName = `${nameStart}${nameRest}*`
const qName = `${ncName}(?::${ncName})?`
const wholeName = new RegExp(`^${qName}$`, 'u')

/** True for a name an XML element may carry. */
export const isName = (text: string): boolean => wholeName.test(text)

const reference = String.raw`\$\{(last-saved#)?(${ncName})\}`
/** `${name}` and `${last-saved#name}`, as they are replaced by a path. */
export const references = new RegExp(reference, 'gu')
const wholeReference = new RegExp(`^${reference}$`, 'u')
/** True when the text is one reference and nothing else: `${province}`. */
export const isReference = (text: string): boolean => wholeReference.test(text.trim())
export const hasReference = (text: string): boolean => text.includes('${') && new RegExp(reference, 'u').test(text)

const candidates = /\$\{([^}]+)\}|\$\{[^}]*$/g
/** The names a text refers to; `undefined` stands for a malformed reference. */
export const referencesIn = (text: string): { name: string | undefined; lastSaved: boolean }[] => {
  if (!text.includes('${') || text.length < 3) return []
  return [...text.matchAll(candidates)].map(([all]) => {
    const match = wholeReference.exec(all)
    return { name: match?.[2], lastSaved: match?.[1] !== undefined }
  })
}

interface Token {
  readonly kind: 'literal' | 'number' | 'date' | 'space' | 'operator' | 'reference' | 'call' | 'predicate' | 'uri' | 'name' | 'other'
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
  ['reference', new RegExp(reference, 'uy')],
  ['call', new RegExp(String.raw`${qName}\(`, 'uy')],
  ['predicate', new RegExp(String.raw`${qName}\[`, 'uy')],
  ['uri', new RegExp(String.raw`${ncName}:\/\/`, 'uy')],
  ['name', new RegExp(qName, 'uy')],
  ['other', /./suy],
]

const tokens = (text: string): Token[] => {
  const found: Token[] = []
  for (let at = 0; at < text.length;) {
    let length = 1
    for (const [kind, rule] of rules) {
      rule.lastIndex = at
      const match = rule.exec(text)
      if (!match) continue
      found.push({ kind, text: match[0], start: at })
      length = match[0].length
      break
    }
    at += length
  }
  return found
}

/** Types whose plain values may hold a hyphen, e.g. `2026-11-23`. */
const hyphenated = new Set(['date', 'dateTime', 'geopoint', 'geotrace', 'geoshape', 'time'])

/** True when a default is an expression to compute rather than a value to copy. */
export const isDynamic = (value: string, type: string): boolean => {
  for (const token of tokens(value)) {
    if (hyphenated.has(type) && token.text === '-') return false
    if (['operator', 'reference', 'call', 'predicate'].includes(token.kind)) return true
  }
  return false
}

/**
 * Spans of `instance('…')…` paths in a text, so that a label can show their value. A path ends at a space outside of its predicate.
 * One pass over the tokens, whatever the text: a cell may hold 32,000 characters.
 */
export const instancePaths = (text: string): { start: number; end: number }[] => {
  if (!text.includes('instance(')) return []
  const spans: { start: number; end: number }[] = []
  let state: 'outside' | 'opened' | 'named' | 'called' | 'path' | 'predicate' = 'outside'
  let start = 0
  let end = 0
  const close = (): void => {
    if (state === 'called' || state === 'path' || state === 'predicate') spans.push({ start, end })
    state = 'outside'
  }
  for (const t of tokens(text)) {
    const before = state
    if (state === 'outside') {
      if (t.kind === 'call' && t.text === 'instance(') [state, start] = ['opened', t.start]
    } else if (state === 'opened') state = t.kind === 'literal' ? 'named' : 'outside'
    else if (state === 'named') state = t.text === ')' ? 'called' : 'outside'
    else if (state === 'called') {
      if (t.text === '/') state = 'path'
      else close()
    } else if (state === 'path') {
      if (t.kind === 'space') close()
      else if (t.kind === 'predicate') state = 'predicate'
    } else if (t.text === ']') state = 'called'
    if (state !== 'outside' || before === 'outside') end = t.start + t.text.length
  }
  close()
  return spans
}

/** Where in a text a reference is read differently; found once a text, since a cell may hold thousands of references. */
export interface Places {
  /** `[…]` of a text that reads a secondary instance: there the dot is an item, not the question. */
  readonly predicates: readonly Span[]
  /** Calls of `indexed-repeat(…)`. */
  readonly indexed: readonly Span[] | undefined
}
interface Span {
  readonly start: number
  readonly end: number
}

const between = (text: string, open: string, close: string): Span[] => {
  const spans: Span[] = []
  for (let start = text.indexOf(open); start >= 0;) {
    const end = text.indexOf(close, start + open.length + 1)
    if (end < 0) break
    spans.push({ start, end: end + close.length })
    start = text.indexOf(open, end)
  }
  return spans
}

export const placesOf = (text: string): Places => ({
  predicates: /instance\([^)]/.test(text) ? between(text, '[', ']') : [],
  indexed: text.includes('indexed-repeat(') ? between(text, 'indexed-repeat(', ')') : undefined,
})

export const inPredicate = (places: Places, { start, end }: Span): boolean => places.predicates.some((p) => start >= p.start && end <= p.end)

/**
 * True when a reference of `indexed-repeat(value, repeat, index, …)` is the value or a repeat: those want the whole path, an index does not.
 * (As pyxform reads it: arguments end at the first closing bracket, and of several calls only every second is looked at.)
 */
export const wantsWholePath = (text: string, { indexed }: Places, name: string, { start, end }: Span): boolean => {
  if (indexed === undefined) return false
  for (let i = 0; i < indexed.length; i += 2) {
    const call = indexed[i]!
    if (end > call.end) {
      if (i + 1 < indexed.length) continue
      return false
    }
    if (end < call.start || start > call.end) return false
    const position = text
      .slice(call.start + 'indexed-repeat('.length, call.end - 1)
      .split(',')
      .findLastIndex((part) => part.includes(`\${${name}}`))
    return position < 0 || [0, 1, 3, 5].includes(position)
  }
  return true
}
