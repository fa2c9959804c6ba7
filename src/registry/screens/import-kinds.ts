import type { ImportBatch } from '../contract.ts'
import { classRunColumns, classRunHeader } from '../rules/csv-class-runs.ts'
import { sessionColumns, sessionHeader } from '../rules/csv-sessions.ts'
import type { Tone } from '#web/kit/tone.ts'

/** The columns of each kind of file, as the readers know them, and which of them the preview shows (with their name in a judged row). */
export const importKinds = {
  class_runs: {
    columns: classRunColumns, required: classRunHeader.required,
    preview: { schedule_code: 'scheduleCode', course_code: 'courseCode', course_title: 'courseTitle', course_type: 'mode', provider_code: 'providerCode', regency_code: 'regencyCode', starts_on: 'startsOn', ends_on: 'endsOn', planned_participants: 'plannedParticipants' },
  },
  sessions: { columns: sessionColumns, required: sessionHeader.required, preview: { schedule_code: 'scheduleCode', sequence: 'sequence', begins_at: 'beginsAt', ends_at: 'endsAt' } },
} as const satisfies Record<ImportBatch['kind'], unknown>

export const statusTone: Record<ImportBatch['status'], Tone> = { staging: 'info', checking: 'info', checked: 'warning', merging: 'info', merged: 'good', refused: 'critical', abandoned: 'neutral' }
/** The worker is at it; look again soon. */
export const underWay = (batch: ImportBatch): boolean => ['staging', 'checking', 'merging'].includes(batch.status)
