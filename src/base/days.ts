/** Zones of Indonesia. None has daylight saving, so an offset in hours is exact. */
export const zones = { WIB: 7, WITA: 8, WIT: 9 } as const
export type Zone = keyof typeof zones

/** The calendar day (`2026-11-23`) in a zone at an instant. */
export const dayIn = (zone: Zone, at: Date): string => new Date(at.getTime() + zones[zone] * 3_600_000).toISOString().slice(0, 10)

/** The instant at which a calendar day ends in a zone (start of the next day, exclusive). */
export const endOfDay = (zone: Zone, day: string): Date => new Date(Date.parse(`${day}T00:00:00Z`) + (24 - zones[zone]) * 3_600_000)

export const addDays = (day: string, n: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)

/** Saturday, Sunday or a day in `holidays` is not a working day. */
export const isWorkingDay = (day: string, holidays: ReadonlySet<string>): boolean => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays.has(day)
}

/** A time allowed: `n` working days, calendar days or hours. */
export interface Allowance {
  readonly n: number
  readonly unit: 'working_day' | 'calendar_day' | 'hour'
}

/**
 * When an allowance that starts at `start` runs out, in a zone.
 * Days count from the day after the start and end at midnight; hours count exactly.
 */
export const deadline = (start: Date, allowed: Allowance, zone: Zone, holidays: ReadonlySet<string>): Date => {
  if (allowed.unit === 'hour') return new Date(start.getTime() + allowed.n * 3_600_000)
  let day = dayIn(zone, start)
  if (allowed.unit === 'calendar_day') return endOfDay(zone, addDays(day, allowed.n))
  for (let left = allowed.n; left > 0; ) {
    day = addDays(day, 1)
    if (isWorkingDay(day, holidays)) left--
  }
  return endOfDay(zone, day)
}
