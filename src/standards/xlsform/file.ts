import { readCsv } from './csv.ts'
import { formError, type FormError } from './problems.ts'
import { isOldExcel, limits, readXlsx } from './read.ts'
import { readMarkdown, type Workbook } from './workbook.ts'

export type Reading = { readonly ok: true; readonly workbook: Workbook } | { readonly ok: false; readonly errors: readonly FormError[] }

const refuse = (...errors: readonly FormError[]): Reading => ({ ok: false, errors })
const nowhere = { sheet: '' } as const

/** Reads a form from a file of any kind that holds one: .xlsx (.xlsm), markdown tables, CSV. The name tells the kind, the bytes whether it is true. */
export const readForm = (name: string, bytes: Uint8Array): Reading => {
  const kind = /\.(\w+)$/.exec(name.toLowerCase())?.[1] ?? ''
  if (isOldExcel(bytes) || kind === 'xls') return refuse(formError('file.xls', nowhere))
  if (kind === 'xlsx' || kind === 'xlsm') return readXlsx(bytes)
  if (kind !== 'md' && kind !== 'csv') return refuse(formError('file.kind', nowhere, { name }))
  if (bytes.length > limits.packedMB * 1e6) return refuse(formError('file.too_large', nowhere, { limit: limits.packedMB }))
  const text = new TextDecoder().decode(bytes)
  const workbook = kind === 'md' ? readMarkdown(text) : readCsv(text)
  if (workbook.sheets.length === 0) return refuse(formError('file.not_a_form', nowhere))
  const errors = workbook.sheets.flatMap(tooLarge)
  return errors.length > 0 ? refuse(...errors) : { ok: true, workbook }
}

const tooLarge = ({ name, header, rows }: Workbook['sheets'][number]): FormError[] => {
  if (header.length > limits.columns) return [formError('sheet.too_many_columns', { sheet: name }, { limit: limits.columns })]
  if (rows.length > limits.rows) return [formError('sheet.too_many_rows', { sheet: name }, { limit: limits.rows })]
  for (const { row, cells } of rows) {
    for (const [column, text] of cells) if (text.length > limits.cell) return [formError('cell.too_long', { sheet: name, row, column }, { limit: limits.cell })]
  }
  return []
}
