import { createHash } from 'node:crypto'
import { Problem } from '#base/problem.ts'
import type { Language } from '#base/messages.ts'
import { convert } from './xlsform/convert.ts'
import { readXlsx } from './xlsform/read.ts'
import { instrumentItems, itemFaults } from './rules/items.ts'
import type { Publication } from './store-publish.ts'

/**
 * A workbook as it would be published. Refuses (`standards.workbook_faulty`) with every fault and its place:
 * what the reader, the converter and the severity rules say.
 */
export const publicationOf = (bytes: Uint8Array, instrument: string, knownNorms: ReadonlySet<string>, language: Language): Publication => {
  const refuse = (faults: readonly { sheet: string; row: number | null; column: string | null; message: { id: string; en: string } }[]) =>
    new Problem('standards.workbook_faulty', { n: faults.length, faults: faults.slice(0, 200).map((f) => ({ sheet: f.sheet, row: f.row, column: f.column, message: f.message[language] })) })
  const read = readXlsx(bytes)
  if (!read.ok) throw refuse(read.errors)
  const form = convert(read.workbook)
  if (!form.ok) throw refuse(form.errors)
  const items = instrumentItems(form.items)
  const faults = itemFaults(items, form.items, knownNorms)
  if (faults.length) throw refuse(faults.map((f) => ({ sheet: 'survey', row: form.items.find((i) => i.code === f.code)?.row ?? null, column: 'severity_rule', message: f.message })))
  return {
    instrument, formId: form.formId, version: form.version, title: form.title, languages: form.languages, items, xform: form.xform,
    workbookSha256: createHash('sha256').update(bytes).digest('hex'), xformMd5: createHash('md5').update(form.xform).digest('hex'),
  }
}
