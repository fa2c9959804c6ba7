import type { Norm } from '../contract.ts'
import { messages } from '../messages.ts'
import type { Formats } from '#web/kit/format.ts'
import type { Translate } from '#web/kit/text.ts'

type Words = (typeof messages)['id']
export const units = ['working_day', 'calendar_day', 'hour'] as const
export const severityTone = { critical: 'critical', major: 'warning', minor: 'info', observation: 'neutral' } as const
export const statusTone = { known: 'good', unknown: 'warning', configured: 'info' } as const

const number = (n: number, f: Formats): string => f.decimal(n, Number.isInteger(n) ? 0 : 2)
/** A norm's value as one says it; a unit without words of its own is named as it is. */
export const valueWords = (norm: Norm, t: Translate<Words>, f: Formats): string => {
  if (norm.status === 'unknown') return t('unknown')
  if (norm.unit === 'requirement' || norm.value === null) return t('mustHold')
  if (norm.unit === 'share') return f.percent(norm.value, Number.isInteger(Math.round(norm.value * 1e6) / 1e4) ? 0 : 1)
  const key = `measure_${norm.unit}`
  return key in messages.id ? t(key as keyof Words, { n: number(norm.value, f) }) : `${number(norm.value, f)} ${norm.unit}`
}
export const allowance = (n: number | null, unit: Norm['replyUnit'], t: Translate<Words>, f: Formats): string => (n === null || unit === null ? t('noLimit') : `${f.count(n)} ${t(`unit_${unit}`)}`)
