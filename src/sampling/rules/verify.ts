import { Problem } from '#base/problem.ts'
import { draw, type Draw, type DrawInput, type DrawnRow, type DrawnStratum } from './draw.ts'
import { frameColumns, frameDigest } from './frame.ts'
import { seedCommitment } from './random.ts'

/** A draw as stored or as published in a file. Only rows of purpose `random` belong in it. */
export interface PublishedDraw extends DrawInput {
  readonly digest: string
  readonly rows: readonly DrawnRow[]
  /** Compared when given. */
  readonly strata?: readonly DrawnStratum[]
  /** SHA-256 of the seed as published before the draw; compared when given. */
  readonly commitment?: string
}

export type Difference =
  | { readonly code: 'frame_changed'; readonly stored: string; readonly computed: string }
  | { readonly code: 'seed_not_committed'; readonly stored: string; readonly computed: string }
  /** The file does not hold what a published draw must hold. */
  | { readonly code: 'file_invalid'; readonly field: string }
  /** The frame, seed or design does not allow a draw at all. */
  | { readonly code: 'draw_refused'; readonly problem: string; readonly detail: Readonly<Record<string, unknown>> }
  /** Drawn by the rule, absent from what is stored; and the reverse. */
  | { readonly code: 'row_missing'; readonly classRunId: string }
  | { readonly code: 'row_surplus'; readonly classRunId: string }
  | { readonly code: 'row_repeated'; readonly classRunId: string }
  | { readonly code: 'row_differs'; readonly classRunId: string; readonly field: string; readonly stored: unknown; readonly computed: unknown }
  | { readonly code: 'stratum_differs'; readonly stratum: string; readonly field: string; readonly stored: unknown; readonly computed: unknown }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first place where a file read from outside lacks what the check needs; undefined when it can be checked. */
const shapeFault = (file: unknown): string | undefined => {
  if (!isObject(file)) return 'file'
  const { frame, rows, strata, design } = file
  for (const field of ['seed', 'digest']) if (typeof file[field] !== 'string') return field
  if (!Array.isArray(frame)) return 'frame'
  if (!Array.isArray(rows)) return 'rows'
  if (strata !== undefined && !(Array.isArray(strata) && strata.every(isObject))) return 'strata'
  if (!isObject(design) || !Array.isArray(design['stratifyBy']) || !isObject(design['allocation'])) return 'design'
  if (!(typeof design['floor'] === 'number' && design['floor'] > 0 && design['floor'] <= 1)) return 'design.floor'
  const { kind, sizes } = design['allocation']
  if (!['given', 'proportional', 'neyman'].includes(String(kind)) || (kind === 'given' && !isObject(sizes))) return 'design.allocation'
  const lists = new Set(['riskReasons', 'sessions'])
  for (const [k, row] of frame.entries()) {
    if (!isObject(row)) return `frame[${k}]`
    for (const column of frameColumns) {
      const value = row[column]
      const fits = lists.has(column) ? Array.isArray(value) : column === 'size' || column === 'plannedParticipants' ? typeof value === 'number' : typeof value === 'string'
      if (!fits) return `frame[${k}].${column}`
    }
  }
  const bad = rows.findIndex((row: unknown) => !isObject(row) || typeof row['classRunId'] !== 'string')
  return bad < 0 ? undefined : `rows[${bad}]`
}

const attempt = (published: PublishedDraw): { digest: string; drawn: Draw } | Difference => {
  try {
    return { digest: frameDigest(published.frame), drawn: draw(published) }
  } catch (error) {
    if (error instanceof Problem) return { code: 'draw_refused', problem: error.code, detail: error.detail }
    throw error
  }
}

const fieldsOf = (drawn: Draw, stored: readonly DrawnRow[]): Difference[] => {
  const kept = new Map(stored.map((row) => [row.classRunId, row]))
  const computed = new Set(drawn.rows.map((row) => row.classRunId))
  const repeated = [...kept.keys()].filter((id) => stored.filter((row) => row.classRunId === id).length > 1)
  return [
    ...(kept.size === stored.length ? [] : repeated.map((classRunId): Difference => ({ code: 'row_repeated', classRunId }))),
    ...drawn.rows.flatMap((row): Difference[] => {
      const found = kept.get(row.classRunId)
      if (!found) return [{ code: 'row_missing', classRunId: row.classRunId }]
      const fields = (Object.keys(row) as (keyof DrawnRow)[]).filter((field) => found[field] !== row[field])
      return fields.map((field) => ({ code: 'row_differs', classRunId: row.classRunId, field, stored: found[field], computed: row[field] }))
    }),
    ...[...kept.keys()].filter((id) => !computed.has(id)).map((classRunId): Difference => ({ code: 'row_surplus', classRunId })),
  ]
}

const strataOf = (drawn: Draw, stored: readonly DrawnStratum[]): Difference[] => {
  const codes = new Set([...drawn.strata, ...stored].map(({ code }) => code))
  return [...codes].flatMap((code) => {
    const computed = drawn.strata.find((s) => s.code === code)
    const found = stored.find((s) => s.code === code)
    const fields = (['population', 'sample'] as const).filter((field) => computed?.[field] !== found?.[field])
    return fields.map((field): Difference => ({ code: 'stratum_differs', stratum: code, field, stored: found?.[field] ?? null, computed: computed?.[field] ?? null }))
  })
}

/**
 * Recomputes digest, probabilities, random numbers, ranks and sittings from frame, seed and design, and compares them with what is stored, to the last bit.
 * @param file a published file as JSON.parse gives it (its shape is checked first), or a `PublishedDraw` made from the stored rows
 */
export const verifyDraw = (file: unknown): { ok: boolean; differences: readonly Difference[] } => {
  const fault = shapeFault(file)
  if (fault) return { ok: false, differences: [{ code: 'file_invalid', field: fault }] }
  const published = file as PublishedDraw
  const result = attempt(published)
  if ('code' in result) return { ok: false, differences: [result] }
  const differences: Difference[] = []
  if (result.digest !== published.digest) differences.push({ code: 'frame_changed', stored: published.digest, computed: result.digest })
  const commitment = seedCommitment(published.seed)
  if (published.commitment !== undefined && published.commitment !== commitment)
    differences.push({ code: 'seed_not_committed', stored: published.commitment, computed: commitment })
  differences.push(...fieldsOf(result.drawn, published.rows))
  if (published.strata) differences.push(...strataOf(result.drawn, published.strata))
  return { ok: differences.length === 0, differences }
}

/** A difference as one English line, for the command line; screens use the code and its values. */
export const differenceLine = (difference: Difference): string => {
  switch (difference.code) {
    case 'file_invalid':
      return `the file lacks or spoils ${difference.field}`
    case 'draw_refused':
      return `no draw is possible: ${difference.problem} ${JSON.stringify(difference.detail)}`
    case 'frame_changed':
      return `the frame was changed: its digest is ${difference.computed}, stored is ${difference.stored}`
    case 'seed_not_committed':
      return `the seed is not the one committed to: its SHA-256 is ${difference.computed}, published was ${difference.stored}`
    case 'row_missing':
      return `class run ${difference.classRunId} is drawn by the rule but not stored as drawn`
    case 'row_surplus':
      return `class run ${difference.classRunId} is stored as drawn but not drawn by the rule`
    case 'row_repeated':
      return `class run ${difference.classRunId} is stored as drawn more than once`
    case 'row_differs':
      return `class run ${difference.classRunId}: ${difference.field} is ${String(difference.computed)} by the rule, stored is ${String(difference.stored)}`
    case 'stratum_differs':
      return `stratum ${difference.stratum}: ${difference.field} is ${String(difference.computed)} by the rule, stored is ${String(difference.stored)}`
  }
}
