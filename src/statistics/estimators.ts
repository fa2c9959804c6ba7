import type { Design } from './design.ts'
import { checkLevel, warning, type Method, type Result } from './result.ts'
import { tQuantile } from './t.ts'

export interface Options {
  /** Rows that belong to the domain; absent = all. */
  readonly domain?: readonly boolean[] | undefined
  /** Confidence level; 0.95 unless told. */
  readonly level?: number
}

/** A design-based estimate with its design effect: variance over that of a simple random sample of the same n (without and with replacement). */
export interface DesignResult extends Result {
  readonly variance: number | null
  readonly deff: number | null
  readonly deffWithReplacement: number | null
}

/** Degrees of freedom: sampling units less strata, counted where the domain has rows (Korn & Graubard 1999). */
export const degreesOfFreedom = (design: Design, inside: (row: number) => boolean): number => {
  const strata = new Set(design.stratum.filter((_, row) => inside(row)))
  const units = new Set(design.unit.filter((_, row) => strata.has(design.stratum[row]!)))
  return units.size - strata.size
}

const finish = (
  design: Design,
  method: Method,
  estimate: number,
  u: readonly number[],
  inside: (row: number) => boolean,
  level: number,
  simple: { readonly v: number; readonly f: number } | null,
): DesignResult => {
  const n = design.weight.reduce((s, _, row) => s + (inside(row) ? 1 : 0), 0)
  const { variance, warnings } = design.variance(u)
  const df = degreesOfFreedom(design, inside)
  const se = variance === null || df < 1 ? null : Math.sqrt(variance)
  const half = se === null ? null : -tQuantile((1 - level) / 2, df) * se
  return {
    estimate,
    se,
    interval: half === null ? null : [estimate - half, estimate + half],
    level,
    n,
    df,
    method,
    assumptions: ['assumption.known_probabilities', 'assumption.many_units'],
    warnings: df < 1 && warnings.length === 0 ? [warning('warning.no_interval', { n })] : warnings,
    variance: se === null ? null : variance,
    deff: se === null || !simple || !(simple.v > 0) || simple.f >= 1 ? null : variance! / (simple.v * (1 - simple.f)),
    deffWithReplacement: se === null || !simple || !(simple.v > 0) ? null : variance! / simple.v,
  }
}

const empty = (method: Method, level: number): DesignResult => ({
  estimate: null,
  se: null,
  interval: null,
  level,
  n: 0,
  df: null,
  method,
  assumptions: [],
  warnings: [warning('warning.empty_domain')],
  variance: null,
  deff: null,
  deffWithReplacement: null,
})

const read = (design: Design, columns: readonly (readonly number[])[], { domain, level = 0.95 }: Options) => {
  checkLevel(level)
  for (const c of columns) if (c.length !== design.weight.length) throw new RangeError('a column must have one value per row of the design')
  const inside = (row: number) => domain?.[row] ?? true
  if (columns.some((c) => c.some((value, row) => inside(row) && !Number.isFinite(value)))) throw new RangeError('a value in the domain is missing')
  return { inside, level }
}

/** Estimated population total Σ w·y. */
export const total = (design: Design, y: readonly number[], options: Options = {}): DesignResult => {
  const { inside, level } = read(design, [y], options)
  const u = design.weight.map((w, row) => (inside(row) ? w * y[row]! : 0))
  // The total of an empty domain is 0 by the design, but its standard error would be 0 too: no figure.
  if (!design.weight.some((_, row) => inside(row))) return empty('method.total', level)
  const n = u.length
  const size = design.weight.reduce((s, w) => s + w, 0)
  const value = (row: number) => (inside(row) ? y[row]! : 0)
  const mean = u.reduce((s, x) => s + x, 0) / size
  const s2 = (design.weight.reduce((s, w, row) => s + w * (value(row) - mean) ** 2, 0) / size) * (n / (n - 1))
  return finish(design, 'method.total', u.reduce((s, x) => s + x, 0), u, inside, level, { v: (size ** 2 * s2) / n, f: n / size })
}

/** Ratio of two totals R = Σwy/Σwx, linearised as u = w(y − Rx)/Σwx. */
export const ratio = (design: Design, y: readonly number[], x: readonly number[], options: Options = {}): DesignResult => {
  const { inside, level } = read(design, [y, x], options)
  const sums = design.weight.reduce((s, w, row) => (inside(row) ? [s[0] + w * y[row]!, s[1] + w * x[row]!] as const : s), [0, 0] as readonly [number, number])
  if (sums[1] === 0) return empty('method.ratio', level)
  const r = sums[0] / sums[1]
  const u = design.weight.map((w, row) => (inside(row) ? (w * (y[row]! - r * x[row]!)) / sums[1] : 0))
  return finish(design, 'method.ratio', r, u, inside, level, null)
}

/** Hájek mean Σwy/Σw of the population or of a domain, linearised as u = w(y − m)/Σw over the whole design. */
export const mean = (design: Design, y: readonly number[], options: Options = {}): DesignResult => {
  const { inside, level } = read(design, [y], options)
  const size = design.weight.reduce((s, w, row) => s + (inside(row) ? w : 0), 0)
  if (size === 0) return empty('method.mean', level)
  const m = design.weight.reduce((s, w, row) => s + (inside(row) ? w * y[row]! : 0), 0) / size
  const u = design.weight.map((w, row) => (inside(row) ? (w * (y[row]! - m)) / size : 0))
  const n = design.weight.reduce((s, _, row) => s + (inside(row) ? 1 : 0), 0)
  const s2 = (design.weight.reduce((s, w, row) => s + (inside(row) ? w * (y[row]! - m) ** 2 : 0), 0) / size) * (n / (n - 1))
  return finish(design, 'method.mean', m, u, inside, level, { v: s2 / n, f: n / size })
}
