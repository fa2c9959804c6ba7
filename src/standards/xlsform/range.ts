import type { ChoiceList } from './choices.ts'
import type { Parameters, Place } from './parameters.ts'
import { didYouMean, formError, type Findings } from './problems.ts'

/** A decimal number held exactly: `units` / 10^`places`. 0.3 must be three steps of 0.1. */
interface Decimal {
  readonly units: bigint
  readonly places: number
}
const mostPlaces = 40

const decimal = (text: string): Decimal | undefined => {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d{1,3}))?$/i.exec(text)
  if (!match || match[2]! + match[3]! === '') return undefined
  const places = match[3]!.length - Number(match[4] ?? 0)
  if (Math.abs(places) > mostPlaces || text.length > 2 * mostPlaces) return undefined
  const units = BigInt(`${match[1] === '-' ? '-' : ''}${match[2]!}${match[3]!}`)
  return places < 0 ? { units: units * 10n ** BigInt(-places), places: 0 } : { units, places }
}

const aligned = (numbers: readonly Decimal[]): bigint[] => {
  const places = Math.max(...numbers.map((n) => n.places))
  return numbers.map((n) => n.units * 10n ** BigInt(places - n.places))
}
const size = (n: bigint): bigint => (n < 0n ? -n : n)
const sameSet = (a: readonly bigint[], b: readonly bigint[]): boolean => new Set(a).size === new Set(b).size && a.every((v) => b.includes(v))
const isWhole = (n: Decimal): boolean => n.units % 10n ** BigInt(n.places) === 0n

const defaults = { start: '1', end: '10', step: '1' } as const

export interface Range {
  /** Attributes of the control. */
  readonly attributes: ReadonlyMap<string, string>
  readonly decimal: boolean
  /** The list that labels the ticks. */
  readonly labels: string | undefined
}

/** Reads the parameters of a `range` question; undefined when they do not fit together. */
export const readRange = (
  parameters: Parameters,
  appearance: string | undefined,
  lists: ReadonlyMap<string, ChoiceList>,
  at: Place,
  found: Findings,
): Range | undefined => {
  const before = found.errors.length
  const error = (code: 'range.not_a_number' | 'range.zero' | 'range.too_large' | 'range.not_a_multiple' | 'range.outside', name: string) =>
    found.errors.push(formError(code, at, { name, value: parameters.get(name) ?? '' }))
  const ticks = ['tick_interval', 'placeholder', 'tick_labelset']
  const looks = appearance?.split(/\s+/) ?? []
  if (looks.some((l) => l !== 'vertical' && l !== 'no-ticks') && ticks.some((t) => parameters.has(t)))
    found.errors.push(formError('range.appearance', at, { value: appearance }))
  const text = new Map<string, string>([...parameters, ...Object.entries(defaults).filter(([k]) => !parameters.has(k))])
  const numbers = new Map<string, Decimal>()
  for (const name of ['start', 'end', 'step', 'tick_interval', 'placeholder']) {
    const value = text.get(name)
    if (value === undefined) continue
    const n = decimal(value)
    if (n) numbers.set(name, n)
    else error('range.not_a_number', name)
  }
  if (found.errors.length > before) return undefined
  const list = labelsOf(text.get('tick_labelset'), lists, at, found)
  const values = list?.choices.map((c) => decimal(c.name)) ?? []
  if (values.some((v) => v === undefined)) found.errors.push(formError('range.label_not_a_number', at, { name: list!.name }))
  if (found.errors.length > before) return undefined

  const names = [...numbers.keys()]
  const scaled = aligned([...numbers.values(), ...(values as Decimal[])])
  const get = (name: string): bigint | undefined => (names.includes(name) ? scaled[names.indexOf(name)] : undefined)
  const [start, end, step, interval, placeholder] = [get('start')!, get('end')!, get('step')!, get('tick_interval'), get('placeholder')]
  const width = size(end - start)
  const outside = (n: bigint): boolean => n < (start < end ? start : end) || n > (start < end ? end : start)

  if (step === 0n) error('range.zero', 'step')
  else if (step > width) error('range.too_large', 'step')
  if (interval === 0n) error('range.zero', 'tick_interval')
  else if (interval !== undefined && interval > width) error('range.too_large', 'tick_interval')
  else if (interval !== undefined && step !== 0n && interval % step !== 0n) error('range.not_a_multiple', 'tick_interval')
  if (placeholder !== undefined && step !== 0n && (placeholder - start) % step !== 0n) error('range.not_a_multiple', 'placeholder')
  if (placeholder !== undefined && outside(placeholder)) error('range.outside', 'placeholder')
  if (found.errors.length > before) return undefined

  const labels = scaled.slice(names.length)
  if (labels.some(outside)) found.errors.push(formError('range.label_outside', at, { name: list!.name }))
  else if (labels.some((v) => (v - start) % (interval ?? step) !== 0n || (v - start) % step !== 0n))
    found.errors.push(formError('range.label_off_step', at, { name: list!.name }))
  else if (list && looks.includes('no-ticks') && !sameSet(labels, [start, end]))
    found.errors.push(formError('range.label_not_an_end', at, { name: list.name }))
  if (found.errors.length > before) return undefined

  const written: Readonly<Record<string, string>> = { tick_interval: 'odk:tick-interval', placeholder: 'odk:placeholder' }
  text.delete('tick_labelset')
  return {
    attributes: new Map([...text].map(([name, value]) => [written[name] ?? name, value])),
    decimal: [...numbers.values()].some((n) => !isWhole(n)),
    labels: list?.name,
  }
}

const labelsOf = (name: string | undefined, lists: ReadonlyMap<string, ChoiceList>, at: Place, found: Findings): ChoiceList | undefined => {
  if (name === undefined) return undefined
  // Parameter values are read in lower case, as pyxform reads them.
  const list = lists.get(name)
  if (!list) found.errors.push(formError('range.no_labels', at, { name }, didYouMean(name, lists.keys())))
  return list
}
