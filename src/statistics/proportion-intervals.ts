import { betaQuantile } from './beta.ts'
import { checkLevel } from './result.ts'
import { tQuantile } from './t.ts'

export interface ProportionSpread {
  /** Estimated proportion in [0, 1]. */
  readonly p: number
  /** Its design-based variance. */
  readonly variance: number
  /** Units observed, and degrees of freedom of the variance. */
  readonly n: number
  readonly df: number
  readonly level: number
}

/**
 * Korn–Graubard interval: Clopper–Pearson with the effective sample size n_e = p(1−p)/V·(t_{n−1}/t_df)² (Korn & Graubard 1998).
 * @param cap upper bound on n_e; also n_e where V says nothing, i.e. p is 0 or 1 or V = 0 (default n). Infinity = the whole population was observed.
 */
export const kornGraubard = ({ p, variance, n, df, level }: ProportionSpread, cap?: number): { interval: readonly [number, number]; effective: number } | null => {
  checkLevel(level)
  if (n < 2 || df < 1) return null
  const tail = (1 - level) / 2
  const silent = p <= 0 || p >= 1 || !(variance > 0)
  const raw = silent ? (cap ?? n) : ((p * (1 - p)) / variance) * (tQuantile(tail, n - 1) / tQuantile(tail, df)) ** 2
  const effective = Math.min(raw, cap ?? Infinity)
  if (effective === Infinity) return { interval: [p, p], effective }
  const hits = effective * p
  const misses = effective * (1 - p)
  return {
    interval: [p <= 0 ? 0 : betaQuantile(tail, hits, misses + 1), p >= 1 ? 1 : betaQuantile(1 - tail, hits + 1, misses)],
    effective,
  }
}

/** Wilson's interval with n_e = p(1−p)/V and Student's t for the normal quantile (R survey ≥ 4.5, `wilson`). null where V says nothing (p = 0 or 1, V = 0). */
export const designWilson = ({ p, variance, n, df, level }: ProportionSpread): readonly [number, number] | null => {
  checkLevel(level)
  if (n < 2 || df < 1 || p <= 0 || p >= 1 || !(variance > 0)) return null
  const effective = (p * (1 - p)) / variance
  const t2 = tQuantile((1 - level) / 2, df) ** 2
  const centre = (p + t2 / (2 * effective)) / (1 + t2 / effective)
  const half = Math.sqrt(t2 * (variance + t2 / (4 * effective ** 2))) / (1 + t2 / effective)
  return [centre - half, centre + half]
}
