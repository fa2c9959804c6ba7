/**
 * A picture without what its camera wrote into it: owner, device, place, thumbnail, comments, appended video. Pixels are not touched,
 * only the way up is kept (EXIF orientation). Undefined for what is no JPEG, PNG or WebP, or is damaged: then nothing is released.
 */
export const redact = (bytes: Uint8Array): { readonly mime: string; readonly bytes: Uint8Array } | undefined => {
  const is = (at: number, ...expected: number[]): boolean => expected.every((b, i) => bytes[at + i] === b)
  const found = is(0, 0xff, 0xd8, 0xff) ? { mime: 'image/jpeg', bytes: jpeg(bytes) }
    : is(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ? { mime: 'image/png', bytes: png(bytes) }
    : ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP' ? { mime: 'image/webp', bytes: webp(bytes) }
    : undefined
  return found?.bytes ? { mime: found.mime, bytes: found.bytes } : undefined
}

const ascii = (bytes: Uint8Array, at: number, n: number): string => String.fromCharCode(...bytes.subarray(at, at + n))
const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

const jpeg = (bytes: Uint8Array): Uint8Array | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept: Uint8Array[] = []
  let way = 1
  for (let at = 2; at + 1 < bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1]!
    if (marker === 0xff) { at++; continue } // fill byte
    if (marker === 0xd9) return joined([Uint8Array.of(0xff, 0xd8), ...(way > 1 ? [orientation(way)] : []), ...kept, Uint8Array.of(0xff, 0xd9)])
    if (at + 4 > bytes.length) return undefined
    const end = at + 2 + view.getUint16(at + 2)
    if (end < at + 4 || end > bytes.length) return undefined
    const exif = marker === 0xe1 && ascii(bytes, at + 4, 4) === 'Exif'
    if (exif) way = wayUp(bytes.subarray(at + 10, end)) ?? way
    // APP0 (JFIF), a colour profile in APP2 and Adobe's colour transform in APP14 change how pixels look; the other APPn and comments do not
    const described = marker >= 0xe1 && marker <= 0xef && !(marker === 0xe2 && ascii(bytes, at + 4, 11) === 'ICC_PROFILE') && !(marker === 0xee && ascii(bytes, at + 4, 5) === 'Adobe')
    if (!described && marker !== 0xfe) kept.push(bytes.subarray(at, end))
    at = end
    if (marker !== 0xda) continue
    // coded picture: until a marker that is neither stuffing nor a restart
    const from = at
    while (at + 1 < bytes.length && !(bytes[at] === 0xff && bytes[at + 1] !== 0 && bytes[at + 1] !== 0xff && !(bytes[at + 1]! >= 0xd0 && bytes[at + 1]! <= 0xd7))) at++
    kept.push(bytes.subarray(from, at))
  }
  return undefined
}

/** Orientation (1-8) in a TIFF header as EXIF holds it. */
const wayUp = (tiff: Uint8Array): number | undefined => {
  if (tiff.length < 10) return undefined
  const little = ascii(tiff, 0, 2) === 'II'
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  const directory = view.getUint32(4, little)
  if (directory + 2 > tiff.length) return undefined
  const n = view.getUint16(directory, little)
  for (let i = 0; i < n && directory + 14 + 12 * i <= tiff.length; i++) {
    const entry = directory + 2 + 12 * i
    if (view.getUint16(entry, little) !== 0x0112) continue
    const value = view.getUint16(entry + 8, little)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}
/** An EXIF segment that says which way is up and nothing else. */
const orientation = (way: number): Uint8Array =>
  Uint8Array.of(0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, way, 0, 0, 0, 0, 0, 0)

const pngKeeps = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'bKGD', 'pHYs'])
const png = (bytes: Uint8Array): Uint8Array | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept = [bytes.subarray(0, 8)]
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) return undefined
    const type = ascii(bytes, at + 4, 4)
    if (pngKeeps.has(type)) kept.push(bytes.subarray(at, end))
    if (type === 'IEND') return joined(kept)
    at = end
  }
  return undefined
}

const webpKeeps = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
const webp = (bytes: Uint8Array): Uint8Array | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = Math.min(bytes.length, 8 + view.getUint32(4, true))
  const kept = [bytes.slice(0, 12)]
  for (let at = 12; at + 8 <= end; ) {
    const size = view.getUint32(at + 4, true)
    const next = at + 8 + size + (size % 2)
    if (at + 8 + size > end) return undefined
    const type = ascii(bytes, at, 4)
    if (webpKeeps.has(type)) {
      const chunk = bytes.slice(at, Math.min(next, end))
      if (type === 'VP8X') chunk[8] = chunk[8]! & ~0x0c // no EXIF, no XMP any more
      kept.push(chunk)
    }
    at = next
  }
  if (kept.length < 2) return undefined
  const out = joined(kept)
  new DataView(out.buffer).setUint32(4, out.length - 8, true)
  return out
}
