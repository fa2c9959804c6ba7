import { dayIn, zones, type Zone } from '../../base/days.ts'
import { sha256 } from '../../base/sha256.ts'
import { fits, type Mode } from './csv-class-runs.ts'
import { Cells, csvLine, isDay, readHeader, type ImportError, type RawRecord } from './csv-fields.ts'

/** One sitting of a class run; instants are ISO 8601 in UTC. A self-paced run has one: the span of days in which it may be taken. */
export interface SessionRow {
  readonly scheduleCode: string
  readonly sequence: number
  readonly beginsAt: string
  readonly endsAt: string
}

export interface SessionLookups {
  /** Schedule code → what is needed of the class run. The zone is that of its regency and reads local times. */
  readonly classRuns: ReadonlyMap<string, { readonly startsOn: string; readonly endsOn: string; readonly mode: Mode; readonly zone: Zone }>
}

export const sessionColumns = ['schedule_code', 'sequence', 'begins_at', 'ends_at'] as const
export const sessionHeader = { required: [...sessionColumns], optional: [], ignored: [] }

/** Longest sitting: a day; a self-paced span is limited by its class run alone. */
const longestSession = 24 * 60

/** `2026-11-23T09:00`, optional seconds, optional `Z` or offset; a local time is read in `zone`. Null when it is no time. */
export const readInstant = (text: string, zone: Zone): string | null => {
  const parts = /^(\d{4}-\d\d-\d\d)[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,3})?)?\s*(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?$/i.exec(text)
  if (!parts || !isDay(parts[1] ?? '')) return null
  const offset = parts[5]?.toUpperCase()
  const sign = offset?.startsWith('-') ? -1 : 1
  const minutes = offset === undefined ? zones[zone] * 60 : offset === 'Z' ? 0 : sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2)))
  const local = Date.parse(`${parts[1]}T${parts[2]}:${parts[3]}:${parts[4] ?? '00'}Z`)
  return new Date(local - minutes * 60_000).toISOString()
}

export type ReadSession = { readonly row: SessionRow; readonly digest: string; readonly errors: readonly [] } | { readonly row: null; readonly errors: readonly ImportError[] }

/** A reader of one file of sessions, used like `classRunReader`. Duplicates and overlaps are found over the whole file. */
export const sessionReader = (header: readonly string[], lookups: SessionLookups) => {
  const { places, errors } = readHeader(header, sessionHeader)
  const seen = new Map<string, { sequence: number; line: number; begins: number; ends: number }[]>()

  const read = (record: RawRecord): ReadSession => {
    const cells = new Cells(record, places)
    if (!fits(cells, record, header.length)) return { row: null, errors: cells.errors }
    const scheduleCode = cells.code('schedule_code', { required: true })
    const run = scheduleCode === null ? undefined : lookups.classRuns.get(scheduleCode)
    if (scheduleCode !== null && !run) cells.wrong('schedule_code', 'import.unknown_class_run', { value: scheduleCode })
    // One provider's system accepts 1-10 or 999 (domain: integration contract), so three digits.
    const sequence = cells.whole('sequence', 1, 999, { required: true })
    const instant = (column: string) => {
      const text = cells.text(column, { required: true, max: 40 })
      if (text === null) return null
      return readInstant(text, run?.zone ?? 'WIB') ?? cells.wrong(column, 'import.instant', { value: text })
    }
    const beginsAt = instant('begins_at')
    const endsAt = instant('ends_at')
    if (run && beginsAt !== null && endsAt !== null) {
      const minutes = (Date.parse(endsAt) - Date.parse(beginsAt)) / 60_000
      if (minutes <= 0) cells.wrong('ends_at', 'import.time_order')
      else if (run.mode !== 'selfPaced' && minutes > longestSession) cells.wrong('ends_at', 'import.session_too_long', { minutes, max: longestSession })
      for (const [column, at] of [['begins_at', beginsAt], ['ends_at', endsAt]] as const) {
        // A sitting that ends at midnight belongs to the day before.
        const value = dayIn(run.zone, new Date(Date.parse(at) - (column === 'ends_at' ? 1 : 0)))
        if (value < run.startsOn || value > run.endsOn) cells.wrong(column, 'import.outside_class_run', { value, start: run.startsOn, end: run.endsOn })
      }
    }
    if (scheduleCode !== null && sequence !== null) {
      const others = seen.get(scheduleCode) ?? []
      const same = others.find((other) => other.sequence === sequence)
      const begins = beginsAt === null ? Number.NaN : Date.parse(beginsAt)
      const ends = endsAt === null ? Number.NaN : Date.parse(endsAt)
      const overlapping = others.find((other) => begins < other.ends && other.begins < ends)
      if (same) cells.wrong('sequence', 'import.duplicate', { value: sequence, first: same.line })
      else if (overlapping) cells.wrong('begins_at', 'import.overlap', { sequence: overlapping.sequence, first: overlapping.line })
      if (!same) seen.set(scheduleCode, [...others, { sequence, line: record.line, begins, ends }])
    }
    if (cells.errors.length > 0 || scheduleCode === null || sequence === null || beginsAt === null || endsAt === null) return { row: null, errors: cells.errors }
    const row: SessionRow = { scheduleCode, sequence, beginsAt, endsAt }
    return { row, digest: sessionDigest(row), errors: [] }
  }
  return { errors, read }
}

export const sessionDigest = (row: SessionRow): string => sha256(JSON.stringify([row.scheduleCode, row.sequence, row.beginsAt, row.endsAt]))

/** The row as a line of CSV in the order of `sessionColumns`, without the line end. */
export const sessionLine = (row: SessionRow): string => csvLine([row.scheduleCode, String(row.sequence), row.beginsAt, row.endsAt])
