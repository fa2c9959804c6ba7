import { hasReference, isName } from './expression.ts'
import { groupColumns, type Cells, type GroupedRow } from './headers.ts'
import { formError, formWarning, type Findings } from './problems.ts'
import { mediaOf, textOf, type Text } from './tree.ts'
import type { Sheet } from './workbook.ts'

export interface Choice {
  readonly row: number
  readonly name: string
  readonly label: Text | undefined
  readonly media: ReadonlyMap<string, Text>
  /** Further columns, e.g. for choice filters. */
  readonly extra: ReadonlyMap<string, string>
}
export interface ChoiceList {
  readonly name: string
  readonly choices: Choice[]
  /** True when labels are translated, carry media, or show answers: then they stand in itext. */
  itext: boolean
}
export interface Choices {
  readonly lists: ReadonlyMap<string, ChoiceList>
  readonly rows: readonly GroupedRow[]
}

/** Reads the choices sheet into lists, in the order they first appear. */
export const readChoices = (
  sheet: Sheet | undefined,
  settings: { readonly defaultLanguage: string; readonly allowChoiceDuplicates: boolean },
  found: Findings,
): Choices => {
  const lists = new Map<string, ChoiceList>()
  if (!sheet) return { lists, rows: [] }
  const rows = groupColumns(sheet, 'choices', { language: settings.defaultLanguage, collapse: false }, found)
  if (rows.length > 0 && !rows[0]!.headers.has('name')) {
    found.errors.push(formError('header.missing', { sheet: sheet.name, row: 1, column: 'name' }, { name: 'name' }))
    return { lists, rows: [] }
  }
  const known = new Map<string, Set<string>>()
  for (const row of rows) addChoice(sheet.name, row, lists, settings.allowChoiceDuplicates ? undefined : known, found)
  if (lists.size > 0) checkColumns(sheet, rows[0]!, found)
  for (const list of lists.values()) list.itext = list.choices.some(needsItext)
  return { lists, rows }
}

const needsItext = (choice: Choice): boolean =>
  choice.label instanceof Map || choice.media.size > 0 || (typeof choice.label === 'string' && hasReference(choice.label))

/** A column whose header is no element name can only be a note to readers. */
const isExtra = (word: string): boolean => !['list_name', 'name', 'label', 'media'].includes(word) && isName(word) && !word.includes(':')
const checkColumns = (sheet: Sheet, { words }: GroupedRow, found: Findings): void => {
  for (const [header, [word = '']] of words) {
    if (!['list_name', 'name', 'label', 'media'].includes(word) && !isExtra(word))
      found.warnings.push(formWarning('choices.column_left_out', { sheet: sheet.name, row: 1, column: header }, { name: header }))
  }
}

const extraOf = (cells: Cells): Map<string, string> => {
  const extra = new Map<string, string>()
  // pyxform writes an option of the old text-message forms last.
  for (const [key, value] of cells) if (key !== 'sms_option' && isExtra(key) && typeof value === 'string') extra.set(key, value)
  const sms = cells.get('sms_option')
  if (typeof sms === 'string') extra.set('sms_option', sms)
  return extra
}

const addChoice = (
  sheet: string,
  { row, cells, headers }: GroupedRow,
  lists: Map<string, ChoiceList>,
  known: Map<string, Set<string>> | undefined,
  found: Findings,
): void => {
  const list = cells.get('list_name')
  if (typeof list !== 'string' || list === '') return
  const name = cells.get('name')
  const column = headers.get('name') ?? 'name'
  if (typeof name !== 'string') {
    found.errors.push(formError('choices.no_name', { sheet, row, column }))
    return
  }
  if (!cells.has('label')) found.warnings.push(formWarning('choices.no_label', { sheet, row, column: 'label' }, { name, list }))
  const names = known?.get(list) ?? new Set()
  known?.set(list, names)
  if (known && names.has(name)) found.errors.push(formError('choices.duplicate', { sheet, row, column }, { name, list }))
  names.add(name)
  const made: ChoiceList = lists.get(list) ?? { name: list, choices: [], itext: false }
  made.choices.push({ row, name, label: textOf(cells.get('label')), media: mediaOf(cells), extra: extraOf(cells) })
  lists.set(list, made)
}

/** What `or_other` adds to a list that has no such choice yet. */
export const addOther = (list: ChoiceList): void => {
  if (list.choices.some((c) => c.name === 'other')) return
  const languages = new Set(list.choices.flatMap((c) => (c.label instanceof Map ? [...c.label.keys()] : [])))
  const label = languages.size > 0 ? new Map([...languages].map((language) => [language, 'Other'])) : 'Other'
  list.choices.push({ row: list.choices.at(-1)!.row, name: 'other', label, media: new Map(), extra: new Map() })
}

const listColumn = (sheet: Sheet): string | undefined => sheet.header.find((h) => /^list[_\s]+name$/i.test(h.trim()))
/** The lists of an external_choices sheet; undefined without such a sheet. */
export const externalLists = (sheet: Sheet | undefined): ReadonlySet<string> | undefined => {
  if (!sheet || sheet.rows.length === 0) return undefined
  const column = listColumn(sheet)
  return new Set(sheet.rows.flatMap((r) => (column === undefined ? [] : (r.cells.get(column) ?? []))))
}
/** The sheet as the file `itemsets.csv` that select_one_external reads. */
export const itemsetsCsv = (sheet: Sheet): string => {
  const line = (cells: readonly string[]): string => `${cells.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')}\r\n`
  return [line(sheet.header), ...sheet.rows.map((r) => line(sheet.header.map((h) => r.cells.get(h) ?? '')))].join('')
}
