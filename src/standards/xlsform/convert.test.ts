import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convert, type Conversion } from './convert.ts'
import { readMarkdown } from './workbook.ts'

const made = (md: string): Extract<Conversion, { ok: true }> => {
  const result = convert(readMarkdown(md))
  assert.ok(result.ok, JSON.stringify(result))
  return result
}
const refused = (md: string) => {
  const result = convert(readMarkdown(md))
  assert.ok(!result.ok)
  return result.errors
}

const form = `
| survey |
| | type | name | label::Indonesia (id) | label::English (en) | relevant | constraint | constraint_message::Indonesia (id) | constraint_message::English (en) | required | calculation | choice_filter | parameters | appearance | repeat_count | code | item_tag |
| | start | start | | | | | | | | | | | | | | |
| | begin_group | lokasi | Lokasi | Place | | | | | | | | | | | | |
| | select_one prov | provinsi | Provinsi | Province | | | | | yes | | | | minimal | | | |
| | select_one kab | kabupaten | Kabupaten | Regency | \${provinsi} != '' | | | | | | prov = \${provinsi} | | | | | |
| | image | foto | Foto | Photo | | | | | | | | max-pixels=1600 | | | | |
| | end_group | | | | | | | | | | | | | | | |
| | begin_repeat | peserta | Peserta | Participant | | | | | | | | | | 2 | W01 | compliance |
| | integer | umur | Umur | Age | | . > 0 | Lebih dari 0 | Above 0 | | | | | | | W01 | |
| | note | ulang | Umur \${umur} | Age \${umur} | \${umur} > 10 | | | | | | | | | | | |
| | end_repeat | | | | | | | | | | | | | | | |
| | calculate | n | | | | | | | | count(\${peserta}) | | | | | | |
| choices |
| | list_name | name | label::Indonesia (id) | label::English (en) | prov |
| | prov | jabar | Jawa Barat | West Java | |
| | kab | bandung | Bandung | Bandung | jabar |
| settings |
| | form_title | form_id | version | default_language | instance_name |
| | Contoh | contoh | 3 | Indonesia (id) | \${provinsi} |`

test('a form comes out as pyxform writes it: binds, choices, repeats, translations, paths', () => {
  const { xform, formId, version, title, languages } = made(form)
  assert.deepEqual([formId, version, title, languages], ['contoh', '3', 'Contoh', ['Indonesia (id)', 'English (en)']])
  for (const line of [
    '<translation lang="Indonesia (id)" default="true()">',
    '<text id="/data/peserta/umur:jr:constraintMsg">',
    '<data id="contoh" version="3">',
    '<peserta jr:template="">',
    '<instance id="kab">',
    '<itextId>kab-0</itextId>',
    '<prov>jabar</prov>',
    '<bind nodeset="/data/start" jr:preload="timestamp" type="dateTime" jr:preloadParams="start"/>',
    '<bind nodeset="/data/lokasi/provinsi" type="string" required="true()"/>',
    '<bind nodeset="/data/lokasi/kabupaten" type="string" relevant=" /data/lokasi/provinsi  != \'\'"/>',
    '<bind nodeset="/data/lokasi/foto" type="binary" orx:max-pixels="1600"/>',
    '<bind nodeset="/data/peserta_count" type="string" readonly="true()" calculate="2"/>',
    '<bind nodeset="/data/peserta/umur" type="int" constraint=". &gt; 0" jr:constraintMsg="jr:itext(\'/data/peserta/umur:jr:constraintMsg\')"/>',
    '<bind nodeset="/data/peserta/ulang" readonly="true()" type="string" relevant=" ../umur  &gt; 10"/>',
    '<bind nodeset="/data/n" type="string" calculate="count( /data/peserta )"/>',
    '<bind nodeset="/data/meta/instanceName" type="string" calculate=" /data/lokasi/provinsi "/>',
    '<select1 ref="/data/lokasi/provinsi" appearance="minimal">',
    '<itemset nodeset="instance(\'kab\')/root/item[prov =  /data/lokasi/provinsi ]">',
    '<repeat nodeset="/data/peserta" jr:count=" /data/peserta_count ">',
    '<value> Umur <output value=" ../umur "/> </value>',
  ])
    assert.ok(xform.includes(line), line)
})

test('the same workbook gives the same bytes', () => assert.equal(made(form).xform, made(form).xform))

test('extra columns do not touch the form and come back with the items', () => {
  const result = made(form)
  assert.ok(!result.xform.includes('W01'))
  const [repeat, age] = result.items.filter((i) => i.code === 'W01')
  assert.deepEqual([repeat!.name, repeat!.kind, repeat!.tag], ['peserta', 'repeat', 'compliance'])
  assert.deepEqual([age!.path, age!.dataType, age!.repeats], ['/data/peserta/umur', 'int', ['peserta']])
  assert.deepEqual(result.items.find((i) => i.name === 'provinsi')!.choices, [
    { name: 'jabar', labels: { 'Indonesia (id)': 'Jawa Barat', 'English (en)': 'West Java' } },
  ])
})

test('a select from a file names the file and reads its columns', () => {
  const { xform, files, items } = made(
    "| survey |\n| | type | name | label | calculation |\n| | select_one_from_file kelas.csv | kelas | K | |\n| | calculate | lp | | instance('kelas')/root/item[name=${kelas}]/lp |",
  )
  assert.deepEqual(files, ['kelas.csv'])
  assert.equal(items[0]!.file, 'kelas.csv')
  assert.ok(xform.includes('<instance id="kelas" src="jr://file-csv/kelas.csv"/>'))
  assert.ok(xform.includes(`calculate="instance('kelas')/root/item[name= /data/kelas ]/lp"`))
})

test('every fault is reported at once, with sheet, row, column and a suggestion', () => {
  const errors = refused(`
| survey |
| | type | name | label | relevant | trigger |
| | txt | a | A | | |
| | select_one ya_tidk | b | B | \${aa} = 1 | |
| | text | 1c | C | | |
| | text | d | | | |
| | text | d | D | | \${bb} |
| | begin_group | g | G | | |
| choices |
| | list_name | name | label |
| | ya_tidak | ya | Ya |
| | ya_tidak | ya | Ya |`)
  assert.deepEqual(
    errors.map((e) => [e.sheet, e.row, e.column, e.code]),
    [
      ['survey', 2, 'type', 'type.unknown'],
      ['survey', 3, 'type', 'choices.unknown_list'],
      ['survey', 3, 'relevant', 'reference.unknown'],
      ['survey', 4, 'name', 'name.invalid'],
      ['survey', 5, 'label', 'label.missing'],
      ['survey', 6, 'name', 'name.duplicate'],
      ['survey', 6, 'trigger', 'reference.unknown'],
      ['survey', 7, 'type', 'group.unmatched_begin'],
      ['choices', 3, 'name', 'choices.duplicate'],
    ],
  )
  assert.match(errors[0]!.message.id, /Mungkin maksud Anda "text"\?/)
  assert.match(errors[1]!.message.en, /Did you mean "ya_tidak"\?/)
})

test('what is not supported is refused by name, never dropped', () => {
  const one = (type: string) =>
    refused(
      `| survey |\n| | type | name | label |\n| | ${type} | a | A |\n| choices |\n| | list_name | name | label |\n| | l | x | X |`,
    )[0]!.code
  assert.equal(one('osm jalan'), 'type.unsupported')
  assert.equal(one('begin loop over l'), 'type.unsupported')
  assert.equal(one('include x'), 'type.unsupported')
  assert.equal(one('select_one_from_file kelas'), 'file.extension')
  const search = refused("| survey |\n| | type | name | label | appearance |\n| | select_one l | a | A | search('x') |\n| choices |\n| | list_name | name | label |\n| | l | x | X |")
  assert.deepEqual([search[0]!.code, search[0]!.column], ['appearance.unsupported', 'appearance'])
  assert.match(refused('| surveys |\n| | type |\n| | text |')[0]!.message.en, /Did you mean "surveys"\?/)
})

test('a tag column would be read as the name, as XLSForm has it', () => {
  assert.deepEqual(
    refused('| survey |\n| | type | name | tag | label |\n| | text | a | b | A |').map((e) => e.code),
    ['header.duplicate'],
  )
})
