/**
 * Systematic sampling with unequal probabilities in the given order (Madow 1949): unit k is drawn when a point u, u+1, u+2 … falls
 * in (V_{k−1}, V_k], V being the running sum of π. Some pairs can never be drawn together, so there is no unbiased variance estimator.
 * @param u one random start in [0, 1) @returns positions of the drawn units
 */
export const systematicSample = (pi: readonly number[], u: number): number[] => {
  if (!(u >= 0 && u < 1)) throw new RangeError('the random start must lie in [0, 1)')
  const drawn: number[] = []
  let before = Math.floor(-u)
  let sum = 0
  pi.forEach((p, k) => {
    if (!(p >= 0 && p <= 1)) throw new RangeError('an inclusion probability must lie in [0, 1]')
    sum += p
    // A running sum of decimals that should meet a whole number misses it by rounding; 1e-9 is far below any real π.
    const near = Math.round(sum)
    if (Math.abs(sum - near) < 1e-9) sum = near
    const after = Math.floor(sum - u)
    if (after > before) drawn.push(k)
    before = after
  })
  return drawn
}
