/**
 * The language of severity rules. `critical: EXPR; major: EXPR; minor: EXPR; observation: EXPR`, the first true clause decides.
 * EXPR: names of answers, numbers, 'texts', `+ - * div`, `= != < <= > >=`, `and or not()`, parentheses and the functions below.
 * Logic is three-valued: what nobody answered, or a norm whose value is not known, is unknown and never counts as kept.
 */
export const severities = ['critical', 'major', 'minor', 'observation'] as const
export type Severity = (typeof severities)[number]

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly of: readonly Expression[] }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }

export interface Clause {
  readonly severity: Severity
  readonly expression: Expression
  readonly text: string
  /** Codes of the norms the clause compares with, in order. */
  readonly norms: readonly string[]
  /** Names of the answers it looks at. */
  readonly names: readonly string[]
}
export interface RuleFault {
  readonly at: number
  readonly message: { readonly id: string; readonly en: string }
}
export type ParsedRule = { readonly ok: true; readonly clauses: readonly Clause[] } | { readonly ok: false; readonly fault: RuleFault }

/** Functions and how many arguments they take. */
const functions: Readonly<Record<string, readonly [least: number, most: number]>> = {
  norm: [1, 1],
  minutes: [1, 1],
  selected: [2, 2],
  count: [1, 2],
  not: [1, 1],
  min: [1, 9],
  max: [1, 9],
  abs: [1, 1],
}

class Fault extends Error {
  readonly fault: RuleFault
  constructor(at: number, id: string, en: string) {
    super(en)
    this.fault = { at, message: { id, en } }
  }
}

interface Token {
  readonly kind: 'number' | 'text' | 'word' | 'sign' | 'end'
  readonly text: string
  readonly at: number
}

const tokenise = (source: string): Token[] => {
  const tokens: Token[] = []
  const rule = /(?:(\d+(?:\.\d+)?)|'([^']*)'|([A-Za-z_][\w.-]*)|(<=|>=|!=|[=<>+\-*(),:;]))/y
  const end = source.trimEnd().length
  for (let from = 0; from < end;) {
    const at = from + source.slice(from).search(/\S/)
    rule.lastIndex = at
    const m = rule.exec(source)
    if (!m) throw new Fault(at, `Tanda "${source[at]}" tidak dikenal.`, `The sign "${source[at]}" is not known.`)
    const [kind, text] =
      m[1] !== undefined
        ? (['number', m[1]] as const)
        : m[2] !== undefined
          ? (['text', m[2]] as const)
          : m[3] !== undefined
            ? (['word', m[3]] as const)
            : (['sign', m[4]!] as const)
    tokens.push({ kind, text, at })
    from = rule.lastIndex
  }
  return [...tokens, { kind: 'end', text: '', at: source.length }]
}

/** Deeper than any rule a person writes; keeps a hostile one from exhausting the stack. */
const deepest = 50

const parser = (tokens: readonly Token[]) => {
  let i = 0
  let depth = 0
  const peek = (): Token => tokens[i]!
  const take = (): Token => tokens[i++]!
  const is = (text: string): boolean => (peek().kind === 'sign' || peek().kind === 'word') && peek().text === text
  const expect = (text: string): void => {
    if (!is(text)) throw new Fault(peek().at, `Di sini seharusnya "${text}".`, `Expected "${text}" here.`)
    i++
  }
  const binary = (operators: readonly string[], next: () => Expression) => (): Expression => {
    let left = next()
    while (operators.some(is)) left = { kind: 'binary', operator: take().text, left, right: next() }
    return left
  }
  const primary = (): Expression => {
    if (++depth > deepest) throw new Fault(peek().at, 'Aturan bersarang terlalu dalam.', 'The rule is nested too deeply.')
    try {
      return operand()
    } finally {
      depth--
    }
  }
  const operand = (): Expression => {
    const token = take()
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) }
    if (token.kind === 'text') return { kind: 'text', value: token.text }
    if (token.kind === 'sign' && token.text === '-')
      return { kind: 'binary', operator: '-', left: { kind: 'number', value: 0 }, right: primary() }
    if (token.kind === 'sign' && token.text === '(') {
      const inner = or()
      expect(')')
      return inner
    }
    if (token.kind !== 'word' || ['and', 'or', 'div'].includes(token.text)) {
      throw new Fault(token.at, 'Di sini seharusnya jawaban, angka, atau teks.', 'Expected an answer, a number or a text here.')
    }
    return is('(') ? call(token) : { kind: 'name', name: token.text }
  }
  const call = (name: Token): Expression => {
    const arity = functions[name.text]
    if (!arity) throw new Fault(name.at, `Fungsi "${name.text}" tidak dikenal.`, `The function "${name.text}" is not known.`)
    expect('(')
    const of = [or()]
    while (is(',')) {
      i++
      of.push(or())
    }
    expect(')')
    if (of.length < arity[0] || of.length > arity[1])
      throw new Fault(name.at, `Jumlah isian "${name.text}" salah.`, `Wrong number of arguments for "${name.text}".`)
    if (name.text === 'norm' && of[0]!.kind !== 'text')
      throw new Fault(name.at, "Kode norma ditulis 'dalam tanda petik'.", "A norm's code is written 'in quotes'.")
    return { kind: 'call', name: name.text, of }
  }
  const times = binary(['*', 'div'], primary)
  const plus = binary(['+', '-'], times)
  const compare = binary(['=', '!=', '<', '<=', '>', '>='], plus)
  const and = binary(['and'], compare)
  const or: () => Expression = binary(['or'], and)
  return { peek, take, is, expect, or, done: () => peek().kind === 'end' }
}

export const walk = (e: Expression): Expression[] =>
  e.kind === 'binary' ? [e, ...walk(e.left), ...walk(e.right)] : e.kind === 'call' ? [e, ...e.of.flatMap(walk)] : [e]

/** Reads a severity rule. */
export const parseRule = (source: string): ParsedRule => {
  try {
    const p = parser(tokenise(source))
    const clauses: Clause[] = []
    while (!p.done()) {
      const word = p.take()
      const severity = severities.find((s) => s === word.text)
      if (!severity) throw new Fault(word.at, `"${word.text}" bukan tingkat keparahan.`, `"${word.text}" is not a severity.`)
      p.expect(':')
      const from = p.peek().at
      const expression = p.or()
      const parts = walk(expression)
      clauses.push({
        severity,
        expression,
        text: source.slice(from, p.peek().at).trim(),
        norms: parts.flatMap((e) => (e.kind === 'call' && e.name === 'norm' && e.of[0]!.kind === 'text' ? [e.of[0]!.value] : [])),
        names: parts.flatMap((e) => (e.kind === 'name' ? [e.name] : [])),
      })
      if (!p.done()) p.expect(';')
    }
    if (clauses.length === 0) throw new Fault(0, 'Aturan ini kosong.', 'The rule is empty.')
    return { ok: true, clauses }
  } catch (e) {
    if (e instanceof Fault) return { ok: false, fault: e.fault }
    throw e
  }
}
