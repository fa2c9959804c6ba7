import assert from 'node:assert/strict'
import { test } from 'node:test'
import { betaQuantile } from './beta.ts'
import { collapseStrata } from './collapse.ts'
import { clusterDesign, paretoDesign } from './design.ts'
import { mean } from './estimators.ts'
import { riskProbabilities } from './inclusion-probabilities.ts'
import { drawByRank } from './order-sampling.ts'
import { designWilson, kornGraubard } from './proportion-intervals.ts'
import { proportion, type ProportionUnit } from './proportion.ts'

const near = (actual: number | null | undefined, expected: number, tolerance = 1e-10) =>
  assert.ok(typeof actual === 'number' && Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`)

/** mulberry32: a small seeded generator, so that a simulation is the same on every machine. */
const generator = (seed: number) => {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
const units = (stratum: string, answers: readonly (0 | 1 | null)[], pi: number): ProportionUnit[] => answers.map((y) => ({ y, pi, stratum }))
const codes = (r: { warnings: readonly { code: string }[] }) => r.warnings.map((w) => w.code).sort()

test('with equal chances it is the textbook stratified estimate with finite population correction', () => {
  const a = units('a', [1, 1, 0, 1, 0, 1, 1, 1], 8 / 40)
  const b = units('b', [0, 1, 0, 0, 1], 5 / 20)
  const r = proportion([...a, ...b], { populationByStratum: { a: 40, b: 20 } })
  near(r.estimate, (40 * 0.75 + 20 * 0.4) / 60)
  const part = (N: number, n: number, p: number) => ((N / 60) ** 2 * (1 - n / N) * p * (1 - p)) / (n - 1)
  near(r.se, Math.sqrt(part(40, 8, 0.75) + part(20, 5, 0.4)))
  assert.equal(r.df, 11)
  assert.deepEqual([r.n, r.drawn, r.unanswered, r.hits, r.population, r.coverage], [13, 13, 0, 8, 60, 1])
  assert.deepEqual(r.warnings, [])
  const y = [...a, ...b].map((u) => u.y!)
  const design = clusterDesign([...a, ...b].map((u) => 1 / u.pi), [{ unit: y.map((_, k) => k), stratum: [...a, ...b].map((u) => u.stratum), population: [...a, ...b].map((u) => (u.stratum === 'a' ? 40 : 20)) }])
  const same = mean(design, y)
  near(r.estimate, same.estimate!)
  near(r.se, same.se!)
  const { interval } = kornGraubard({ p: r.estimate!, variance: r.se! ** 2, n: 13, df: 11, level: 0.95 })!
  near(r.interval![0], interval[0])
  near(r.interval![1], interval[1])
})

test('a whole population that was observed has no margin', () => {
  const r = proportion([...units('a', [1, 0, 1], 1), ...units('b', [1, 1], 1)], { populationByStratum: { a: 3, b: 2 } })
  assert.deepEqual([r.estimate, r.se, r.interval], [0.8, 0, [0.8, 0.8]])
})

test('all answers equal give an interval, not a point', () => {
  const none = proportion(units('a', Array<0>(20).fill(0), 0.1), { populationByStratum: { a: 200 } })
  assert.equal(none.estimate, 0)
  assert.equal(none.se, null)
  near(none.interval![1], 1 - 0.025 ** (1 / 20))
  assert.equal(none.interval![0], 0)
  assert.deepEqual(codes(none), ['warning.all_equal'])
  const all = proportion(units('a', Array<1>(20).fill(1), 0.1), { populationByStratum: { a: 200 } })
  near(all.interval![0], betaQuantile(0.025, 20, 1))
  assert.equal(all.interval![1], 1)
})

test('unequal weights widen the interval at 0', () => {
  const mixed = [...units('a', Array<0>(10).fill(0), 0.5), ...units('b', Array<0>(10).fill(0), 0.02)]
  const r = proportion(mixed, { populationByStratum: { a: 20, b: 500 } })
  assert.ok(r.interval![1] > 1 - 0.025 ** (1 / 20) + 0.05)
})

test('a lucky zero variance does not make a point interval', () => {
  const r = proportion([...units('a', [1, 1, 1], 0.1), ...units('b', [0, 0, 0], 0.1)], { populationByStratum: { a: 30, b: 30 } })
  assert.equal(r.estimate, 0.5)
  assert.equal(r.se, null)
  assert.ok(r.interval![0] < 0.2 && r.interval![1] > 0.8)
  assert.deepEqual(codes(r), ['warning.effective_size_capped'])
})

test('nothing observed gives no figure, and one observation no interval', () => {
  assert.deepEqual([proportion([]).estimate, codes(proportion([]))], [null, ['warning.no_units']])
  const silent = proportion(units('a', [null, null], 0.5), { populationByStratum: { a: 4 } })
  assert.deepEqual([silent.estimate, silent.drawn, silent.unanswered, silent.interval], [null, 2, 2, null])
  assert.deepEqual(codes(silent), ['warning.no_units', 'warning.nonresponse'])
  const one = proportion(units('a', [1], 0.5), { populationByStratum: { a: 2 } })
  assert.deepEqual([one.estimate, one.interval, one.se], [1, null, null])
  assert.deepEqual(codes(one), ['warning.few_units', 'warning.no_interval'])
})

test('nonresponse is counted, its weight stays in its stratum, and the margin grows', () => {
  const full = proportion([...units('a', [1, 0, 1, 0, 1, 1], 0.1), ...units('b', [1, 0, 0, 0], 0.1)], { populationByStratum: { a: 60, b: 40 } })
  const part = proportion([...units('a', [1, 0, 1, 0, 1, 1], 0.1), ...units('b', [1, 0, 0, 0, null, null, null, null], 0.2)], { populationByStratum: { a: 60, b: 40 } })
  near(part.estimate, full.estimate!)
  assert.deepEqual([part.n, part.drawn, part.unanswered], [10, 14, 4])
  near(part.se, full.se!)
  assert.deepEqual(codes(part), ['warning.nonresponse'])
  assert.ok(part.assumptions.includes('assumption.response_at_random'))
})

test('a stratum without observation is named and left out of the population spoken for', () => {
  const r = proportion([...units('a', [1, 0, 1, 0, 1, 1], 0.1), ...units('c', [null, null], 0.1)], { populationByStratum: { a: 60, b: 20, c: 20 } })
  assert.equal(r.coverage, 0.6)
  assert.deepEqual(r.warnings.find((w) => w.code === 'warning.strata_without_answer')?.values, { count: 2, share: 40, strata: 'b, c' })
})

test('a stratum with one observation is joined to the neighbour most like it, with a warning', () => {
  assert.deepEqual(collapseStrata(new Map([['onsite|java|high', 1], ['onsite|java|normal', 5], ['onsite|aceh|high', 4]])), [['onsite|aceh|high'], ['onsite|java|high', 'onsite|java|normal']])
  assert.deepEqual(collapseStrata(new Map([['a', 1], ['b', 1], ['c', 1]])).flat().sort(), ['a', 'b', 'c'])
  assert.deepEqual(collapseStrata(new Map([['a', 1]])), [['a']])
  const r = proportion([...units('a|x', [1], 0.1), ...units('a|y', [1, 0, 1, 0, 0], 0.1)], { populationByStratum: { 'a|x': 10, 'a|y': 50 } })
  assert.deepEqual(codes(r), ['warning.strata_collapsed'])
  assert.equal(r.df, 5)
  const alone = proportion(units('a|y', [1, 0, 1, 0, 0], 0.1), { populationByStratum: { 'a|y': 50 } })
  // The joined unit adds its own distance from the mean instead of nothing.
  assert.ok(r.se! > (alone.se! * 50) / 60)
})

test('a domain keeps the whole design: its estimate is the ratio estimator', () => {
  const all = [...units('a', [1, 0, 1, 0, 1, 1, 0, 1], 0.1), ...units('b', [1, 0, 0, 0, 1, 1], 0.1)].map((u, k) => ({ ...u, domain: k % 3 !== 0 }))
  const r = proportion(all, { populationByStratum: { a: 80, b: 60 } })
  const design = paretoDesign(all.map((u) => u.pi), all.map((u) => u.stratum))
  const same = mean(design, all.map((u) => u.y!), { domain: all.map((u) => u.domain) })
  near(r.estimate, same.estimate!)
  near(r.se, same.se!)
  assert.equal(r.n, 9)
  assert.deepEqual(codes(proportion(all.map((u) => ({ ...u, domain: false })))), ['warning.empty_domain'])
})

test('a chance outside (0, 1] and a population below its sample are refused', () => {
  assert.throws(() => proportion(units('a', [1], 0)), RangeError)
  assert.throws(() => proportion(units('a', [1], 1.1)), RangeError)
  assert.throws(() => proportion(units('a', [1, 1, 1], 0.5), { populationByStratum: { a: 2 } }), RangeError)
})

test('Wilson and Korn–Graubard stay silent without degrees of freedom', () => {
  assert.equal(kornGraubard({ p: 0.5, variance: 0.1, n: 1, df: 0, level: 0.95 }), null)
  assert.equal(designWilson({ p: 0.5, variance: 0.1, n: 1, df: 0, level: 0.95 }), null)
  assert.equal(designWilson({ p: 0, variance: 0, n: 9, df: 8, level: 0.95 }), null)
})

test('over 4,000 Pareto draws the estimate is unbiased, its variance is right, and the interval holds the truth at least 93 % of the time', () => {
  const random = generator(20261123)
  const strata = ['m|a', 'm|b', 'n|a'].map((stratum, h) => {
    const N = [60, 40, 25][h]!
    const size = Array.from({ length: N }, () => 5 + Math.floor(random() * 95))
    // Larger classes break the rule more often, so that ignoring the weights would show.
    return { stratum, n: [14, 10, 6][h]!, size, y: size.map((x) => (random() < 0.9 - 0.006 * x ? 1 : 0) as 0 | 1) }
  })
  const N = strata.reduce((s, x) => s + x.size.length, 0)
  const truth = strata.reduce((s, x) => s + x.y.reduce<number>((a, b) => a + b, 0), 0) / N
  const populationByStratum = Object.fromEntries(strata.map((x) => [x.stratum, x.size.length]))
  const runs = 4000
  let sum = 0
  let squares = 0
  let variance = 0
  let held = 0
  for (let i = 0; i < runs; i++) {
    const sample = strata.flatMap(({ stratum, n, size, y }) => {
      const pi = riskProbabilities(size, n, 0.3)
      return drawByRank(size.map(random), pi, n).map((k): ProportionUnit => ({ y: y[k]!, pi: pi[k]!, stratum }))
    })
    const r = proportion(sample, { populationByStratum })
    sum += r.estimate!
    squares += r.estimate! ** 2
    variance += r.se! ** 2
    if (r.interval![0] <= truth && truth <= r.interval![1]) held++
  }
  const average = sum / runs
  const spread = squares / runs - average ** 2
  assert.ok(Math.abs(average - truth) < 4 * Math.sqrt(spread / runs) + 0.005, `mean ${average}, truth ${truth}`)
  assert.ok(variance / runs / spread > 0.85 && variance / runs / spread < 1.15, `variance ratio ${variance / runs / spread}`)
  assert.ok(held / runs >= 0.93, `coverage ${held / runs}`)
})
