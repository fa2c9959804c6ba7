import { SaxesParser } from 'saxes'
import { convert, type Conversion } from './convert.ts'
import { formError, type FormError } from './problems.ts'
import type { Row, Sheet, Workbook } from './workbook.ts'

/** One recorded case: the sheets of a form as pyxform read them, and what it made of them. */
export interface Case {
  readonly id: string
  /** From where the form was read: `md`, `file` … */
  readonly source?: string
  /** Sheet name → rows, each header → text; `NAME_header` holds the headers; `sheet_names` all names of the workbook. */
  readonly sheets: Readonly<Record<string, unknown>>
  readonly form_name: string | null
  readonly default_language?: string | null
  /** The XForm; null when the form was refused. */
  readonly xml: string | null
}

export type Outcome = 'converts' | 'refuses' | 'differs'
export interface Verdict {
  readonly id: string
  readonly source: string
  /** What was done with the form; `differs` when that is not what the reference does. */
  readonly outcome: Outcome
  /** The first node that is not the same, or who refuses and why. */
  readonly difference: string | null
}

/** Canonical form, one line a node: attributes sorted, white space between elements and empty text dropped. */
export const canonical = (xml: string): string[] => {
  const out: string[] = []
  let text = ''
  const flush = (): void => {
    if (text.trim() !== '' || (text !== '' && !text.includes('\n'))) out.push(JSON.stringify(text))
    text = ''
  }
  const parser = new SaxesParser()
  parser.on('opentag', (t) => {
    flush()
    const attributes = Object.entries(t.attributes).map(([k, v]) => `${k}=${JSON.stringify(String(v).replace(/\n/g, ' '))}`)
    out.push(`<${[t.name, ...attributes.sort()].join(' ')}>`)
  })
  parser.on('text', (t) => (text += t))
  parser.on('closetag', (t) => {
    flush()
    out.push(`</${t.name}>`)
  })
  parser.write(xml).close()
  return out
}

/** Where two canonical forms part, with the elements around; undefined when they are the same. */
export const firstDifference = (ours: readonly string[], theirs: readonly string[]): string | undefined => {
  const around: string[] = []
  for (let i = 0; i < Math.max(ours.length, theirs.length); i++) {
    if (ours[i] !== theirs[i]) return `/${around.join('/')}: ${ours[i] ?? 'nothing'} instead of ${theirs[i] ?? 'nothing'}`
    const name = /^<([^/\s>]+)/.exec(ours[i]!)?.[1]
    if (name !== undefined) around.push(name)
    else if (ours[i]!.startsWith('</')) around.pop()
  }
  return undefined
}

type Rows = readonly Readonly<Record<string, unknown>>[]
/** The rows of a case as a workbook; rows with a cell no header names are refused, as pyxform does. */
const workbookOf = (c: Case): { workbook: Workbook; errors: FormError[] } => {
  const errors: FormError[] = []
  const sheets: Sheet[] = []
  for (const [name, rows] of Object.entries(c.sheets)) {
    if (!Array.isArray(rows) || name.endsWith('_header') || name === 'sheet_names') continue
    const given = (c.sheets[`${name}_header`] as Rows | undefined)?.[0]
    const header = given ? Object.keys(given) : [...new Set((rows as Rows).slice(0, 100).flatMap((r) => Object.keys(r)))]
    if (rows.length === 0 && header.length === 0) continue
    const known = new Set(header)
    const made = (rows as Rows).map((r, i): Row => {
      const cells = Object.entries(r).filter((e) => e[1] !== null && e[1] !== undefined && e[1] !== '')
      for (const [column] of cells)
        if (!known.has(column)) errors.push(formError('header.incomplete', { sheet: name, row: i + 2, column }, { name: column }))
      return { row: i + 2, cells: new Map(cells.map(([k, v]) => [k, String(v)])) }
    })
    sheets.push({ name, header, rows: made.filter((r) => r.cells.size > 0) })
  }
  // Sheets that were not read count for suggestions only.
  const others = (Array.isArray(c.sheets['sheet_names']) ? c.sheets['sheet_names'] : []).map(String)
  for (const name of others) if (!sheets.some((s) => s.name === name)) sheets.push({ name, header: [], rows: [] })
  return { workbook: { sheets: sheets.filter((s) => s.header.length > 0 || !isRead(s.name)) }, errors }
}
const isRead = (name: string): boolean => ['survey', 'choices', 'settings', 'entities', 'external_choices'].includes(name.trim().toLowerCase())

const convertCase = (c: Case): Conversion => {
  const { workbook, errors } = workbookOf(c)
  if (errors.length > 0) return { ok: false, errors, warnings: [] }
  const fallback = c.sheets['fallback_form_name']
  return convert(workbook, {
    root: c.form_name ?? 'data',
    formId: typeof fallback === 'string' ? fallback : 'data',
    defaultLanguage: c.default_language ?? 'default',
  })
}

/** Converts a case and compares with what the reference made of it. A crash is a difference. */
export const conform = (c: Case): Verdict => {
  const verdict = (outcome: Outcome, difference: string | null = null): Verdict => ({ id: c.id, source: c.source ?? '-', outcome, difference })
  try {
    return compare(c, verdict)
  } catch (error) {
    return verdict('differs', `crashed: ${(error as Error).message}`)
  }
}

const compare = (c: Case, verdict: (outcome: Outcome, difference?: string | null) => Verdict): Verdict => {
  const made = convertCase(c)
  if (!made.ok) {
    if (c.xml === null) return verdict('refuses')
    const [first] = made.errors
    return verdict('differs', `refused: ${first!.sheet} ${first!.row ?? ''} ${first!.column ?? ''} ${first!.code}: ${first!.message.en}`)
  }
  if (c.xml === null) return verdict('differs', 'converted, the reference refuses')
  const difference = firstDifference(canonical(made.xform), canonical(c.xml))
  return difference === undefined ? verdict('converts') : verdict('differs', difference)
}
