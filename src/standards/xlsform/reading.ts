import type { Choices } from './choices.ts'
import type { GroupedRow } from './headers.ts'
import type { Findings } from './problems.ts'
import type { Settings } from './settings.ts'
import type { FormNode, Text } from './tree.ts'
import type { Sheet, Workbook } from './workbook.ts'

/** What the rows of a survey sheet share while they are read one after another. */
export interface Reading {
  readonly workbook: Workbook
  readonly sheet: Sheet
  readonly choices: Choices
  /** The lists of the external_choices sheet, if there is one. */
  readonly external: ReadonlySet<string> | undefined
  readonly settings: Settings
  readonly found: Findings
  readonly root: FormNode
  /** Names in use, per parent; the lower-case form for a warning. */
  readonly taken: Map<FormNode, Map<string, number>>
  readonly takenLower: Map<FormNode, Set<string>>
  readonly repeatNames: Set<string>
  /** Names that `${…}` may use. */
  readonly names: Set<string>
  /** Names that a trigger may use: questions only. */
  readonly questions: Set<string>
  /** Nodes without a row of their own, whose names the author did not choose. */
  readonly made: FormNode[]
  /** Lists of multiple choices whose names were checked. */
  readonly multiple: Set<string>
  /** Data names with a file behind them. */
  readonly files: Set<string>
  /** Rows that refer to a place of other data or to other questions, to be checked when all rows are read. */
  readonly later: { readonly row: GroupedRow; readonly kind: 'geometry' | 'trigger'; readonly name: string }[]
  /** `save_to` cells, to be given to their entity. */
  readonly saves: { readonly node: FormNode; readonly row: GroupedRow; readonly text: string }[]
  /** The form's own data: entities, the client's log, the record's id and name. Stands last in the form. */
  readonly meta: FormNode
  orOther: boolean
}

export const at = (r: Reading, row: GroupedRow, word: string) => ({
  sheet: r.sheet.name,
  row: row.row,
  column: row.headers.get(word) ?? word.replace(/^(bind|control|media)::/, ''),
})

export const cell = (row: GroupedRow, word: string): string | undefined => {
  const value = row.cells.get(word)
  return typeof value === 'string' ? value : undefined
}

/** The cells under a first word, e.g. everything of `bind::`. */
export const under = (row: GroupedRow, word: string): [string, Text][] => {
  const tree = row.cells.get(word)
  if (!(tree instanceof Map)) return []
  return [...tree].flatMap(([key, value]): [string, Text][] => {
    if (typeof value === 'string') return [[key, value]]
    const texts = [...value].filter((e): e is [string, string] => typeof e[1] === 'string')
    return texts.length > 0 ? [[key, new Map(texts)]] : []
  })
}
export const plain = (entries: readonly [string, Text][]): [string, string][] =>
  entries.filter((e): e is [string, string] => typeof e[1] === 'string')
