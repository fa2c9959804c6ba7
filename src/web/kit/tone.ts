import type { IconName } from './icons.ts'

export type Tone = 'critical' | 'warning' | 'good' | 'info' | 'neutral'
export const toneClass: Record<Tone, string> = {
  critical: 'bg-critical-soft text-critical',
  warning: 'bg-warning-soft text-warning',
  good: 'bg-good-soft text-good',
  info: 'bg-info-soft text-info',
  neutral: 'bg-nodata-soft text-nodata-ink',
}
export const toneIcon: Record<Tone, IconName> = { critical: 'alert', warning: 'clock', good: 'check', info: 'info', neutral: 'none' }
