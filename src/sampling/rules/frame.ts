import { Problem } from '#base/problem.ts'
import { hex, sha256Bytes } from '#base/sha256.ts'

/** One class run as it stood when the frame was frozen. */
export interface FrameRow {
  readonly classRunId: string
  readonly scheduleCode: string
  readonly mode: 'webinar' | 'onsite' | 'selfPaced'
  readonly regencyCode: string
  readonly provinceCode: string
  readonly regionGroup: string
  readonly riskClass: string
  /** Codes of the risk rules that applied, in the order of the rules. */
  readonly riskReasons: readonly string[]
  readonly providerId: string
  /** Calendar days, `2026-11-23`. */
  readonly startsOn: string
  readonly endsOn: string
  readonly plannedParticipants: number
  /** Size measure of the draw, ≥ 0; planned participants unless the round says otherwise. */
  readonly size: number
  /** Sequence numbers of the class run's sittings; empty for a class run without any. */
  readonly sessions: readonly number[]
}

// A column added to FrameRow but not here would escape the digest; as a record it does not compile then.
const columns = {
  classRunId: true,
  scheduleCode: true,
  mode: true,
  regencyCode: true,
  provinceCode: true,
  regionGroup: true,
  riskClass: true,
  riskReasons: true,
  providerId: true,
  startsOn: true,
  endsOn: true,
  plannedParticipants: true,
  size: true,
  sessions: true,
} as const satisfies Readonly<Record<keyof FrameRow, true>>

/** Every column, in the order of the canonical text. */
export const frameColumns = Object.keys(columns) as readonly (keyof FrameRow)[]

/** Order of two texts by UTF-16 code unit: the same on every machine and in every language setting. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The frame sorted by class run id. Throws `sampling.frame_duplicate` or `sampling.frame_value_invalid`. */
export const sortedFrame = (frame: readonly FrameRow[]): FrameRow[] => {
  const rows = [...frame].sort((a, b) => byText(a.classRunId, b.classRunId))
  rows.forEach((row, k) => {
    if (row.classRunId === rows[k - 1]?.classRunId) throw new Problem('sampling.frame_duplicate', { classRunId: row.classRunId })
    const wrong = (field: keyof FrameRow) => new Problem('sampling.frame_value_invalid', { field, classRunId: row.classRunId })
    if (!(row.size >= 0 && Number.isFinite(row.size))) throw wrong('size')
    // The parts of a stratum's key are joined by `|`, so none may hold it.
    for (const field of ['regionGroup', 'riskClass'] as const) if (row[field] === '' || row[field].includes('|')) throw wrong(field)
  })
  return rows
}

/**
 * SHA-256 (hex) of the frame in its canonical text, format `pantau-frame-1`: lines ended by \n, UTF-8. Line 1 is the format's name, line 2 the JSON array of the
 * column names, then one JSON array of values per class run, sorted by class run id (code units), JSON as JSON.stringify writes it (no spaces). So any change to
 * any row, drawn or not, changes the digest; the order in which rows arrive does not, nor does the order of sitting numbers.
 */
export const frameDigest = (frame: readonly FrameRow[]): string => hex(sha256Bytes(canonicalLines(frame)))

function* canonicalLines(frame: readonly FrameRow[]): Generator<string> {
  yield 'pantau-frame-1\n'
  yield `${JSON.stringify(frameColumns)}\n`
  for (const row of sortedFrame(frame)) yield `${JSON.stringify(frameColumns.map((column) => (column === 'sessions' ? sortedSessions(row) : row[column])))}\n`
}

/** Sitting numbers in rising order. */
export const sortedSessions = (row: FrameRow): number[] => [...row.sessions].sort((a, b) => a - b)
