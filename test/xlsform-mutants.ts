import { strToU8, zipSync } from 'fflate'

/** Forms to spoil: between them every kind of column, type and sheet that the converter reads. */
const forms: readonly string[] = [
  `| survey |
| | type | name | label::Indonesia (id) | label::English (en) | hint | relevant | constraint | constraint_message::English (en) | required | calculation | choice_filter | parameters | appearance | repeat_count | default | trigger | media::image |
| | start | mulai | | | | | | | | | | | | | | | |
| | audit | | | | | | | | | | | location-priority=balanced location-min-interval=60 location-max-age=120 | | | | | |
| | begin_group | lokasi | Lokasi | Place | | | | | | | | | field-list | | | | |
| | select_one prov | provinsi | Provinsi | Province | | | | | yes | | | randomize=true seed=3 | minimal | | | | |
| | select_multiple kab or_other | kabupaten | Kabupaten | Regency | pilih | \${provinsi} != '' | | | | | | | | | | | peta.png |
| | geopoint | titik | Titik | Point | | | | | | | | capture-accuracy=5 | | | | | |
| | end_group | | | | | | | | | | | | | | | | |
| | begin_repeat | peserta | Peserta | Participant | | | | | | | | | | count(\${titik}) + 1 | | | |
| | integer | umur | Umur | Age | | | . > 0 and . < 100 | Above 0 \${umur} | | | | | | | | | |
| | select_one \${umur} | siapa | Siapa | Who | | | | | | | \${umur} > 3 | | | | | | |
| | text | nama | Nama \${umur} | Name | | | | | | | | rows=3 | | | \${last-saved#nama} | | |
| | calculate | total | | | | | | | | indexed-repeat(\${umur}, \${peserta}, 1) | | | | | | | |
| | end_repeat | | | | | | | | | | | | | | | | |
| | range | skala | Skala | Scale | | | | | | | | start=0 end=1 step=0.1 | vertical | | | | |
| | dateTime | kapan | | | | | | | | now() | | | | | | \${skala} | |
| choices |
| | list_name | name | label::Indonesia (id) | label::English (en) | media::image | prov |
| | prov | jabar | Jawa Barat | West Java | a.png | |
| | kab | bandung | Bandung | Bandung | | jabar |
| | kab | bogor | Bogor \${skala} | Bogor | | jabar |
| settings |
| | form_title | form_id | version | default_language | instance_name | namespaces | style |
| | Contoh | contoh | 3 | Indonesia (id) | \${provinsi} | esri="http://esri.com" | pages |`,
  `| survey |
| | type | name | label | save_to | bind::odk:x | body::odk:y | instance::odk:z | calculation |
| | csv-external | pohon | | | | | | |
| | select_one_from_file kelas.csv | kelas | Kelas | | a | b | c | |
| | begin_repeat | r1 | R | | | | | |
| | text | q1 | Q1 | jenis | | | | |
| | calculate | c1 | | tinggi | | | | pulldata('pohon', 'a', 'b', \${q1}) |
| | end_repeat | | | | | | | |
| | background-audio | suara | | | | | | |
| | image | foto | Foto \${kelas} instance('pohon')/root/item[name=\${kelas}]/label x | | | | | |
| entities |
| | list_name | label | entity_id | create_if | update_if |
| | pohon | \${q1} | \${q1} | true() | \${q1} != '' |`,
  `| survey |
| | type | name | label | appearance | parameters |
| | begin_group | tabel | Tabel | table-list | |
| | select_one ya | a | A | | |
| | select_one ya | b | B | | |
| | end_group | | | | |
| | rank ya | c | C | | |
| | geotrace | garis | Garis | | reference-geometry=ya incremental=true |
| choices |
| | list_name | name | label |
| | ya | 1 | Ya |
| | ya | 2 | Tidak |
| settings |
| | flat | client_editable | public_key |
| | no | yes | abc |`,
]

const nasty: readonly string[] = [
  '', ' ', '\u0000', '\ud800', '"', "'", '<', '&', ']]>', '<!DOCTYPE x>', '${', '${}', '${a', '${ a }', '${a}${b}', '${last-saved#}', '${constructor}', '__proto__', 'constructor',
  'toString', 'begin_group', 'end_group', 'begin_repeat', 'end repeat', 'begin loop over x', 'select_one', 'select_one x or_other', 'select_one_external x', 'rank', 'range', 'osm x', 'audit',
  'instance(', "instance('a')/root/item[", 'indexed-repeat(', 'indexed-repeat(${umur}, ${peserta}', 'pulldata(', "pulldata('x',", 'search(', 'a=b=c', '=', ',', ';', 'start=1e400', 'step=0', 'start=-1e30 end=1e30 step=1e-30',
  'meta', 'data', 'instanceID', 'entity', '1', '-1', 'é', '数', '👩‍🌾', 'a:b', 'a:b:c', 'xmlns', 'xml', '::', 'label::', 'bind::', 'bind::a b', 'media::x', 'jr:count', 'A'.repeat(300), '('.repeat(300), '['.repeat(300),
  '${umur}'.repeat(60), 'a#b#c', '#', 'yes', 'TRUE', 'table-list', '9'.repeat(50), '\n', '\t', '\\|', 'true()', '. > 0', 'concat(\'"\', ${umur})',
]

/** A generator of numbers in [0, 1) that repeats itself for a seed (mulberry32). */
const chance = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

type Grids = { name: string; grid: string[][] }[]
const parse = (text: string): Grids => {
  const grids: Grids = []
  for (const line of text.split('\n')) {
    const [first = '', ...rest] = line.replace(/^\||\|$/g, '').split('|').map((c) => c.trim())
    if (first !== '') grids.push({ name: first, grid: [] })
    else grids.at(-1)!.grid.push(rest)
  }
  return grids
}

const spoil = (grids: Grids, next: () => number): void => {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)]!
  const sheet = pick(grids)
  const row = pick(sheet.grid)
  if (!row || row.length === 0) return
  const column = Math.floor(next() * row.length)
  const other = pick(pick(grids).grid) ?? row
  const ways: readonly (() => void)[] = [
    () => void (row[column] = pick(nasty)),
    () => void (row[column] += pick(nasty)),
    () => void (row[column] = pick(other) ?? ''),
    () => void (row[column] = row[column]!.slice(0, Math.floor(next() * row[column]!.length))),
    () => void (row[column] = row[column]!.replace(/[a-z]/, pick([...'abcxyz_:-. ${}']))),
    () => void (sheet.grid[0]![column] = pick(nasty)),
    () => void sheet.grid.splice(Math.floor(next() * sheet.grid.length), 1),
    () => void sheet.grid.splice(Math.floor(next() * sheet.grid.length), 0, [...other]),
    () => void sheet.grid.push(...Array.from({ length: 1 + Math.floor(next() * 60) }, () => [...row])),
    () => void sheet.grid.forEach((r) => r.splice(column, 1)),
    () => void sheet.grid.sort(() => next() - 0.5),
    () => void (sheet.name = pick(['survey', 'choices', 'settings', 'entities', 'external_choices', 'survei', pick(nasty)])),
  ]
  pick(ways)()
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const letters = (n: number): string => (n < 26 ? '' : letters(Math.floor(n / 26) - 1)) + String.fromCharCode(65 + (n % 26))
const workbook = (grids: Grids): Uint8Array => {
  const cell = (text: string, r: number, c: number) => `<c r="${letters(c)}${r + 1}" t="inlineStr"><is><t>${escape(text)}</t></is></c>`
  const sheet = (grid: string[][]) =>
    `<worksheet><sheetData>${grid.map((row, r) => `<row r="${r + 1}">${row.map((text, c) => (text === '' ? '' : cell(text, r, c))).join('')}</row>`).join('')}</sheetData></worksheet>`
  return zipSync({
    'xl/workbook.xml': strToU8(`<workbook xmlns:r="r"><sheets>${grids.map((g, i) => `<sheet name="${escape(g.name)}" r:id="r${i}"/>`).join('')}</sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': strToU8(`<Relationships>${grids.map((_, i) => `<Relationship Id="r${i}" Target="worksheets/s${i}.xml"/>`).join('')}</Relationships>`),
    ...Object.fromEntries(grids.map((g, i) => [`xl/worksheets/s${i}.xml`, strToU8(sheet(g.grid))])),
  }, { level: 1 })
}

/** A spoilt form, always the same for a seed: a workbook, a markdown table or a CSV, with faults in its cells or in its bytes. */
export const mutant = (seed: number): { name: string; bytes: Uint8Array } => {
  const next = chance(seed)
  const grids = parse(forms[Math.floor(next() * forms.length)]!)
  const faults = Math.floor(next() * 6)
  for (let i = 0; i < faults; i++) spoil(grids, next)
  for (const g of grids) g.grid = g.grid.map((row) => Array.from(row, (c) => c ?? ''))
  const kind = ['xlsx', 'md', 'csv'][seed % 3]!
  const line = (cells: readonly string[]): string => `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`
  const text = {
    md: () => grids.map((g) => [line([g.name]), ...g.grid.map((r) => line(['', ...r]))].join('\n')).join('\n'),
    csv: () => grids.map((g) => [g.name, ...g.grid.map((r) => ['', ...r].map((c) => `"${c.replaceAll('"', '""')}"`).join(','))].join('\n')).join('\n'),
  }
  const bytes = kind === 'xlsx' ? workbook(grids) : strToU8(text[kind as 'md' | 'csv']())
  const broken = next() < 0.15 ? 1 + Math.floor(next() * 20) : 0
  for (let i = 0; i < broken; i++) bytes[Math.floor(next() * bytes.length)] = Math.floor(next() * 256)
  return { name: `form.${kind}`, bytes: next() < 0.03 ? bytes.slice(0, Math.floor(next() * bytes.length)) : bytes }
}
