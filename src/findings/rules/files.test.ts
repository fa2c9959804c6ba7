import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { officeDocument, safeName } from './office-document.ts'
import { redact } from './redact.ts'

const bytes = (...parts: (Uint8Array | string | readonly number[])[]): Uint8Array => Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p, 'latin1') : Buffer.from(p))))
const segment = (marker: number, content: Uint8Array): Uint8Array => bytes([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255], content)
const exif = (way: number) => segment(0xe1, bytes('Exif\0\0', 'II', [42, 0, 8, 0, 0, 0, 2, 0], [0x12, 1, 3, 0, 1, 0, 0, 0, way, 0, 0, 0], [0x3b, 1, 2, 0, 4, 0, 0, 0], 'Siti', [0, 0, 0, 0], 'GPS -6.2088,106.8456'))
const scan = bytes([0xff, 0xda, 0, 4, 1, 2], [10, 0xff, 0, 20, 0xff, 0xd0, 30])
const jpeg = (way: number): Uint8Array =>
  bytes([0xff, 0xd8], segment(0xe0, bytes('JFIF\0rest')), exif(way), segment(0xfe, bytes('kamera milik Siti')), segment(0xe2, bytes('ICC_PROFILE\0profile')), segment(0xdb, bytes('table')), scan, segment(0xc4, bytes('second table')), scan, [0xff, 0xd9], 'video with voices')

test('a JPEG loses owner, place, comments and what was appended; its picture and the way up stay', () => {
  const out = redact(jpeg(6))!
  const text = Buffer.from(out.bytes).toString('latin1')
  assert.equal(out.mime, 'image/jpeg')
  for (const gone of ['Siti', 'GPS', 'video']) assert.ok(!text.includes(gone), gone)
  for (const kept of ['JFIF', 'ICC_PROFILE', 'second table', Buffer.from(scan).toString('latin1')]) assert.ok(text.includes(kept))
  assert.deepEqual(redact(out.bytes)!.bytes, out.bytes) // the orientation is understood again
  assert.ok(text.includes('Exif'))
  assert.ok(!Buffer.from(redact(jpeg(1))!.bytes).toString('latin1').includes('Exif'))
})

const chunk = (type: string, content: Uint8Array): Uint8Array => { const b = Buffer.alloc(8); b.writeUInt32BE(content.length); b.write(type, 4, 'latin1'); return bytes(b, content, [1, 2, 3, 4]) }
test('a PNG and a WebP lose their texts, the pixels stay', () => {
  const pixels = deflateSync(Buffer.alloc(5))
  const png = bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], chunk('IHDR', new Uint8Array(13)), chunk('tEXt', bytes('Author\0Siti')), chunk('eXIf', bytes('Siti')), chunk('IDAT', pixels), chunk('IEND', new Uint8Array(0)), 'Siti')
  const out = Buffer.from(redact(png)!.bytes)
  assert.ok(!out.includes('Siti') && out.includes(pixels))
  const riff = (type: string, content: Uint8Array) => { const b = Buffer.alloc(8); b.write(type, 'latin1'); b.writeUInt32LE(content.length, 4); return bytes(b, content, content.length % 2 ? [0] : []) }
  const body = bytes('WEBP', riff('VP8X', Uint8Array.of(0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0)), riff('VP8 ', bytes('pixel')), riff('EXIF', bytes('Siti')), riff('XMP ', bytes('Siti!')))
  const size = Buffer.alloc(4)
  size.writeUInt32LE(body.length)
  const small = Buffer.from(redact(bytes('RIFF', size, body))!.bytes)
  assert.ok(!small.includes('Siti') && small.includes('pixel'))
  assert.deepEqual([small[20], small.readUInt32LE(4)], [0, small.length - 8])
})

test('whatever is no whole picture gives nothing, and nothing makes it throw', () => {
  for (const wrong of [bytes('<svg/>'), bytes('%PDF-1.7'), jpeg(1).subarray(0, 60), new Uint8Array(0), bytes('RIFF\x04\0\0\0WEBP')]) assert.equal(redact(wrong), undefined)
  const heads = [[0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], [...Buffer.from('RIFF\x40\0\0\0WEBP')], [0x50, 0x4b, 3, 4]]
  fc.assert(fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 }), (head, tail) => {
    redact(bytes(head, tail))
    officeDocument(bytes(head, tail))
  }), { numRuns: 2000 })
})

const packed = (entries: Record<string, string>) => zipSync(Object.fromEntries(Object.entries(entries).map(([k, v]) => [k, strToU8(v)])))
test('XLSX and DOCX are known by what they hold; macros, programs and other archives are refused', () => {
  const sheet = { '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<workbook/>', 'xl/printerSettings/printerSettings1.bin': 'x' }
  assert.match(officeDocument(packed(sheet))!, /spreadsheetml/)
  assert.match(officeDocument(packed({ '[Content_Types].xml': 'x', 'word/document.xml': 'x' }))!, /wordprocessingml/)
  for (const more of ['xl/vbaProject.bin', 'setup.EXE', 'xl/embeddings/oleObject1.bin', 'a.html', 'word/document.xml', 'xl/activeX/activeX1.xml']) assert.equal(officeDocument(packed({ ...sheet, [more]: 'x' })), undefined, more)
  assert.equal(officeDocument(packed({ 'xl/workbook.xml': 'x' })), undefined)
  assert.equal(officeDocument(packed({ 'a.txt': 'x' })), undefined)
  assert.equal(officeDocument(packed(sheet).subarray(0, 80)), undefined)
})

test('a name given back holds no path, no control sign and no surprise of length', () => {
  assert.equal(safeName('..\\..\\rahasia/../jadwal baru.pdf'), 'jadwal baru.pdf')
  assert.equal(safeName('a\u202egpj.exe\n'), 'agpj.exe')
  assert.equal(safeName('///'), 'berkas')
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
    const safe = safeName(name)
    assert.ok(safe.length > 0 && safe.length <= 120 && !/[/\\\p{Cc}]/u.test(safe))
  }))
})
