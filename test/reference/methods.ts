import { allocationVariance, costAllocation, neymanAllocation, proportionalAllocation, wrightAllocation, wrightCostAllocation } from '#statistics/allocation.ts'
import { betaCdf, betaQuantile } from '#statistics/beta.ts'
import { clusterDesign, type Design, type Stage } from '#statistics/design.ts'
import { binomialCdf, hypergeometricCdf } from '#statistics/discrete.ts'
import { mean, ratio, total, type DesignResult } from '#statistics/estimators.ts'
import { chiSquaredQuantile, chiSquaredUpper } from '#statistics/gamma.ts'
import { horvitzThompson } from '#statistics/horvitz-thompson.ts'
import { flooredShares, inclusionProbabilities, riskProbabilities } from '#statistics/inclusion-probabilities.ts'
import { normalQuantile } from '#statistics/normal.ts'
import { drawByRank, pareto, sequentialPoisson } from '#statistics/order-sampling.ts'
import { designWilson, kornGraubard } from '#statistics/proportion-intervals.ts'
import { logGamma } from '#statistics/special.ts'
import { systematicSample } from '#statistics/systematic.ts'
import { tQuantile } from '#statistics/t.ts'

/** One published or computed case of the reference file; its `input` and `expected` differ by method. */
export interface Case {
  readonly id: string
  readonly method: string
  // oxlint-disable-next-line no-explicit-any -- the shape is the case's own
  readonly input: any
  // oxlint-disable-next-line no-explicit-any -- the shape is the case's own
  readonly expected: any
  readonly tolerance: number | { readonly rel?: number; readonly abs?: number }
  readonly mayBeCopied?: boolean
}

type Column = readonly (number | string)[]
const numbers = (column: Column): number[] => column.map(Number)
const is = (column: Column, value: string): number[] => column.map((x) => (x === value ? 1 : 0))
const positions = (rows: readonly number[]): number[] => rows.map((k) => k + 1)
const short = (r: DesignResult) => ({ est: r.estimate, se: r.se })

const domains = (design: Design, y: readonly number[], column: Column) => {
  const levels = [...new Set(column.map(String))].sort()
  const parts = levels.map((level) => mean(design, y, { domain: column.map((x) => String(x) === level) }))
  return { levels, est: parts.map((r) => r.estimate), se: parts.map((r) => r.se) }
}

/** A proportion as R's svyciprop gives it: logit and t intervals left out, `beta` is Korn–Graubard. */
const share = (design: Design, y: readonly number[]) => {
  const r = mean(design, y)
  const spread = { p: r.estimate!, variance: r.variance!, n: y.length, df: r.df!, level: 0.95 }
  return { est: r.estimate, se: r.se, ci95: { beta: kornGraubard(spread)!.interval, mean: r.interval }, wilson: designWilson(spread) }
}

const stratified = ({ data }: Case['input']) => {
  const weight = numbers(data.pw)
  const rows = weight.map((_, row) => row)
  const design = clusterDesign(weight, [{ unit: rows, stratum: data.stype, population: numbers(data.fpc) }])
  const replaced = clusterDesign(weight, [{ unit: rows, stratum: data.stype }])
  const api = numbers(data.api00)
  const m = mean(design, api)
  const rare = rows.map((row) => (data.stype[row] === 'M' && data.awards[row] === 'No' && data['sch.wide'][row] === 'No' ? 1 : 0))
  const yes = share(design, is(data['sch.wide'], 'Yes'))
  const parts = ['E', 'H', 'M'].map((level) => mean(design, is(data.stype, level)))
  return {
    mean_api00: short(m),
    deff_api00: m.deff,
    deff_api00_replace: m.deffWithReplacement,
    mean_api00_nofpc: short(mean(replaced, api)),
    total_enroll: short(total(design, numbers(data.enroll))),
    ratio_apistu_enroll: short(ratio(design, numbers(data['api.stu']), numbers(data.enroll))),
    total_by_stype_share: { names: ['E', 'H', 'M'], est: parts.map((r) => r.estimate), se: parts.map((r) => r.se) },
    domain_mean_api00_by_schwide: domains(design, api, data['sch.wide']),
    domain_mean_api00_by_awards: domains(design, api, data.awards),
    prop_schwide_yes: yes,
    prop_schwide_yes_wilson_design: yes.wilson,
    prop_rare: share(design, rare),
    degf: m.df,
    ci95_t_mean_api00: m.interval,
  }
}

const cluster1 = ({ data }: Case['input']) => {
  const design = clusterDesign(numbers(data.pw), [{ unit: data.dnum, population: numbers(data.fpc) }])
  const m = mean(design, numbers(data.api00))
  const totals = ['E', 'H', 'M'].map((level) => total(design, is(data.stype, level)))
  return {
    mean_api00: short(m),
    deff: m.deff,
    total_enroll: short(total(design, numbers(data.enroll))),
    ratio: short(ratio(design, numbers(data['api.stu']), numbers(data.enroll))),
    totals_stype: { levels: ['E', 'H', 'M'], est: totals.map((r) => r.estimate), se: totals.map((r) => r.se) },
    domain_mean_api00_by_stype: domains(design, numbers(data.api00), data.stype),
    prop_awards_yes: share(design, is(data.awards, 'Yes')),
    degf: m.df,
  }
}

/** Two stages with simple random sampling at both: the weight is N/n·M/m. */
const cluster2 = ({ data }: Case['input']) => {
  const units = new Set(data.id1).size
  const inside = new Map<number, number>()
  for (const id of data.id1) inside.set(id, (inside.get(id) ?? 0) + 1)
  const weight = numbers(data.id1).map((id, row) => (data.n1[row] / units) * (data.n2[row] / inside.get(id)!))
  const stages: Stage[] = [{ unit: data.id1, population: numbers(data.n1) }, { unit: data.id2, population: numbers(data.n2) }]
  const design = clusterDesign(weight, stages)
  return { total_y1: short(total(design, numbers(data.y1))), mean_y1: short(mean(design, numbers(data.y1))) }
}

const stratumCluster = ({ data }: Case['input']) => {
  const stage: Stage = { unit: data.psuid, stratum: data.stratid }
  const wr = clusterDesign(numbers(data.weight), [stage])
  const wor = clusterDesign(numbers(data.weight), [{ ...stage, population: numbers(data.Nh) }])
  const x = numbers(data.x)
  return { mean_nofpc: short(mean(wr, x)), mean_fpc: short(mean(wor, x)), total_fpc: short(total(wor, x)), total_nofpc: short(total(wr, x)) }
}

const distributions = (_: unknown, expected: Case['expected']) => {
  // oxlint-disable-next-line no-explicit-any -- argument lists differ by function
  const functions: Record<string, (...a: any[]) => number> = {
    qbeta: betaQuantile,
    pbeta: betaCdf,
    qt: tQuantile,
    qnorm: normalQuantile,
    pchisq_upper: chiSquaredUpper,
    lgamma: logGamma,
    pbinom: binomialCdf,
    phyper: hypergeometricCdf,
    qchisq: chiSquaredQuantile,
  }
  const known = Object.entries(expected as Record<string, { args: (number | number[])[]; val: number | number[] }>).filter(([name]) => functions[name])
  return Object.fromEntries(
    known.map(([name, { args, val }]) => {
      const values = args.map((a) => functions[name]!(...[a].flat()))
      return [name, { args, val: Array.isArray(val) ? values : values[0] }]
    }),
  )
}

/** Joint probabilities one after another: all starts of the random number between the points where the sample changes. */
const systematicPairs = (pi: readonly number[]): number[][] => {
  const sums = pi.reduce<number[]>((s, p) => [...s, (s.at(-1) ?? 0) + p], [])
  const cuts = [...new Set([0, 1, ...sums.map((s) => Math.round((s % 1) * 1e9) / 1e9)])].sort((a, b) => a - b)
  const pairs = pi.map(() => pi.map(() => 0))
  cuts.slice(1).forEach((cut, i) => {
    const drawn = systematicSample(pi, (cuts[i]! + cut) / 2)
    for (const k of drawn) for (const l of drawn) pairs[k]![l] = pairs[k]![l]! + cut - cuts[i]!
  })
  return pairs
}

const allocation = ({ N, S, cost, n, budget, min_n }: Case['input']) => {
  const wright = wrightAllocation(N, S, n, min_n)
  const greedy = wrightCostAllocation(N, S, cost, budget, min_n)
  return {
    proportional: proportionalAllocation(N, n),
    neyman: neymanAllocation(N, S, n),
    cost_optimal_continuous: costAllocation(N, S, cost, budget),
    wright_integer: wright,
    var_mean_wright: allocationVariance(N, S, wright),
    greedy_cost_integer: greedy,
    var_mean_greedy_cost: allocationVariance(N, S, greedy),
  }
}

const ht = (input: Case['input'], _: unknown, other: (id: string) => Case) => {
  const [id, key] = String(input.pi2).split('.')
  const all = Array.isArray(input.pi2) ? input.pi2 : other(id!).expected[key!]
  const rows = numbers(input.sample).map((k) => k - 1)
  const r = horvitzThompson(rows.map((k) => input.y[k]), rows.map((k) => rows.map((l) => all[k][l])))
  return { total: r.estimate, var_ht: r.ht, var_syg: r.syg, hajek_mean: r.estimate! / rows.reduce((s, k) => s + 1 / input.pik[k], 0) }
}

type Run = (input: Case['input'], expected: Case['expected'], other: (id: string) => Case) => Record<string, unknown>

/** What the product's own code answers to a case, by method name. A key of `expected` that is absent here is not built yet. */
export const methods: Readonly<Record<string, Run>> = {
  distributions,
  'survey.stratified': stratified,
  'survey.cluster1': cluster1,
  'survey.cluster2': cluster2,
  'survey.stratcluster': stratumCluster,
  'survey.ht': ht,
  'sampling.allocation': allocation,
  'sampling.inclusionprobabilities': ({ x, n }) => {
    const pik = inclusionProbabilities(x, n)
    return { pik, sum: pik.reduce((s, p) => s + p, 0) }
  },
  'sampling.riskpps': ({ risk, n, eps }) => ({
    pi: riskProbabilities(risk, n, eps),
    max_weight: 1 / Math.min(...riskProbabilities(risk, n, eps)),
    shares: flooredShares(risk, eps),
  }),
  'sampling.prn': ({ u, lambda, n }) => ({
    pareto_q: u.map((x: number, k: number) => pareto(x, lambda[k])),
    pareto_sample: positions(drawByRank(u, lambda, n, pareto)).sort((a, b) => a - b),
    seqpoisson_sample: positions(drawByRank(u, lambda, n, sequentialPoisson)).sort((a, b) => a - b),
  }),
  'sampling.upsystematic': ({ pik }, expected) => ({
    samples: expected.samples.map(({ u }: { u: number }) => ({ u, sample: positions(systematicSample(pik, u)) })),
    pi2: systematicPairs(pik),
  }),
}
