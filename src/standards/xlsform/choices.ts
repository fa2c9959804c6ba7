import { isName } from './expression.ts'
import { groupColumns, type Cells, type GroupedRow } from './headers.ts'
import { formError, type FormError } from './problems.ts'
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
  readonly choices: readonly Choice[]
  /** True when labels are translated, carry media, or show answers: then they stand in itext. */
  readonly itext: boolean
}

const extraOf = (cells: Cells): Map<string, string> => {
  const extra = new Map<string, string>()
  for (const [key, value] of cells) {
    // A column whose header is no element name can only be a note to readers.
    if (!['list_name', 'name', 'label', 'media'].includes(key) && typeof value === 'string' && isName(key)) extra.set(key, value)
  }
  return extra
}

const dynamic = (text: Text | undefined): boolean => typeof text === 'string' && text.includes('${')

/** Reads the choices sheet into lists, in the order they first appear. */
export const readChoices = (
  sheet: Sheet,
  language: string,
  allowDuplicates: boolean,
  clean: boolean,
  errors: FormError[],
): Map<string, ChoiceList> => {
  const lists = new Map<string, Choice[]>()
  const rows = groupColumns(sheet, 'choices', { language, collapse: false, clean }, errors)
  const has = (word: string): boolean => rows.some((r) => r.headers.has(word))
  if (rows.length > 0 && !has('name')) {
    errors.push(formError('header.missing', { sheet: sheet.name, row: 1 }, { name: 'name' }))
    return new Map()
  }
  for (const row of rows) addChoice(sheet.name, row, lists, allowDuplicates, errors)
  return new Map([...lists].map(([name, choices]) => [name, asList(name, choices)]))
}

const addChoice = (
  sheet: string,
  { row, cells, headers }: GroupedRow,
  lists: Map<string, Choice[]>,
  allowDuplicates: boolean,
  errors: FormError[],
): void => {
  const list = cells.get('list_name')
  if (typeof list !== 'string' || list === '') return
  const name = cells.get('name')
  const column = headers.get('name') ?? 'name'
  if (typeof name !== 'string') {
    errors.push(formError('choices.no_name', { sheet, row, column }))
    return
  }
  const known = lists.get(list) ?? []
  if (!allowDuplicates && known.some((c) => c.name === name)) {
    errors.push(formError('choices.duplicate', { sheet, row, column }, { name, list }))
  }
  known.push({ row, name, label: textOf(cells.get('label')), media: mediaOf(cells), extra: extraOf(cells) })
  lists.set(list, known)
}

const asList = (name: string, choices: readonly Choice[]): ChoiceList => ({
  name,
  choices,
  itext: choices.some((c) => c.label instanceof Map || c.media.size > 0 || dynamic(c.label)),
})
