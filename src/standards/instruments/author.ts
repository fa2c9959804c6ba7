import { writeFileSync } from 'node:fs'
import writeXlsxFile from 'write-excel-file/node'
import { stableZip } from '../xlsform/zip.ts'
import { onsite, onsiteLists } from './onsite.ts'
import type { SurveyRow } from './rows.ts'
import { selfpaced, selfpacedLists } from './selfpaced.ts'
import { choiceRows, instrument, opening } from './shared.ts'
import { webinar } from './webinar.ts'

/** Writes the three workbooks from the item tables: `node src/standards/instruments/author.ts`. The same tables give the same bytes. */

const version = '2026010101'
const translated = ['label', 'hint', 'constraint_message', 'required_message'].map((c) => [`${c}::Indonesia (id)`, `${c}::English (en)`])
const [label, hint, constraintMessage, requiredMessage] = translated as [string[], string[], string[], string[]]
const surveyHeader = [
  'type',
  'name',
  ...label,
  ...hint,
  'required',
  ...requiredMessage,
  'relevant',
  'constraint',
  ...constraintMessage,
  'appearance',
  'calculation',
  'repeat_count',
  'parameters',
  'code',
  'item_tag',
  'item_title_id',
  'item_title_en',
  'norm',
  'criterion',
  'severity_rule',
  'layers',
  'basis',
]
const choicesHeader = ['list_name', 'name', ...label]

/** The sheets of one instrument, as tables with a header row. */
export interface Authored {
  readonly file: string
  readonly survey: string[][]
  readonly choices: string[][]
  readonly settings: string[][]
}

const table = (header: readonly string[], rows: readonly SurveyRow[]): string[][] => {
  for (const row of rows) {
    const stray = Object.keys(row).find((k) => !header.includes(k))
    if (stray) throw new Error(`Column ${stray} of ${row.name} is not in the header`)
  }
  return [[...header], ...rows.map((row) => header.map((h) => row[h] ?? ''))]
}

const authored = (
  file: string,
  id: string,
  title: string,
  place: 'address' | 'link',
  items: SurveyRow[][],
  lists: Parameters<typeof choiceRows>[0],
): Authored => ({
  file,
  survey: table(surveyHeader, [...opening(place), ...instrument(items)]),
  choices: table(choicesHeader, choiceRows(lists, place)),
  settings: table(
    ['form_title', 'form_id', 'version', 'default_language', 'instance_name'],
    [
      {
        form_title: title,
        form_id: id,
        version,
        default_language: 'Indonesia (id)',
        instance_name: "concat(${schedule_code}, ' · ', ${today})",
      },
    ],
  ),
})

export const instruments: readonly Authored[] = [
  authored('webinar.xlsx', 'pantau_webinar', 'Pantau: webinar', 'link', webinar, {}),
  authored('onsite.xlsx', 'pantau_onsite', 'Pantau: luring (tatap muka)', 'address', onsite, onsiteLists),
  authored('selfpaced.xlsx', 'pantau_selfpaced', 'Pantau: pembelajaran mandiri (SPL)', 'link', selfpaced, selfpacedLists),
]

const cells = (rows: readonly (readonly string[])[]) =>
  rows.map((row, i) =>
    row.map((value) => (value === '' ? null : { value, type: String, ...(i === 0 ? { fontWeight: 'bold' as const } : {}) })),
  )
const widths = (header: readonly string[]) => header.map((h) => ({ width: /label|severity|relevant|constraint/.test(h) ? 40 : 16 }))

/** The workbook's bytes. Zip times are fixed, so that an unchanged table is an unchanged file. */
export const workbookBytes = async (a: Authored): Promise<Uint8Array> => {
  const sheets = (['survey', 'choices', 'settings'] as const).map((sheet) => ({
    sheet,
    data: cells(a[sheet]),
    columns: widths(a[sheet][0]!),
    stickyRowsCount: 1,
  }))
  return stableZip(new Uint8Array(await writeXlsxFile(sheets).toBuffer()))
}

if (import.meta.main) {
  for (const a of instruments) {
    writeFileSync(new URL(a.file, import.meta.url), await workbookBytes(a))
    console.log(`${a.file}: ${a.survey.length - 1} rows`)
  }
}
