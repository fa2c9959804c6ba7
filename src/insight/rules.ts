import { proportion, type ProportionUnit } from '#statistics/proportion.ts'
import { tQuantile } from '#statistics/t.ts'
import type { Estimate } from './contract.ts'

/** A drawn class run of the random sample with what came of it. */
export interface SampledVisit {
  readonly stratum: string
  readonly inclusionProbability: number
  readonly mode: string
  readonly regionGroup: string
  /** null: no approved visit (waiting). */
  readonly outcome: string | null
  /** A failed critical or major compliance item that was not dismissed. */
  readonly failed: boolean
}

/** Warnings under which no figure is shown. */
const silent = new Set(['warning.few_units', 'warning.no_interval', 'warning.no_units', 'warning.empty_domain'])

/**
 * 1 compliant, 0 not, null not observed. A class that did not take place is a critical failure, not nonresponse;
 * every other visit that could not happen is nonresponse and is never replaced.
 */
export const compliant = (v: Pick<SampledVisit, 'outcome' | 'failed'>): 0 | 1 | null =>
  v.outcome === 'took_place' ? (v.failed ? 0 : 1) : v.outcome === 'class_absent' ? (v.failed ? 0 : null) : null

/** Share of compliant class runs with its 95 % interval from the random sample (design weights; statistics/proportion.ts), for all or a domain. */
export const complianceOf = (visits: readonly SampledVisit[], populationByStratum: Readonly<Record<string, number>>, asOf: string, domain?: (v: SampledVisit) => boolean): Estimate => {
  const units = visits.map((v): ProportionUnit => ({ y: compliant(v), pi: v.inclusionProbability, stratum: v.stratum, domain: domain ? domain(v) : true }))
  const r = proportion(units, { populationByStratum })
  const codes = r.warnings.map((w) => w.code as string)
  const shown = !codes.some((c) => silent.has(c)) && r.estimate !== null && r.interval !== null
  return {
    value: shown ? r.estimate : null, low: shown ? r.interval![0] : null, high: shown ? r.interval![1] : null, n: r.n, drawn: r.drawn ?? 0, unanswered: r.unanswered,
    population: r.population, asOf, method: r.method, warnings: codes,
  }
}

/** Mean with its 95 % t interval, kept inside the scale 1-5. No interval below three values, nor when all are equal: luck is not certainty. */
export const meanOf = (values: readonly number[]): { mean: number | null; low: number | null; high: number | null; n: number } => {
  const n = values.length
  if (n === 0) return { mean: null, low: null, high: null, n }
  const mean = values.reduce((s, x) => s + x, 0) / n
  if (n < 3) return { mean, low: null, high: null, n }
  if (values.every((x) => x === values[0])) return { mean, low: null, high: null, n }
  const sd = Math.sqrt(values.reduce((s, x) => s + (x - mean) ** 2, 0) / (n - 1))
  const half = (tQuantile(0.975, n - 1) * sd) / Math.sqrt(n)
  return { mean, low: Math.max(1, mean - half), high: Math.min(5, mean + half), n }
}

/** Fewest visited providers behind a median that is shown to them: of two, one could work out the other's score. */
export const leastPeers = 5

/** Any open critical finding closes the gate; quality never opens it. */
export const gateOf = (visits: number, openCritical: number): 'met' | 'not_met' | 'no_data' => (openCritical > 0 ? 'not_met' : visits === 0 ? 'no_data' : 'met')

/** The middle value; null when nothing is there. */
export const median = (values: readonly number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return null
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
