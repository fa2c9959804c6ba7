/** A column of a table. `value` gives what is shown and sorted when no slot `cell-<key>` draws it. */
export interface Column<Row> {
  readonly key: string
  readonly label: string
  readonly value?: ((row: Row) => string | number | null | undefined) | undefined
  /** Numbers stand at the end of the cell. */
  readonly end?: boolean | undefined
  readonly sortable?: boolean | undefined
  /** CSS width of the column, e.g. `8rem`. */
  readonly width?: string | undefined
}
export interface Sort {
  readonly key: string
  readonly descending: boolean
}
/** Rows in the order of a column; empty values last in both directions. Texts compare by the language's own rules. */
export const sorted = <Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort | null, language: string): readonly Row[] => {
  const value = sort && columns.find((column) => column.key === sort.key)?.value
  if (!value) return rows
  const collator = new Intl.Collator(language, { numeric: true })
  const sign = sort.descending ? -1 : 1
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a) ?? null, value(b) ?? null]
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1
    return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : collator.compare(String(x), String(y)))
  })
}
