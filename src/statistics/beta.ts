import { continuedFraction, deviance, risingRoot, stirlingError } from './special.ts'

const check = (a: number, b: number) => {
  if (!(a > 0) || !(b > 0) || a === Infinity || b === Infinity) throw new RangeError('beta distribution needs finite shapes above zero')
}

/** x^a y^b / B(a, b) with y = 1 − x given apart, in logs and without cancellation (Loader 2000). */
const logKernel = (a: number, b: number, x: number, y: number): number => {
  const n = a + b
  return (
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y) + 0.5 * Math.log((a * b) / (2 * Math.PI * n))
  )
}

/** Continued fraction of the lower tail (DLMF 8.17.22), good for x < (a+1)/(a+b+2). */
const lowerFraction = (a: number, b: number, x: number): number =>
  1 /
  continuedFraction(1, (i) => {
    const m = i >> 1
    const numerator = i % 2 === 0 ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)) : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    return [numerator, 1]
  })

/**
 * Regularised incomplete beta function as both tails [I_x(a,b), 1 − I_x(a,b)], each to full relative accuracy on its small side.
 * @param y 1 − x, given apart so that an x near 1 loses nothing
 */
export const betaTails = (x: number, y: number, a: number, b: number): readonly [lower: number, upper: number] => {
  check(a, b)
  if (!(x > 0)) return [0, 1]
  if (!(y > 0)) return [1, 0]
  const kernel = Math.exp(logKernel(a, b, x, y))
  if (x <= (a + 1) / (a + b + 2)) {
    const lower = (kernel * lowerFraction(a, b, x)) / a
    return [lower, 1 - lower]
  }
  const upper = (kernel * lowerFraction(b, a, y)) / b
  return [1 - upper, upper]
}

/** P(X ≤ x) of the beta distribution. */
export const betaCdf = (x: number, a: number, b: number): number => betaTails(x, 1 - x, a, b)[0]

/**
 * The point where the lower tail of Beta(a, b) is `lower` and the upper one `upper` (= 1 − lower), as [x, 1 − x].
 * Solved for ln(tail) against the logit of x, where the curve is smooth even for shapes far below 1. A point below 1e-304 is given as that bound.
 */
export const betaPoint = (lower: number, upper: number, a: number, b: number): readonly [x: number, y: number] => {
  check(a, b)
  if (!(lower >= 0) || !(upper >= 0) || lower > 1 || upper > 1) throw new RangeError('a probability must lie in [0, 1]')
  if (lower === 0) return [0, 1]
  if (upper === 0) return [1, 0]
  if (lower > upper) {
    const [y, x] = betaPoint(upper, lower, b, a)
    return [x, y]
  }
  const target = Math.log(lower)
  const at = (z: number) => {
    const x = 1 / (1 + Math.exp(-z))
    const y = 1 / (1 + Math.exp(z))
    return [x, y] as const
  }
  const curve = (z: number): readonly [number, number] => {
    const [x, y] = at(z)
    const tail = betaTails(x, y, a, b)[0]
    if (tail === 0) return [-1e300, 1]
    return [Math.log(tail) - target, Math.exp(logKernel(a, b, x, y) - Math.log(tail))]
  }
  return at(risingRoot(curve, -700, 700, Math.log(a / b)))
}

/** Quantile of the beta distribution: x with P(X ≤ x) = p. */
export const betaQuantile = (p: number, a: number, b: number): number => betaPoint(p, 1 - p, a, b)[0]
