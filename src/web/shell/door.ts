import type { ApiProblem } from '#web/kit/client.ts'
import type { Translate } from '#web/kit/text.ts'
import type { messages } from './messages.ts'

const words = {
  INVALID_EMAIL_OR_PASSWORD: 'wrongPassword',
  INVALID_EMAIL: 'wrongPassword',
  INVALID_TOKEN: 'linkExpired',
  PASSWORD_TOO_SHORT: 'passwordShort',
} as const satisfies Readonly<Record<string, keyof (typeof messages)['id']>>

/** better-auth answers in English with codes of its own; these are the ones a person meets at the door. */
export const doorWords = (problem: ApiProblem, t: Translate<(typeof messages)['id']>): string => {
  if (problem.status === 429) return t('tooMany')
  const known = words[problem.code as keyof typeof words]
  return known ? t(known) : problem.message
}
