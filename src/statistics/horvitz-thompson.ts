import { checkProbabilities } from './design.ts'
import { warning, checkLevel, type Result } from './result.ts'
import { normalQuantile } from './normal.ts'

export interface HorvitzThompsonResult extends Result {
  /** Sen–Yates–Grundy variance ½ΣΣ (π_k π_l − π_kl)/π_kl (y_k/π_k − y_l/π_l)²; used for the standard error. */
  readonly syg: number
  /** Horvitz–Thompson's own variance; unstable for fixed-size samples, shown for comparison only. */
  readonly ht: number
}

/** Horvitz–Thompson total of a fixed-size sample when all joint probabilities are known (Horvitz & Thompson 1952; Sen 1953; Yates & Grundy 1953). @param joint π_kl of the sampled units, π_k on the diagonal */
export const horvitzThompson = (y: readonly number[], joint: readonly (readonly number[])[], level = 0.95): HorvitzThompsonResult => {
  checkLevel(level)
  const pi = joint.map((row, k) => row[k]!)
  checkProbabilities(pi)
  const e = y.map((v, k) => v / pi[k]!)
  let syg = 0
  let ht = 0
  for (let k = 0; k < y.length; k++) {
    ht += (1 - pi[k]!) * e[k]! ** 2
    for (let l = 0; l < y.length; l++) {
      if (l === k) continue
      const both = joint[k]![l]!
      if (!(both > 0)) throw new RangeError('a pair that can never be drawn together leaves no unbiased variance')
      const d = (pi[k]! * pi[l]! - both) / both
      syg += (d * (e[k]! - e[l]!) ** 2) / 2
      ht -= d * e[k]! * e[l]!
    }
  }
  const estimate = e.reduce((s, v) => s + v, 0)
  const se = syg >= 0 && y.length > 1 ? Math.sqrt(syg) : null
  const half = se === null ? null : -normalQuantile((1 - level) / 2) * se
  return {
    estimate: y.length > 0 ? estimate : null,
    se,
    interval: half === null ? null : [estimate - half, estimate + half],
    level,
    n: y.length,
    df: null,
    method: 'method.horvitz_thompson',
    assumptions: ['assumption.known_probabilities', 'assumption.joint_probabilities'],
    warnings: y.length === 0 ? [warning('warning.no_units')] : syg < 0 ? [warning('warning.negative_variance')] : [],
    syg,
    ht,
  }
}
