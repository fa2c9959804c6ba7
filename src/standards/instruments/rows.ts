/** Item tables → rows of the survey sheet. One function per kind of answer; the item pages read like the printed instrument. */

/** Indonesian, English. */
export type Say = readonly [id: string, en: string]
export type SurveyRow = Readonly<Record<string, string>>
type Tag = 'compliance' | 'quality' | 'none'

/** What every item says about itself; `layers` in the letters of the printed instrument (Expert Internal Participant provider(L) platform(D)). */
export interface About {
  readonly code: string
  readonly tag: Tag
  readonly ask: Say
  readonly hint?: Say
  readonly layers: string
  readonly basis: string
  readonly norm?: string
  readonly criterion?: string
  readonly rule?: string
}

/** One question of an item with several. */
export interface Part {
  readonly suffix: string
  readonly type: string
  readonly ask: Say
  readonly hint?: Say
  readonly constraint?: readonly [expression: string, ...say: Say]
  readonly relevant?: string
  readonly calculation?: string
  readonly appearance?: string
  readonly optional?: boolean
}

const layerNames: Readonly<Record<string, string>> = { E: 'expert', I: 'internal', P: 'participant', L: 'provider', D: 'platform' }
export const layersOf = (letters: string): string =>
  letters
    .split(' ')
    .map((l) => layerNames[l]!)
    .join(' ')

export const say = (column: string, text: Say | undefined): Record<string, string> =>
  text === undefined ? {} : { [`${column}::Indonesia (id)`]: text[0], [`${column}::English (en)`]: text[1] }

/** Shown only to the layers that observe the item; further conditions are joined. */
const relevantFor = (about: About, ...conditions: (string | undefined)[]): string =>
  [`selected('${layersOf(about.layers)}', \${layer})`, ...conditions.filter((c) => c !== undefined).map((c) => `(${c})`)].join(' and ')

const names = (code: string): string => code.toLowerCase()

/** The item's own columns stand on its first row; every row carries the code. */
const identity = (about: About): SurveyRow => ({
  code: about.code,
  item_tag: about.tag,
  item_title_id: about.ask[0],
  item_title_en: about.ask[1],
  norm: about.norm ?? '',
  criterion: about.criterion ?? '',
  severity_rule: about.rule ?? '',
  layers: layersOf(about.layers),
  basis: about.basis,
})

const nonNegative = (limit: number): readonly [string, string, string] => [
  `. >= 0 and . <= ${limit}`,
  `Isi bilangan 0 sampai ${limit}.`,
  `Enter a number from 0 to ${limit}.`,
]

const question = (about: About, part: Part): SurveyRow => ({
  type: part.type,
  name: part.suffix === '' ? names(about.code) : `${names(about.code)}_${part.suffix}`,
  ...say('label', part.ask),
  ...say('hint', part.hint),
  relevant: relevantFor(about, part.relevant),
  ...(part.constraint ? { constraint: part.constraint[0], ...say('constraint_message', [part.constraint[1], part.constraint[2]]) } : {}),
  ...(part.calculation ? { calculation: part.calculation } : {}),
  ...(part.appearance ? { appearance: part.appearance } : {}),
  code: about.code,
})

const required = (row: SurveyRow): SurveyRow => ({
  ...row,
  required: 'yes',
  ...say('required_message', ['Pertanyaan ini wajib dijawab.', 'This question must be answered.']),
})

const note = (about: About, relevant: string | undefined, ask: Say, must: boolean | string): SurveyRow => ({
  ...question(about, { suffix: 'note', type: 'text', ask, ...(relevant ? { relevant } : {}), appearance: 'multiline' }),
  ...(must === true || typeof must === 'string'
    ? { required: must === true ? 'yes' : must, ...say('required_message', ['Tulis alasan singkat.', 'Give a short reason.']) }
    : {}),
})

const photo = (about: About, relevant?: string): SurveyRow => ({
  ...question(about, {
    suffix: 'photo',
    type: 'image',
    ask: [`Foto bukti ${about.code}`, `Photo evidence ${about.code}`],
    ...(relevant ? { relevant } : {}),
  }),
  parameters: 'max-pixels=1600',
})

const unanswered = (name: string): string => `\${${name}} = 'na' or \${${name}} = 'ts'`
const why: Say = ['Jelaskan', 'Explain']

/** A choice question whose failing answers need an explanation. `na` = does not apply, `ts` = not observed. */
export const choice = (
  about: About,
  list: string,
  failing: string,
  options: { photo?: 'always' | 'failing'; parts?: readonly Part[] } = {},
): SurveyRow[] => {
  const name = names(about.code) + ((options.parts?.length ?? 0) > 0 ? '_a' : '')
  const fails = failing.replaceAll('.', `\${${name}}`)
  const first = question(about, {
    suffix: name === names(about.code) ? '' : 'a',
    type: `select_one ${list}`,
    ask: [`${about.code}. ${about.ask[0]}`, `${about.code}. ${about.ask[1]}`],
    ...(about.hint ? { hint: about.hint } : {}),
  })
  return [
    { ...required(first), ...identity(about) },
    ...(options.parts ?? []).map((p) => (p.optional ? question(about, p) : required(question(about, p)))),
    note(about, `${fails} or ${unanswered(name)}`, why, true),
    ...(options.photo === 'always' ? [photo(about)] : options.photo === 'failing' ? [photo(about, fails)] : []),
  ]
}

/** Yes / no; `failOn` is the answer that breaks the norm. */
export const yesNo = (
  about: About,
  failOn: 'tidak' | 'ya' = 'tidak',
  options: { photo?: 'always' | 'failing'; parts?: readonly Part[] } = {},
): SurveyRow[] => choice(about, 'ya_tidak', `. = '${failOn}'`, options)

/** 1 very poor … 5 very good; two or less is an observation and needs a word of explanation. */
export const scale5 = (about: Omit<About, 'tag' | 'rule'>, options: { photo?: 'always'; parts?: readonly Part[] } = {}): SurveyRow[] => {
  const name = names(about.code) + ((options.parts?.length ?? 0) > 0 ? '_a' : '')
  return choice({ ...about, tag: 'quality', rule: `observation: ${name} <= 2` }, 'skala5', '. <= 2', options)
}

/** Numbers, times and the like. A blank asks for the reason in `_na`; so a monitor may move on and nothing is guessed. */
export const measured = (about: About, parts: readonly Part[], options: { photo?: 'always'; limit?: number } = {}): SurveyRow[] => {
  const asked = parts.filter((p) => !p.optional && p.calculation === undefined && p.type !== 'note')
  const nameOf = (p: Part): string => (p.suffix === '' ? names(about.code) : `${names(about.code)}_${p.suffix}`)
  const blank = asked.map((p) => `\${${nameOf(p)}} = ''`).join(' or ')
  const rows = parts.map((p, i): SurveyRow => {
    const bounded = p.type === 'integer' && !p.constraint ? { ...p, constraint: nonNegative(options.limit ?? 100_000) } : p
    const ask: Say = i === 0 ? [`${about.code}. ${p.ask[0]}`, `${about.code}. ${p.ask[1]}`] : p.ask
    const row = question(about, { ...bounded, ask, ...(i === 0 && about.hint && !p.hint ? { hint: about.hint } : {}) })
    return i === 0 ? { ...row, ...identity(about) } : row
  })
  if (blank === '') return rows
  const na = question(about, {
    suffix: 'na',
    type: 'select_one tidak_diisi',
    ask: ['Mengapa tidak diisi?', 'Why is it left blank?'],
    relevant: blank,
  })
  return [
    ...rows,
    required(na),
    note(about, undefined, ['Catatan', 'Note'], `\${${names(about.code)}_na} != ''`),
    ...(options.photo ? [photo(about)] : []),
  ]
}

/** Several of a list. */
export const several = (about: About, list: string, options: { photo?: 'always'; parts?: readonly Part[] } = {}): SurveyRow[] => {
  const name = names(about.code) + ((options.parts?.length ?? 0) > 0 ? '_a' : '')
  const none = ['tidak_ada', 'na', 'ts'].map((v) => `selected(., '${v}')`).join(' or ')
  const alone: readonly [string, string, string] = [
    `count-selected(.) = 1 or not(${none})`,
    '"Tidak ada", "tidak berlaku" dan "tidak teramati" tidak boleh digabung dengan pilihan lain.',
    '"None", "does not apply" and "not observed" cannot be combined with other choices.',
  ]
  const first = question(about, {
    suffix: name === names(about.code) ? '' : 'a',
    type: `select_multiple ${list}`,
    ask: [`${about.code}. ${about.ask[0]}`, `${about.code}. ${about.ask[1]}`],
    ...(about.hint ? { hint: about.hint } : {}),
    constraint: alone,
  })
  return [
    { ...required(first), ...identity(about) },
    ...(options.parts ?? []).map((p) => (p.optional ? question(about, p) : required(question(about, p)))),
    note(about, ['tidak_ada', 'na', 'ts'].map((v) => `selected(\${${name}}, '${v}')`).join(' or '), why, true),
    ...(options.photo ? [photo(about)] : []),
  ]
}

/** Questions asked `times` over, e.g. of three participants. The item's own columns stand on the repeat. */
export const repeated = (about: About, times: number, parts: readonly Part[]): SurveyRow[] => [
  {
    type: 'begin_repeat',
    name: `${names(about.code)}_list`,
    ...say('label', [`${about.code}. ${about.ask[0]}`, `${about.code}. ${about.ask[1]}`]),
    repeat_count: String(times),
    relevant: relevantFor(about),
    ...identity(about),
  },
  ...parts.map((p) => {
    const row = { ...question(about, p), relevant: p.relevant ?? '' }
    return p.optional ? row : required(row)
  }),
  { type: 'end_repeat', name: `${names(about.code)}_list` },
]

/** A titled part of the instrument. */
export const section = (name: string, title: Say, ...items: readonly (readonly SurveyRow[])[]): SurveyRow[] => [
  { type: 'begin_group', name, ...say('label', title) },
  ...items.flat(),
  { type: 'end_group', name },
]

/** Minutes between two time questions, blank while one is missing. */
export const minutesBetween = (from: string, to: string): string => {
  const minutes = (name: string): string => `(number(substr(\${${name}}, 0, 2)) * 60 + number(substr(\${${name}}, 3, 5)))`
  return `if(\${${from}} != '' and \${${to}} != '', ${minutes(to)} - ${minutes(from)}, '')`
}
/** A time question's constraint: later than another one. */
export const laterThan = (name: string): readonly [string, string, string] => [
  `\${${name}} = '' or number(substr(., 0, 2)) * 60 + number(substr(., 3, 5)) > number(substr(\${${name}}, 0, 2)) * 60 + number(substr(\${${name}}, 3, 5))`,
  'Waktu selesai harus sesudah waktu mulai.',
  'The end must be later than the start.',
]
