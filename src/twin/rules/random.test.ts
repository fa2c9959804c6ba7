import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { randomOf, runningTotals, shuffled, weighted } from './random.ts'

test('the stream of a key is pinned: a sample made today can be made again in ten years', () => {
  const random = randomOf('pantau', 1)
  assert.deepEqual([random.int(0, 999_999), random.int(0, 999_999), random.int(0, 999_999)], [123954, 529690, 296322])
})

test('uniform, normal and whole numbers have their moments', () => {
  const random = randomOf('moments')
  const n = 40_000
  let sum = 0
  let square = 0
  let uniform = 0
  for (let i = 0; i < n; i++) {
    const z = random.normal()
    sum += z
    square += z * z
    const u = random.next()
    assert.ok(u >= 0 && u < 1)
    uniform += u
  }
  assert.ok(Math.abs(sum / n) < 0.02 && Math.abs(square / n - 1) < 0.03 && Math.abs(uniform / n - 0.5) < 0.006)
  const dice = Array.from({ length: 6_000 }, () => random.int(1, 6))
  for (let face = 1; face <= 6; face++) assert.ok(Math.abs(dice.filter((d) => d === face).length - 1_000) < 150)
})

test('keys that differ give streams that differ; joined parts do not run together', () => {
  const head = (...key: (string | number)[]) => { const r = randomOf(...key); return [r.next(), r.next()].join() }
  assert.equal(new Set([head('a', 1), head('a', 2), head('a1'), head('a', '1', ''), head('b', 1)]).size, 5)
  assert.equal(new Set(Array.from({ length: 20_000 }, (_, i) => head('run', i))).size, 20_000)
})

test('a weighted choice lands in its own part and never on weight 0', () => {
  fc.assert(fc.property(fc.array(fc.nat(20), { minLength: 1 }).filter((w) => w.some((x) => x > 0)), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (weights, u) => {
    const totals = runningTotals(weights)
    const at = weighted(totals, u)
    assert.ok((weights[at] ?? 0) > 0)
    const aim = u * (totals.at(-1) ?? 0)
    assert.ok(aim < (totals[at] ?? 0) && aim >= (totals[at - 1] ?? 0))
  }))
})

test('shuffling keeps everything', () => {
  fc.assert(fc.property(fc.array(fc.integer()), fc.integer(), (list, seed) => {
    assert.deepEqual(shuffled(list, randomOf(seed)).sort((a, b) => a - b), [...list].sort((a, b) => a - b))
  }))
})
