import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convert } from './convert.ts'
import { errorSentences } from './sentences.ts'
import { readMarkdown } from './workbook.ts'

const lists = `
| choices |
| | list_name | name | label |
| | ya | 1 | Ya |
| | ya | 2 | Tidak |
| | dua kata | a b | A |`
/** A survey of these rows; columns: type, name, label and one more. */
const survey = (column: string, ...rows: readonly string[]): string =>
  `| survey |\n| | type | name | label | ${column} |\n${rows.map((r) => `| | ${r} |`).join('\n')}`

/** [form, where and why]: `sheet row column code`. */
const cases: readonly (readonly [string, string])[] = [
  [survey('parameters', 'range | a | A | start=x'), 'survey 2 parameters range.not_a_number'],
  [survey('parameters', 'range | a | A | step=0'), 'survey 2 parameters range.zero'],
  [survey('parameters', 'range | a | A | start=1 end=2 step=5'), 'survey 2 parameters range.too_large'],
  [survey('parameters', 'range | a | A | start=0 end=1 step=0.3 placeholder=0.5'), 'survey 2 parameters range.not_a_multiple'],
  [survey('parameters', 'range | a | A | placeholder=11'), 'survey 2 parameters range.outside'],
  [survey('parameters', 'range | a | A | tick_labelset=yaa') + lists, 'survey 2 parameters range.no_labels'],
  [survey('parameters', 'range | a | A | start=2 end=5 tick_labelset=ya') + lists, 'survey 2 parameters range.label_outside'],
  [survey('parameters', 'geotrace | a | A | incremental=no'), 'survey 2 parameters parameters.value'],
  [survey('parameters', 'geopoint | a | A | reference-geometry=yo') + lists, 'survey 2 parameters parameters.geometry'],
  [survey('parameters', 'geoshape | a | A | capture-accuracy=3'), 'survey 2 parameters parameters.unknown'],
  [survey('parameters', 'text | a | A | rows=3=4'), 'survey 2 parameters parameters.invalid'],
  [survey('parameters', 'select_one ya | a | A | seed=3') + lists, 'survey 2 parameters parameters.seed'],
  [survey('parameters', 'image | a | A | app=satu'), 'survey 2 parameters parameters.value'],
  [survey('parameters', 'text | t | T |', 'audit | log | | '), 'survey 3 name audit.name'],
  [survey('parameters', 'audit | | | location-priority=balanced'), 'survey 2 parameters audit.location'],
  [survey('trigger', 'text | a | A |', 'text | b | B | a'), 'survey 3 trigger reference.malformed'],
  [survey('trigger', 'text | a | A |', 'text | c | C |', 'text | b | B | ${a} ${c}'), 'survey 4 trigger trigger.comma'],
  [survey('trigger', 'begin_group | g | G |', 'text | b | B | ${g}', 'end_group | | |'), 'survey 3 trigger reference.unknown'],
  [survey('trigger', 'background-geopoint | a | |'), 'survey 2 trigger trigger.missing'],
  [survey('calculation | trigger', 'calculate | a | | 1 + 1 |', 'text | b | B | now() | ${a}'), 'survey 3 trigger trigger.hidden'],
  [survey('relevant', 'csv-external | a | |', 'text | b | B | ${a} = 1'), 'survey 3 relevant reference.not_a_question'],
  [survey('relevant', 'begin_group | g | G |', 'text | a | A |', 'end_group | | |', 'text | a | B |', 'text | b | B | ${a} = 1'), 'survey 6 relevant reference.ambiguous'],
  [survey('choice_filter', 'select_one ya or_other | a | A | x = 1') + lists, 'survey 2 choice_filter choices.or_other'],
  [survey('appearance', 'begin_group | g | G | table-list', 'select_one ya | a | A |', 'select_one dua | b | B |', 'end_group | | |') + lists, 'survey 4 type choices.unknown_list'],
  [survey('hint', 'select_multiple ya | a | A |') + lists.replace('| ya | 2 |', '| ya | 2 3 |'), 'choices 3 name choices.space'],
  [survey('bind::a b', 'text | a | A | x'), 'survey 2 bind::a b column.not_an_attribute'],
  [survey('body::esri:style', 'text | a | A | x'), 'survey 2 body::esri:style column.not_an_attribute'],
  [survey('media::gambar', 'text | a | A | x.png'), 'survey 2 media::gambar media.unknown'],
  [survey('relevant::English (en)', 'text | a | A | x'), 'survey 2 relevant::English (en) column.not_translated'],
  [survey('bind::type', 'select_one ya | a | A | int') + lists, 'survey 2 bind::type bind.type'],
  [survey('save_to', 'text | a | A | x'), 'survey 2 save_to entity.save_without'],
  [`${survey('save_to', 'text | a | A | label')}\n| entities |\n| | list_name | label |\n| | e | \${a} |`, 'survey 2 save_to entity.save_name'],
  [`${survey('hint', 'text | a | A |')}\n| entities |\n| | list_name | labl |\n| | e | x |`, 'entities 1 labl entity.column'],
  [`${survey('hint', 'text | a | A |')}\n| entities |\n| | list_name | update_if |\n| | e | x |`, 'entities 2 entity_id entity.no_id'],
  [`${survey('hint', 'text | a | A |')}\n| entities |\n| | list_name | label |\n| | e | x |\n| | f | y |`, 'entities 3 list_name entity.no_room'],
  [`${survey('save_to', 'begin_repeat | r | R |', 'text | a | A | x', 'end_repeat | | |', 'text | b | B | y')}\n| entities |\n| | list_name | label |\n| | e | x |`, 'survey 5 save_to entity.save_scope'],
  [`${survey('hint', 'text | a | A |')}\n| settings |\n| | omit_instanceID | public_key |\n| | yes | K |`, 'settings 2 omit_instanceID settings.encrypted_without_id'],
  [`${survey('hint', 'text | a | A |')}\n| settings |\n| | name |\n| | dua kata |`, 'settings 2 name settings.form_name'],
  [survey('hint', 'constructor | a | A |'), 'survey 2 type type.unknown'],
  [survey('parameters', 'text | a | A | constructor=1'), 'survey 2 parameters parameters.unknown'],
  ['| survey |\n| | type | name | label | label |\n| | text | a | A | B |', 'survey 1 label header.duplicate'],
  [survey('hint', ...Array.from({ length: 60 }, (_, i) => `begin_group | g${i} | G |`), ...Array.from({ length: 60 }, () => 'end_group | | |')), 'survey 42 type group.too_deep'],
]

for (const [md, expected] of cases) {
  test(`refused: ${expected}`, () => {
    const made = convert(readMarkdown(md))
    assert.ok(!made.ok, 'was converted')
    const said = made.errors.map((e) => `${e.sheet} ${e.row ?? '-'} ${e.column ?? '-'} ${e.code}`)
    assert.ok(said.includes(expected), said.join('\n'))
  })
}

test('a slip is answered with the word that was meant', () => {
  const says = (md: string): string => {
    const made = convert(readMarkdown(md))
    return made.ok ? '' : made.errors.map((e) => e.message.id).join(' ')
  }
  assert.match(says(survey('relevant', 'text | nama | A |', 'text | b | B | ${nma} = 1')), /Mungkin maksud Anda "nama"\?/)
  assert.match(says(survey('hint', 'select_oen ya | a | A |') + lists), /Mungkin maksud Anda "select_one"\?/)
  assert.match(says(survey('parameters', 'image | a | A | max-pixel=3')), /Mungkin maksud Anda "max-pixels"\?/)
  assert.match(says(`${survey('save_to', 'text | a | A | kelaz#x')}\n| entities |\n| | list_name | label |\n| | kelas | x |\n| | lain | y |`), /Mungkin maksud Anda "kelas"\?/)
})

test('every refusal is said in both languages, with what to do', () => {
  for (const [code, [id, en]] of Object.entries(errorSentences)) {
    assert.notEqual(id, en, code)
    const places = (text: string) => [...text.matchAll(/(?<!\$)\{\w+\}/g)].map((m) => m[0]).sort().join()
    assert.equal(places(id), places(en), code)
    // A remedy is a second sentence, a list of what is allowed, or the rule itself ("must be a number").
    assert.match(en, /\. [A-Z"]|: |must|;/, code)
  }
})
