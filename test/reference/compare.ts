import { methods, type Case } from './methods.ts'

export interface Outcome {
  readonly id: string
  /** Numbers and texts compared, those that differ, and keys of the case that no method answers yet. */
  readonly compared: number
  readonly differences: readonly string[]
  readonly unanswered: readonly string[]
}

/** Runs one case through the product's own method. @param all cases of the same file, for those that refer to another */
export const runCase = (one: Case, all: readonly Case[]): Outcome => {
  const method = methods[one.method]
  if (!method) return { id: one.id, compared: 0, differences: [], unanswered: [one.method] }
  const other = (id: string) => {
    const found = all.find((c) => c.id === id)
    if (!found) throw new Error(`${one.id} refers to ${id}, which is not in the file`)
    return found
  }
  // The file prints 12 significant digits, so no number in it is known better than 5e-12.
  const relative = Math.max(5e-12, typeof one.tolerance === 'number' ? one.tolerance : (one.tolerance.rel ?? 0))
  const absolute = typeof one.tolerance === 'number' ? one.tolerance : (one.tolerance.abs ?? 0)
  const differences: string[] = []
  const unanswered: string[] = []
  let compared = 0
  const walk = (expected: unknown, actual: unknown, at: string): void => {
    if (actual === undefined) unanswered.push(at)
    else if (typeof expected === 'number') {
      compared++
      // A value of 0 has no relative error; it may miss by the tolerance itself.
      const allowed = expected === 0 ? Math.max(relative, absolute) : Math.max(relative * Math.abs(expected), typeof one.tolerance === 'number' ? 0 : absolute)
      if (!(typeof actual === 'number' && Math.abs(actual - expected) <= allowed)) differences.push(`${at}: expected ${expected}, found ${String(actual)}`)
    } else if (typeof expected === 'object' && expected !== null) {
      if (Array.isArray(expected) && !(Array.isArray(actual) && actual.length === expected.length)) differences.push(`${at}: another length`)
      else for (const [key, value] of Object.entries(expected)) walk(value, (actual as Record<string, unknown> | null)?.[key], `${at}.${key}`)
    } else if (!['note', 'definition', 'inclusion_note'].includes(at.split('.').at(-1)!)) {
      compared++
      if (expected !== actual) differences.push(`${at}: expected ${String(expected)}, found ${String(actual)}`)
    }
  }
  const answer = method(one.input, one.expected, other)
  for (const [key, value] of Object.entries(one.expected)) walk(value, answer[key], key)
  return { id: one.id, compared, differences, unanswered }
}
