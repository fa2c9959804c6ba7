import { Problem } from '#base/problem.ts'
import type { FindingEvent, FindingStatus } from '../contract.ts'

export const acts = ['confirm', 'dismiss', 'reply', 'return', 'close'] as const
export type Act = (typeof acts)[number]

/** From which status an act may be taken and where it leads. `dismiss` of an answered finding: the provider's objection was right. */
const moves: Readonly<Record<Act, { readonly from: readonly FindingStatus[]; readonly to: FindingStatus }>> = {
  confirm: { from: ['draft'], to: 'confirmed' },
  dismiss: { from: ['draft', 'answered'], to: 'dismissed' },
  reply: { from: ['confirmed', 'returned', 'answered'], to: 'answered' },
  return: { from: ['answered'], to: 'returned' },
  close: { from: ['answered'], to: 'closed' },
}
export const mayTake = (status: FindingStatus, act: Act): boolean => moves[act].from.includes(status)

/** The status after an act. Throws `finding.not_allowed`. */
export const after = (status: FindingStatus, act: Act): FindingStatus => {
  if (!mayTake(status, act)) throw new Problem('finding.not_allowed', { status, act })
  return moves[act].to
}

/** True while something is asked of the provider. */
export const waitsForProvider = (status: FindingStatus): boolean => status === 'confirmed' || status === 'returned'

export type StepKey = 'drafted' | 'confirmed' | 'delivered' | 'answered' | 'verified' | 'closed'
export interface StepShown {
  readonly key: StepKey
  readonly state: 'done' | 'current' | 'waiting' | 'failed'
  /** The last event of this step; undefined while it has not happened. */
  readonly event: FindingEvent | undefined
}
const stepOf: Readonly<Record<FindingEvent['act'], StepKey>> = {
  drafted: 'drafted', confirmed: 'confirmed', delivered: 'delivered', replied: 'answered', returned: 'verified', closed: 'closed', dismissed: 'confirmed', withdrawn: 'verified',
}
const keys: readonly StepKey[] = ['drafted', 'confirmed', 'delivered', 'answered', 'verified', 'closed']

/** The line of six steps: what is done, where it stands now, what waits. After a return it stands at the reply again. */
export const steps = (status: FindingStatus, delivered: boolean, events: readonly FindingEvent[]): StepShown[] => {
  const at: StepKey | null =
    status === 'draft' ? 'confirmed' : status === 'confirmed' || status === 'returned' ? (delivered ? 'answered' : 'delivered') : status === 'answered' ? 'verified' : null
  const last = new Map<StepKey, FindingEvent>()
  for (const event of events) last.set(stepOf[event.act], event)
  const withdrawn = events.some((e) => e.act === 'withdrawn')
  const end = status === 'closed' ? keys.length : status === 'dismissed' ? keys.indexOf(withdrawn ? 'verified' : 'confirmed') : keys.indexOf(at!)
  return keys.map((key, i) => ({
    key,
    state: i < end ? 'done' : i > end ? 'waiting' : status === 'dismissed' ? 'failed' : 'current',
    // an act of the round before says nothing about a step that is still to come
    event: i < end || (i === end && status === 'dismissed') || (key === 'verified' && status === 'returned') ? last.get(key === 'verified' && status === 'closed' ? 'closed' : key) : undefined,
  }))
}
