// Building blocks of the distributions. Everything is kept to a relative error near 1e-13, also in the tails and for large parameters:
// a survey quantile is read at n of a few units and at n of 100,000.

const halfLogTwoPi = 0.9189385332046727

/** Stirling's series for ln Γ(x) − [(x − ½) ln x − x + ½ ln 2π], used for x ≥ 15 where its next term is below 1e-17. (Abramowitz & Stegun 6.1.41) */
const stirlingSeries = (x: number): number => {
  const s = 1 / (x * x)
  return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * (691 / 360360)))))) / x
}

/** ln Γ(x) for x > 0. Small arguments are raised by the recurrence Γ(x+1) = xΓ(x) until Stirling's series is exact. */
export const logGamma = (x: number): number => {
  if (!(x > 0)) throw new RangeError('logGamma needs a positive argument')
  let product = 1
  let y = x
  while (y < 15) product *= y++
  return (y - 0.5) * Math.log(y) - y + halfLogTwoPi + stirlingSeries(y) - Math.log(product)
}

/** ln Γ(x+1) − [(x + ½) ln x − x + ½ ln 2π]: the part of a factorial that Stirling's formula leaves (Loader 2000). */
export const stirlingError = (x: number): number =>
  x >= 15 ? stirlingSeries(x) : logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - halfLogTwoPi

/** x ln(x/m) + m − x without cancellation when x is near m (Loader 2000). */
export const deviance = (x: number, m: number): number => {
  if (x === 0) return m
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x
  const v = (x - m) / (x + m)
  let sum = (x - m) * v
  let term = 2 * x * v
  for (let j = 1; ; j++) {
    term *= v * v
    const next = sum + term / (2 * j + 1)
    if (next === sum) return sum
    sum = next
  }
}

/** Continued fraction b0 + a1/(b1 + a2/(b2 + …)) by Lentz's algorithm as changed by Thompson & Barnett (1986). `step(i)` gives [a_i, b_i]. */
export const continuedFraction = (b0: number, step: (i: number) => readonly [a: number, b: number]): number => {
  const tiny = 1e-300
  let f = b0 || tiny
  let c = f
  let d = 0
  // The fractions used here need about √parameter steps; 1e6 would mean parameters beyond 1e12.
  for (let i = 1; i <= 1_000_000; i++) {
    const [a, b] = step(i)
    d = b + a * d || tiny
    c = b + a / c || tiny
    d = 1 / d
    const change = c * d
    f *= change
    if (Math.abs(change - 1) < 1e-16) return f
  }
  throw new RangeError('continued fraction did not settle')
}

/**
 * Root of a rising function by Newton's method kept inside a bracket (bisection when a step leaves it).
 * `f(x)` gives [value, slope]; `low` and `high` must enclose the root.
 */
export const risingRoot = (f: (x: number) => readonly [value: number, slope: number], low: number, high: number, guess: number): number => {
  let x = guess > low && guess < high ? guess : (low + high) / 2
  for (let i = 0; i < 300; i++) {
    const [value, slope] = f(x)
    if (value === 0) return x
    if (value < 0) low = x
    else high = x
    const newton = x - value / slope
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (Math.abs(next - x) <= 1e-15 * Math.max(1, Math.abs(x)) || next === x) return next
    x = next
  }
  return x
}
