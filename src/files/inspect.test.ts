import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { inspect, kindOf, limits } from './inspect.ts'

/** A PNG's signature and IHDR chunk, which is all that says how large it is. */
const png = (width: number, height: number): Uint8Array => {
  const bytes = Buffer.alloc(33)
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(bytes)
  bytes.writeUInt32BE(13, 8)
  bytes.write('IHDR', 12, 'latin1')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

test('an image is known by its bytes, with its size', () => {
  assert.deepEqual(inspect(png(800, 600), 'image'), { ok: true, mime: 'image/png', width: 800, height: 600 })
})

test('what is no image, damaged, too large or absurd is refused with its reason', () => {
  const refusal = (bytes: Uint8Array, wanted?: 'image') => {
    const found = inspect(bytes, wanted)
    return found.ok ? 'kept' : found.refusal
  }
  assert.equal(refusal(Buffer.from('ini bukan foto'), 'image'), 'not_an_image')
  assert.equal(refusal(Buffer.from('%PDF-1.7'), 'image'), 'not_an_image')
  assert.equal(refusal(Buffer.from('%PDF-1.7')), 'kept')
  assert.equal(refusal(Buffer.from('MZ\x90\x00')), 'unknown_kind')
  assert.equal(refusal(Buffer.from('<svg onload="alert(1)"/>')), 'unknown_kind')
  assert.equal(refusal(Buffer.from([0xff, 0xd8, 0xff, 0xe0])), 'image_damaged')
  assert.equal(refusal(png(60_000, 10)), 'image_too_many_pixels')
  assert.equal(refusal(png(10_000, 10_000)), 'image_too_many_pixels')
  assert.equal(refusal(new Uint8Array(limits.bytes + 1)), 'too_large')
  assert.equal(refusal(new Uint8Array(0)), 'empty')
})

test('no bytes make it throw, and nothing passes as an image without an image signature', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
    const found = inspect(bytes, 'image')
    assert.ok(!found.ok || kindOf(bytes)?.startsWith('image/'))
  }))
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (tail) => {
    inspect(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), tail]), 'image')
    inspect(Buffer.concat([Buffer.from('RIFF0000WEBP'), tail]), 'image')
    inspect(Buffer.concat([Buffer.from('0000ftypheic'), tail]), 'image')
  }))
})
