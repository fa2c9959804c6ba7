import { dayIn, type Zone } from '#base/days.ts'
import type { Formats } from '#web/kit/format.ts'

interface Timed {
  readonly beginsAt: string | null
  readonly endsAt: string | null
  readonly startsOn: string
  readonly endsOn: string
  readonly zone: Zone
}

/** The day of the sitting in the venue's zone; the first day of a class run without sittings. */
export const dayOf = (task: Timed): string => (task.beginsAt ? dayIn(task.zone, new Date(task.beginsAt)) : task.startsOn)

/** `Sel, 24 Nov · 09.00–12.00 WIB`, or the days of a class run without sittings. Always in the venue's zone. */
export const whenOf = (task: Timed, f: Formats): string =>
  task.beginsAt && task.endsAt ? `${f.weekday(dayOf(task))} · ${f.timeRange(task.beginsAt, task.endsAt, task.zone)}` : f.dayRange(task.startsOn, task.endsOn)
