import { warning, type Warning } from './result.ts'

/** Variance of a total of linearised values, with what it rests on. `variance` is null when the design does not allow one. */
export interface VarianceResult {
  readonly variance: number | null
  readonly warnings: readonly Warning[]
}

/**
 * How a sample was drawn, row by row. Never cut rows out of a file to study a domain: pass the domain to the estimator, the design needs all its units.
 */
export interface Design {
  /** 1/π per row, > 0. */
  readonly weight: readonly number[]
  /** First-stage stratum and sampling unit per row; degrees of freedom are counted from them. */
  readonly stratum: readonly string[]
  readonly unit: readonly string[]
  /** Variance of Σ u over the rows, u already holding the weight. */
  readonly variance: (u: readonly number[]) => VarianceResult
}

/** One stage of selection: per row the unit, the stratum it was drawn in (default: one), and how many such units the stratum holds (absent: drawn with replacement). */
export interface Stage {
  readonly unit: readonly (string | number)[]
  readonly stratum?: readonly (string | number)[]
  readonly population?: readonly number[]
}

/** What to do with a stratum that holds one sampling unit: give no variance, or take its deviation from the mean of all units of the stage. */
export type Lonely = 'refuse' | 'centre'

interface Group {
  readonly rows: number[]
  readonly total: number
}

const gather = (rows: readonly number[], key: (row: number) => string | number): Map<string | number, number[]> => {
  const groups = new Map<string | number, number[]>()
  for (const row of rows) {
    const k = key(row)
    const found = groups.get(k)
    if (found) found.push(row)
    else groups.set(k, [row])
  }
  return groups
}

/**
 * Stratified, clustered sample with equal-probability selection at each stage (any weights); ultimate-cluster variance with finite population corrections,
 * V = Σ_h (1−f_h)·n_h/(n_h−1)·Σ(t_hi − t̄_h)², plus f_1 times the same inside each unit for the next stage (Särndal, Swensson & Wretman 1992, ch. 4).
 */
export const clusterDesign = (weight: readonly number[], stages: readonly Stage[], lonely: Lonely = 'refuse'): Design => {
  if (weight.some((w) => !(w > 0) || w === Infinity)) throw new RangeError('a design weight must be a finite number above zero')
  const first = stages[0]
  if (!first) throw new RangeError('a design needs at least one stage')
  const stratum = weight.map((_, row) => String(first.stratum?.[row] ?? ''))
  const all = weight.map((_, row) => row)

  const variance = (u: readonly number[]): VarianceResult => {
    const alone = new Set<string>()
    const spread = (rows: readonly number[], depth: number): number => {
      const stage = stages[depth]
      if (!stage) return 0
      const strata = [...gather(rows, (row) => stage.stratum?.[row] ?? '')].map(([name, members]) => {
        const units: Group[] = [...gather(members, (row) => stage.unit[row]!).values()].map((inside) => ({
          rows: inside,
          total: inside.reduce((s, row) => s + u[row]!, 0),
        }))
        const population = stage.population?.[members[0]!]
        if (population !== undefined && population < units.length) throw new RangeError(`stratum ${name} holds ${population} units but ${units.length} were drawn`)
        return { name: String(name), units, f: population === undefined ? 0 : units.length / population }
      })
      const every = strata.flatMap((s) => s.units)
      const grand = every.reduce((s, g) => s + g.total, 0) / every.length
      let v = 0
      for (const { name, units, f } of strata) {
        const n = units.length
        const mean = n > 1 ? units.reduce((s, g) => s + g.total, 0) / n : grand
        if (n === 1 && f < 1) alone.add(name || String(stage.unit[units[0]!.rows[0]!]))
        v += (1 - f) * (n > 1 ? n / (n - 1) : 1) * units.reduce((s, g) => s + (g.total - mean) ** 2, 0)
        if (f > 0) for (const g of units) v += f * spread(g.rows, depth + 1)
      }
      return v
    }
    const v = spread(all, 0)
    if (alone.size === 0) return { variance: v, warnings: [] }
    const strata = [...alone].sort().join(', ')
    return lonely === 'refuse'
      ? { variance: null, warnings: [warning('warning.lonely_unit', { strata })] }
      : { variance: v, warnings: [warning('warning.lonely_unit_centred', { strata })] }
  }
  // Units are counted inside their stratum: the same label in two strata is two units.
  return { weight, stratum, unit: weight.map((_, row) => `${stratum[row]}\u0000${first.unit[row]}`), variance }
}

/**
 * Hájek's variance for fixed-size sampling with unequal probabilities, without joint probabilities; for Pareto sampling it is Rosén's (1997) estimator:
 * V = Σ_g n_g/(n_g−1)·Σ c_k (e_k − A_g)², c_k = 1−π_k, A_g = Σc·e/Σc, with e_k = (residual)/π_k and n_g the units not taken for certain.
 * With equal π it is the textbook (1−f)·n/(n−1)·Σ(e−ē)². A group with one such unit contributes its whole square (over- rather than understated).
 * @param groups rows of each variance stratum @param e weighted residuals @param pi chance of being selected and observed
 */
export const hajekVariance = (groups: Iterable<readonly number[]>, e: readonly number[], pi: readonly number[]): number => {
  let v = 0
  for (const group of groups) {
    const open = group.filter((k) => pi[k]! < 1)
    const c = open.reduce((s, k) => s + 1 - pi[k]!, 0)
    if (c <= 0) continue
    const n = open.length
    const mean = n > 1 ? open.reduce((s, k) => s + (1 - pi[k]!) * e[k]!, 0) / c : 0
    v += (n > 1 ? n / (n - 1) : 1) * open.reduce((s, k) => s + (1 - pi[k]!) * (e[k]! - mean) ** 2, 0)
  }
  return v
}

/** Stratified Pareto sample of single units: weights 1/π and `hajekVariance`. */
export const paretoDesign = (pi: readonly number[], stratum: readonly string[]): Design => {
  checkProbabilities(pi)
  const rows = pi.map((_, row) => row)
  const groups = [...gather(rows, (row) => stratum[row]!).values()]
  const lonely = groups.filter((g) => g.length === 1 && pi[g[0]!]! < 1).map((g) => stratum[g[0]!]!)
  return {
    weight: pi.map((p) => 1 / p),
    stratum,
    unit: rows.map(String),
    variance: (u) =>
      lonely.length > 0
        ? { variance: null, warnings: [warning('warning.lonely_unit', { strata: lonely.sort().join(', ') })] }
        : { variance: hajekVariance(groups, u, pi), warnings: [] },
  }
}

export const checkProbabilities = (pi: readonly number[]): void => {
  const at = pi.findIndex((p) => !(p > 0 && p <= 1))
  if (at >= 0) throw new RangeError(`inclusion probability ${pi[at]} of unit ${at + 1} is not in (0, 1]`)
}
