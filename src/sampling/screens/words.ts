import { messages } from '../messages.ts'
import type { Round, Stratum } from '../contract.ts'
import { ApiProblem } from '#web/kit/client.ts'
import type { Translate } from '#web/kit/text.ts'
import type { Tone } from '#web/kit/tone.ts'

type T = Translate<(typeof messages)['id']>

export const modes = ['webinar', 'onsite', 'selfPaced'] as const
export const parts = ['mode', 'regionGroup', 'riskClass'] as const
export const statusTone: Record<Round['status'], Tone> = { planned: 'neutral', frozen: 'neutral', drawn: 'warning', sent: 'info', closed: 'good' }

/** `Luring · Jawa · risiko tinggi`; a part the strata are not made by is left out. */
export const stratumName = (t: T, s: Pick<Stratum, 'mode' | 'regionGroup' | 'riskClass'>): string => {
  const named = [
    ...(s.mode === 'all' ? [] : [t(`mode_${s.mode}` as 'mode_onsite')]),
    ...(s.regionGroup === 'all' ? [] : [t(`group_${s.regionGroup}` as 'group_jawa')]),
    ...(s.riskClass === 'all' ? [] : [t(`risk_${s.riskClass}` as 'risk_high')]),
  ]
  return named.join(' · ') || t('stratumAll')
}
/** The same from a stratum's code, `onsite|jawa|high`. */
export const stratumOf = (t: T, code: string): string => {
  const [mode = 'all', regionGroup = 'all', riskClass = 'all'] = code.split('|')
  return stratumName(t, { mode, regionGroup, riskClass })
}

/** A refusal that names a status or a stratum by its code, in words. */
export const inWords = (t: T, problem: ApiProblem | null): ApiProblem | null => {
  if (!problem) return null
  const { code, status, detail } = problem
  if (code === 'sampling.not_in_status') return new ApiProblem(code, status, detail, t('notInStatus', { status: t(`status_${String(detail['status'])}` as 'status_sent') }))
  const stratum = detail['stratum']
  return typeof stratum === 'string' && stratum !== '*' ? new ApiProblem(code, status, detail, problem.message.replace(stratum, stratumOf(t, stratum))) : problem
}
