import { Problem } from '#base/problem.ts'
import type { Decision, Stage } from './contract.ts'

/** `returned` waits for the collector; `approved` is final. */
export const statuses = ['submitted', 'returned', 'approved_by_coordinator', 'approved'] as const
export type VisitStatus = (typeof statuses)[number]

/** The status in which a visit waits for a stage. */
export const waitsAs: Readonly<Record<Stage, VisitStatus>> = { coordinator: 'submitted', office: 'approved_by_coordinator' }

/** The status after a decision. Throws `review.not_waiting` when the visit does not wait for this stage. */
export const nextStatus = (status: string, stage: Stage, decision: Decision): Exclude<VisitStatus, 'submitted'> => {
  if (status !== waitsAs[stage]) throw new Problem('review.not_waiting', { status })
  if (decision === 'returned') return 'returned'
  return stage === 'coordinator' ? 'approved_by_coordinator' : 'approved'
}

export interface Looked {
  readonly status: string
  readonly instanceId: string
  readonly flags: readonly string[]
  /** Everybody who sent a version of it. */
  readonly collectors: readonly string[]
}
export interface Judgement {
  readonly stage: Stage
  readonly decision: Decision
  readonly instanceId: string
  readonly note: string
  readonly comments: number
}

/** Whether a reviewer may take this decision now, and where it leads. A return says what is missing: in the note or at a question. */
export const decide = (visit: Looked, judgement: Judgement, reviewerId: string): Exclude<VisitStatus, 'submitted'> => {
  if (visit.collectors.includes(reviewerId)) throw new Problem('review.own_visit')
  if (visit.flags.includes('superseded')) throw new Problem('review.superseded')
  if (visit.instanceId !== judgement.instanceId) throw new Problem('review.version_changed')
  const next = nextStatus(visit.status, judgement.stage, judgement.decision)
  if (next === 'returned' && judgement.note === '' && judgement.comments === 0) throw new Problem('review.note_missing')
  return next
}

/** The last name of a question path: `/data/c/w05_a[2]` → `w05_a`. */
export const nameOf = (path: string): string => path.replace(/\[\d+\]/g, '').slice(path.replace(/\[\d+\]/g, '').lastIndexOf('/') + 1)
