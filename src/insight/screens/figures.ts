import type { Estimate, Score } from '../contract.ts'
import type { Figure } from '#web/kit/figure.ts'
import type { Tone } from '#web/kit/tone.ts'

/** An estimate of the server as the kit's pieces show it. */
export const figureOf = ({ value, low, high, n, asOf }: Estimate): Figure => ({ value, low, high, n, asOf })
export const gateTone: Readonly<Record<Score['gate'], Tone>> = { met: 'good', not_met: 'critical', no_data: 'neutral' }
export const severityTone = { critical: 'critical', major: 'warning', minor: 'info' } as const
export const severities = ['critical', 'major', 'minor'] as const
