import { betaTails } from './beta.ts'
import { deviance, stirlingError } from './special.ts'

/** P(X ≤ k) of the binomial distribution with n trials of probability p. */
export const binomialCdf = (k: number, n: number, p: number): number => {
  if (k < 0) return 0
  if (k >= n) return 1
  return betaTails(1 - p, p, n - Math.floor(k), Math.floor(k) + 1)[0]
}

/** P(X = k) of the binomial distribution by Loader's saddle point form (2000), exact for large n. */
export const binomialDensity = (k: number, n: number, p: number): number => {
  if (k < 0 || k > n) return 0
  const q = 1 - p
  if (p === 0) return k === 0 ? 1 : 0
  if (q === 0) return k === n ? 1 : 0
  if (k === 0) return Math.exp(n * Math.log1p(-p))
  if (k === n) return Math.exp(n * Math.log(p))
  const log = stirlingError(n) - stirlingError(k) - stirlingError(n - k) - deviance(k, n * p) - deviance(n - k, n * q)
  return Math.exp(log) * Math.sqrt(n / (2 * Math.PI * k * (n - k)))
}

/** P(X = k) when `drawn` are taken without replacement from `marked` marked and `plain` other units. */
export const hypergeometricDensity = (k: number, marked: number, plain: number, drawn: number): number => {
  const p = drawn / (marked + plain)
  const whole = binomialDensity(drawn, marked + plain, p)
  return (binomialDensity(k, marked, p) * binomialDensity(drawn - k, plain, p)) / whole
}

/** P(X ≤ k) of the hypergeometric distribution, in R's order phyper(k, marked, plain, drawn). */
export const hypergeometricCdf = (k: number, marked: number, plain: number, drawn: number): number => {
  let sum = 0
  for (let i = Math.max(0, drawn - plain); i <= Math.min(k, marked, drawn); i++) sum += hypergeometricDensity(i, marked, plain, drawn)
  return Math.min(1, sum)
}
