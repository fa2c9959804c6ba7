/** n shared in proportion to N_h (not whole numbers). */
export const proportionalAllocation = (sizes: readonly number[], n: number): number[] => {
  const sum = sizes.reduce((s, x) => s + x, 0)
  return sizes.map((x) => (n * x) / sum)
}

/** Neyman's allocation n_h = n·N_h·S_h / ΣN·S (Cochran 1977, §5.5; not whole numbers). */
export const neymanAllocation = (sizes: readonly number[], deviations: readonly number[], n: number): number[] =>
  proportionalAllocation(sizes.map((x, h) => x * deviations[h]!), n)

/** Allocation for a budget when a unit costs c_h: n_h ∝ N_h·S_h/√c_h with Σc·n = budget (Cochran 1977, §5.5; not whole numbers). */
export const costAllocation = (sizes: readonly number[], deviations: readonly number[], costs: readonly number[], budget: number): number[] => {
  const k = budget / sizes.reduce((s, x, h) => s + x * deviations[h]! * Math.sqrt(costs[h]!), 0)
  return sizes.map((x, h) => (k * x * deviations[h]!) / Math.sqrt(costs[h]!))
}

const startSizes = (sizes: readonly number[], minimum: number): number[] => {
  if (sizes.some((x) => !Number.isInteger(x) || x < 0)) throw new RangeError('stratum sizes must be whole numbers')
  return sizes.map((x) => Math.min(minimum, x))
}

/** Adds one unit at a time where `gain` is largest among strata not yet full; the earlier stratum wins a tie. */
const greedy = (n: number[], sizes: readonly number[], gain: (h: number) => number, fits: (h: number) => boolean): number[] => {
  for (;;) {
    let best = -1
    let most = -1
    for (let h = 0; h < n.length; h++) {
      if (n[h]! >= sizes[h]! || !fits(h)) continue
      const g = n[h] === 0 ? Infinity : gain(h)
      if (g > most) [best, most] = [h, g]
    }
    if (best < 0) return n
    n[best]!++
  }
}

/**
 * Whole-number allocation of n units with the smallest variance of the stratified mean: start at `minimum` per stratum (2, so that a variance can be estimated),
 * then give one unit at a time to the stratum with the largest N_h·S_h/√(n_h(n_h+1)); never more than N_h (Wright 2012, 2017: exact).
 * With all S_h equal this is proportional allocation in whole numbers. When the minima alone exceed n, their sum is returned.
 */
export const wrightAllocation = (sizes: readonly number[], deviations: readonly number[], n: number, minimum = 2): number[] => {
  const out = startSizes(sizes, minimum)
  const gain = (h: number) => (sizes[h]! * deviations[h]!) / Math.sqrt(out[h]! * (out[h]! + 1))
  return greedy(out, sizes, gain, () => out.reduce((s, x) => s + x, 0) < n)
}

/** The same for a budget: one unit at a time by variance saved per cost, while the budget lasts. Greedy: not proven optimal for unequal costs. */
export const wrightCostAllocation = (
  sizes: readonly number[],
  deviations: readonly number[],
  costs: readonly number[],
  budget: number,
  minimum = 2,
): number[] => {
  const out = startSizes(sizes, minimum)
  const spent = () => out.reduce((s, x, h) => s + x * costs[h]!, 0)
  const gain = (h: number) => ((sizes[h]! * deviations[h]!) ** 2 * (1 / out[h]! - 1 / (out[h]! + 1))) / costs[h]!
  return greedy(out, sizes, gain, (h) => spent() + costs[h]! <= budget)
}

/** Guessed standard deviation √(p(1−p)) of a yes/no item; p is kept in [0.05, 0.5] so that a hopeful guess does not starve a stratum. */
export const guessedDeviation = (p: number): number => {
  const kept = Math.min(0.5, Math.max(0.05, p))
  return Math.sqrt(kept * (1 - kept))
}

/** Variance of the stratified mean Σ(N_h/N)²·S_h²·(1/n_h − 1/N_h). */
export const allocationVariance = (sizes: readonly number[], deviations: readonly number[], n: readonly number[]): number => {
  const sum = sizes.reduce((s, x) => s + x, 0)
  return sizes.reduce((v, x, h) => v + ((x / sum) * deviations[h]!) ** 2 * (1 / n[h]! - 1 / x), 0)
}
