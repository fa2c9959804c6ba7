import { imageSize } from 'image-size'

/** Limits of one stored file. 64 megapixels is above every phone camera's JPEG; more is a decompression bomb. */
export const limits = { bytes: 16_000_000, megapixels: 64, side: 20_000 } as const

export type Refusal = 'too_large' | 'empty' | 'unknown_kind' | 'not_an_image' | 'image_too_many_pixels' | 'image_damaged'
export type Inspection =
  | { readonly ok: true; readonly mime: string; readonly width: number | null; readonly height: number | null }
  | { readonly ok: false; readonly refusal: Refusal }

const starts = (bytes: Uint8Array, at: number, ...expected: number[]): boolean => expected.every((b, i) => bytes[at + i] === b)
const text = (bytes: Uint8Array, at: number, expected: string): boolean => [...expected].every((c, i) => bytes[at + i] === c.charCodeAt(0))

/** The kind of file its first bytes announce; undefined for anything the product does not keep. */
export const kindOf = (bytes: Uint8Array): string | undefined => {
  if (starts(bytes, 0, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (starts(bytes, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (text(bytes, 0, 'RIFF') && text(bytes, 8, 'WEBP')) return 'image/webp'
  if (text(bytes, 0, 'GIF87a') || text(bytes, 0, 'GIF89a')) return 'image/gif'
  if (text(bytes, 0, '%PDF-')) return 'application/pdf'
  if (text(bytes, 4, 'ftyp')) {
    const brand = String.fromCharCode(...bytes.subarray(8, 12))
    if (['heic', 'heix', 'mif1', 'msf1', 'heim', 'heis'].includes(brand)) return 'image/heic'
    if (brand === 'avif') return 'image/avif'
    return brand.startsWith('M4A') ? 'audio/mp4' : 'video/mp4'
  }
  if (text(bytes, 0, 'OggS')) return 'audio/ogg'
  if (text(bytes, 0, 'ID3') || starts(bytes, 0, 0xff, 0xfb)) return 'audio/mpeg'
  if (text(bytes, 0, '#!AMR')) return 'audio/amr'
  if (text(bytes, 0, 'RIFF') && text(bytes, 8, 'WAVE')) return 'audio/wav'
  if (starts(bytes, 0, 0x1a, 0x45, 0xdf, 0xa3)) return 'video/webm'
  return undefined
}

/**
 * What a file is, judged by its bytes alone, or why it is not kept.
 * @param wanted `image` refuses everything that is not a readable image
 */
export const inspect = (bytes: Uint8Array, wanted: 'image' | 'any' = 'any'): Inspection => {
  const no = (refusal: Refusal): Inspection => ({ ok: false, refusal })
  if (bytes.length === 0) return no('empty')
  if (bytes.length > limits.bytes) return no('too_large')
  const mime = kindOf(bytes)
  if (!mime) return no(wanted === 'image' ? 'not_an_image' : 'unknown_kind')
  if (!mime.startsWith('image/')) return wanted === 'image' ? no('not_an_image') : { ok: true, mime, width: null, height: null }
  const size = dimensions(bytes)
  if (!size) return no('image_damaged')
  if (size.width > limits.side || size.height > limits.side || size.width * size.height > limits.megapixels * 1_000_000) return no('image_too_many_pixels')
  return { ok: true, mime, ...size }
}

const dimensions = (bytes: Uint8Array): { width: number; height: number } | undefined => {
  try {
    const { width, height } = imageSize(bytes)
    return width > 0 && height > 0 ? { width, height } : undefined
  } catch {
    return undefined // image-size throws on truncated and malformed headers
  }
}
