import type { Language } from '#base/messages.ts'
import type { Zone } from '#base/days.ts'

const timeZones: Record<Zone, string> = { WIB: 'Asia/Jakarta', WITA: 'Asia/Makassar', WIT: 'Asia/Jayapura' }
const day = 86_400_000

const make = (language: Language) => {
  const locale = language === 'id' ? 'id-ID' : 'en-GB'
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options)
  const date = (options: Intl.DateTimeFormatOptions, zone?: Zone) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone ? timeZones[zone] : 'UTC', ...options })
  const digits = (n: number): Intl.NumberFormatOptions => ({ minimumFractionDigits: n, maximumFractionDigits: n })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

  const count = (n: number): string => number({ maximumFractionDigits: 0 }).format(n)
  const decimal = (x: number, places = 1): string => number(digits(places)).format(x)
  const percent = (share: number, places = 1): string => number({ style: 'percent', ...digits(places) }).format(share)
  const time = (at: string | Date, zone: Zone): string =>
    `${date({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, zone).format(new Date(at))} ${zone}`
  const short: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }

  return {
    /** `1.284` */
    count,
    /** `83,6` */
    decimal,
    /** A share of 1: `0.836` → `83,6%` */
    percent,
    /** Two shares of 1: `82,1–85,0%` */
    percentRange: (low: number, high: number, places = 1): string => `${decimal(low * 100, places)}–${percent(high, places)}`,
    decimalRange: (low: number, high: number, places = 1): string => `${decimal(low, places)}–${decimal(high, places)}`,
    countRange: (low: number, high: number): string => `${count(low)}–${count(high)}`,
    /** Calendar day `2026-11-23` → `23 Nov 2026` */
    day: (value: string): string => date(short).format(new Date(`${value}T00:00:00Z`)),
    /** `Sen, 23 Nov` */
    weekday: (value: string): string => date({ weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(`${value}T00:00:00Z`)),
    /** `Senin, 23 November 2026` */
    dayLong: (value: string): string => date({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(`${value}T00:00:00Z`)),
    /** Two calendar days → `2–20 Des 2026` */
    dayRange: (from: string, to: string): string => date(short).formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`)),
    /** The calendar day of an instant, in the zone. */
    date: (at: string | Date, zone: Zone = 'WIB'): string => date(short, zone).format(new Date(at)),
    /** `09.00 WIB` */
    time: (at: string | Date, zone: Zone = 'WIB'): string => time(at, zone),
    /** `23 Nov 2026 16.40 WIB` */
    instant: (at: string | Date, zone: Zone = 'WIB'): string => `${date(short, zone).format(new Date(at))} ${time(at, zone)}`,
    /** `09.00–12.00 WITA`, for two instants of one day. */
    timeRange: (from: string | Date, to: string | Date, zone: Zone = 'WIB'): string => `${time(from, zone).slice(0, -zone.length - 1)}–${time(to, zone)}`,
    /** How far away in words: `dalam 3 hari`, `besok`, `5 jam yang lalu`. Whole days beyond 48 hours. */
    relative: (at: string | Date, now: Date = new Date()): string => {
      const distance = new Date(at).getTime() - now.getTime()
      const size = Math.abs(distance)
      if (size >= 2 * day) return relative.format(Math.trunc(distance / day), 'day')
      if (size >= 3_600_000) return relative.format(Math.trunc(distance / 3_600_000), 'hour')
      return relative.format(Math.trunc(distance / 60_000), 'minute')
    },
    /** A deadline in words, by calendar days in the zone: `hari ini`, `3 hari lagi`, `lewat 2 hari`. `at` is exclusive (start of the next day). */
    deadline: (at: string | Date, now: Date = new Date(), zone: Zone = 'WIB'): string => {
      const dayOf = (t: number) => Math.floor((t + { WIB: 7, WITA: 8, WIT: 9 }[zone] * 3_600_000) / day)
      const left = dayOf(new Date(at).getTime() - 1) - dayOf(now.getTime())
      const n = count(Math.abs(left))
      if (left === 0 && new Date(at) > now) return language === 'id' ? 'hari ini' : 'today'
      if (left >= 0 && new Date(at) > now) return language === 'id' ? `${n} hari lagi` : left === 1 ? '1 day left' : `${n} days left`
      if (left === 0) return language === 'id' ? 'lewat hari ini' : 'passed today'
      return language === 'id' ? `lewat ${n} hari` : left === -1 ? '1 day overdue' : `${n} days overdue`
    },
    /** `3,1 MB` (decimal megabytes) */
    bytes: (n: number): string =>
      n >= 1e6 ? `${decimal(n / 1e6)} MB` : n >= 1e3 ? `${count(Math.round(n / 1e3))} kB` : `${count(n)} B`,
    /** `Ani, Budi, dan Citra` */
    list: (items: readonly string[]): string => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
  }
}
export type Formats = ReturnType<typeof make>

const made: Partial<Record<Language, Formats>> = {}
/** Numbers, dates and distances in a language. Pure; screens use `useFormat()` of text.ts, which follows the chosen language. */
export const formats = (language: Language): Formats => (made[language] ??= make(language))
