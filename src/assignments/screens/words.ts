import { dayIn, type Zone } from '#base/days.ts'
import type { Assignment } from '../contract.ts'
import { messages } from '../messages.ts'
import { mayTake, type Act } from '../rules.ts'
import { ApiProblem } from '#web/kit/client.ts'
import type { Formats } from '#web/kit/format.ts'
import type { Translate } from '#web/kit/text.ts'
import type { Tone } from '#web/kit/tone.ts'

export type T = Translate<(typeof messages)['id']>

export const statuses = ['offered', 'assigned', 'submitted', 'returned', 'done', 'cancelled', 'replaced'] as const
export const statusTone: Record<Assignment['status'], Tone> = {
  offered: 'warning', assigned: 'info', submitted: 'info', returned: 'critical', done: 'good', cancelled: 'neutral', replaced: 'neutral',
}
export const can = (a: Assignment, act: Act['kind']): boolean => mayTake(a.status, act)

/** When the sitting is, in the zone of the place. */
export const whenOf = (t: T, f: Formats, a: Assignment): string =>
  a.sessionBeginsAt ? `${f.weekday(dayIn(a.zone as Zone, new Date(a.sessionBeginsAt)))} · ${f.time(a.sessionBeginsAt, a.zone)}` : t('noSitting', { days: f.dayRange(a.startsOn, a.endsOn) })
export const whereOf = (t: T, a: Assignment): string => [a.providerName, t(`mode_${a.mode}`), a.regencyName].join(' · ')

/** A refusal that names a status, an act or a day by its code, in words. */
export const inWords = (t: T, f: Formats, problem: ApiProblem | null): ApiProblem | null => {
  if (!problem) return null
  const { code, status, detail } = problem
  if (code === 'assignment.due_before_visit') return new ApiProblem(code, status, detail, t('dueBeforeVisit', { due: f.day(String(detail['dueOn'])), visit: f.day(String(detail['visitOn'])) }))
  if (code !== 'assignment.not_allowed') return problem
  return new ApiProblem(code, status, detail, t('notAllowed', { status: t(`status_${String(detail['status'])}` as 'status_done'), act: t(`verb_${String(detail['act'])}` as 'verb_assign') }))
}
