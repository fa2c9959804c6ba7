import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { strToU8 } from 'fflate'
import { convert } from './convert.ts'
import { readForm } from './file.ts'
import { limits } from './read.ts'

const codes = (name: string, bytes: Uint8Array): string[] => {
  const read = readForm(name, bytes)
  return read.ok ? ['ok'] : read.errors.map((e) => e.code)
}

test('one form, three kinds of file, the same bytes', () => {
  const md = '| survey |\n| | type | name | label | relevant |\n| | text | a | A, "b" | |\n| | note | b | dua\\|tiga | ${a} != \'\' | # remark\n| settings |\n| | form_id |\n| | f |'
  const csv = '\ufeff"survey"\r\n,type,name,label,relevant\r\n,text,a,"A, ""b""",\r\n\r\n,note,b, dua|tiga ,${a} != \'\'\r\nsettings,,,,\r\n,form_id,,,\r\n,f,,,\r\n'
  const made = [readForm('x.md', strToU8(md)), readForm('x.csv', strToU8(csv))].map((read) => {
    assert.ok(read.ok, JSON.stringify(read))
    const form = convert(read.workbook)
    assert.ok(form.ok, JSON.stringify(form))
    return form.xform
  })
  assert.equal(made[0], made[1])
  assert.ok(made[0]!.includes('<label>A, "b"</label>') && made[0]!.includes('<label>dua|tiga</label>'))
  assert.deepEqual(codes('webinar.xlsx', new Uint8Array(readFileSync(new URL('../instruments/webinar.xlsx', import.meta.url)))), ['ok'])
})

test('a line break inside a quoted CSV field belongs to the cell; an open quote reads to the end', () => {
  const read = readForm('x.csv', strToU8('survey\n,type,name,label\n,text,a,"satu\ndua"\n,text,b,"tak tertutup\n'))
  assert.ok(read.ok)
  assert.deepEqual(read.workbook.sheets[0]!.rows.map((r) => [r.row, r.cells.get('label')]), [[2, 'satu\ndua'], [3, 'tak tertutup']])
})

test('what cannot be read is refused with the reason: old Excel, other kinds, no table, too much', () => {
  assert.deepEqual(codes('x.xls', strToU8('')), ['file.xls'])
  assert.deepEqual(codes('x.xlsx', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1])), ['file.xls'])
  assert.deepEqual(codes('x.docx', strToU8('')), ['file.kind'])
  assert.deepEqual(codes('x.md', strToU8('nothing here')), ['file.not_a_form'])
  assert.deepEqual(codes('x.csv', new Uint8Array(limits.packedMB * 1e6 + 1)), ['file.too_large'])
  assert.deepEqual(codes('x.csv', strToU8(`survey\n,type,name\n${',text,a\n'.repeat(limits.rows + 1)}`)), ['sheet.too_many_rows'])
  assert.deepEqual(codes('x.md', strToU8(`| survey |\n| | type |\n| | ${'x'.repeat(limits.cell + 1)} |`)), ['cell.too_long'])
})
