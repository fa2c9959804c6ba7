import type { Mode } from '../../registry/rules/csv-class-runs.ts'
import { simulatedItems, type ViolationSeverity } from './items.ts'
import type { Random } from './random.ts'

export interface Violation {
  readonly itemCode: string
  readonly severity: ViolationSeverity
}

/** What really happened in a class run: known to the simulation alone, kept in its own file, never in the product's tables. */
export interface Truth {
  readonly scheduleCode: string
  readonly mode: Mode
  /** 0 worst … 1 best; drives violations and quality scores. */
  readonly quality: number
  readonly tookPlace: boolean
  readonly violations: readonly Violation[]
  readonly enrolled: number
  /** People really there, on average, in the middle of a sitting. */
  readonly trueHeadcount: number
  /** What the provider's list and the platform's log say. More than the truth when attendance is inflated. */
  readonly loggedHeadcount: number
  readonly trainers: number
  readonly plannedMinutes: number
  /** Minutes of the longest sitting in the schedule; 0 when self-paced. */
  readonly longestDay: number
  /** Minutes really given, all sittings together (self-paced: minutes of video). */
  readonly trueMinutes: number
  readonly lateMinutes: number
  /** Share of practice in the minutes given, 0-1; the norm is 0.70. */
  readonly practiceShare: number
}

/** The violations of a class run. `badness` is 0 for an average one; each item's rate grows by e^(0.9 badness). */
export const drawViolations = (mode: Mode, badness: number, random: Random): { readonly tookPlace: boolean; readonly violations: readonly Violation[] } => {
  const factor = Math.exp(0.9 * badness - 0.4)
  const violations: Violation[] = []
  for (const item of simulatedItems[mode]) {
    const hit = random.next() < Math.min(0.9, item.rate * factor)
    let share = random.next()
    if (!hit) continue
    for (const [severity, part] of item.severities) {
      if (share < part) {
        violations.push({ itemCode: item.code, severity })
        break
      }
      share -= part
    }
  }
  const absent = violations.find((v) => v.itemCode === 'W01' || v.itemCode === 'L01')
  return absent ? { tookPlace: false, violations: [absent] } : { tookPlace: true, violations }
}

/** Numbers that agree with the violations: a broken norm is broken in the figures, a kept one is kept. */
export const drawTruth = (
  run: { readonly scheduleCode: string; readonly mode: Mode; readonly badness: number; readonly plannedParticipants: number; readonly plannedMinutes: number; readonly longestDay: number; readonly trainers: number },
  { tookPlace, violations }: { readonly tookPlace: boolean; readonly violations: readonly Violation[] },
  random: Random,
): Truth => {
  const { scheduleCode, mode, plannedParticipants, plannedMinutes, longestDay, trainers } = run
  const severityOf = (...codes: string[]) => violations.find((v) => codes.includes(v.itemCode))?.severity
  const quality = 1 / (1 + Math.exp(run.badness + 0.4 * random.normal() - 1.3))
  const ratioBroken = severityOf('W06', 'L07') !== undefined
  // A broken trainer ratio must be visible in the room, so nearly all who were planned came.
  const enrolled = ratioBroken ? plannedParticipants : Math.max(1, Math.round(plannedParticipants * (0.8 + 0.2 * random.next())))
  const present = ratioBroken ? 0.97 + 0.03 * random.next() : 0.72 + 0.2 * quality + 0.08 * random.next()
  const inflated = severityOf('W05', 'L04') !== undefined
  const loggedHeadcount = Math.min(enrolled, Math.max(ratioBroken ? 0 : 1, Math.round(enrolled * Math.min(1, present))))
  const gap = inflated ? Math.max(2, Math.ceil(loggedHeadcount * (0.14 + 0.3 * random.next()))) : 0
  const lateness = severityOf('W02', 'L02')
  const given = lateness === 'major' ? 0.6 + 0.27 * random.next() : 0.96 + 0.04 * random.next()
  const theory = severityOf('W13', 'L19')
  const practiceShare = theory === 'major' ? 0.2 + 0.27 * random.next() : theory === 'minor' ? 0.52 + 0.15 * random.next() : 0.71 + 0.1 * random.next()
  return {
    scheduleCode, mode, quality: Math.round(quality * 1000) / 1000, tookPlace, violations, enrolled,
    trueHeadcount: tookPlace ? Math.max(0, loggedHeadcount - gap) : 0, loggedHeadcount, trainers: tookPlace ? trainers : 0, plannedMinutes, longestDay,
    trueMinutes: tookPlace ? (mode === 'selfPaced' ? plannedMinutes : Math.round(plannedMinutes * given)) : 0,
    lateMinutes: mode === 'selfPaced' || !tookPlace ? 0 : lateness === 'minor' ? random.int(17, 45) : random.int(0, 12), practiceShare: Math.round(practiceShare * 1000) / 1000,
  }
}

/** One line of the truth file (JSON Lines, with line end). */
export const truthLine = (truth: Truth): string => `${JSON.stringify(truth)}\n`
