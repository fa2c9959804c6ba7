/** A small seeded source of chance: the same seed gives the same numbers on every machine and in every year. Not for secrets. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  readonly next: () => number
  /** Whole number between `min` and `max`, both included. */
  readonly int: (min: number, max: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
  /** Standard normal (Box-Muller, one of the pair). */
  readonly normal: () => number
}

/** 128 bits from text: four multiply-xor lanes with a final mix (the scheme known as cyrb128). */
const mix = (text: string): [number, number, number, number] => {
  let a = 1779033703
  let b = 3144134277
  let c = 1013904242
  let d = 2773480762
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i)
    a = b ^ Math.imul(a ^ k, 597399067)
    b = c ^ Math.imul(b ^ k, 2869860233)
    c = d ^ Math.imul(c ^ k, 951274213)
    d = a ^ Math.imul(d ^ k, 2716044179)
  }
  a = Math.imul(c ^ (a >>> 18), 597399067)
  b = Math.imul(d ^ (b >>> 22), 2869860233)
  c = Math.imul(a ^ (c >>> 17), 951274213)
  d = Math.imul(b ^ (d >>> 19), 2716044179)
  return [(a ^ b ^ c ^ d) >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0]
}

/** A stream of its own for every key, e.g. `randomOf(seed, 'run', 17)`: so any part can be made again without the parts before it. */
export const randomOf = (...key: readonly (string | number)[]): Random => {
  // sfc32 (Doty-Humphrey, PractRand): 128 bits of state, the fourth a counter.
  let [a, b, c, d] = mix(key.join('\u0000'))
  const next32 = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) next32()
  const next = () => next32() / 4_294_967_296
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => {
      const found = list[Math.floor(next() * list.length)]
      if (found === undefined) throw new RangeError('nothing to pick from')
      return found
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  }
}

/** Index drawn with probability proportional to weight, from running totals of the weights (binary search). */
export const weighted = (totals: readonly number[], u: number): number => {
  const aim = u * (totals.at(-1) ?? 0)
  let low = 0
  let high = totals.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((totals[middle] ?? 0) > aim) high = middle
    else low = middle + 1
  }
  return low
}

export const runningTotals = (weights: readonly number[]): number[] => {
  let sum = 0
  return weights.map((w) => (sum += w))
}

/** The list in a seeded order (Fisher-Yates). */
export const shuffled = <T>(list: readonly T[], random: Random): T[] => {
  const out = [...list]
  for (let i = out.length - 1; i > 0; i--) {
    const j = random.int(0, i)
    ;[out[i], out[j]] = [out[j] as T, out[i] as T]
  }
  return out
}
