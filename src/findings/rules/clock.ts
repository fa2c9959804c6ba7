import { deadline, type Allowance, type Zone } from '#base/days.ts'
import type { FindingStatus } from '../contract.ts'
import { waitsForProvider } from './transitions.ts'

export interface Allowances {
  readonly reply: Allowance | null
  readonly correction: Allowance | null
}
export interface NormAllowances extends Allowances {
  readonly severity: string
}

/** Both deadlines of an allowance that starts with delivery. */
export const dues = (deliveredAt: Date, allowed: Allowances, zone: Zone, holidays: ReadonlySet<string>): { readonly replyDueAt: Date | null; readonly correctionDueAt: Date | null } => ({
  replyDueAt: allowed.reply && deadline(deliveredAt, allowed.reply, zone, holidays),
  correctionDueAt: allowed.correction && deadline(deliveredAt, allowed.correction, zone, holidays),
})

const key = (a: Allowances): string => JSON.stringify([a.reply && [a.reply.n, a.reply.unit], a.correction && [a.correction.n, a.correction.unit]])
const length = (a: Allowance | null): number => (a ? a.n * { hour: 1, calendar_day: 24, working_day: 34 }[a.unit] : Infinity)

/**
 * What a severity class is given in a rule set: what most of its norms of that severity have; of equally frequent ones the shortest.
 * So the classes of domain.md §3.2 stand in the norm data alone, and the office changes them there.
 */
export const classAllowances = (norms: readonly NormAllowances[], severity: string): Allowances => {
  const seen = new Map<string, { readonly of: Allowances; readonly n: number }>()
  for (const norm of norms)
    if (norm.severity === severity && (norm.reply || norm.correction)) seen.set(key(norm), { of: norm, n: (seen.get(key(norm))?.n ?? 0) + 1 })
  const best = [...seen.values()].sort((a, b) => b.n - a.n || length(a.of.reply) - length(b.of.reply) || length(a.of.correction) - length(b.of.correction))[0]
  return { reply: best?.of.reply ?? null, correction: best?.of.correction ?? null }
}

/** The norm's own allowances; those of the severity class when there is no norm, it has none, or it was broken at another severity than its own. */
export const allowancesFor = (norm: NormAllowances | null, severity: string, inForce: readonly NormAllowances[]): Allowances =>
  norm && norm.severity === severity && (norm.reply || norm.correction) ? { reply: norm.reply, correction: norm.correction } : classAllowances(inForce, severity)

export interface Clock {
  readonly status: FindingStatus
  readonly replyDueAt: string | null
  readonly correctionDueAt: string | null
}
/** What runs out next for the provider, and whether it already has. The reply comes first; a norm without a reply asks for the correction. */
export const nextDue = ({ status, replyDueAt, correctionDueAt }: Clock, now: Date): { at: string; of: 'reply' | 'correction'; overdue: boolean } | null => {
  const at = replyDueAt ?? correctionDueAt
  if (!waitsForProvider(status) || at === null) return null
  return { at, of: replyDueAt ? 'reply' : 'correction', overdue: Date.parse(at) <= now.getTime() }
}
