import { addDays, zones, type Zone } from '../../base/days.ts'
import type { Mode } from '../../registry/rules/csv-class-runs.ts'
import type { SessionRow } from '../../registry/rules/csv-sessions.ts'
import type { Random } from './random.ts'

/** Sittings and minutes of each; self-paced: days open and minutes of video in all. */
export interface DayPlan {
  readonly sittings: number
  readonly minutes: number
}

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000
const weekday = (n: number) => (n + 4) % 7 // 1970-01-01 was a Thursday
const dayOf = (n: number) => new Date(n * 86_400_000).toISOString().slice(0, 10)

/** Hours at which sittings begin, local time. Long webinar evenings end before 23:00 even when a day runs over. */
const hours: Readonly<Record<Exclude<Mode, 'selfPaced'>, readonly number[]>> = { webinar: [9, 13, 18, 19], onsite: [8, 8.5, 9] }

/** Minutes of each sitting: the plan, or a published schedule that breaks the norm of total (W03, L03) or of a day (W04). */
const minutesOf = (mode: Mode, plan: DayPlan, broken: ReadonlySet<string>, random: Random): number[] => {
  const minutes = Array.from({ length: plan.sittings }, () => plan.minutes)
  const short = broken.has('W03') || (broken.has('L03') && random.chance(0.6))
  if (short) {
    // 700 to 880 of the 900 minutes required, spread evenly in steps of five minutes.
    const each = Math.floor(random.int(700, 880) / plan.sittings / 5) * 5
    minutes.fill(each)
  } else if (broken.has('L03')) minutes[0] = random.int(33, 38) * 15
  if (broken.has('W04')) {
    const long = random.int(13, 16) * 15
    if (short) {
      // Keep the total short: what one day gains the others lose.
      const rest = Math.floor((minutes.reduce((a, b) => a + b, 0) - long) / (minutes.length - 1) / 5) * 5
      minutes.fill(rest)
    }
    minutes[random.int(0, minutes.length - 1)] = long
  }
  return minutes
}

/** The sittings of a class run that starts on or after `from` (never a Sunday), one a day; instants in UTC. */
export const planSessions = (
  run: { readonly scheduleCode: string; readonly mode: Mode; readonly plan: DayPlan; readonly from: string; readonly latest: string; readonly zone: Zone; readonly broken: ReadonlySet<string> },
  random: Random,
): { readonly sessions: SessionRow[]; readonly startsOn: string; readonly endsOn: string; readonly minutes: number; readonly longestDay: number } => {
  const { scheduleCode, mode, plan, zone, broken } = run
  let day = dayNumber(run.from)
  const startOfDay = (n: number) => (n * 24 - zones[zone]) * 3_600_000
  if (mode === 'selfPaced') {
    const last = day + plan.sittings - 1
    const minutes = broken.has('S01') ? random.int(300, 520) : plan.minutes
    const sessions = [{ scheduleCode, sequence: 1, beginsAt: new Date(startOfDay(day)).toISOString(), endsAt: new Date(startOfDay(last + 1)).toISOString() }]
    return { sessions, startsOn: run.from, endsOn: addDays(run.from, plan.sittings - 1), minutes, longestDay: 0 }
  }
  if (weekday(day) === 0) day += dayOf(day) < run.latest ? 1 : -1
  const startsOn = dayOf(day)
  const begins = random.pick(hours[mode]) * 3_600_000
  const minutes = minutesOf(mode, plan, broken, random)
  const sessions: SessionRow[] = []
  for (const [i, length] of minutes.entries()) {
    if (i > 0) day += weekday(day + 1) === 0 ? 2 : 1
    const at = startOfDay(day) + begins
    sessions.push({ scheduleCode, sequence: i + 1, beginsAt: new Date(at).toISOString(), endsAt: new Date(at + length * 60_000).toISOString() })
  }
  return { sessions, startsOn, endsOn: dayOf(day), minutes: minutes.reduce((a, b) => a + b, 0), longestDay: Math.max(...minutes) }
}
