import { continuedFraction, deviance, risingRoot, stirlingError } from './special.ts'

/** ln of x^a e^−x / Γ(a+1), without cancellation (Loader 2000). */
const logKernel = (a: number, x: number): number => -stirlingError(a) - deviance(a, x) - 0.5 * Math.log(2 * Math.PI * a)

/** Regularised incomplete gamma function as [P(a,x), Q(a,x)], each exact on its small side: series below a+1, continued fraction above (DLMF 8.7.1, 8.9.2). */
export const gammaTails = (x: number, a: number): readonly [lower: number, upper: number] => {
  if (!(a > 0)) throw new RangeError('gamma distribution needs a shape above zero')
  if (!(x > 0)) return [0, 1]
  if (x === Infinity) return [1, 0]
  const kernel = Math.exp(logKernel(a, x))
  if (x < a + 1) {
    let sum = 1
    let term = 1
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= x / (a + k)
      sum += term
    }
    const lower = kernel * sum
    return [lower, 1 - lower]
  }
  const upper = (kernel * a) / continuedFraction(x + 1 - a, (i) => [-i * (i - a), x + 2 * i + 1 - a])
  return [1 - upper, upper]
}

/** P(X ≤ x) of the chi-squared distribution. */
export const chiSquaredCdf = (x: number, df: number): number => gammaTails(x / 2, df / 2)[0]
/** P(X > x) of the chi-squared distribution; keeps its digits where 1 − cdf has none left. */
export const chiSquaredUpper = (x: number, df: number): number => gammaTails(x / 2, df / 2)[1]

/** Quantile of the chi-squared distribution, solved for ln(tail) against ln x. */
export const chiSquaredQuantile = (p: number, df: number): number => {
  if (!(p >= 0 && p <= 1)) throw new RangeError('a probability must lie in [0, 1]')
  if (p === 0) return 0
  if (p === 1) return Infinity
  const a = df / 2
  const small = p <= 0.5
  const target = Math.log(small ? p : 1 - p)
  const curve = (z: number): readonly [number, number] => {
    const x = Math.exp(z)
    const [lower, upper] = gammaTails(x, a)
    const tail = small ? lower : upper
    if (tail === 0) return [small ? -1e300 : 1e300, 1]
    const slope = Math.exp(logKernel(a, x) + Math.log(a) - Math.log(tail))
    return small ? [Math.log(tail) - target, slope] : [target - Math.log(tail), slope]
  }
  return 2 * Math.exp(risingRoot(curve, -700, Math.log(a + 1) + 700, Math.log(a)))
}
