import { collapseStrata } from './collapse.ts'
import { checkProbabilities, hajekVariance } from './design.ts'
import { kornGraubard } from './proportion-intervals.ts'
import { checkLevel, warning, type Result, type Warning } from './result.ts'

/** One drawn unit of the random sample. Targeted units never belong here. */
export interface ProportionUnit {
  /** 1 = has the property (e.g. compliant), 0 = has it not, null = drawn but not observed (nonresponse). */
  readonly y: 0 | 1 | null
  /** Inclusion probability kept on the draw, in (0, 1]. */
  readonly pi: number
  readonly stratum: string
  /** Whether the unit belongs to the domain asked for (a provider, a province). Absent = yes. Pass all units of the design, not only the domain's. */
  readonly domain?: boolean
}

export interface ProportionOptions {
  /** Units N_h in the frozen frame, for every stratum of the frame, also those without an observation. */
  readonly populationByStratum?: Readonly<Record<string, number>>
  /** Confidence level; 0.95 unless told. */
  readonly level?: number
  /** Below this many observations the result carries `warning.few_units`; 5 unless told. */
  readonly minimum?: number
}

export interface ProportionResult extends Result {
  /** Units drawn and not observed, in the domain. n counts the observed ones. */
  readonly drawn: number
  readonly unanswered: number
  /** Observed units with the property, unweighted. */
  readonly hits: number
  /** Effective sample size behind the interval. */
  readonly effective: number | null
  /** Units of the frame (or, in a domain, the estimated number) that the estimate speaks for. */
  readonly population: number
  /** Share of the frame in strata with an observation, in [0, 1]; the rest is not represented. */
  readonly coverage: number
}

interface Row extends ProportionUnit {
  readonly y: 0 | 1
}

const inDomain = (unit: ProportionUnit) => unit.domain !== false
const sum = <T>(items: readonly T[], value: (item: T, k: number) => number) => items.reduce((s, item, k) => s + value(item, k), 0)
const by = <T extends { readonly stratum: string }>(items: readonly T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const found = groups.get(item.stratum)
    if (found) found.push(item)
    else groups.set(item.stratum, [item])
  }
  return groups
}
const percent = (x: number) => Math.round(x * 1000) / 10

/**
 * Proportion of the frame (or of a domain) with a property, from a stratified Pareto-pps sample.
 *
 * Estimate: Hájek mean per stratum, weighted by the known N_h: weights w = N_h·(1/π)/Σ_h(1/π) over the observed units, so that a drawn but unobserved unit hands
 * its weight to its own stratum and is counted, never replaced. A stratum without any observation is left out and named in a warning.
 * Variance: Hájek–Rosén (`hajekVariance`) on w·(e − ē)/Σw with e = d·(y − p) and ē the mean of the variance stratum; the chance of being selected *and* observed is
 * π times the weighted response rate of the stratum. Strata with one observation share a variance stratum with a neighbour (`collapseStrata`), with a warning.
 * Interval: Korn–Graubard with n_e at most n/(1−f), which is what a simple random sample would give, so that a lucky zero variance never narrows it to a point;
 * at 0 or 1 n_e = n, or Kish's (Σw)²/Σw² when weights differ. df = observations − variance strata, where the domain has units.
 * @throws RangeError for a probability outside (0, 1] or a population smaller than its sample
 */
export const proportion = (units: readonly ProportionUnit[], options: ProportionOptions = {}): ProportionResult => {
  const { populationByStratum, level = 0.95, minimum = 5 } = options
  checkLevel(level)
  checkProbabilities(units.map((unit) => unit.pi))
  const warnings: Warning[] = []
  const drawnByStratum = by(units)
  const observed = units.filter((unit): unit is Row => unit.y !== null)
  const observedByStratum = by(observed)

  const estimated: string[] = []
  const sizeOf = new Map<string, number>()
  for (const [stratum, drawn] of drawnByStratum) {
    const known = populationByStratum?.[stratum]
    if (known !== undefined && known < drawn.length) throw new RangeError(`stratum ${stratum} holds ${known} units but ${drawn.length} were drawn`)
    if (known === undefined && populationByStratum) estimated.push(stratum)
    sizeOf.set(stratum, known ?? sum(drawn, (unit) => 1 / unit.pi))
  }
  for (const [stratum, known] of Object.entries(populationByStratum ?? {})) if (known > 0 && !sizeOf.has(stratum)) sizeOf.set(stratum, known)
  const frame = sum([...sizeOf.values()], (size) => size)
  const missing = [...sizeOf.keys()].filter((stratum) => !observedByStratum.has(stratum)).sort()
  const covered = frame - sum(missing, (stratum) => sizeOf.get(stratum)!)
  const drawn = units.filter(inDomain).length
  const inside = observed.filter(inDomain)
  const n = inside.length
  const hits = sum(inside, (unit) => unit.y)

  if (estimated.length > 0) warnings.push(warning('warning.stratum_size_estimated', { strata: estimated.sort().join(', ') }))
  if (missing.length > 0 && n > 0) {
    const share = percent(1 - covered / frame)
    warnings.push(warning('warning.strata_without_answer', { count: missing.length, share, strata: missing.join(', ') }))
  }
  if (drawn > n) warnings.push(warning('warning.nonresponse', { unanswered: drawn - n, drawn }))
  const base = { level, n, hits, drawn, unanswered: drawn - n, method: 'method.proportion' } as const
  if (n === 0) {
    warnings.push(warning(observed.length > 0 ? 'warning.empty_domain' : 'warning.no_units'))
    return { ...base, estimate: null, se: null, interval: null, df: null, assumptions: [], warnings, effective: null, population: 0, coverage: frame > 0 ? covered / frame : 0 }
  }

  const inverse = new Map([...observedByStratum].map(([stratum, rows]) => [stratum, sum(rows, (row) => 1 / row.pi)]))
  const response = new Map([...inverse].map(([stratum, s]) => [stratum, s / sum(drawnByStratum.get(stratum)!, (unit) => 1 / unit.pi)]))
  const weight = observed.map((row) => sizeOf.get(row.stratum)! / row.pi / inverse.get(row.stratum)!)
  const size = sum(observed, (row, k) => (inDomain(row) ? weight[k]! : 0))
  const hit = sum(observed, (row, k) => (inDomain(row) ? weight[k]! * row.y : 0))
  // A sum of weights may miss 0 or 1 by rounding; the counts decide.
  const p = hits === 0 ? 0 : hits === n ? 1 : hit / size

  const touched = new Set(inside.map((row) => row.stratum))
  const counts = new Map([...observedByStratum].filter(([stratum]) => touched.has(stratum)).map(([stratum, rows]) => [stratum, rows.length]))
  const single = [...counts].filter(([, count]) => count === 1).map(([stratum]) => stratum)
  const groups = collapseStrata(counts)
  if (groups.length < counts.size) warnings.push(warning('warning.strata_collapsed', { strata: single.sort().join(', ') }))
  const place = new Map(groups.flatMap((group, g) => group.map((stratum) => [stratum, g] as const)))
  const members: number[][] = groups.map(() => [])
  observed.forEach((row, k) => {
    const g = place.get(row.stratum)
    if (g !== undefined) members[g]!.push(k)
  })
  const chance = observed.map((row) => Math.min(1, row.pi * response.get(row.stratum)!))
  const e = observed.map((row) => (inDomain(row) ? row.y - p : 0))
  const u = observed.map(() => 0)
  for (const group of members) {
    const w = sum(group, (k) => weight[k]!)
    const centre = sum(group, (k) => weight[k]! * e[k]!) / w
    for (const k of group) u[k] = (weight[k]! * (e[k]! - centre)) / size
  }
  const variance = hajekVariance(members, u, chance)
  const census = members.every((group) => group.every((k) => chance[k]! >= 1))
  const df = sum([...counts.values()], (count) => count) - groups.length
  const share = Math.min(1, n / size)
  const kish = size ** 2 / sum(observed, (row, k) => (inDomain(row) ? weight[k]! ** 2 : 0))
  const sure = hits === 0 || hits === n
  const cap = census ? Infinity : sure ? Math.min(n, kish) : n / (1 - share)
  const found = kornGraubard({ p, variance: census ? 0 : variance, n, df, level }, cap)
  const effective = found?.effective ?? null

  if (n < minimum) warnings.push(warning('warning.few_units', { n, minimum }))
  if (!found) warnings.push(warning('warning.no_interval', { n }))
  else if (!census && sure) warnings.push(warning('warning.all_equal', { effective: Math.round(found.effective * 10) / 10 }))
  else if (!census && found.effective === cap) warnings.push(warning('warning.effective_size_capped', { effective: Math.round(cap * 10) / 10 }))
  return {
    ...base,
    estimate: p,
    // At 0 or 1 the formula gives 0, which is no statement about precision; the interval carries it.
    se: found && (census || variance > 0) ? Math.sqrt(variance) : null,
    interval: found?.interval ?? null,
    df,
    assumptions: ['assumption.known_probabilities', 'assumption.pareto_variance', ...(drawn > n ? (['assumption.response_at_random'] as const) : [])],
    warnings,
    effective: effective === Infinity ? n : effective,
    population: size,
    coverage: covered / frame,
  }
}
