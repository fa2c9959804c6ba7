const checkSize = (n: number, of: number) => {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`sample size ${n} is not a whole number`)
  if (n > of) throw new RangeError(`sample size ${n} exceeds the ${of} units that can be selected`)
}

/**
 * Inclusion probabilities π_k = n·x_k/Σx of a sample of n units; units that would reach 1 are taken for certain and the rest computed again (Tillé 2006, p. 18).
 * A unit of size 0 gets π = 0 and can never be drawn: use `riskProbabilities` where every unit must have a chance.
 * @param sizes x_k ≥ 0 @returns π_k in the same order, summing to n
 */
export const inclusionProbabilities = (sizes: readonly number[], n: number): number[] => {
  if (sizes.some((x) => !(x >= 0) || x === Infinity)) throw new RangeError('a size measure must be a finite number, not below zero')
  checkSize(n, sizes.filter((x) => x > 0).length)
  const pi = sizes.map(() => 0)
  let open = sizes.map((_, k) => k).filter((k) => sizes[k]! > 0)
  let left = n
  for (;;) {
    const sum = open.reduce((s, k) => s + sizes[k]!, 0)
    // A unit that reaches 1 but for rounding is certain too (equal sizes with n = N would else get 0.9999…).
    const certain = open.filter((k) => left === open.length || left * sizes[k]! >= sum * (1 - 1e-12))
    if (certain.length === 0) {
      for (const k of open) pi[k] = (left * sizes[k]!) / sum
      return pi
    }
    for (const k of certain) pi[k] = 1
    open = open.filter((k) => pi[k] === 0)
    left -= certain.length
    if (open.length === 0 || left === 0) return pi
  }
}

/**
 * Size-proportional shares with a uniform floor, q_k = (1−ε)·x_k/Σx + ε/N: no unit is without chance and no weight exceeds N/(nε)
 * (defensive mixture, Hesterberg 1995, applied to pps). All sizes 0 give equal shares.
 */
export const flooredShares = (sizes: readonly number[], floor: number): number[] => {
  if (!(floor > 0 && floor <= 1)) throw new RangeError('the floor must lie in (0, 1]')
  const sum = sizes.reduce((s, x) => s + x, 0)
  return sizes.map((x) => (sum > 0 ? ((1 - floor) * x) / sum + floor / sizes.length : 1 / sizes.length))
}

/** Inclusion probabilities of n units by size (or risk) with the floor ε of `flooredShares`. */
export const riskProbabilities = (sizes: readonly number[], n: number, floor: number): number[] =>
  inclusionProbabilities(flooredShares(sizes, floor), n)
