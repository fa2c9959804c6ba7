import { Problem } from '#base/problem.ts'
import { sha256, sha256Bytes } from '#base/sha256.ts'

/**
 * The published number of a class run: the first 53 bits, read from the most significant bit, of SHA-256 over the UTF-8 bytes of the seed directly followed
 * (no separator) by those of the id; divided by 2^53. Lies in [0, 1). 53 bits are what a double holds exactly, so every language gives the same number.
 */
export const randomNumber = (seed: string, id: string): number => {
  const b = sha256Bytes([seed, id])
  const first32 = b[0]! * 2 ** 24 + b[1]! * 2 ** 16 + b[2]! * 2 ** 8 + b[3]!
  const next21 = b[4]! * 2 ** 13 + b[5]! * 2 ** 5 + (b[6]! >>> 3)
  return (first32 * 2 ** 21 + next21) / 2 ** 53
}

/** The second number, which picks the sitting: as above over seed, the seven letters `session`, and the class run's id. */
export const sessionNumber = (seed: string, classRunId: string): number => randomNumber(`${seed}session`, classRunId)

/** Throws `sampling.seed_invalid`. A seed that ended in `session` could make another round's second numbers equal this one's first. */
export const checkSeed = (seed: string): void => {
  if (!/^[0-9A-Za-z._:-]{8,128}$/.test(seed) || seed.endsWith('session')) throw new Problem('sampling.seed_invalid')
}

/** SHA-256 of the seed, to be published before the draw; the seed follows after it. Commits to nothing when the seed can be guessed: use 128 random bits or public dice. */
export const seedCommitment = (seed: string): string => sha256(seed)
