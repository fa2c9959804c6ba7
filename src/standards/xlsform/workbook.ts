/** A spreadsheet as text: what the converter reads, whatever file it came from. */
export interface Row {
  /** The row number the spreadsheet shows; the header is row 1. */
  readonly row: number
  /** Header → text of the cell; empty cells are absent. In header order. */
  readonly cells: ReadonlyMap<string, string>
}
export interface Sheet {
  readonly name: string
  /** Every column title, in order; a title that stands twice is in here twice. */
  readonly header: readonly string[]
  readonly rows: readonly Row[]
}
export interface Workbook {
  readonly sheets: readonly Sheet[]
}

export const sheetNamed = (workbook: Workbook, name: string): Sheet | undefined =>
  workbook.sheets.find((s) => s.name === name) ?? workbook.sheets.find((s) => s.name.trim().toLowerCase() === name)

/** A grid of texts (first row = header) as a sheet; empty rows are left out, row numbers stay true. */
export const sheetFromGrid = (name: string, grid: readonly (readonly (string | undefined)[] | undefined)[]): Sheet => {
  const top = grid.findIndex((r) => r?.some((c) => c !== undefined && c !== ''))
  if (top < 0) return { name, header: [], rows: [] }
  const header = Array.from(grid[top] ?? [], (c) => c ?? '')
  const rows: Row[] = []
  for (let i = top + 1; i < grid.length; i++) {
    const cells = new Map<string, string>()
    header.forEach((title, column) => {
      const text = grid[i]?.[column]
      if (title !== '' && text !== undefined && text !== '') cells.set(title, text)
    })
    if (cells.size > 0) rows.push({ row: i + 1, cells })
  }
  return { name, header: header.filter((h) => h !== ''), rows }
}

/** The table form of pyxform's tests: `| survey |` names a sheet, `| | type | name |` is a row of it. */
export const readMarkdown = (text: string): Workbook => {
  const grids: { name: string; grid: (string | undefined)[][] }[] = []
  for (const line of text.split('\n')) {
    // What stands after the last bar is a remark.
    const inner = /^\s*\|(.*)\|/.exec(line)?.[1] ?? /^\s*\|(.*)$/.exec(line)?.[1]
    if (inner === undefined || /^[-:|\s]+$/.test(inner)) continue
    const [first = '', ...rest] = inner.split(/(?<!\\)\|/).map((c) => c.trim().replaceAll('\\|', '|'))
    if (first !== '') grids.push({ name: first, grid: [] })
    if (rest.some((c) => c !== '')) grids.at(-1)?.grid.push(rest.map((c) => (c === '' ? undefined : c)))
  }
  return { sheets: grids.map(({ name, grid }) => sheetFromGrid(name, grid)) }
}
