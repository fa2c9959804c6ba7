import { sheetFromGrid, type Workbook } from './workbook.ts'

/** Fields of a CSV text (RFC 4180): quotes around a field, doubled inside it, line breaks allowed there. */
const records = (text: string): string[][] => {
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let at = text.startsWith('\ufeff') ? 1 : 0
  let begun = false
  const endRow = (): void => {
    if (begun || row.length > 0) rows.push([...row, field])
    row = []
    field = ''
    begun = false
  }
  while (at < text.length) {
    const c = text[at]!
    if (c === '"' && field === '') {
      for (;;) {
        const close = text.indexOf('"', at + 1)
        field += text.slice(at + 1, close < 0 ? text.length : close)
        at = close < 0 ? text.length : close + 1
        if (text[at] !== '"') break
        field += '"'
      }
      begun = true
      continue
    }
    if (c === '\n' || c === '\r') {
      endRow()
      at += c === '\r' && text[at + 1] === '\n' ? 2 : 1
      continue
    }
    if (c === ',') {
      row.push(field)
      field = ''
      begun = true
    } else {
      field += c
      begun = true
    }
    at++
  }
  endRow()
  return rows
}

/** pyxform's CSV form: the first column names a sheet, the rows below it are that sheet's, header first. Rows count from the header. */
export const readCsv = (text: string): Workbook => {
  const sheets = new Map<string, (string | undefined)[][]>()
  let grid: (string | undefined)[][] | undefined
  for (const [first = '', ...rest] of records(text)) {
    if (first.trim() !== '') {
      grid = sheets.get(first.trim()) ?? []
      sheets.set(first.trim(), grid)
    }
    if (rest.some((c) => c !== '')) grid?.push(rest.map((c) => (c.trim() === '' ? undefined : c.trim())))
  }
  return { sheets: [...sheets].map(([name, rows]) => sheetFromGrid(name, rows)) }
}
