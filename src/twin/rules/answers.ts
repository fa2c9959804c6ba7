import type { Severity, SimulatedItem, ViolationSeverity } from './items.ts'
import type { Random } from './random.ts'
import type { Truth } from './truth.ts'

/** Raw entries of one item, as a form would hold them. */
export type Raw = Readonly<Record<string, string | number | readonly string[]>>

/** What there is to see. Instants in milliseconds. */
export interface Scene {
  readonly truth: Truth
  readonly begins: number
  readonly ends: number
  readonly localTime: (at: number) => string
  readonly computers: boolean
  readonly price: number | null
  readonly trainerName: string | null
  readonly position: readonly [number, number] | null
}

type Seen = ViolationSeverity | null
type Answer = { readonly raw: Raw; readonly severity: Severity | null }
type Kind = (item: SimulatedItem, seen: Seen, scene: Scene, random: Random) => Raw

const safetyItems = ['apd', 'p3k', 'apar', 'evakuasi'] as const
const yes = (good: boolean) => (good ? 'yes' : 'no')
const clamp = (x: number, low: number, high: number) => Math.min(high, Math.max(low, Math.round(x)))
/** Minutes of the sitting that was observed, as it really went. */
const givenMinutes = ({ truth, begins, ends }: Scene) => ((ends - begins) / 60_000) * (truth.plannedMinutes > 0 ? Math.min(1, truth.trueMinutes / truth.plannedMinutes) : 1)

/** Counts and thresholds are those of the instruments: an answer with `seen` breaks its norm in the figures, one without keeps it. */
const kinds: Readonly<Record<SimulatedItem['kind'], Kind>> = {
  yes: (item, seen, scene) => (item.code === 'W08' || item.code === 'L09' || item.code === 'S09') && seen === null && scene.trainerName ? { value: 'yes', name: scene.trainerName } : { value: yes(seen === null) },
  no: (_, seen) => ({ value: yes(seen !== null) }),
  times: (_, seen, scene, random) => {
    // Major: less than 90 % of the planned time. Minor: more than 15 minutes late. Else within both.
    const planned = (scene.ends - scene.begins) / 60_000
    const late = seen === 'minor' ? Math.max(17, scene.truth.lateMinutes) : seen === 'major' ? random.int(0, 12) : Math.min(scene.truth.lateMinutes, random.int(0, 12))
    const given = seen === 'major' ? Math.min(givenMinutes(scene), planned * 0.88) : Math.max(planned * 0.92, planned - late)
    const start = scene.begins + late * 60_000
    return { start: scene.localTime(start), end: scene.localTime(start + Math.round(given) * 60_000) }
  },
  totalMinutes: (item, _, scene) => item.mode === 'onsite' ? { minutes: scene.truth.plannedMinutes, longestDay: scene.truth.longestDay } : { minutes: scene.truth.plannedMinutes },
  dayMinutes: (_, __, scene) => ({ minutes: Math.round((scene.ends - scene.begins) / 60_000) }),
  headcount: (_, seen, { truth }, random) => {
    // Whoever misses an inflated list counts by the list; whoever sees it counts heads, give or take one.
    const logged = truth.loggedHeadcount
    if (seen) {
      const most = Math.floor(logged * 0.89)
      return { a: clamp(truth.trueHeadcount + random.int(-1, 1), 0, most), b: clamp(truth.trueHeadcount * (1 - 0.05 * random.next()), 0, most), log: logged }
    }
    const least = Math.ceil(logged * 0.9)
    return { a: clamp(logged + random.int(-1, 1), least, truth.enrolled), b: clamp(logged * (1 - 0.05 * random.next()), least, truth.enrolled), log: logged }
  },
  ratio: (item, seen, { truth }) => {
    const most = item.mode === 'webinar' ? 50 : 30
    const trainers = Math.max(1, truth.trainers)
    return { trainers, participants: seen ? Math.max(truth.loggedHeadcount, most * trainers + 1) : Math.min(truth.loggedHeadcount, most * trainers) }
  },
  mismatch: (_, seen, __, random) => ({ mismatches: seen ? random.int(3, 7) : random.int(0, 1), of: 10 }),
  camera: (_, seen, { truth }, random) => {
    const count = () => Math.round(truth.trueHeadcount * (seen ? 0.1 + 0.2 * random.next() : 0.6 + 0.35 * random.next()))
    return { a: count(), b: count(), c: count() }
  },
  level: (_, seen, { truth }, random) => ({ level: seen ? random.int(0, 1) : random.chance(truth.quality) ? 3 : 2 }),
  practice: (_, seen, scene, random) => {
    const share = seen === 'major' ? Math.min(0.47, scene.truth.practiceShare) : seen === 'minor' ? clamp(scene.truth.practiceShare * 100, 52, 67) / 100 : Math.max(0.71, scene.truth.practiceShare)
    const minutes = Math.max(60, Math.round(givenMinutes(scene) - random.int(0, 10)))
    const practice = seen === null ? Math.ceil(minutes * share) : Math.floor(minutes * share)
    return { theory: minutes - practice, practice }
  },
  interactive: (_, seen, { truth }, random) => ({ value: yes(seen === null), times: seen ? random.int(0, 1) : random.int(3, 5 + Math.round(10 * truth.quality)) }),
  percent: (_, seen, __, random) => ({ percent: seen ? random.int(0, 3) * 20 : random.int(4, 5) * 20 }),
  count: (_, seen, __, random) => ({ count: seen ? random.int(1, 3) : random.int(4, 5), of: 5 }),
  accommodation: (_, seen) => ({ value: yes(seen === null) }),
  score: (_, __, { truth }, random) => ({ score: clamp(1.3 + 3.4 * truth.quality + 0.6 * random.normal(), 1, 5) }),
  place: (_, seen, { position }, random): Raw => {
    const value = yes(seen === null)
    if (position === null) return { value }
    const near = () => (random.next() - 0.5) * 0.0006 // about 30 m either way, as a telephone measures
    return { value, latitude: Math.round((position[0] + near()) * 1e6) / 1e6, longitude: Math.round((position[1] + near()) * 1e6) / 1e6, accuracy: random.int(4, 25) }
  },
  attendance: (_, seen, { truth }) => ({ enrolled: truth.enrolled, signed: truth.loggedHeadcount, present: seen ? truth.trueHeadcount : truth.loggedHeadcount }),
  aids: (_, seen, { truth }, random) => {
    const needed = Math.ceil(truth.loggedHeadcount / 5)
    return { working: seen ? Math.floor(needed * 0.6) : needed + random.int(0, 2), participants: truth.loggedHeadcount }
  },
  computers: (_, seen, { truth }, random) => ({ value: yes(seen === null), computers: seen ? Math.floor(truth.loggedHeadcount * 0.7) : truth.loggedHeadcount + random.int(0, 3), participants: truth.loggedHeadcount }),
  partial: (_, seen, __, random) => ({ value: seen ? (random.chance(0.5) ? 'no' : 'partial') : 'yes' }),
  safety: (_, seen, __, random) => ({
    present: seen === 'critical' ? ['p3k'] : seen ? safetyItems.filter((name) => name === 'apd' || random.chance(0.4)).slice(0, 3) : [...safetyItems], hazardous: yes(seen === 'critical' || random.chance(0.3)),
  }),
  amenities: (item, seen, { truth }, random) => {
    const names = item.mode === 'onsite' ? ['toilet', 'air_minum', 'tempat_ibadah'] : ['papan_ketik', 'kontras', 'pembaca_layar']
    return { present: seen ? names.slice(0, random.int(0, 1)) : item.severities.length > 0 ? names : names.filter(() => random.chance(0.6 + 0.4 * truth.quality)) }
  },
  access: (_, seen, __, random) => ({ present: seen ? [] : ['lantai_dasar', ...(random.chance(0.5) ? ['kursi_roda'] : [])], requested: 'no' }),
  tests: (_, seen) => ({ pre: yes(seen !== 'minor'), post: yes(seen !== 'major') }),
  benefits: (_, seen, __, random) => ({ count: seen ? random.int(0, 1) : random.int(2, 3), of: 3 }),
  safe: (_, seen) => ({ incident: yes(seen === 'critical'), notice: yes(seen !== 'minor') }),
  signed: (_, __, { truth }, random) => random.chance(truth.violations.length > 0 ? 0.7 : 0.97) ? { agrees: 'yes', text: '' } : { agrees: 'no', text: 'Lembaga menyampaikan keberatan (data contoh).' },
  video: (_, seen, { truth }) => ({ minutes: seen ? Math.min(truth.plannedMinutes, 530) : Math.max(540, truth.plannedMinutes) }),
  portfolio: (_, seen, __, random) => (seen ? { sync: random.int(1, 4), async: random.int(3, 6) } : { sync: random.int(6, 9), async: random.int(1, 2) }),
  fast: (_, seen, __, random) => ({ count: seen ? random.int(4, 15) : random.int(0, 2), of: 50 }),
  free: (_, seen, __, random) => ({ count: seen ? random.int(1, 3) : 0, of: 5 }),
  price: (_, seen, { price }): Raw => (price === null ? { value: yes(seen === null) } : { value: yes(seen === null), amount: seen ? Math.round((price * 0.85) / 1000) * 1000 : price }),
  hours: (item, seen, __, random) => {
    // S14 ≤ 72 h (configurable), S15 ≤ 48 h, S22 one working day.
    const most = item.code === 'S14' ? 72 : item.code === 'S15' ? 48 : 24
    return { hours: seen ? most + random.int(2, 60) : random.int(1, most) }
  },
}

/** Raw entries that agree with what was seen. A quality score of 2 or less is an observation; nothing else makes severity out of quality. */
export const answerOf = (item: SimulatedItem, seen: Seen, scene: Scene, random: Random): Answer => {
  const raw = kinds[item.kind](item, seen, scene, random)
  if (item.kind === 'score') return { raw, severity: Number(raw.score) <= 2 ? 'observation' : null }
  if (item.tag === 'other') return { raw, severity: null }
  return { raw, severity: seen }
}
