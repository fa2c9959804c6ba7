import { Problem } from '#base/problem.ts'
import { guessedDeviation, wrightAllocation } from '#statistics/allocation.ts'
import { byText, sortedFrame, type FrameRow } from './frame.ts'

export type StratumPart = 'mode' | 'regionGroup' | 'riskClass'

/** How many class runs each stratum gets. Whatever is asked, no stratum gives more than it holds. */
export type Allocation =
  /** By hand; every stratum of the frame must be named, 0 leaves it out of the random sample on purpose. */
  | { readonly kind: 'given'; readonly sizes: Readonly<Record<string, number>> }
  /** `total` in proportion to the strata. */
  | { readonly kind: 'proportional'; readonly total: number; readonly minimum?: number }
  /** `total` for the smallest variance, with guessed failure rates by stratum (0.5, the most cautious, where none is given). */
  | { readonly kind: 'neyman'; readonly total: number; readonly minimum?: number; readonly rates?: Readonly<Record<string, number>> }

export interface SampleDesign {
  /** Parts that make the strata; a part left out reads `all`. */
  readonly stratifyBy: readonly StratumPart[]
  /** Share ε of the chance that is spread evenly, in (0, 1]; it bounds the largest weight at N/(nε). */
  readonly floor: number
  readonly allocation: Allocation
}

/** Mode × region group × risk class with the floor of 0.3 (methods §1.1); two class runs per stratum at least, so that every stratum has a variance. */
export const defaultDesign = (total: number): SampleDesign => ({
  stratifyBy: ['mode', 'regionGroup', 'riskClass'],
  floor: 0.3,
  allocation: { kind: 'proportional', total, minimum: 2 },
})

export interface Stratum {
  /** `mode|regionGroup|riskClass`, e.g. `onsite|jawa|high`. */
  readonly code: string
  readonly mode: string
  readonly regionGroup: string
  readonly riskClass: string
  /** The stratum's class runs, sorted by id. */
  readonly rows: readonly FrameRow[]
}

/** The frame cut into strata, sorted by code. */
export const stratify = (frame: readonly FrameRow[], design: Pick<SampleDesign, 'stratifyBy'>): Stratum[] => {
  const part = (row: FrameRow, name: StratumPart) => (design.stratifyBy.includes(name) ? row[name] : 'all')
  const strata = new Map<string, Stratum & { rows: FrameRow[] }>()
  for (const row of sortedFrame(frame)) {
    const [mode, regionGroup, riskClass] = [part(row, 'mode'), part(row, 'regionGroup'), part(row, 'riskClass')]
    const code = `${mode}|${regionGroup}|${riskClass}`
    const found = strata.get(code)
    if (found) found.rows.push(row)
    else strata.set(code, { code, mode, regionGroup, riskClass, rows: [row] })
  }
  return [...strata.values()].sort((a, b) => byText(a.code, b.code))
}

/**
 * Sample size per stratum, in the order of `strata`.
 * Throws `sampling.size_missing`, `sampling.size_invalid` or `sampling.total_too_small`. A total above the frame takes the whole frame.
 */
export const sampleSizes = (strata: readonly { readonly code: string; readonly population: number }[], allocation: Allocation): number[] => {
  if (allocation.kind === 'given') {
    return strata.map(({ code, population }) => {
      const size = allocation.sizes[code]
      if (size === undefined) throw new Problem('sampling.size_missing', { stratum: code })
      if (!Number.isInteger(size) || size < 0) throw new Problem('sampling.size_invalid', { stratum: code, size })
      return Math.min(size, population)
    })
  }
  const { total, minimum = 2 } = allocation
  if (!Number.isInteger(total) || total < 0) throw new Problem('sampling.size_invalid', { stratum: '*', size: total })
  const populations = strata.map(({ population }) => population)
  const needed = populations.reduce((s, population) => s + Math.min(minimum, population), 0)
  if (total < needed) throw new Problem('sampling.total_too_small', { total, needed })
  const deviations = strata.map(({ code }) => (allocation.kind === 'neyman' ? guessedDeviation(allocation.rates?.[code] ?? 0.5) : 1))
  return wrightAllocation(populations, deviations, total, minimum)
}
