import type { DrawnStratum } from './draw.ts'

type Sized = Pick<DrawnStratum, 'population' | 'sample'>

/** What a plan will be able to say, before anything is drawn. */
export interface PlannedMargin {
  /** Half of the 95 % interval of a share, in 0…1; null when nothing is drawn. */
  readonly halfWidth: number | null
  /** Class runs in strata from which none is drawn: no estimate speaks of them. */
  readonly missed: number
  /** Strata with one drawn of several: their own spread cannot be estimated. */
  readonly single: number
}

/**
 * z·√(Σ W²·(1−n/N)·¼/n) over the strata that are drawn from: the widest a stratified simple random sample gives, at half of the class runs failing
 * (Cochran 1977, ch. 5). The draw is unequal by size, which usually adds to it, so this is a guide for choosing n and never a result.
 */
export const plannedMargin = (strata: readonly Sized[]): PlannedMargin => {
  const drawn = strata.filter((s) => s.sample > 0)
  const covered = drawn.reduce((sum, s) => sum + s.population, 0)
  const variance = drawn.reduce((sum, s) => sum + ((s.population / covered) ** 2 * (1 - s.sample / s.population) * 0.25) / s.sample, 0)
  return {
    halfWidth: drawn.length ? 1.96 * Math.sqrt(variance) : null,
    missed: strata.reduce((sum, s) => sum + (s.sample > 0 ? 0 : s.population), 0),
    single: strata.filter((s) => s.sample === 1 && s.population > 1).length,
  }
}
