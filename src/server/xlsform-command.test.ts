import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { convert } from '#standards/xlsform/convert.ts'
import { readMarkdown } from '#standards/xlsform/workbook.ts'
import { runAlone } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'pantau-xlsform-'))
after(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string): string => (writeFileSync(join(folder, name), text), join(folder, name))
/** What the command prints and its exit code; it needs no database. */
const run = async (...words: string[]) => {
  const lines: string[] = []
  return { code: await runAlone(['xlsform', ...words], (line) => lines.push(line)), lines }
}
const sound = '| survey |\n| | type | name | label |\n| | text | a | A |\n| | image | b | B |'

test('convert writes the XForm and tells warnings with their place', async () => {
  const out = join(folder, 'out.xml')
  const { code, lines } = await run('convert', file('kunjungan.md', sound), out)
  assert.equal(code, 0)
  assert.match(lines[0]!, /^warning survey, row 3, column parameters: .*max-pixels.*\n {2}Foto "b"/)
  assert.match(lines[1]!, /form kunjungan, version none, 2 items, 1 warnings/)
  assert.match(readFileSync(out, 'utf8'), /<data id="kunjungan">/)
})

test('convert without OUT.xml prints the XForm alone', async () => {
  const { code, lines } = await run('convert', file('a.md', sound.replace(/\n[^\n]*image[^\n]*/, '')))
  assert.deepEqual([code, lines.length, lines[0]!.slice(0, 21)], [0, 1, '<?xml version="1.0"?>'])
})

test('convert refuses with sheet, row, column and remedy in both languages', async () => {
  const { code, lines } = await run('convert', file('b.md', sound.replace('| text |', '| txt |')), join(folder, 'b.xml'))
  assert.equal(code, 1)
  assert.ok(lines.includes('error survey, row 2, column type: The question type "txt" is unknown. Check its spelling. Did you mean "text"?\n  Jenis pertanyaan "txt" tidak dikenal. Periksa ejaannya. Mungkin maksud Anda "text"?'))
  assert.equal((await run('convert', file('c.xls', ''))).code, 1)
})

test('conform tells for each case what was done, and the sum in its last line', async () => {
  const xml = (() => { const made = convert(readMarkdown(sound)); return made.ok ? made.xform : '' })()
  const sheets = { survey: [{ type: 'text', name: 'a', label: 'A' }, { type: 'image', name: 'b', label: 'B' }], survey_header: [{ type: null, name: null, label: null }], sheet_names: ['survey'] }
  const cases = [
    { id: 'same', source: 'md', sheets, form_name: null, xml },
    { id: 'other', source: 'file', sheets, form_name: null, xml: xml.replace('<label>B</label>', '<label>C</label>') },
    { id: 'bad', source: 'md', sheets: { ...sheets, survey: [{ type: 'text', label: 'A' }] }, form_name: null, xml: null },
    { id: 'incomplete', source: 'md', sheets: { ...sheets, survey: [{ type: 'text', name: 'a', label: 'A', hint: 'H' }] }, form_name: null, xml: null },
    { id: 'nothing', source: 'md', sheets: {}, form_name: null, xml },
  ]
  const { code, lines } = await run('conform', file('cases.jsonl', cases.map((c) => JSON.stringify(c)).join('\n')))
  assert.equal(code, 0)
  assert.deepEqual(lines.slice(0, 4), [
    'converts same',
    'differs  other: /h:html/h:body/upload/label: "B" instead of "C"',
    'refuses  bad',
    'refuses  incomplete',
  ])
  assert.match(lines[4]!, /^differs {2}nothing: refused: survey/)
  assert.deepEqual(lines.slice(5), ['md: 1 converts, 2 refuses, 1 differs', 'file: 0 converts, 0 refuses, 1 differs', '3 of 5 as the reference'])
})

test('words that make no command are answered with how to use it', async () => {
  for (const words of [[], ['convert'], ['conform'], ['turn', 'a'], ['conform', 'a', 'b'], ['convert', join(folder, 'none.md')]]) assert.equal((await run(...words)).code, 2, words.join(' '))
  assert.equal((await run('conform', file('d.jsonl', 'not json'))).code, 2)
})
