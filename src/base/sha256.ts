// SHA-256 (FIPS 180-4) without a platform API, because rules run the same on the server and in the browser and must not wait.

const isPrime = (n: number) => {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false
  return true
}
const primes = (count: number): number[] => {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (isPrime(n)) found.push(n)
  return found
}

/** floor(n^(1/root) · 2^32) mod 2^32 in whole numbers, so that no rounding of the platform enters the constants. */
const fraction = (n: number, root: 2n | 3n): number => {
  const scaled = BigInt(n) << (32n * root)
  let low = 0n
  let high = 1n << 40n
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle ** root <= scaled) low = middle
    else high = middle
  }
  return Number(low & 0xffffffffn)
}
const start = primes(8).map((p) => fraction(p, 2n))
const rounds = Uint32Array.from(primes(64), (p) => fraction(p, 3n))

const right = (x: number, n: number) => (x >>> n) | (x << (32 - n))

const compress = (state: Uint32Array, block: Uint8Array, offset: number, w: Uint32Array) => {
  for (let i = 0; i < 16; i++) {
    const at = offset + 4 * i
    w[i] = (block[at]! << 24) | (block[at + 1]! << 16) | (block[at + 2]! << 8) | block[at + 3]!
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!
    const y = w[i - 2]!
    w[i] = w[i - 16]! + (right(x, 7) ^ right(x, 18) ^ (x >>> 3)) + w[i - 7]! + (right(y, 17) ^ right(y, 19) ^ (y >>> 10))
  }
  let a = state[0]!, b = state[1]!, c = state[2]!, d = state[3]!, e = state[4]!, f = state[5]!, g = state[6]!, h = state[7]!
  for (let i = 0; i < 64; i++) {
    const t1 = (h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + rounds[i]! + w[i]!) | 0
    const t2 = ((right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  const out = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) state[i] = state[i]! + out[i]!
}

const utf8 = new TextEncoder()

/** SHA-256 over the joined parts (text as UTF-8); 32 bytes. Parts are hashed as they come, so a large frame need not be one string. */
export const sha256Bytes = (parts: Iterable<string | Uint8Array>): Uint8Array => {
  const state = Uint32Array.from(start)
  const w = new Uint32Array(64)
  const rest = new Uint8Array(128)
  let kept = 0
  let length = 0
  for (const part of parts) {
    const bytes = typeof part === 'string' ? utf8.encode(part) : part
    length += bytes.length
    let at = 0
    if (kept > 0) {
      at = Math.min(64 - kept, bytes.length)
      rest.set(bytes.subarray(0, at), kept)
      kept += at
      if (kept < 64) continue
      compress(state, rest, 0, w)
      kept = 0
    }
    for (; at + 64 <= bytes.length; at += 64) compress(state, bytes, at, w)
    rest.set(bytes.subarray(at), 0)
    kept = bytes.length - at
  }
  rest.fill(0, kept)
  rest[kept] = 0x80
  const blocks = kept < 56 ? 1 : 2
  const view = new DataView(rest.buffer)
  view.setUint32(64 * blocks - 8, Math.floor((length * 8) / 2 ** 32))
  view.setUint32(64 * blocks - 4, (length * 8) % 2 ** 32)
  for (let i = 0; i < blocks; i++) compress(state, rest, 64 * i, w)
  const digest = new Uint8Array(32)
  const out = new DataView(digest.buffer)
  state.forEach((word, i) => out.setUint32(4 * i, word))
  return digest
}

/** SHA-256 in lower-case hexadecimal (64 characters). */
export const sha256 = (...parts: readonly (string | Uint8Array)[]): string => hex(sha256Bytes(parts))

export const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
