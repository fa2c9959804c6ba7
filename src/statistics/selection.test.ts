import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { allocationVariance, guessedDeviation, wrightAllocation, wrightCostAllocation } from './allocation.ts'
import { inclusionProbabilities, riskProbabilities } from './inclusion-probabilities.ts'
import { drawByRank } from './order-sampling.ts'
import { systematicSample } from './systematic.ts'

const sizes = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1000 })), { minLength: 1, maxLength: 30 })
const sum = (x: readonly number[]) => x.reduce((s, v) => s + v, 0)
const withSize = sizes.chain((x) => fc.tuple(fc.constant(x), fc.integer({ min: 0, max: x.length })))

test('inclusion probabilities with a floor lie in (0, 1] and sum to n', () => {
  fc.assert(
    fc.property(withSize, ([x, n]) => {
      const pi = riskProbabilities(x, n, 0.3)
      assert.ok(Math.abs(sum(pi) - n) < 1e-9)
      assert.ok(n === 0 || pi.every((p) => p > 0 && p <= 1))
      if (n === x.length) assert.ok(pi.every((p) => p === 1))
    }),
  )
})

test('a larger unit never has a smaller chance, and the floor bounds the weight by N/(nε)', () => {
  fc.assert(
    fc.property(withSize, ([x, n]) => {
      fc.pre(n > 0)
      const pi = riskProbabilities(x, n, 0.3)
      for (let k = 1; k < x.length; k++) if (x[k]! > x[k - 1]!) assert.ok(pi[k]! >= pi[k - 1]!)
      assert.ok(1 / Math.min(...pi) <= x.length / (n * 0.3) + 1e-9)
    }),
  )
})

test('more units than can be selected are refused, not cut', () => {
  assert.throws(() => inclusionProbabilities([0, 3, 4], 3), RangeError)
  assert.throws(() => inclusionProbabilities([1, 2], 1.5), RangeError)
  assert.throws(() => inclusionProbabilities([1, -2], 1), RangeError)
})

test('an order sample has n units, all certainty units, and does not depend on what it does not draw', () => {
  fc.assert(
    fc.property(withSize, fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })), ([x, n], stream) => {
      const pi = riskProbabilities(x, n, 0.3)
      const u = x.map(() => stream.next().value as number)
      const drawn = drawByRank(u, pi, n)
      assert.equal(new Set(drawn).size, n)
      pi.forEach((p, k) => p === 1 && assert.ok(drawn.includes(k)))
    }),
  )
})

test('systematic samples have n units for whole n, and every start gives each unit its share', () => {
  const pi = inclusionProbabilities([1, 2, 3, 5, 8, 13, 40, 60, 4, 4], 4)
  const counts = pi.map(() => 0)
  for (let i = 0; i < 20_000; i++) {
    const drawn = systematicSample(pi, (i + 0.5) / 20_000)
    assert.equal(drawn.length, 4)
    for (const k of drawn) counts[k]!++
  }
  pi.forEach((p, k) => assert.ok(Math.abs(counts[k]! / 20_000 - p) < 1e-4))
})

test('Wright’s allocation gives every stratum its minimum, never more than it holds, and no better neighbour exists', () => {
  const strata = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0.05, max: 0.9, noNaN: true })), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(strata, fc.integer({ min: 0, max: 200 }), (rows, extra) => {
      const N = rows.map(([size]) => size)
      const S = rows.map(([, s]) => s)
      const least = N.map((size) => Math.min(2, size))
      const n = Math.min(sum(N), sum(least) + extra)
      const out = wrightAllocation(N, S, n)
      assert.equal(sum(out), n)
      out.forEach((x, h) => assert.ok(x >= least[h]! && x <= N[h]!))
      const v = allocationVariance(N, S, out)
      for (let a = 0; a < N.length; a++)
        for (let b = 0; b < N.length; b++) {
          if (a === b || out[a]! <= least[a]! || out[b]! >= N[b]!) continue
          const moved = out.map((x, h) => x + (h === b ? 1 : 0) - (h === a ? 1 : 0))
          assert.ok(allocationVariance(N, S, moved) >= v - 1e-12 * v)
        }
    }),
  )
})

test('an allocation by cost stays within its budget', () => {
  const out = wrightCostAllocation([100, 50], [0.5, 0.5], [2, 3], 60)
  assert.ok(2 * out[0]! + 3 * out[1]! <= 60 && 2 * out[0]! + 3 * out[1]! > 57)
})

test('a guessed proportion near 0 still asks for visits', () => assert.equal(guessedDeviation(0), Math.sqrt(0.05 * 0.95)))
