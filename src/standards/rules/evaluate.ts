import type { Expression } from './expression.ts'

/** One answer; an array is the same question in each instance of a repeat. Blank and absent mean unanswered. */
export type Answer = string | number | null | readonly (string | number | null)[]
export type Answers = Readonly<Record<string, Answer | undefined>>
/** Norm code → value in force; `null` or absent = the value is not known. */
export type NormValues = ReadonlyMap<string, number | null>

type Value = number | string | boolean | readonly (string | number)[] | undefined

/** Answers that say nothing about the class: does not apply, not observed. */
export const silent: ReadonlySet<unknown> = new Set(['na', 'ts', '', null, undefined])

const answerOf = (answers: Answers, name: string): Value => {
  const answer = Object.hasOwn(answers, name) ? answers[name] : undefined
  if (Array.isArray(answer)) return answer.filter((a): a is string | number => !silent.has(a))
  return silent.has(answer) ? undefined : (answer as string | number)
}

const numeric = (v: Value): number | undefined => {
  if (typeof v === 'number') return Number.isFinite(v) ? v : undefined
  if (typeof v !== 'string' || v.trim() === '') return undefined
  const n = Number(v)
  return Number.isFinite(n) ? n : undefined
}

/** Minutes since midnight of the wall clock in `08:20`, `08:20:00.000+07:00` or `2026-11-23T08:20:00+07:00`. */
export const minutesOf = (text: Value): number | undefined => {
  const m = typeof text === 'string' ? /(?:^|T|\s)(\d{2}):(\d{2})/.exec(text) : null
  if (!m || Number(m[1]) > 23 || Number(m[2]) > 59) return undefined
  return Number(m[1]) * 60 + Number(m[2])
}

const chosen = (v: Value): readonly string[] | undefined =>
  v === undefined || typeof v === 'boolean'
    ? undefined
    : Array.isArray(v)
      ? v.flatMap((x) => String(x).split(' '))
      : String(v)
          .split(/\s+/)
          .filter((x) => !silent.has(x))

const truth = (v: Value): boolean | undefined => (typeof v === 'boolean' ? v : undefined)

const compare = (operator: string, left: Value, right: Value): Value => {
  if (left === undefined || right === undefined || Array.isArray(left) || Array.isArray(right)) return undefined
  const [a, b] = [numeric(left), numeric(right)]
  if (a !== undefined && b !== undefined) {
    // Shares such as 0.1 + 0.2 must not break a norm of 0.3 by rounding.
    const near = Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
    return { '=': near, '!=': !near, '<': a < b && !near, '<=': a < b || near, '>': a > b && !near, '>=': a > b || near }[operator]
  }
  if (operator === '=') return String(left) === String(right)
  return operator === '!=' ? String(left) !== String(right) : undefined
}

const arithmetic = (operator: string, left: Value, right: Value): Value => {
  const [a, b] = [numeric(left), numeric(right)]
  if (a === undefined || b === undefined || (operator === 'div' && b === 0)) return undefined
  return { '+': a + b, '-': a - b, '*': a * b, div: a / b }[operator]
}

/** `true`, `false`, a number, a text, or `undefined` for what cannot be known. */
export const evaluate = (e: Expression, answers: Answers, norms: NormValues): Value => {
  const value = (x: Expression): Value => evaluate(x, answers, norms)
  if (e.kind === 'number' || e.kind === 'text') return e.value
  if (e.kind === 'name') return answerOf(answers, e.name)
  if (e.kind === 'call') return call(e.name, e.of, value, norms)
  if (e.operator === 'and' || e.operator === 'or') {
    const decides = e.operator === 'or'
    const [left, right] = [truth(value(e.left)), truth(value(e.right))]
    if (left === decides || right === decides) return decides
    return left === undefined || right === undefined ? undefined : !decides
  }
  return ['+', '-', '*', 'div'].includes(e.operator)
    ? arithmetic(e.operator, value(e.left), value(e.right))
    : compare(e.operator, value(e.left), value(e.right))
}

const call = (name: string, of: readonly Expression[], value: (e: Expression) => Value, norms: NormValues): Value => {
  const [first, second] = of
  if (name === 'norm') return norms.get((first as { value: string }).value) ?? undefined
  const given = value(first!)
  if (name === 'minutes') return minutesOf(given)
  if (name === 'not') return truth(given) === undefined ? undefined : !given
  if (name === 'abs') return numeric(given) === undefined ? undefined : Math.abs(numeric(given)!)
  if (name === 'selected' || name === 'count') {
    const all = chosen(given)
    // An empty list is what nobody answered; "none of these" is a choice of its own.
    if (all === undefined || all.length === 0) return undefined
    if (name === 'count' && second === undefined) return all.length
    const wanted = value(second!)
    if (typeof wanted !== 'string' && typeof wanted !== 'number') return undefined
    return name === 'selected' ? all.includes(String(wanted)) : all.filter((x) => x === String(wanted)).length
  }
  const numbers = of.map((x) => numeric(value(x)))
  if (numbers.some((n) => n === undefined)) return undefined
  return name === 'min' ? Math.min(...(numbers as number[])) : Math.max(...(numbers as number[]))
}
