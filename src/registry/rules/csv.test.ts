import assert from 'node:assert/strict'
import test from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { classRunColumns, classRunDigest, classRunLine, classRunReader, modes, platformWords, type ClassRunLookups, type ClassRunRow } from './csv-class-runs.ts'
import { csvLine, detectDelimiter, parserError, parserOptions, startLine, type ImportError, type RawRecord } from './csv-fields.ts'
import { importMessage, importMessages } from './import-messages.ts'
import { partners } from './partners.ts'

const lookups: ClassRunLookups = {
  providers: new Map([['LP-1', { homeRegency: '32.73' }], ['LP-2', { homeRegency: '91.71' }], ['LP-0', { homeRegency: null }]]),
  platforms: platformWords(partners.filter((p) => p.kind === 'digital_platform')),
  regencies: new Set(['32.73', '91.71', '53.71']),
  trainings: new Map([
    ['C-webinar', { providerCode: 'LP-1', mode: 'webinar' }], ['C-onsite', { providerCode: 'LP-1', mode: 'onsite' }], ['C-selfPaced', { providerCode: 'LP-2', mode: 'selfPaced' }],
  ]),
}

/** As the import does it: parse, keep the line on which a record begins. */
const records = (text: string): RawRecord[] =>
  (parse(text, { ...parserOptions, delimiter: detectDelimiter(text.split('\n', 1)[0] ?? '') }) as unknown as
    { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({ line: startLine(info.lines, record), cells: record }))

const readAll = (text: string) => {
  const [header, ...rest] = records(text)
  const reader = classRunReader(header?.cells ?? [], lookups)
  const rows: ClassRunRow[] = []
  const errors: ImportError[] = [...reader.errors]
  for (const record of reader.errors.length > 0 ? [] : rest) {
    const outcome = reader.read(record)
    if (outcome.row) rows.push(outcome.row)
    errors.push(...outcome.errors)
  }
  return { rows, errors }
}

const text = fc.stringMatching(/^[A-Za-zé'",;.() =+@-]{1,30}$/).map((s) => s.trim()).filter((s) => s !== '')
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const day = fc.integer({ min: 0, max: 700 }).map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10))
const row = fc.record({
  mode: fc.constantFrom(...modes), from: day, length: fc.integer({ min: 0, max: 40 }), plannedParticipants: fc.integer({ min: 1, max: 900 }),
  spare: fc.integer({ min: 0, max: 50 }), price: maybe(fc.integer({ min: 0, max: 5_000_000 })), venue: maybe(text), address: text, breakLine: fc.boolean(), trainerName: maybe(text),
  contactName: maybe(text), platformCode: maybe(fc.constantFrom('tokopedia', 'kariermu')), position: maybe(fc.tuple(fc.integer({ min: -1100, max: 600 }), fc.integer({ min: 9500, max: 14100 }))),
}).map((x): Omit<ClassRunRow, 'scheduleCode'> => ({
  courseCode: `C-${x.mode}`, courseTitle: null, mode: x.mode, providerCode: x.mode === 'selfPaced' ? 'LP-2' : 'LP-1', platformCode: x.platformCode, regencyCode: '53.71',
  startsOn: x.from, endsOn: new Date(Date.parse(x.from) + x.length * 86_400_000).toISOString().slice(0, 10), plannedParticipants: x.plannedParticipants,
  quota: x.plannedParticipants + x.spare, price: x.price, venue: x.venue, address: x.breakLine ? `${x.address}\nRT 01` : x.address,
  latitude: x.position && x.position[0] / 100, longitude: x.position && x.position[1] / 100, meetingUrl: 'https://rapat.example/a', contactName: x.contactName,
  contactPhone: '+62 000-0012-3456', trainerName: x.trainerName,
}))
const file = fc.array(row, { minLength: 1, maxLength: 30 }).map((rows): ClassRunRow[] => rows.map((r, i) => ({ ...r, scheduleCode: `S-${i}` })))
const header = csvLine(classRunColumns)

test('what is written is read again, row by row, with the same digest; a BOM, CRLF and mixed line ends change nothing', () => {
  fc.assert(fc.property(file, fc.boolean(), (rows, windows) => {
    const out = `${windows ? '\uFEFF' : ''}${[header, ...rows.map(classRunLine)].join(windows ? '\r\n' : '\n')}\n`
    const { rows: read, errors } = readAll(out)
    assert.deepEqual(errors, [])
    assert.deepEqual(read, rows)
    assert.deepEqual(read.map(classRunDigest), rows.map(classRunDigest))
  }))
})

test('the digest tells any change of content', () => {
  fc.assert(fc.property(row, row, (a, b) => {
    const [x, y] = [{ ...a, scheduleCode: 'S' }, { ...b, scheduleCode: 'S' }]
    assert.equal(classRunDigest(x) === classRunDigest(y), JSON.stringify(x) === JSON.stringify(y))
  }))
})

/** One fault each: the cell to spoil, with what, and what must be said of it (in which column). */
const faults: readonly (readonly [column: string, value: string, code: string, said?: string])[] = [
  ['schedule_code', '', 'import.required'], ['schedule_code', '=HYPERLINK("x")', 'import.formula'], ['schedule_code', 'a b', 'import.code'], ['schedule_code', '@SUM', 'import.formula'],
  ['schedule_code', 'S'.repeat(65), 'import.too_long'], ['course_code', '', 'import.required'], ['course_code', 'C-none', 'import.unknown_training'], ['course_code', '-1', 'import.formula'],
  ['provider_code', 'LP-9', 'import.unknown_provider'], ['provider_code', 'LP-0', 'import.provider_not_of_training'], ['course_type', 'BLENDED', 'import.mode_unknown'], ['course_type', '', 'import.required'],
  ['course_learning_method', 'HYPNOSIS', 'import.mode_unknown'], ['dp_platform', 'Tokopidia', 'import.unknown_platform'], ['regency_code', '99.99', 'import.unknown_regency'],
  ['starts_on', '23/11/2026', 'import.day'], ['starts_on', '2026-02-30', 'import.day'], ['starts_on', '', 'import.required'], ['ends_on', '2019-01-01', 'import.day_order'],
  ['ends_on', '2099-01-01', 'import.run_too_long'], ['schedule_start_end', 'besok', 'import.day_range'], ['schedule_start_end', '2019-01-01/2019-01-02', 'import.day_conflict'],
  ['planned_participants', '', 'import.required'], ['planned_participants', '1.000', 'import.whole_number'], ['planned_participants', '0', 'import.range'],
  ['planned_participants', '99999', 'import.planned_above_quota'], ['quota', 'banyak', 'import.whole_number'], ['price', 'Rp1', 'import.whole_number'], ['price', '-5', 'import.range'],
  ['latitude', '-6,2', 'import.decimal_number'], ['latitude', '62', 'import.range'], ['longitude', '-70', 'import.range'], ['meeting_url', 'http://rapat.example/a', 'import.url'],
  ['meeting_url', 'javascript:alert(1)', 'import.url'], ['contact_phone', 'telepon saja', 'import.phone'], ['venue', 'v'.repeat(201), 'import.too_long'],
  ['contact_name', 'An\u0007i', 'import.control_character'], ['trainer_name', 'Ren\uFFFD', 'import.encoding'],
]

test('every planted fault is named on its exact line and column, and nothing else is', () => {
  const plant = fc.tuple(file, fc.infiniteStream(fc.tuple(fc.boolean(), fc.nat(faults.length - 1))))
  fc.assert(fc.property(plant, ([rows, choices]) => {
    const lines = [header]
    const expected: string[] = []
    for (const r of rows) {
      const [spoil, which] = choices.next().value as [boolean, number]
      const line = lines.join('\n').split('\n').length + 1
      if (!spoil) { lines.push(classRunLine(r)); continue }
      const [column, value, code] = faults[which] as (typeof faults)[number]
      const good = column === 'latitude' || column === 'longitude' ? { ...r, latitude: -6, longitude: 106 } : r
      const cells = (parse(classRunLine(good)) as string[][])[0] as string[]
      cells[classRunColumns.indexOf(column as (typeof classRunColumns)[number])] = value
      lines.push(csvLine(cells))
      expected.push(`${line} ${column} ${code}`)
    }
    assert.deepEqual(readAll(`${lines.join('\n')}\n`).errors.map((e) => `${e.line} ${e.column} ${e.code}`), expected)
  }), { numRuns: 300 })
})

const small = (...lines: string[]) => readAll(['schedule_code;course_code;course_title;course_type;provider_code;starts_on;ends_on;planned_participants;address;regency_code;course_learning_method', ...lines].join('\n'))

test('several faults of one line are all named', () => {
  const { errors, rows } = small('=1;;;BLENDED;LP-9;x;y;0;;;')
  assert.deepEqual(errors.map((e) => e.column).sort(), ['course_code', 'course_type', 'ends_on', 'planned_participants', 'provider_code', 'schedule_code', 'starts_on'])
  assert.deepEqual(rows, [])
})

test('a duplicate names the first line; a semicolon file from a spreadsheet is read', () => {
  const line = 'A;C-webinar;;WEBINAR;LP-1;2026-11-23;2026-11-27;30;;;'
  assert.deepEqual(small(line, line, line).errors.map((e) => [e.line, e.code, e.values.first]), [[3, 'import.duplicate', 2], [4, 'import.duplicate', 2]])
})

test('a webinar without regency is held at the provider’s home; an onsite run needs its own place', () => {
  const { rows, errors } = small('A;C-webinar;;WEBINAR;LP-1;2026-11-23;2026-11-27;30;;;', 'B;C-onsite;;OFFLINE;LP-1;2026-11-23;2026-11-27;30;;;', 'C;N;Baru;SPL;LP-0;2026-11-23;2026-11-27;30;;;')
  assert.deepEqual(rows.map((r) => r.regencyCode), ['32.73'])
  assert.deepEqual(errors.map((e) => [e.line, e.column]), [[3, 'regency_code'], [3, 'address'], [4, 'regency_code']])
  assert.equal(small('A;C-onsite;;Luring;LP-1;2026-11-23;2026-11-27;30;Jl. A;5371;').rows[0]?.regencyCode, '53.71')
})

test('an unknown training is created only with a title, and one file cannot tell two stories about it', () => {
  const { rows, errors } = small('A;N1;Dasar Las;OFFLINE;LP-1;2026-11-23;2026-11-27;30;Jl. A;32.73;', 'B;N1;;OFFLINE;LP-1;2026-11-23;2026-11-27;30;Jl. A;32.73;',
    'C;N1;Las Lanjut;OFFLINE;LP-1;2026-11-23;2026-11-27;30;Jl. A;32.73;', 'D;N2;;OFFLINE;LP-1;2026-11-23;2026-11-27;30;Jl. A;32.73;')
  assert.deepEqual(rows.map((r) => [r.scheduleCode, r.courseTitle]), [['A', 'Dasar Las'], ['B', null]])
  assert.deepEqual(errors.map((e) => [e.line, e.code, e.values.first ?? null]), [[4, 'import.training_conflict', 2], [5, 'import.unknown_training', null]])
})

test('modes: type and method must agree, and the registered training’s mode stands', () => {
  const codes = (type: string, method: string, course = 'C-webinar') => small(`A;${course};;${type};LP-1;2026-11-23;2026-11-27;30;Jl. A;32.73;${method}`).errors.map((e) => e.code)
  assert.deepEqual(codes('webinar', 'synchronous'), [])
  assert.deepEqual(codes('', 'WEBINAR'), [])
  assert.deepEqual(codes('SPL', 'WEBINAR'), ['import.mode_conflict'])
  assert.deepEqual(codes('OFFLINE', ''), ['import.mode_not_of_training'])
})

test('the header: missing, doubled and mistyped columns are refused by name', () => {
  const { errors } = readAll('schedule_code,course_code,course_code,provider_kode,course_type_label\n')
  assert.deepEqual(errors.map((e) => `${e.column} ${e.code}`), ['course_code import.column_twice', 'provider_kode import.column_unknown', 'provider_code import.column_missing', 'planned_participants import.column_missing'])
})

test('a ragged and an endless line are refused whole', () => {
  assert.deepEqual(small('A;C-webinar').errors.map((e) => [e.line, e.column, e.code]), [[2, null, 'import.cell_count']])
  assert.deepEqual(small(`A;C-webinar;"${'x'.repeat(9000)}";WEBINAR;LP-1;2026-11-23;2026-11-27;30;;;`).errors.map((e) => e.code), ['import.record_too_long'])
})

test('a quote that is not closed is told by the line, not thrown at the reader', () => {
  for (const [broken, code] of [['A;"B"x;C\n', 'import.quotes'], [`A;"${'x\n'.repeat(40_000)}`, 'import.record_too_long']] as const) {
    try {
      small(broken)
      assert.fail('the parser accepted it')
    } catch (error) {
      const { code: parser, lines } = error as { code: string; lines: number }
      assert.match(parser, /^CSV_/)
      assert.equal(parserError(parser, lines).code, code)
    }
  }
})

test('the delimiter is the one outside quotes', () => {
  assert.equal(detectDelimiter('a,b,c'), ',')
  assert.equal(detectDelimiter('a;b;c'), ';')
  assert.equal(detectDelimiter('"a;b;c;d",e'), ',')
})

test('every sentence is filled in both languages from the values of its error', () => {
  const lines = faults.map(([column, value], i) => {
    const r: ClassRunRow = { scheduleCode: `S-${i}`, courseCode: 'C-webinar', courseTitle: null, mode: 'webinar', providerCode: 'LP-1', platformCode: 'pintar', regencyCode: '32.73', startsOn: '2026-11-23', endsOn: '2026-11-27', plannedParticipants: 10, quota: 10, price: 1, venue: null, address: null, latitude: -6, longitude: 106, meetingUrl: null, contactName: null, contactPhone: null, trainerName: null }
    const cells = (parse(classRunLine(r)) as string[][])[0] as string[]
    cells[classRunColumns.indexOf(column as (typeof classRunColumns)[number])] = value
    return csvLine(cells)
  })
  const { errors } = readAll([header, ...lines].join('\n'))
  assert.equal(errors.length, faults.length)
  for (const e of errors) for (const language of ['id', 'en'] as const) assert.doesNotMatch(importMessage(e, language), /\{\w+\}/, e.code)
  const places = (s: string) => [...new Set(s.match(/\{\w+\}/g) ?? [])].sort()
  for (const code of Object.keys(importMessages.id) as (keyof typeof importMessages.id)[]) assert.deepEqual(places(importMessages.id[code]), places(importMessages.en[code]), code)
})
