import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { officeDocument, safeName } from './office-document.ts'
import { redact } from './redact.ts'

/** A ZIP of stored, empty entries: what a package's list of names says is all that is read. */
const zip = (names: readonly string[], flags = 0): Uint8Array => {
  const [locals, central]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const name of names) {
    const local = Buffer.alloc(30 + name.length)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    local.write(name, 30, 'latin1')
    const entry = Buffer.alloc(46 + name.length)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    entry.write(name, 46, 'latin1')
    locals.push(local)
    central.push(entry)
    at += local.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(names.length, 8)
  end.writeUInt16LE(names.length, 10)
  end.writeUInt32LE(Buffer.concat(central).length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, ...central, end])
}

test('a workbook and a document are known by their parts; macros, programs, encryption and other packages are refused', () => {
  const types = '[Content_Types].xml'
  assert.match(officeDocument(zip([types, 'xl/workbook.xml']))!, /spreadsheetml\.sheet$/)
  assert.match(officeDocument(zip([types, 'word/document.xml', 'word/media/a.png']))!, /wordprocessingml\.document$/)
  for (const names of [[types], ['xl/workbook.xml'], [types, 'xl/workbook.xml', 'word/document.xml'], [types, 'xl/workbook.xml', 'xl/vbaProject.bin'], [types, 'word/document.xml', 'word/embeddings/x.docx'], [types, 'word/document.xml', 'run.exe'], ['META-INF/MANIFEST.MF', 'Main.class']])
    assert.equal(officeDocument(zip(names)), undefined, names.join(' '))
  assert.equal(officeDocument(zip([types, 'xl/workbook.xml'], 1)), undefined)
  const good = zip([types, 'xl/workbook.xml'])
  for (let n = 0; n < good.length; n++) assert.equal(officeDocument(good.subarray(0, n)), undefined)
})

test('any bytes at all get an answer, never an exception', () => {
  const starts = fc.constantFrom([], [0x50, 0x4b, 3, 4], [0xff, 0xd8, 0xff], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], [...Buffer.from('RIFF0000WEBP')])
  fc.assert(fc.property(starts, fc.uint8Array({ maxLength: 300 }), (head, rest) => {
    const bytes = Uint8Array.from([...head, ...rest])
    officeDocument(bytes)
    redact(bytes)
  }), { numRuns: 1000 })
})

test('a name given back is a name: no path, no control signs, no dot at its head, not endless', () => {
  assert.equal(safeName('../../etc/Jadwal.pdf'), 'Jadwal.pdf')
  assert.equal(safeName('C:\\x\\bukti.png'), 'bukti.png')
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (name) => {
    const safe = safeName(name)
    assert.ok(safe.length > 0 && safe.length <= 120 && !/[\\/\p{Cc}]/u.test(safe) && !safe.startsWith('.'))
  }))
})

test('a released picture keeps its pixels and loses who, with what and where', () => {
  const segment = (marker: number, text: string) => Buffer.concat([Buffer.from([0xff, marker, 0, text.length + 2]), Buffer.from(text, 'latin1')])
  const pixels = segment(0xdb, 'quantisation')
  const scan = Buffer.concat([segment(0xda, 'scan'), Buffer.from([1, 2, 0xff, 0, 3])])
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xe1, 'Exif\0\0Camera of Sari at -0.02,109.3'), segment(0xfe, 'Sari'), pixels, scan, Buffer.from([0xff, 0xd9]), Buffer.from('appended Sari')])
  const { bytes, mime } = redact(jpeg)!
  assert.equal(mime, 'image/jpeg')
  assert.ok(!Buffer.from(bytes).includes('Sari') && Buffer.from(bytes).includes(pixels) && Buffer.from(bytes).includes(scan))
  assert.equal(redact(jpeg.subarray(0, 60)), undefined)
  const chunk = (type: string, body: string) => { const c = Buffer.alloc(12 + body.length); c.writeUInt32BE(body.length, 0); c.write(type + body, 4, 'latin1'); return c }
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', 'head'), chunk('tEXt', 'Author\0Sari'), chunk('eXIf', 'Sari'), chunk('IDAT', 'data'), chunk('IEND', '')])
  const clean = Buffer.from(redact(png)!.bytes)
  assert.ok(!clean.includes('Sari') && clean.includes('IDATdata'))
})
