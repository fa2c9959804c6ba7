import type { Formats } from './format.ts'

/** An estimate as screens show it: never a bare number. `value` null = not enough data to say anything. */
export interface Figure {
  readonly value: number | null
  readonly low?: number | null | undefined
  readonly high?: number | null | undefined
  readonly n?: number | null | undefined
  /** The day the figure speaks of, `2026-11-23`. */
  readonly asOf?: string | null | undefined
}
/** share: 0…1 shown as per cent; mean: one decimal; count: whole numbers. */
export type FigureKind = 'share' | 'mean' | 'count'

export const figureText = (f: Formats, kind: FigureKind, value: number): string =>
  kind === 'share' ? f.percent(value) : kind === 'mean' ? f.decimal(value) : f.count(value)
export const rangeText = (f: Formats, kind: FigureKind, low: number, high: number): string =>
  kind === 'share' ? f.percentRange(low, high) : kind === 'mean' ? f.decimalRange(low, high) : f.countRange(low, high)

/**
 * Which layers stand apart: 20 points or more (of 100) from the median of the layers that have a value.
 * @param values shares 0…1, null = no data. With fewer than two values nobody differs.
 */
export const differing = (values: readonly (number | null)[], threshold = 0.2): readonly boolean[] => {
  const known = values.filter((v): v is number => v !== null).sort((a, b) => a - b)
  if (known.length < 2) return values.map(() => false)
  const middle = known.length >> 1
  const median = known.length % 2 ? known[middle]! : (known[middle - 1]! + known[middle]!) / 2
  // A hair of tolerance: 0.8 − 0.6 is 0.19999… in binary.
  return values.map((v) => v !== null && Math.abs(v - median) >= threshold - 1e-9)
}

/** The class (0…breaks.length) a value falls in; a value on a break belongs to the upper class. */
export const classOf = (value: number, breaks: readonly number[]): number => breaks.filter((b) => value >= b).length
