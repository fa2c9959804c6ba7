import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convert } from './convert.ts'
import { readMarkdown } from './workbook.ts'

const form = (md: string) => {
  const made = convert(readMarkdown(md))
  assert.ok(made.ok, JSON.stringify(made))
  return made
}
/** Says that a form holds each of these lines, whatever stands around them. */
const holds = (name: string, md: string, ...lines: readonly string[]) =>
  test(name, () => {
    const { xform } = form(md)
    for (const line of lines) assert.ok(xform.includes(line), `${line}\nis not in\n${xform}`)
  })
const choices = `
| choices |
| | list_name | name | label |
| | ya | 1 | Ya |
| | ya | 2 | Tidak |`

holds(
  'a trigger sets another question when an answer changes, seen from the question that changed',
  `| survey |
| | type | name | label | calculation | trigger |
| | begin_repeat | kelas | Kelas | | |
| | integer | hadir | Hadir | | |
| | dateTime | kapan | | now() + \${hadir} | \${hadir} |
| | text | catatan | Catatan | | \${hadir}, \${ulang} |
| | text | ulang | Ulang | | |
| | background-geopoint | titik | | | \${hadir} |
| | end_repeat | | | | |`,
  '<bind nodeset="/data/kelas/kapan" type="dateTime"/>',
  '<setvalue ref="/data/kelas/kapan" event="xforms-value-changed" value="now() +  ../hadir "/>',
  '<setvalue ref="/data/kelas/catatan" event="xforms-value-changed"/>',
  '<odk:setgeopoint ref="/data/kelas/titik" event="xforms-value-changed"/>',
)

holds(
  'a computed default is set when the record opens and in every new instance of a repeat',
  `| survey |
| | type | name | label | default |
| | text | a | A | \${b} + 1 |
| | date | b | B | 2026-11-25 |
| | begin_repeat | r | R | |
| | text | c | C | concat('x', \${d}) |
| | text | d | D | |
| | end_repeat | | | |
| | image | foto | Foto | peta.png |`,
  '<setvalue ref="/data/a" event="odk-instance-first-load" value=" /data/b  + 1"/>',
  '<b>2026-11-25</b>',
  '<setvalue ref="/data/r/c" event="odk-instance-first-load" value="concat(\'x\',  ../d )"/>',
  '<setvalue ref="/data/r/c" event="odk-new-repeat" value="concat(\'x\',  ../d )"/>',
  '<foto>jr://images/peta.png</foto>',
)

holds(
  'place and sound are taken when the record opens',
  `| survey |
| | type | name | parameters |
| | start-geopoint | mulai | |
| | background-audio | suara | quality=voice-only |`,
  '<odk:setgeopoint ref="/data/mulai" event="odk-instance-first-load"/>',
  '<bind nodeset="/data/suara" type="binary"/>',
  '<odk:recordaudio ref="/data/suara" event="odk-instance-load" odk:quality="voice-only"/>',
)

holds(
  'the audit log stands in the form\'s own data',
  `| survey |
| | type | name | label | parameters |
| | text | a | A | |
| | audit | | | location-priority=balanced location-min-interval=60 location-max-age=120 track-changes=true |`,
  '<bind nodeset="/data/meta/audit" type="binary" odk:location-priority="balanced" odk:location-min-interval="60" odk:location-max-age="120" odk:track-changes="true"/>',
)

holds(
  'a range steps exactly, labels its ticks, and is decimal when it must be',
  `| survey |
| | type | name | label | parameters | appearance |
| | range | a | A | start=0 end=1 step=0.1 tick_interval=0.5 placeholder=0.3 | vertical |
| | range | b | B | start=1 end=2 step=1 tick_labelset=ya | no-ticks |${choices}`,
  '<bind nodeset="/data/a" type="decimal"/>',
  'start="0" end="1" step="0.1" odk:tick-interval="0.5" odk:placeholder="0.3"',
  '<bind nodeset="/data/b" type="int"/>',
  `<range ref="/data/b" appearance="no-ticks" start="1" end="2" step="1">
      <label>B</label>
      <itemset nodeset="instance('ya')/root/item">`,
)

holds(
  'geo questions say how exact, whether in steps, and with which places to compare',
  `| survey |
| | type | name | label | parameters |
| | geopoint | a | A | capture-accuracy=5 warning-accuracy=20 allow-mock-accuracy=false |
| | geotrace | b | B | incremental=yes reference-geometry=ya |
| | begin_repeat | r | R | |
| | geopoint | geometry | G | |
| | end_repeat | | | |
| | geoshape | c | C | reference-geometry=\${r} |${choices}`,
  '<bind nodeset="/data/a" type="geopoint" odk:allow-mock-accuracy="false"/>',
  '<input ref="/data/a" accuracyThreshold="5" unacceptableAccuracyThreshold="20">',
  '<input ref="/data/b" incremental="true">',
  '<itemset nodeset="/data/r[./geometry != \'\']">',
)

holds(
  'or_other adds the choice and the question that asks which',
  `| survey |
| | type | name | label |
| | begin_group | g | G |
| | select_one ya or_other | a | A |
| | end_group | | |${choices}`,
  '<name>other</name>',
  '<bind nodeset="/data/g/a_other" type="string" relevant="selected(../a, \'other\')"/>',
  '<label>Specify other.</label>',
)

holds(
  'a table-list shows its selects as one table',
  `| survey |
| | type | name | label | appearance |
| | begin_group | g | G | table-list minimal |
| | select_one ya | a | A | |
| | select_one ya | b | B | |
| | end_group | | | |${choices}`,
  '<group appearance="field-list minimal" ref="/data/g">',
  '<input ref="/data/g/generated_table_list_label_2">',
  '<select1 ref="/data/g/reserved_name_for_field_list_labels_3" appearance="label">\n        <label> </label>',
  '<select1 ref="/data/g/b" appearance="list-nolabel">',
)

holds(
  'the record saved last can be read',
  `| survey |
| | type | name | label | default |
| | text | a | A | \${last-saved#a} |`,
  '<instance id="__last-saved" src="jr://instance/last-saved"/>',
  'value=" instance(\'__last-saved\')/data/a "',
)

holds(
  'choices come from a list, shuffled; from a file; and from earlier answers of a repeat',
  `| survey |
| | type | name | label | parameters | choice_filter |
| | select_one ya | a | A | randomize=true seed=\${n} | |
| | integer | n | N | | |
| | select_one_from_file kelas.geojson | b | B | | |
| | select_multiple_from_file lain.csv | c | C | value=kode label=nama | wil = \${n} |
| | begin_repeat | r | R | | |
| | text | nama | Nama | | |
| | end_repeat | | | | |
| | select_one \${nama} | d | D | | |
| | rank ya | e | E | | |${choices}`,
  'nodeset="randomize(instance(\'ya\')/root/item, /data/n)"',
  '<instance id="kelas" src="jr://file/kelas.geojson"/>',
  '<value ref="id"/>\n        <label ref="title"/>',
  '<itemset nodeset="instance(\'lain\')/root/item[wil =  /data/n ]">\n        <value ref="kode"/>\n        <label ref="nama"/>',
  '<itemset nodeset="/data/r[./nama != \'\']">\n        <value ref="nama"/>',
  '<odk:rank ref="/data/e">',
)

holds(
  'other data: attached files, pulldata, and a path that shows in a label',
  `| survey |
| | type | name | label | calculation |
| | csv-external | wilayah | | |
| | xml-external | daftar | | |
| | text | a | A | |
| | calculate | b | | pulldata('kelas', 'nama', 'kode', \${a}) |
| | note | c | Nama: instance('wilayah')/root/item[kode = \${a}]/nama . | |`,
  '<instance id="wilayah" src="jr://file-csv/wilayah.csv"/>',
  '<instance id="daftar" src="jr://file/daftar.xml"/>',
  '<instance id="kelas" src="jr://file-csv/kelas.csv"/>',
  'Nama: <output value="instance(\'wilayah\')/root/item[kode =  /data/a ]/nama"/> .',
)

holds(
  'settings that stand in the form',
  `| survey |
| | type | name | label | bind::esri:fieldType | body::esri:style | instance::odk:tag |
| | text | a | A | x | y | z |
| settings |
| | form_id | namespaces | attribute::esri:v | public_key | submission_url | auto_send | client_editable | style | instance_id | name |
| | f | esri="http://esri.com/xforms" | 2 | KEY | https://pantau.example/submission | true | yes | pages | uuid | kunjungan |`,
  'xmlns:esri="http://esri.com/xforms"',
  '<submission action="https://pantau.example/submission" method="post" base64RsaPublicKey="KEY" orx:auto-send="true" odk:client-editable="true"/>',
  '<kunjungan esri:v="2" id="f">',
  '<a odk:tag="z"/>',
  '<bind nodeset="/kunjungan/a" type="string" esri:fieldType="x"/>',
  '<input ref="/kunjungan/a" esri:style="y">',
  '<h:body class="pages">',
  'jr:preload="uuid"',
)

holds(
  'an entity is made from a repeat, where its answers are',
  `| survey |
| | type | name | label | save_to |
| | begin_repeat | peserta | Peserta | |
| | text | nama | Nama | nama_lengkap |
| | end_repeat | | | |
| entities |
| | list_name | label | create_if |
| | peserta | \${nama} | \${nama} != '' |`,
  'entities:entities-version="2025.1.0"',
  '<entity dataset="peserta" create="1" id="">',
  '<bind nodeset="/data/peserta/nama" type="string" entities:saveto="nama_lengkap"/>',
  '<bind nodeset="/data/peserta/meta/entity/@create" calculate=" ../../../nama  != \'\'" readonly="true()" type="string"/>',
  '<setvalue ref="/data/peserta/meta/entity/@id" event="odk-new-repeat" value="uuid()"/>',
)

holds(
  'an entity is changed, with the version it was read at',
  `| survey |
| | type | name | label | save_to |
| | select_one_from_file kelas.csv | kelas | Kelas | |
| | text | status | Status | kelas#status |
| | begin_group | g | G | |
| | text | lain | Lain | catatan#isi |
| | end_group | | | |
| entities |
| | list_name | entity_id | label |
| | kelas | \${kelas} | |
| | catatan | | Catatan |`,
  '<bind nodeset="/data/meta/entity/@baseVersion" calculate="instance(\'kelas\')/root/item[name= /data/kelas ]/__version" readonly="true()" type="string"/>',
  '<bind nodeset="/data/meta/entity/@id" calculate=" /data/kelas " readonly="true()" type="string"/>',
  '<entity dataset="catatan" create="1" id="">',
  '<bind nodeset="/data/g/meta/entity/@id" readonly="true()" type="string"/>',
)

test('select_one_external comes with its file of choices', () => {
  const { xform, files, itemsets } = form(`| survey |
| | type | name | label | choice_filter |
| | text | a | A | |
| | select_one_external desa | b | B | kec = \${a} |
| external_choices |
| | list_name | name | label | kec |
| | desa | x | "Desa" X | 1 |`)
  assert.ok(xform.includes('<input ref="/data/b" query="instance(\'desa\')/root/item[kec =  /data/a ]">'))
  assert.deepEqual(files, ['itemsets.csv'])
  assert.equal(itemsets, '"list_name","name","label","kec"\r\n"desa","x","""Desa"" X","1"\r\n')
})

test('words of the first XLSForms are still read', () => {
  const { items, title } = form(`| survey |
| | command | tag | caption | relevance |
| | form_title | Judul | | |
| | add location prompt | a | A | |
| | q date | b | B | yes |
| | get device id | c | | |
| | select1 ya | d | D | |
| | begin lgroup | e | E | |
| | phone number | f | F | |
| | end lgroup | | | |${choices}`)
  assert.deepEqual(items.map((i) => i.dataType), ['geopoint', 'date', 'string', 'string', 'repeat', 'string'])
  assert.equal(title, 'Judul')
})

test('warnings as pyxform warns, with their place', () => {
  const { warnings } = form(`| survey |
| | type | name | label::Indonesia (id) | label::Inggris | hint::Inggris | relevent | disabled |
| | image | a | A | A | | | |
| | begin_repeat | r | | | | | |
| | simserial | s | | | | | no |
| | text | S | S | S | | | |
| | end_repeat | | | | | | |
| | | | | | a remark | | |
| | select_one ya or_other | y | Y | Y | | | |
| setting |
| | form_id |
| | x |
| choices |
| | list_name | name | label | kata kunci |
| | ya | 1 | | |`)
  assert.deepEqual(
    warnings.map((w) => `${w.sheet} ${w.row ?? '-'} ${w.column ?? '-'} ${w.code}`),
    [
      'survey - - language.or_other',
      'survey 1 relevent column.unknown',
      'survey 1 - language.missing',
      'survey 1 - language.unknown_code',
      'survey 2 parameters image.no_max_pixels',
      'survey 3 label::Indonesia (id) repeat.no_label',
      'survey 4 disabled column.disabled',
      'survey 4 type type.deprecated',
      'survey 5 name name.case',
      'survey 7 type row.skipped',
      'choices 1 kata kunci choices.column_left_out',
      'choices 2 label choices.no_label',
      'settings - - sheet.near',
    ],
  )
})
