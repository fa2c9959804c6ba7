import { gammaTails } from './gamma.ts'
import { risingRoot } from './special.ts'

/** P(Z ≤ z) of the standard normal distribution; the lower tail keeps its digits down to z = −37. */
export const normalCdf = (z: number): number => {
  const [inside, outside] = gammaTails((z * z) / 2, 0.5)
  return z < 0 ? outside / 2 : 0.5 + inside / 2
}

/** P(Z > z). */
export const normalUpper = (z: number): number => normalCdf(-z)

/** Quantile of the standard normal distribution. For an upper tail q write −normalQuantile(q): 1 − q would lose its digits. */
export const normalQuantile = (p: number): number => {
  if (!(p >= 0 && p <= 1)) throw new RangeError('a probability must lie in [0, 1]')
  if (p === 0) return -Infinity
  if (p === 1) return Infinity
  if (p === 0.5) return 0
  if (p > 0.5) return -normalQuantile(1 - p)
  const target = Math.log(p)
  const curve = (z: number): readonly [number, number] => {
    const tail = normalCdf(z)
    if (tail === 0) return [-1e300, 1]
    return [Math.log(tail) - target, Math.exp(-(z * z) / 2) / (Math.sqrt(2 * Math.PI) * tail)]
  }
  return risingRoot(curve, -39, 0, -Math.sqrt(Math.max(0, -2 * target - 1.84)))
}
