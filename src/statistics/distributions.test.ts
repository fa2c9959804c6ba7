import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { betaCdf, betaPoint, betaQuantile, betaTails } from './beta.ts'
import { chiSquaredCdf, chiSquaredQuantile, chiSquaredUpper } from './gamma.ts'
import { normalCdf, normalQuantile, normalUpper } from './normal.ts'
import { tCdf, tQuantile } from './t.ts'

const near = (actual: number, expected: number, relative: number) =>
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual} is not ${expected} within ${relative}`)

const shape = fc.double({ min: -1, max: 4, noNaN: true }).map((x) => 10 ** x)
const probability = fc.double({ min: -12, max: -0.31, noNaN: true }).map((x) => 10 ** x)

test('a beta quantile leads back to its probability in either tail', () => {
  fc.assert(
    fc.property(shape, shape, probability, (a, b, p) => {
      const [x, y] = betaPoint(p, 1 - p, a, b)
      // Below the smallest number a double holds the point is its bound, and its tail is not p.
      if (x > 1e-300) near(betaTails(x, y, a, b)[0], p, 1e-10)
      const [upperX, upperY] = betaPoint(1 - p, p, a, b)
      if (upperY > 1e-300) near(betaTails(upperX, upperY, a, b)[1], p, 1e-10)
    }),
    { numRuns: 500 },
  )
})

test('the beta distribution has its closed forms', () => {
  near(betaCdf(0.3, 1, 4), 1 - 0.7 ** 4, 1e-13)
  near(betaQuantile(0.5, 7, 7), 0.5, 1e-13)
  near(betaCdf(1e-9, 2, 1), 1e-18, 1e-12)
  assert.equal(betaQuantile(0, 2, 3), 0)
  assert.equal(betaQuantile(1, 2, 3), 1)
})

test('Student t has its closed forms at 1 and 2 degrees of freedom and becomes normal', () => {
  for (const p of [1e-12, 0.001, 0.025, 0.3, 0.49999]) {
    near(tQuantile(p, 1), -1 / Math.tan(Math.PI * p), 1e-10)
    near(tQuantile(p, 2), (2 * p - 1) / Math.sqrt(2 * p * (1 - p)), 1e-10)
    assert.equal(tQuantile(p, Infinity), normalQuantile(p))
    near(tCdf(tQuantile(p, 7.5), 7.5), p, 1e-11)
  }
  assert.equal(tQuantile(0.5, 5), 0)
})

test('the normal tails keep their digits', () => {
  near(normalUpper(10), 7.61985302416e-24, 1e-11)
  near(normalCdf(-37), 5.725571222524e-300, 1e-9)
  fc.assert(fc.property(fc.double({ min: -300, max: -0.4, noNaN: true }), (x) => near(normalCdf(normalQuantile(10 ** x)), 10 ** x, 1e-10)))
})

test('chi-squared tails are complementary and its quantile leads back', () => {
  fc.assert(
    fc.property(shape, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (df, p) => {
      const x = chiSquaredQuantile(p, df)
      if (x < 1e-300) return
      near(chiSquaredCdf(x, df), p, 1e-9)
      near(chiSquaredCdf(x, df) + chiSquaredUpper(x, df), 1, 1e-12)
    }),
  )
  near(chiSquaredUpper(200, 2), Math.exp(-100), 1e-12)
})

test('arguments outside their range are refused', () => {
  assert.throws(() => betaQuantile(1.2, 1, 1), RangeError)
  assert.throws(() => betaQuantile(0.5, 0, 1), RangeError)
  assert.throws(() => tQuantile(0.5, 0), RangeError)
  assert.throws(() => normalQuantile(Number.NaN), RangeError)
})
