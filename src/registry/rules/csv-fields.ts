import type { ImportErrorCode } from './import-messages.ts'

/** What is wrong with one line of a file: where, what, and the values for the sentence. `column` is null when the whole line is meant. */
export interface ImportError {
  readonly line: number
  readonly column: string | null
  readonly code: ImportErrorCode
  readonly values: Readonly<Record<string, string | number>>
}

/** A line as the parser saw it: `line` is the line of the file on which the record begins (header = 1). */
export interface RawRecord {
  readonly line: number
  readonly cells: readonly string[]
}

/** The line on which a record begins, from what csv-parse reports (`info.lines`, the line on which it ends). */
export const startLine = (endLine: number, cells: readonly string[]): number =>
  endLine - cells.reduce((n, cell) => n + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0)

/** Longest record accepted, in characters over all cells: 4 times what a row with every column full needs. */
export const longestRecord = 8_192

/**
 * What the parser (csv-parse) must be told so that lines are counted right: mixed line ends, a BOM, ragged lines left to `fits`,
 * and an end to a quote that is never closed. Add `delimiter`.
 */
export const parserOptions = {
  info: true, bom: true, relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n', '\r'], max_record_size: 4 * longestRecord,
}

/** The error for a line at which the parser gave up (its `code`, and `lines` as the place). Nothing after it can be read. */
export const parserError = (code: string, line: number): ImportError =>
  code === 'CSV_MAX_RECORD_SIZE'
    ? { line, column: null, code: 'import.record_too_long', values: { length: `> ${4 * longestRecord}`, max: longestRecord } }
    : { line, column: null, code: 'import.quotes', values: {} }

/** `;` when the first line holds more of them outside quotes than commas (a spreadsheet with Indonesian settings writes `;`), else `,`. */
export const detectDelimiter = (firstLine: string): ',' | ';' => {
  const bare = firstLine.replace(/"[^"]*"/g, '')
  return bare.split(';').length > bare.split(',').length ? ';' : ','
}

/** One line of CSV text (RFC 4180 quoting), without the line end. */
export const csvLine = (cells: readonly string[], delimiter: ',' | ';' = ','): string =>
  cells.map((cell) => (/[",;\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)

/** Column places of a header row, or what is wrong with it. Names are compared without case and outer spaces; a BOM is dropped. */
export const readHeader = (
  cells: readonly string[],
  known: { readonly required: readonly string[]; readonly optional: readonly string[]; readonly ignored: readonly string[] },
): { readonly places: ReadonlyMap<string, number>; readonly errors: readonly ImportError[] } => {
  const places = new Map<string, number>()
  const errors: ImportError[] = []
  const wrong = (column: string, code: ImportErrorCode, values: ImportError['values'] = {}) => errors.push({ line: 1, column, code, values: { column, ...values } })
  const all = new Set([...known.required, ...known.optional, ...known.ignored])
  cells.forEach((cell, place) => {
    const name = cell.replace(/^\uFEFF/, '').trim().toLowerCase()
    if (places.has(name)) wrong(name, 'import.column_twice')
    else if (!all.has(name)) wrong(name === '' ? String(place + 1) : name, 'import.column_unknown', { known: [...known.required, ...known.optional].join(', ') })
    places.set(name, place)
  })
  for (const name of known.required) if (!places.has(name)) wrong(name, 'import.column_missing')
  return { places, errors }
}

/** Reads the cells of one record by column name and collects what is wrong, so that one pass names every fault of a line. */
export class Cells {
  readonly errors: ImportError[] = []
  readonly #record: RawRecord
  readonly #places: ReadonlyMap<string, number>

  constructor(record: RawRecord, places: ReadonlyMap<string, number>) {
    this.#record = record
    this.#places = places
  }

  wrong(column: string | null, code: ImportErrorCode, values: ImportError['values'] = {}): null {
    this.errors.push({ line: this.#record.line, column, code, values: column === null ? values : { column, ...values } })
    return null
  }

  /** The trimmed text, or null when the cell is empty, absent or unreadable. */
  text(column: string, options: { required?: boolean; max?: number } = {}): string | null {
    const place = this.#places.get(column)
    const value = (place === undefined ? '' : (this.#record.cells[place] ?? '')).trim()
    if (value === '') return options.required ? this.wrong(column, 'import.required') : null
    if (value.includes('\uFFFD')) return this.wrong(column, 'import.encoding')
    // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for; a line break may stand in an address
    if (/[\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F]/.test(value)) return this.wrong(column, 'import.control_character')
    const max = options.max ?? 200
    if (value.length > max) return this.wrong(column, 'import.too_long', { max, length: value.length })
    return value
  }

  /** A code that identifies something. A spreadsheet would run `=…` as a formula, so such a cell is named apart. */
  code(column: string, options: { required?: boolean } = {}): string | null {
    const value = this.text(column, { ...options, max: 64 })
    if (value === null) return null
    if (/^[=+\-@]/.test(value)) return this.wrong(column, 'import.formula', { value })
    return /^[A-Za-z0-9][A-Za-z0-9._/:-]*$/.test(value) ? value : this.wrong(column, 'import.code', { value })
  }

  whole(column: string, min: number, max: number, options: { required?: boolean } = {}): number | null {
    const value = this.text(column, options)
    if (value === null) return null
    if (!/^-?\d{1,15}$/.test(value)) return this.wrong(column, 'import.whole_number', { value })
    const n = Number(value)
    return n >= min && n <= max ? n : this.wrong(column, 'import.range', { value, min, max })
  }

  decimal(column: string, min: number, max: number): number | null {
    const value = this.text(column)
    if (value === null) return null
    if (!/^-?\d{1,6}(\.\d{1,12})?$/.test(value)) return this.wrong(column, 'import.decimal_number', { value })
    const n = Number(value)
    return n >= min && n <= max ? n : this.wrong(column, 'import.range', { value, min, max })
  }

  day(column: string, options: { required?: boolean } = {}): string | null {
    const value = this.text(column, options)
    if (value === null) return null
    return isDay(value) ? value : this.wrong(column, 'import.day', { value })
  }
}

/** True for an existing calendar day `2026-11-23` between 2019 (the programme began in 2020) and 2100. */
export const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < '2019-01-01' || text > '2100-12-31') return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text
}
