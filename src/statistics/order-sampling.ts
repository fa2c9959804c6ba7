/** Ranking variable of a unit with random number u in [0, 1) and inclusion probability π in (0, 1]. */
export type Ranking = (u: number, pi: number) => number

/** Pareto sampling: [u/(1−u)] / [π/(1−π)] (Rosén 1997). A certainty unit (π = 1) ranks 0, before all others. */
export const pareto: Ranking = (u, pi) => (u / (1 - u)) * ((1 - pi) / pi)

/** Sequential Poisson sampling: u/π (Ohlsson 1998). */
export const sequentialPoisson: Ranking = (u, pi) => (pi >= 1 ? 0 : u / pi)

/**
 * Draws the n units with the smallest ranking variable. With permanent random numbers the draw is a plain function of its inputs, so anybody can repeat it;
 * the same u in the next period keeps the panel, (u + ½) mod 1 avoids it.
 * True inclusion probabilities are close to π, not equal (Rosén 2000); ties, of probability 0, go to the smaller u, then to the earlier unit.
 * @returns positions of the drawn units, best rank first
 */
export const drawByRank = (u: readonly number[], pi: readonly number[], n: number, ranking: Ranking = pareto): number[] => {
  if (u.length !== pi.length) throw new RangeError('one random number per inclusion probability')
  if (u.some((x) => !(x >= 0 && x < 1))) throw new RangeError('a random number must lie in [0, 1)')
  if (pi.some((p) => !(p >= 0 && p <= 1))) throw new RangeError('an inclusion probability must lie in [0, 1]')
  const rank = u.map((x, k) => ranking(x, pi[k]!))
  const order = u.map((_, k) => k).filter((k) => pi[k]! > 0)
  if (n > order.length) throw new RangeError(`sample size ${n} exceeds the ${order.length} units that can be selected`)
  return order.sort((a, b) => rank[a]! - rank[b]! || u[a]! - u[b]! || a - b).slice(0, n)
}
