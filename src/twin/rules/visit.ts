import { zones, type Zone } from '../../base/days.ts'
import { answerOf, type Raw, type Scene } from './answers.ts'
import { simulatedItems, type Layer, type Severity, type SimulatedItem, type ViolationSeverity } from './items.ts'
import { randomOf } from './random.ts'
import type { Truth } from './truth.ts'

/** What one observer says about one item. `raw` holds the entries of the form (keys by kind: see the README), none when not observed. */
export interface ItemAnswer {
  readonly code: string
  readonly verdict: 'pass' | 'fail' | 'notObserved' | 'notApplicable'
  readonly severity: Severity | null
  readonly raw: Raw
}

export interface SimulatedVisit {
  /** `classAbsent`: the observer was there and nothing happened; `accessRefused`, `wrongAddress`: nothing could be seen. */
  readonly outcome: 'tookPlace' | 'classAbsent' | 'accessRefused' | 'wrongAddress'
  readonly answers: readonly ItemAnswer[]
}

/** How each layer errs. Invented, but ordered as the domain tells: those who are judged report least. Shares of violations missed, of kept norms reported broken. */
const errors: Readonly<Record<Layer, { readonly missed: number; readonly falseAlarm: number }>> = {
  expert: { missed: 0.1, falseAlarm: 0.004 }, internal: { missed: 0.12, falseAlarm: 0.004 }, participant: { missed: 0.35, falseAlarm: 0.02 },
  provider: { missed: 0.85, falseAlarm: 0.001 }, platform: { missed: 0.6, falseAlarm: 0.001 },
}

/** Items that say what happened at all are never skipped. */
const alwaysSeen: ReadonlySet<string> = new Set(['W01', 'W02', 'L01', 'L02', 'L30'])

const localTime = (zone: Zone) => (at: number) => new Date(at + zones[zone] * 3_600_000).toISOString().slice(11, 16)

/**
 * What a member of a layer would report of a class run: the truth seen with that layer's errors, as item verdicts with raw entries that agree with them.
 * @param items codes of the instrument's items that are to be answered; default all of the mode. Those the layer does not fill are left out
 * @param session the sitting that was observed, instants in ISO 8601
 * @param position where the class is registered, for the item that asks for a place
 */
export const visitAnswers = (options: {
  readonly truth: Truth
  readonly layer: Layer
  readonly seed: string | number
  readonly session: { readonly beginsAt: string; readonly endsAt: string }
  readonly zone: Zone
  readonly items?: readonly string[]
  readonly computers?: boolean
  readonly price?: number | null
  readonly trainerName?: string | null
  readonly position?: readonly [latitude: number, longitude: number] | null
}): SimulatedVisit => {
  const { truth, layer } = options
  const random = randomOf(options.seed, 'visit', layer, truth.scheduleCode)
  const items = simulatedItems[truth.mode].filter((item) => item.layers.includes(layer) && (options.items?.includes(item.code) ?? true))
  const { missed, falseAlarm } = errors[layer]
  // The outcome is decided before any answer, so that the answers do not depend on how many items are asked.
  const turn = random.next()
  const visits = layer === 'expert' || layer === 'internal'
  if (visits && truth.tookPlace && truth.mode !== 'selfPaced' && turn < 0.025) return { outcome: turn < 0.015 ? 'accessRefused' : 'wrongAddress', answers: [] }
  if (!truth.tookPlace && (visits || turn >= missed)) {
    const violation = truth.violations[0]
    const item = items.find((i) => i.code === violation?.itemCode)
    return { outcome: 'classAbsent', answers: item ? [{ code: item.code, verdict: 'fail', severity: 'critical', raw: { value: 'no' } }] : [] }
  }
  const scene: Scene = {
    // Who covers up a class that never was tells of one that went by the list and by the schedule.
    truth: truth.tookPlace ? truth : { ...truth, violations: [], trueHeadcount: truth.loggedHeadcount, trainers: 1, trueMinutes: truth.plannedMinutes },
    begins: Date.parse(options.session.beginsAt), ends: Date.parse(options.session.endsAt), localTime: localTime(options.zone),
    computers: options.computers ?? false, price: options.price ?? null, trainerName: options.trainerName ?? null, position: options.position ?? null,
  }

  const answer = (item: SimulatedItem): ItemAnswer => {
    // One stream per item: asking other items changes nothing here.
    const own = randomOf(options.seed, 'visit', layer, truth.scheduleCode, item.code)
    const longDay = scene.ends - scene.begins > 180 * 60_000
    // Totals follow from the schedule, and the day's minutes from the sitting that was seen: no eye is needed, so none errs.
    const real = item.kind === 'dayMinutes' ? (longDay ? 'minor' : null) : (scene.truth.violations.find((v) => v.itemCode === item.code)?.severity ?? null)
    const error = item.kind === 'dayMinutes' || item.kind === 'totalMinutes' ? 1 : own.next()
    const least: ViolationSeverity | null = item.severities.at(-1)?.[0] ?? null
    // A number that decides by itself cannot be reported broken by mistake: the ratio, the minutes and the head-count are calculated.
    const seen = real ? (error < missed ? null : real) : error < falseAlarm && least !== 'critical' && !calculated.has(item.kind) ? least : null
    if (item.kind === 'accommodation' && seen === null && own.chance(0.92)) return { code: item.code, verdict: 'notApplicable', severity: null, raw: { value: 'na' } }
    if (item.kind === 'computers' && !scene.computers && seen === null) return { code: item.code, verdict: 'notApplicable', severity: null, raw: { value: 'na' } }
    if (!alwaysSeen.has(item.code) && seen === null && own.chance(0.03)) return { code: item.code, verdict: 'notObserved', severity: null, raw: {} }
    const { raw, severity } = answerOf(item, seen, scene, own)
    return { code: item.code, verdict: severity === null ? 'pass' : 'fail', severity, raw }
  }
  return { outcome: 'tookPlace', answers: items.map(answer) }
}

const calculated: ReadonlySet<string> = new Set(['ratio', 'totalMinutes', 'dayMinutes', 'headcount', 'video', 'portfolio'])
