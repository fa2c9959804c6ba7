import { betaPoint, betaTails } from './beta.ts'
import { normalCdf, normalQuantile } from './normal.ts'

const check = (df: number) => {
  if (!(df > 0)) throw new RangeError('Student t needs degrees of freedom above zero')
}

/** P(T ≤ t) of Student's distribution; `df` may be fractional or Infinity (normal). */
export const tCdf = (t: number, df: number): number => {
  check(df)
  if (df === Infinity) return normalCdf(t)
  const s = t * t
  const [tail] = betaTails(df / (df + s), s / (df + s), df / 2, 0.5)
  return t < 0 ? tail / 2 : 1 - tail / 2
}

/** Quantile of Student's distribution. For an upper tail q write −tQuantile(q, df). */
export const tQuantile = (p: number, df: number): number => {
  check(df)
  if (!(p >= 0 && p <= 1)) throw new RangeError('a probability must lie in [0, 1]')
  if (df === Infinity) return normalQuantile(p)
  if (p === 0) return -Infinity
  if (p === 1) return Infinity
  const tail = Math.min(p, 1 - p)
  const [x, y] = betaPoint(2 * tail, 1 - 2 * tail, df / 2, 0.5)
  const size = Math.sqrt((df * y) / x)
  return p < 0.5 ? -size : size
}
