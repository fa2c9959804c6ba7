import type { FindingEvent } from '../contract.ts'
import type { Tone } from '#web/kit/tone.ts'

export const statusTone: Readonly<Record<string, Tone>> = { draft: 'neutral', dismissed: 'neutral', confirmed: 'warning', returned: 'warning', answered: 'info', closed: 'good' }
export const severityTone: Readonly<Record<string, Tone>> = { critical: 'critical', major: 'warning', minor: 'info', observation: 'neutral' }
export const actTone: Readonly<Record<FindingEvent['act'], Tone>> = { drafted: 'neutral', confirmed: 'critical', delivered: 'info', replied: 'info', returned: 'warning', closed: 'good', dismissed: 'neutral', withdrawn: 'neutral' }
export const letterTone: Readonly<Record<'queued' | 'sent' | 'failed', Tone>> = { queued: 'info', sent: 'good', failed: 'critical' }
