import { strFromU8, unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'
import { formError, type FormError, type FormErrorCode } from './problems.ts'
import { sheetFromGrid, type Sheet, type Workbook } from './workbook.ts'

/** What a workbook may weigh at most (forms.md §4: a 956 kB file that unpacks to 600 MB must be refused before it is unpacked). */
export const limits = { packedMB: 10, unpackedMB: 50, rows: 20_000, columns: 256, cell: 32_000, depth: 64 } as const

class Refused extends Error {
  readonly error: FormError
  constructor(code: FormErrorCode, values: Record<string, unknown>, sheet = '', row?: number) {
    super(code)
    this.error = formError(code, { sheet, row }, values)
  }
}

interface Handlers {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

/** Streams one XML part. No DOCTYPE, no nesting beyond the limit; prefixes are dropped. */
const parse = (part: string, xml: string, on: Handlers): void => {
  const parser = new SaxesParser()
  let depth = 0
  const bare = (name: string): string => name.slice(name.indexOf(':') + 1)
  parser.on('doctype', () => {
    throw new Refused('file.doctype', { part })
  })
  parser.on('error', (e) => {
    throw new Refused('file.malformed', { part, reason: e.message })
  })
  parser.on('opentag', (tag) => {
    if (++depth > limits.depth) throw new Refused('file.too_deep', { part, limit: limits.depth })
    on.open?.(bare(tag.name), tag.attributes as Record<string, string>)
  })
  parser.on('text', (t) => on.text?.(t))
  parser.on('cdata', (t) => on.text?.(t))
  parser.on('closetag', (tag) => {
    depth--
    on.close?.(bare(tag.name))
  })
  parser.write(xml).close()
}

/** `BC12` → 54 (0-based). */
const columnOf = (reference: string): number => {
  let n = 0
  for (const c of reference) {
    const k = c.charCodeAt(0)
    if (k < 65 || k > 90) break
    n = n * 26 + k - 64
  }
  return n - 1
}

const unescapeXlsx = (s: string): string => s.replace(/_x([0-9A-Fa-f]{4})_/g, (_, h: string) => String.fromCharCode(Number.parseInt(h, 16)))

/** Built-in number formats that show a date or a time. */
const dateFormats = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47])

const dateStyles = (xml: string | undefined): boolean[] => {
  if (xml === undefined) return []
  const own = new Map<number, string>()
  const styles: boolean[] = []
  let inside = false
  parse('styles.xml', xml, {
    open: (name, a) => {
      if (name === 'numFmt') own.set(Number(a.numFmtId), a.formatCode ?? '')
      else if (name === 'cellXfs') inside = true
      else if (name === 'xf' && inside) {
        const id = Number(a.numFmtId)
        const code = (own.get(id) ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '')
        styles.push(dateFormats.has(id) || (/[ymdhs]/i.test(code) && !/general/i.test(code)))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inside = false
    },
  })
  return styles
}

const sharedStrings = (xml: string | undefined): string[] => {
  const strings: string[] = []
  if (xml === undefined) return strings
  let current = ''
  let reading = false
  let phonetic = 0
  parse('sharedStrings.xml', xml, {
    open: (name) => {
      if (name === 'si') current = ''
      else if (name === 'rPh') phonetic++
      else if (name === 't') reading = phonetic === 0
    },
    text: (t) => {
      if (reading) current += t
    },
    close: (name) => {
      if (name === 't') reading = false
      else if (name === 'rPh') phonetic--
      else if (name === 'si') strings.push(unescapeXlsx(current))
    },
  })
  return strings
}

/** A date or time cell as pyxform writes it: `2026-11-23 08:00:00`, or `08:00:00` for a bare time. */
const isoText = (serial: number, epoch1904: boolean): string => {
  const at = new Date(Math.round((serial - (epoch1904 ? 24_107 : 25_569)) * 86_400) * 1000)
  if (Number.isNaN(at.getTime())) return String(serial)
  const iso = at.toISOString()
  if (!epoch1904 && serial < 1) return iso.slice(11, 19)
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`.replace(/ 00:00:00$/, '')
}

/** Text as pyxform reads it: no-break spaces are spaces, ends trimmed. */
const tidy = (text: string): string => text.replaceAll('\u00a0', ' ').trim()

const cellText = (type: string, raw: string, strings: readonly string[], date: boolean, epoch1904: boolean): string => {
  if (type === 's') return tidy(strings[Number(raw)] ?? '')
  if (type === 'str' || type === 'inlineStr') return tidy(unescapeXlsx(raw))
  if (type === 'b') return raw === '1' ? 'TRUE' : 'FALSE'
  if (type === 'e') return raw
  if (type === 'd') return raw.replace('T', ' ').replace(/ 00:00:00(\.0+)?$/, '')
  const n = Number(raw)
  if (raw === '' || Number.isNaN(n)) return tidy(raw)
  return date ? isoText(n, epoch1904) : String(n)
}

const readSheet = (name: string, xml: string, strings: readonly string[], dates: readonly boolean[], epoch1904: boolean): Sheet => {
  const grid: string[][] = []
  let [row, column, type, style, value, reading] = [-1, -1, 'n', 0, '', false]
  parse(name, xml, {
    open: (tag, a) => {
      if (tag === 'row') {
        row = a.r ? Number(a.r) - 1 : row + 1
        column = -1
      } else if (tag === 'c') {
        column = a.r ? columnOf(a.r) : column + 1
        type = a.t ?? 'n'
        style = Number(a.s ?? 0)
        value = ''
      } else if (tag === 'v' || tag === 't') reading = true
    },
    text: (t) => {
      if (reading) value += t
    },
    close: (tag) => {
      if (tag === 'v' || tag === 't') reading = false
      if (tag !== 'c' || value === '') return
      const text = cellText(type, value, strings, dates[style] ?? false, epoch1904)
      if (text === '') return
      if (!(row >= 0 && row < limits.rows)) throw new Refused('sheet.too_many_rows', { limit: limits.rows }, name, row + 1)
      if (!(column >= 0 && column < limits.columns)) throw new Refused('sheet.too_many_columns', { limit: limits.columns }, name, row + 1)
      if (text.length > limits.cell) throw new Refused('cell.too_long', { limit: limits.cell }, name, row + 1)
      ;(grid[row] ??= [])[column] = text
    },
  })
  return sheetFromGrid(name, Array.from(grid))
}

const wanted = /^xl\/(workbook\.xml|sharedStrings\.xml|styles\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/i

const unpack = (bytes: Uint8Array): Map<string, string> => {
  if (bytes.length > limits.packedMB * 1e6) throw new Refused('file.too_large', { limit: limits.packedMB })
  let total = 0
  let files: Record<string, Uint8Array>
  try {
    files = unzipSync(bytes, {
      filter: (file) => {
        if (!wanted.test(file.name)) return false
        total += file.originalSize
        // The header's size is what fflate allocates, so a lying header cannot unpack to more than this.
        if (total > limits.unpackedMB * 1e6) throw new Refused('file.unpacks_too_large', { limit: limits.unpackedMB })
        return true
      },
    })
  } catch (e) {
    if (e instanceof Refused) throw e
    throw new Refused('file.not_xlsx', {})
  }
  return new Map(Object.entries(files).map(([name, data]) => [name.toLowerCase(), strFromU8(data)]))
}

/** The old binary format of Excel; a workbook with a password is wrapped in the same way. */
const oldExcel = [0xd0, 0xcf, 0x11, 0xe0]
export const isOldExcel = (bytes: Uint8Array): boolean => oldExcel.every((b, i) => bytes[i] === b)

const open = (bytes: Uint8Array): Workbook => {
  if (isOldExcel(bytes)) throw new Refused('file.xls', {})
  const parts = unpack(bytes)
  const main = parts.get('xl/workbook.xml')
  if (main === undefined) throw new Refused('file.not_xlsx', {})
  const listed: { name: string; id: string }[] = []
  let epoch1904 = false
  parse('workbook.xml', main, {
    open: (name, a) => {
      if (name === 'sheet')
        listed.push({ name: a.name ?? '', id: a['r:id'] ?? Object.entries(a).find(([k]) => k.endsWith(':id'))?.[1] ?? '' })
      if (name === 'workbookPr') epoch1904 = /^(1|true)$/.test(a.date1904 ?? '')
    },
  })
  const targets = new Map<string, string>()
  parse('workbook.xml.rels', parts.get('xl/_rels/workbook.xml.rels') ?? '<r/>', {
    open: (name, a) => {
      if (name === 'Relationship') targets.set(a.Id ?? '', a.Target ?? '')
    },
  })
  const strings = sharedStrings(parts.get('xl/sharedstrings.xml'))
  const dates = dateStyles(parts.get('xl/styles.xml'))
  const sheets: Sheet[] = []
  for (const { name, id } of listed) {
    const target = targets.get(id) ?? ''
    const xml = parts.get((target.startsWith('/') ? target.slice(1) : `xl/${target}`).toLowerCase())
    if (xml !== undefined) sheets.push(readSheet(name, xml, strings, dates, epoch1904))
  }
  return { sheets }
}

/**
 * Reads an .xlsx workbook as text, with the cell rules of pyxform (`1.0` → `1`, TRUE/FALSE, ISO dates, no-break space → space, trimmed).
 * Refuses instead of reading what is over the limits, not a workbook, or holds a DOCTYPE.
 */
export const readXlsx = (bytes: Uint8Array): { ok: true; workbook: Workbook } | { ok: false; errors: FormError[] } => {
  try {
    return { ok: true, workbook: open(bytes) }
  } catch (e) {
    if (e instanceof Refused) return { ok: false, errors: [e.error] }
    throw e
  }
}
