import type { Zone } from '#base/days.ts'
import type { Finding } from '../contract.ts'
import type { Formats } from '#web/kit/format.ts'

/** A deadline as a person reads it: the last day that still counts (the instant itself is exclusive), or the hour where hours were given. */
export const lastMoment = (f: Formats, at: string, zone: Zone, allowed: Finding['replyAllowed']): string =>
  allowed?.unit === 'hour' ? f.instant(at, zone) : f.date(new Date(Date.parse(at) - 1), zone)
