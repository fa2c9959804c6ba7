import type { Status } from '#assignments/rules.ts'
import { dayIn, endOfDay, type Zone } from '#base/days.ts'

/** Where a submission belongs: a new visit, the next version of one, or nowhere. Field work is stored and flagged, never thrown away. */

export const outcomes = ['took_place', 'class_absent', 'cancelled', 'access_refused', 'wrong_address', 'monitor_unsafe'] as const
export type Outcome = (typeof outcomes)[number]
/** A class that was not there is an observation (critical); the others are nonresponse, shown as such and never replaced in silence. */
export const isNonresponse = (outcome: string | null): boolean => outcome !== 'took_place' && outcome !== 'class_absent'

export const flags = [
  'superseded', 'second_visit', 'edited_after_approval', 'assignment_reassigned', 'assignment_cancelled', 'assignment_replaced', 'round_closed',
  'late', 'other_day', 'outcome_missing', 'value_not_typed', 'unknown_answers', 'version_not_in_force', 'version_withdrawn', 'other_instrument',
] as const
export type Flag = (typeof flags)[number]

export interface Task {
  readonly id: string
  readonly status: Status
  /** False when the task was the caller's and no longer is. */
  readonly mine: boolean
  readonly mode: string
  readonly dueOn: string
  readonly startsOn: string
  readonly endsOn: string
  readonly zone: Zone
  /** Beginning of the sitting to be visited; null when the class run has none (self-paced). */
  readonly beginsAt: string | null
}
export interface Standing {
  readonly visitId: string
  readonly assignmentId: string | null
  readonly status: string
  /** The submission that stands for the visit now. */
  readonly instanceId: string
  readonly flags: readonly string[]
}

export type Placing =
  | { readonly kind: 'new'; readonly flags: readonly Flag[] }
  | { readonly kind: 'next'; readonly visit: Standing; readonly replaces: string }
  | { readonly kind: 'refuse'; readonly code: 'collection.deprecated_unknown' | 'collection.deprecated_not_current' | 'collection.class_changed' }

const approved = (status: string): boolean => status === 'approved' || status === 'approved_by_coordinator'

/** What became of the task since the device last heard of it. */
const taskFlags = (task: Task): Flag[] => {
  const out: Flag[] = task.status === 'cancelled' ? ['assignment_cancelled'] : task.status === 'replaced' ? ['assignment_replaced', 'superseded'] : []
  // a colleague's visit may stand for the task, and this caller could not see it
  return task.mine ? out : [...new Set<Flag>([...out, 'assignment_reassigned', 'superseded'])]
}

/**
 * @param deprecated the submission this one says it corrects; `undefined` when it names none, `null` when there is none the caller may see
 * @param counting the visit that stands for the task now, if there is one
 */
export const place = (task: Task, counting: Standing | null, deprecated: { readonly instanceId: string; readonly visit: Standing } | null | undefined): Placing => {
  if (deprecated === null) return { kind: 'refuse', code: 'collection.deprecated_unknown' }
  if (deprecated) {
    if (deprecated.visit.instanceId !== deprecated.instanceId) return { kind: 'refuse', code: 'collection.deprecated_not_current' }
    if (deprecated.visit.assignmentId !== task.id) return { kind: 'refuse', code: 'collection.class_changed' }
    if (approved(deprecated.visit.status)) return { kind: 'new', flags: ['edited_after_approval', 'superseded'] }
    if (task.mine || deprecated.visit.flags.includes('superseded')) return { kind: 'next', visit: deprecated.visit, replaces: deprecated.instanceId }
    return { kind: 'new', flags: [...new Set<Flag>([...taskFlags(task), 'superseded'])] }
  }
  if (!counting) return { kind: 'new', flags: taskFlags(task) }
  // plain ODK Collect cannot open what it has sent: a returned visit comes back as a form filled anew
  if (counting.status === 'returned' && task.mine) return { kind: 'next', visit: counting, replaces: counting.instanceId }
  return { kind: 'new', flags: [...new Set<Flag>([...taskFlags(task), 'second_visit', 'superseded'])] }
}

/**
 * The day whose norms apply: the day of the drawn sitting in the venue's zone. Without a sitting (self-paced) the day the visit
 * began, kept inside the class run's days.
 */
export const sessionDay = (task: Task, began: Date | null, receivedAt: Date): string => {
  if (task.beginsAt) return dayIn(task.zone, new Date(task.beginsAt))
  const day = dayIn(task.zone, began ?? receivedAt)
  return day < task.startsOn ? task.startsOn : day > task.endsOn ? task.endsOn : day
}

/** An instant as a client writes it (`2026-11-23T09:04:00.000+07:00`); null when it is none or lies more than a day ahead of the server. */
export const clientInstant = (text: string | undefined, now: Date): Date | null => {
  if (!text || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return null
  const at = new Date(text)
  return Number.isNaN(at.getTime()) || at.getTime() > now.getTime() + 86_400_000 ? null : at
}

export interface Circumstances {
  readonly outcome: Outcome | null
  readonly began: Date | null
  readonly now: Date
  readonly roundClosed: boolean
  readonly version: { readonly mode: string; readonly status: string; readonly inForceFrom: string; readonly inForceTo: string | null }
  readonly untyped: boolean
  readonly unknown: boolean
}

/** What a reviewer should know about how the submission came to be. */
export const circumstanceFlags = (task: Task, day: string, c: Circumstances): Flag[] => {
  const out: Flag[] = []
  if (c.roundClosed) out.push('round_closed')
  if (c.now > endOfDay(task.zone, task.dueOn)) out.push('late')
  // on another day an absent class proves as little as a present one; filled in up to six hours after midnight still belongs to the evening before
  const filledOn = c.began && [dayIn(task.zone, c.began), dayIn(task.zone, new Date(c.began.getTime() - 6 * 3_600_000))]
  if (task.beginsAt && filledOn && !isNonresponse(c.outcome) && !filledOn.includes(day)) out.push('other_day')
  if (c.outcome === null) out.push('outcome_missing')
  if (c.untyped) out.push('value_not_typed')
  if (c.unknown) out.push('unknown_answers')
  if (day < c.version.inForceFrom || (c.version.inForceTo !== null && day > c.version.inForceTo)) out.push('version_not_in_force')
  if (c.version.status === 'withdrawn') out.push('version_withdrawn')
  if (c.version.mode !== task.mode) out.push('other_instrument')
  return out
}

/** University and NGO teams are the expert layer; the programme office's own monitors the internal one. */
export const layerOf = (organisationKind: string): 'expert' | 'internal' => (organisationKind === 'programme_office' ? 'internal' : 'expert')

/** The name of a file as text, without any way out of a folder. Empty when nothing is left of it. */
export const safeName = (name: string): string =>
  [...(name.split(/[\\/]/).at(-1) ?? '')].filter((c) => c.codePointAt(0)! >= 0x20 && c.codePointAt(0) !== 0x7f).join('').replace(/^\.+/, '').trim().slice(0, 200)
