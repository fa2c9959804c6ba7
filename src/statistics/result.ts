import type { messages } from './messages.ts'

type Code = keyof (typeof messages)['id']
type Of<K extends string> = Extract<Code, `${K}.${string}`>
export type Method = Of<'method'>
export type Assumption = Of<'assumption'>

/** A sentence of the catalogue with its values; screens fill it in the reader's language. */
export interface Warning {
  readonly code: Of<'warning'>
  readonly values: Readonly<Record<string, string | number>>
}
export const warning = (code: Warning['code'], values: Warning['values'] = {}): Warning => ({ code, values })

/** Every statistical method answers with this, never with a bare number. Probabilities and proportions lie in [0, 1]. */
export interface Result {
  /** null when the data cannot carry a figure; a warning then says why. */
  readonly estimate: number | null
  /** Standard error in the unit of the estimate. */
  readonly se: number | null
  readonly interval: readonly [low: number, high: number] | null
  /** Confidence level of the interval, e.g. 0.95. */
  readonly level: number
  /** Units that entered the estimate. */
  readonly n: number
  readonly df: number | null
  readonly method: Method
  readonly assumptions: readonly Assumption[]
  readonly warnings: readonly Warning[]
}

export const checkLevel = (level: number): void => {
  if (!(level > 0 && level < 1)) throw new RangeError('a confidence level must lie between 0 and 1')
}
