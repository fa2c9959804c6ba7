import { formError, formWarning, type Findings } from './problems.ts'
import type { Row, Sheet } from './workbook.ts'

/** A cell, or cells that share a first word: `label::English (en)` and `label::Indonesia (id)` are one tree under `label`. */
export type Cells = Map<string, string | Cells>
export interface GroupedRow {
  readonly row: number
  readonly cells: Cells
  /** The cells as the sheet has them, by header. */
  readonly raw: ReadonlyMap<string, string>
  /** First word of a column → the header as written, for error messages. */
  readonly headers: ReadonlyMap<string, string>
  /** A header as written → the words it stands for. */
  readonly words: ReadonlyMap<string, readonly string[]>
}

type Aliases = Readonly<Record<string, readonly string[]>>

const bind = (name: string): string[] => ['bind', name]
const control = (name: string): string[] => ['control', name]
const media = { image: ['media', 'image'], 'big-image': ['media', 'big-image'], audio: ['media', 'audio'], video: ['media', 'video'] }

const surveyAliases: Aliases = {
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
const choicesAliases: Aliases = { caption: ['label'], list_name: ['list_name'], value: ['name'], ...media }
const settingsAliases: Aliases = {
  form_title: ['title'],
  set_form_title: ['title'],
  form_id: ['id_string'],
  set_form_id: ['id_string'],
}

const split = (text: string): string[] => text.trim().split(/\s+/)
const known: Readonly<Record<SheetKind, { readonly aliases: Aliases; readonly words: readonly string[] }>> = {
  survey: {
    aliases: surveyAliases,
    words: split(
      'type name label hint guidance_hint default parameters choice_filter trigger bind control media instance query itemset choices actions sms_field',
    ),
  },
  choices: { aliases: choicesAliases, words: split('list_name name label media sms_option') },
  settings: {
    aliases: settingsAliases,
    words: split(
      `title id_string version default_language instance_name style name attribute public_key submission_url auto_send auto_delete namespaces
      instance_xmlns client_editable omit_instanceID clean_text_values allow_choice_duplicates add_none_option prefix delimiter flat`,
    ),
  },
  entities: { aliases: { list_name: ['dataset'] }, words: split('dataset entity_id create_if update_if label repeat') },
}
export type SheetKind = 'survey' | 'choices' | 'settings' | 'entities'
/** What a column of the survey sheet may be called, for suggestions. */
export const surveyColumns: readonly string[] = [...known.survey.words, ...Object.keys(surveyAliases), 'disabled']

const snake = (text: string): string => split(text).join('_').toLowerCase()

/** The words a header stands for: `label::English (en)` → [label, English (en)]; unknown headers are left as they are. */
const splitHeader = (header: string, doubleColon: boolean, kind: SheetKind): string[] => {
  const { aliases, words } = known[kind]
  const plain = (word: string): boolean => words.includes(word) && !Object.hasOwn(aliases, word)
  if (plain(header)) return [header]
  if (plain(snake(header))) return [snake(header)]
  let parts = header.split(doubleColon || header.includes('::') ? '::' : ':').map((p) => p.trim())
  const jr = parts.indexOf('jr')
  if (jr >= 0 && jr + 1 < parts.length && !header.includes('::')) parts = [...parts.slice(0, jr), `jr:${parts[jr + 1]}`, ...parts.slice(jr + 2)]
  const [first = '', ...rest] = parts
  const alias = Object.hasOwn(aliases, snake(first)) ? aliases[snake(first)] : undefined
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
 * @param options.collapse runs of spaces become one space, as pyxform does on the survey sheet
 */
export const groupColumns = (
  sheet: Sheet,
  kind: SheetKind,
  options: { language: string; collapse: boolean },
  found: Findings,
): GroupedRow[] => {
  const doubleColon = sheet.header.some((h) => h.includes('::'))
  const words = new Map<string, string[]>()
  const meaning = new Map<string, string>()
  for (const header of sheet.header) {
    if (words.has(header)) {
      // Of two columns with one title only one could be read.
      found.errors.push(formError('header.duplicate', { sheet: sheet.name, row: 1, column: header }, { name: header, other: header }))
      continue
    }
    const parts = splitHeader(header, doubleColon, kind)
    const other = meaning.get(parts.join('\u0000'))
    // Spelled as it should be, the later column wins; an alias that doubles another column is more likely a mistake.
    if (other !== undefined && parts.length === 1 && parts[0] === header)
      found.warnings.push(formWarning('header.twice', { sheet: sheet.name, row: 1, column: header }, { name: header, other }))
    else if (other !== undefined)
      found.errors.push(formError('header.duplicate', { sheet: sheet.name, row: 1, column: header }, { name: header, other }))
    meaning.set(parts.join('\u0000'), header)
    words.set(header, parts)
  }
  const headers = new Map([...words].reverse().map(([header, parts]) => [wordOf(parts), header]))
  const group = ({ row, cells }: Row): GroupedRow => {
    let out: Cells = new Map()
    for (const [header, raw] of cells) {
      const tidy = straight(options.collapse ? raw.trim().replace(/ +/g, ' ') : raw)
      const [first, ...rest] = words.get(header) ?? [header]
      const value = rest.reduceRight<string | Cells>((inner, key) => new Map([[key, inner]]), tidy)
      out = merge(out, new Map([[first!, value]]), options.language) as Cells
    }
    return { row, cells: out, raw: cells, headers, words }
  }
  return sheet.rows.map(group)
}

/** `bind::relevant` and the like are told apart by their second word. */
const wordOf = (parts: readonly string[]): string =>
  parts.length > 1 && ['bind', 'control', 'media', 'instance'].includes(parts[0]!) ? `${parts[0]}::${parts[1]}` : parts[0]!
