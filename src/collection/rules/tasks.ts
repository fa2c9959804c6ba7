import { zones, type Zone } from '#base/days.ts'
import type { ClassLine } from './openrosa.ts'

/** Which instrument a task needs, and the line of the class list that stands for it. */

export interface VersionInForce {
  readonly id: string
  readonly mode: string
  readonly status: string
  readonly inForceFrom: string
  readonly inForceTo: string | null
}

/** The version in force on a day for a mode: the latest to come into force. Withdrawn ones are not handed out any more. */
export const versionOn = <V extends VersionInForce>(versions: readonly V[], mode: string, day: string): V | undefined =>
  versions.filter((v) => v.mode === mode && v.status === 'published' && v.inForceFrom <= day && (v.inForceTo === null || day <= v.inForceTo))
    .reduce<V | undefined>((best, v) => (!best || v.inForceFrom >= best.inForceFrom ? v : best), undefined)

/** `09:30` on the clock of a zone. */
export const clock = (at: string | Date, zone: Zone): string => new Date(new Date(at).getTime() + zones[zone] * 3_600_000).toISOString().slice(11, 16)

export interface ClassTask {
  readonly assignmentId: string
  readonly scheduleCode: string
  readonly trainingTitle: string
  readonly providerName: string
  readonly venue: string | null
  readonly address: string | null
  readonly meetingUrl: string | null
  readonly trainerName: string | null
  readonly plannedParticipants: number
  readonly plannedMinutes: number | null
  readonly zone: Zone
  readonly startsOn: string
  readonly sessionId: string | null
  readonly beginsAt: string | Date | null
  readonly endsAt: string | Date | null
}

/** A task as a line of `kelas.csv`; blank is what is not known, so that the form shows nothing rather than a guess. */
export const classLine = (task: ClassTask, layer: string): ClassLine => {
  const [begins, ends] = [task.beginsAt, task.endsAt]
  const day = begins ? new Date(new Date(begins).getTime() + zones[task.zone] * 3_600_000).toISOString().slice(0, 10) : task.startsOn
  const minutes = begins && ends ? Math.round((new Date(ends).getTime() - new Date(begins).getTime()) / 60_000) : task.plannedMinutes
  return {
    name: task.assignmentId,
    label: `${task.trainingTitle} · ${task.providerName} · ${day}${begins ? ` ${clock(begins, task.zone).replace(':', '.')} ${task.zone}` : ''}`,
    layer, schedule_code: task.scheduleCode, provider_name: task.providerName,
    venue: [task.venue, task.address].filter(Boolean).join(', ') || (task.meetingUrl ?? ''), trainer_name: task.trainerName ?? '',
    planned_participants: String(task.plannedParticipants), planned_minutes: minutes === null ? '' : String(minutes),
    begins: begins ? clock(begins, task.zone) : '', ends: ends ? clock(ends, task.zone) : '', session_id: task.sessionId ?? '',
  }
}
