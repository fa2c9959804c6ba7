import { formError, type FormError } from './problems.ts'
import type { Row, Sheet } from './workbook.ts'

/** A cell, or cells that share a first word: `label::English (en)` and `label::Indonesia (id)` are one tree under `label`. */
export type Cells = Map<string, string | Cells>
export interface GroupedRow {
  readonly row: number
  readonly cells: Cells
  /** First word of a column → the header as written, for error messages. */
  readonly headers: ReadonlyMap<string, string>
}

type Aliases = Readonly<Record<string, readonly string[]>>

const bind = (name: string): string[] => ['bind', name]
const control = (name: string): string[] => ['control', name]
const media = { image: ['media', 'image'], 'big-image': ['media', 'big-image'], audio: ['media', 'audio'], video: ['media', 'video'] }

export const surveyAliases: Aliases = {
  caption: ['label'],
  command: ['type'],
  tag: ['name'],
  value: ['name'],
  read_only: bind('readonly'),
  readonly: bind('readonly'),
  relevant: bind('relevant'),
  relevance: bind('relevant'),
  required: bind('required'),
  constraint: bind('constraint'),
  constraining_message: bind('jr:constraintMsg'),
  constraint_message: bind('jr:constraintMsg'),
  required_message: bind('jr:requiredMsg'),
  requiredmsg: bind('jr:requiredMsg'),
  noapperrorstring: bind('jr:noAppErrorString'),
  no_app_error_string: bind('jr:noAppErrorString'),
  calculation: bind('calculate'),
  calculate: bind('calculate'),
  appearance: control('appearance'),
  count: control('jr:count'),
  repeat_count: control('jr:count'),
  'jr:count': control('jr:count'),
  autoplay: control('autoplay'),
  rows: control('rows'),
  body: ['control'],
  save_to: bind('entities:saveto'),
  compact_tag: ['instance', 'odk:tag'],
  ...media,
}
export const choicesAliases: Aliases = { caption: ['label'], list_name: ['list_name'], value: ['name'], ...media }
export const settingsAliases: Aliases = {
  form_title: ['title'],
  set_form_title: ['title'],
  form_id: ['id_string'],
  set_form_id: ['id_string'],
}

const surveyWords = [
  'type',
  'name',
  'label',
  'hint',
  'guidance_hint',
  'default',
  'parameters',
  'choice_filter',
  'trigger',
  'disabled',
  'bind',
  'control',
  'media',
  'instance',
  'intent',
  'query',
]
const choicesWords = ['list_name', 'name', 'label', 'media', 'sms_option']
const settingsWords = ['title', 'id_string', 'version', 'default_language', 'instance_name', 'style', 'name']
export const knownWords = { survey: surveyWords, choices: choicesWords, settings: settingsWords } as const

const snake = (text: string): string => text.trim().split(/\s+/).join('_').toLowerCase()

/** The words a header stands for: `label::English (en)` → [label, English (en)]; unknown headers are left as they are. */
const splitHeader = (header: string, doubleColon: boolean, aliases: Aliases, words: readonly string[]): string[] => {
  const known = (word: string): boolean => words.includes(word) && !(word in aliases)
  if (known(header)) return [header]
  if (known(snake(header))) return [snake(header)]
  let parts = header.split(doubleColon || header.includes('::') ? '::' : ':').map((p) => p.trim())
  const jr = parts.indexOf('jr')
  if (jr >= 0 && jr + 1 < parts.length) parts = [...parts.slice(0, jr), `jr:${parts[jr + 1]}`, ...parts.slice(jr + 2)]
  const [first = '', ...rest] = parts
  const alias = aliases[snake(first)]
  if (alias) return [...alias, ...rest]
  if (words.includes(snake(first))) return [snake(first), ...rest]
  return parts
}

/** Joins two cells of one word; a plain text beside translations is the text of the default language. */
const merge = (a: string | Cells | undefined, b: string | Cells, language: string): string | Cells => {
  if (a === undefined || a === '') return b
  if (typeof a === 'string' && typeof b === 'string') return b
  if (typeof a === 'string') return (b as Cells).has(language) ? b : merge(new Map([[language, a]]), b, language)
  if (typeof b === 'string') return a.has(language) ? a : merge(a, new Map([[language, b]]), language)
  const joined: Cells = new Map(a)
  for (const [key, value] of b) joined.set(key, merge(joined.get(key), value, language))
  return joined
}

const smartQuotes: Readonly<Record<string, string>> = { '\u2018': "'", '\u2019': "'", '\u201c': '"', '\u201d': '"' }
const straight = (text: string): string => text.replace(/[\u2018\u2019\u201c\u201d]/g, (q) => smartQuotes[q]!)

/**
 * Groups a sheet's columns by their first word.
 * @param collapse runs of spaces become one space (survey sheet), as pyxform does
 */
export const groupColumns = (
  sheet: Sheet,
  kind: 'survey' | 'choices' | 'settings',
  options: { language: string; collapse: boolean; clean: boolean },
  errors: FormError[],
): GroupedRow[] => {
  const aliases = { survey: surveyAliases, choices: choicesAliases, settings: settingsAliases }[kind]
  const doubleColon = sheet.header.some((h) => h.includes('::'))
  const words = new Map<string, string[]>()
  const meaning = new Map<string, string>()
  for (const header of sheet.header) {
    if (words.has(header)) continue
    const parts = splitHeader(header, doubleColon, aliases, knownWords[kind])
    const other = meaning.get(parts.join('\u0000'))
    if (other !== undefined)
      errors.push(formError('header.duplicate', { sheet: sheet.name, row: 1, column: header }, { name: header, other }))
    meaning.set(parts.join('\u0000'), header)
    words.set(header, parts)
  }
  const headers = new Map([...words].reverse().map(([header, parts]) => [wordOf(parts), header]))
  const group = ({ row, cells }: Row): GroupedRow => {
    let out: Cells = new Map()
    for (const [header, raw] of cells) {
      const tidy = options.clean ? straight(options.collapse ? raw.trim().replace(/ +/g, ' ') : raw) : raw
      const [first, ...rest] = words.get(header)!
      const value = rest.reduceRight<string | Cells>((inner, key) => new Map([[key, inner]]), tidy)
      out = merge(out, new Map([[first!, value]]), options.language) as Cells
    }
    return { row, cells: out, headers }
  }
  return sheet.rows.map(group)
}

/** `bind::relevant` and the like are told apart by their second word. */
const wordOf = (parts: readonly string[]): string =>
  parts.length > 1 && ['bind', 'control', 'media', 'instance'].includes(parts[0]!) ? `${parts[0]}::${parts[1]}` : parts[0]!
