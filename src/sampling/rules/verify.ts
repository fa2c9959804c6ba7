import { Problem } from '#base/problem.ts'
import { draw, type Draw, type DrawInput, type DrawnRow, type DrawnStratum } from './draw.ts'
import { frameDigest } from './frame.ts'
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
  /** The frame, seed or design does not allow a draw at all. */
  | { readonly code: 'draw_refused'; readonly problem: string; readonly detail: Readonly<Record<string, unknown>> }
  /** Drawn by the rule, absent from what is stored; and the reverse. */
  | { readonly code: 'row_missing'; readonly classRunId: string }
  | { readonly code: 'row_surplus'; readonly classRunId: string }
  | { readonly code: 'row_repeated'; readonly classRunId: string }
  | { readonly code: 'row_differs'; readonly classRunId: string; readonly field: string; readonly stored: unknown; readonly computed: unknown }
  | { readonly code: 'stratum_differs'; readonly stratum: string; readonly field: string; readonly stored: unknown; readonly computed: unknown }

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

/** Recomputes digest, probabilities, random numbers, ranks and sittings from frame, seed and design, and compares them with what is stored, to the last bit. */
export const verifyDraw = (published: PublishedDraw): { ok: boolean; differences: readonly Difference[] } => {
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
