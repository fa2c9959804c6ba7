import type { Claim, VisitRow } from '../contract.ts'
import type { Tone } from '#web/kit/tone.ts'

/** How the states of a visit look; the word always stands beside. */
export const statusTone: Record<VisitRow['status'], Tone> = { submitted: 'warning', returned: 'critical', approved_by_coordinator: 'info', approved: 'good' }
export const resultTone: Record<Claim['result'], Tone> = { pass: 'good', fail: 'critical', not_observed: 'neutral', not_applicable: 'neutral' }
export const severityTone = { critical: 'critical', major: 'warning', minor: 'info', observation: 'neutral' } as const
export const outcomes = ['took_place', 'class_absent', 'cancelled', 'access_refused', 'wrong_address', 'monitor_unsafe'] as const
export const statuses = ['submitted', 'returned', 'approved_by_coordinator', 'approved'] as const
export const severities = ['critical', 'major', 'minor', 'observation'] as const
