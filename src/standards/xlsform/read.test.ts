import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { limits, readXlsx } from './read.ts'
import { readMarkdown } from './workbook.ts'

/** A workbook of one sheet called `survey`, from its sheet XML. */
const book = (sheet: string, more: Record<string, string> = {}): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries({
        'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="survey" sheetId="1" r:id="rId1"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        'xl/worksheets/sheet1.xml': sheet,
        ...more,
      }).map(([name, text]) => [name, strToU8(text)]),
    ),
  )
const rows = (body: string): string => `<worksheet><sheetData>${body}</sheetData></worksheet>`
const text = (ref: string, value: string): string => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`
const codes = (bytes: Uint8Array): string[] => {
  const read = readXlsx(bytes)
  return read.ok ? ['ok'] : read.errors.map((e) => e.code)
}

test('cells read as pyxform reads them', () => {
  const read = readXlsx(
    book(
      rows(`<row r="1">${['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((h, i) => text(`${'ABCDEFG'[i]}1`, h)).join('')}</row>
      <row r="4"><c r="A4"><v>1.0</v></c><c r="B4" t="b"><v>1</v></c><c r="C4" s="1"><v>46000</v></c><c r="D4" s="1"><v>46000.5</v></c>
      <c r="E4" t="s"><v>0</v></c><c r="F4"><v>2.5</v></c>${text('G4', '   ')}</row>`),
      {
        'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
        'xl/sharedStrings.xml': '<sst><si><r><t>satu\u00a0</t></r><r><t>dua </t></r><rPh><t>tidak</t></rPh></si></sst>',
      },
    ),
  )
  assert.ok(read.ok)
  const [row] = read.workbook.sheets[0]!.rows
  assert.equal(row!.row, 4)
  assert.deepEqual(Object.fromEntries(row!.cells), {
    a: '1',
    b: 'TRUE',
    c: '2025-12-09',
    d: '2025-12-09 12:00:00',
    e: 'satu dua',
    f: '2.5',
  })
})

test('what is not a workbook, damaged or hostile is refused, never read in part', () => {
  assert.deepEqual(codes(strToU8('name,label\na,b')), ['file.not_xlsx'])
  assert.deepEqual(codes(zipSync({ 'word/document.xml': strToU8('<x/>') })), ['file.not_xlsx'])
  assert.deepEqual(codes(new Uint8Array(limits.packedMB * 1e6 + 1)), ['file.too_large'])
  assert.deepEqual(codes(book('<worksheet><sheetData>')), ['file.malformed'])
  assert.deepEqual(codes(book('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>')), ['file.doctype'])
  assert.deepEqual(codes(book(`${'<a>'.repeat(100)}${'</a>'.repeat(100)}`)), ['file.too_deep'])
})

test('size caps hold: unpacked bytes, rows, columns, cell length', () => {
  assert.deepEqual(codes(book(' '.repeat(limits.unpackedMB * 1e6 + 1))), ['file.unpacks_too_large'])
  assert.deepEqual(codes(book(rows(`<row r="1048576">${text('A1048576', 'x')}</row>`))), ['sheet.too_many_rows'])
  assert.deepEqual(codes(book(rows(`<row r="1">${text('XFD1', 'x')}</row>`))), ['sheet.too_many_columns'])
  assert.deepEqual(codes(book(rows(`<row r="1">${text('A1', 'x'.repeat(limits.cell + 1))}</row>`))), ['cell.too_long'])
  assert.deepEqual(codes(book(rows(`<row r="1">${text('A1', 'x'.repeat(limits.cell))}</row>`))), ['ok'])
})

test('a markdown table keeps true row numbers', () => {
  const sheet = readMarkdown('| survey |\n| | type | name |\n| | text | a |\n| | | |\n| | note | b\\|c |').sheets[0]!
  assert.deepEqual(
    sheet.rows.map((r) => [r.row, r.cells.get('name')]),
    [
      [2, 'a'],
      [3, 'b|c'],
    ],
  )
})
