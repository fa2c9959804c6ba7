import { addDays } from '../../base/days.ts'
import type { ClassRunRow, Mode } from '../../registry/rules/csv-class-runs.ts'
import type { SessionRow } from '../../registry/rules/csv-sessions.ts'
import { partners, serviceAreas, type Affiliation } from '../../registry/rules/partners.ts'
import { provinceDistance, provinceOf, seatOf, zoneOfRegency } from '../../registry/rules/regions.ts'
import { tiles } from '../../registry/rules/tiles.ts'
import { peopleIn } from './people.ts'
import { randomOf, runningTotals, shuffled, weighted, type Random } from './random.ts'
import { planSessions, type DayPlan } from './schedule.ts'
import { drawTruth, drawViolations, type Truth } from './truth.ts'
import { addressOf, mailOf, meetingOf, personName, phoneOf, providerName, trainingTitle, venueOf } from './words.ts'

export interface SampleProvider {
  readonly code: string
  readonly name: string
  readonly shortName: string
  readonly homeRegency: string
  readonly contactName: string
  readonly email: string
  readonly phone: string
  readonly origin: 'sample'
}

export interface SampleTraining {
  readonly courseCode: string
  readonly title: string
  readonly category: string
  readonly mode: Mode
  readonly providerCode: string
  /** Rupiah. */
  readonly price: number
  /** Minutes over all sittings; self-paced: minutes of video. */
  readonly plannedMinutes: number
  readonly trainerName: string
  /** True when each participant needs a computer (item L11 applies). */
  readonly computers: boolean
  /** Codes of the platforms that list it. */
  readonly platforms: readonly string[]
  readonly origin: 'sample'
}

/** One class run as the registry would import it, its sittings, and what really happened (to be written elsewhere). */
export interface SampleRun {
  readonly row: ClassRunRow
  readonly sessions: readonly SessionRow[]
  readonly truth: Truth
}

export interface Programme {
  readonly providers: readonly SampleProvider[]
  readonly affiliations: readonly Affiliation[]
  readonly trainings: readonly SampleTraining[]
  /** First and last day on which a class run may start. */
  readonly window: { readonly from: string; readonly to: string }
  readonly count: number
  /** Class runs `from` … `to`-1 in the order of their start; nothing is kept, and any part can be made alone (a seed that was stopped goes on). */
  readonly classRuns: (from?: number, to?: number) => Generator<SampleRun>
}

export type Size = 'small' | 'national'
export const sizes: Readonly<Record<Size, { readonly providers: number; readonly trainings: number; readonly classRuns: number }>> = {
  small: { providers: 40, trainings: 120, classRuns: 1_500 },
  national: { providers: 220, trainings: 1_200, classRuns: 100_000 },
}

/** Share of class runs by mode. Invented: the programme publishes no split. */
const modeShare: readonly (readonly [Mode, number])[] = [['webinar', 0.6], ['onsite', 0.27], ['selfPaced', 0.13]]
const days = 364
const number = (n: number, width: number) => String(n).padStart(width, '0')

/** Regencies with a weight: people of the province shared among its regencies, a city three times a regency. */
const regencyWeights = (): readonly { readonly code: string; readonly weight: number }[] => {
  const parts = (code: string) => (Number(code.slice(3)) >= 71 ? 3 : 1)
  const sums = new Map<string, number>()
  for (const { regency } of tiles) sums.set(provinceOf(regency), (sums.get(provinceOf(regency)) ?? 0) + parts(regency))
  return tiles.map(({ regency }) => ({ code: regency, weight: (peopleIn(provinceOf(regency)) * parts(regency)) / (sums.get(provinceOf(regency)) ?? 1) }))
}

const dayPlans: Readonly<Record<Mode, readonly DayPlan[]>> = {
  // Webinar ≤ 180 minutes a day, onsite ≤ 480, both ≥ 900 in all; self-paced: days open and ≥ 540 minutes of video (published criteria).
  webinar: [{ sittings: 5, minutes: 180 }, { sittings: 5, minutes: 180 }, { sittings: 6, minutes: 150 }, { sittings: 6, minutes: 160 }, { sittings: 6, minutes: 180 }, { sittings: 8, minutes: 120 }],
  onsite: [{ sittings: 3, minutes: 300 }, { sittings: 2, minutes: 450 }, { sittings: 4, minutes: 240 }, { sittings: 5, minutes: 360 }, { sittings: 3, minutes: 420 }, { sittings: 5, minutes: 480 }],
  selfPaced: [{ sittings: 14, minutes: 540 }, { sittings: 14, minutes: 600 }, { sittings: 21, minutes: 660 }, { sittings: 30, minutes: 720 }],
}
/** Rupiah: lowest, highest; rounded to 25,000. */
const priceRange: Readonly<Record<Mode, readonly [number, number]>> = { webinar: [400_000, 1_500_000], onsite: [1_000_000, 3_400_000], selfPaced: [250_000, 900_000] }

/** Every code of a sample begins with this (*contoh*), so that two samples in one database stay apart. */
const prefixOf = (seed: string): string => `CTH${seed.replace(/[^A-Za-z0-9]/g, '').toUpperCase().slice(0, 20)}`

const makeProviders = (seed: string, count: number, regencies: ReturnType<typeof regencyWeights>) => {
  const totals = runningTotals(regencies.map((r) => r.weight * (Number(r.code.slice(3)) >= 71 ? 2 : 1)))
  const names = shuffled(Array.from({ length: 240 }, (_, n) => n), randomOf(seed, 'names'))
  return Array.from({ length: count }, (_, n) => {
    const random = randomOf(seed, 'provider', n)
    const code = `${prefixOf(seed)}-LP${number(n + 1, 3)}`
    const { name, shortName } = providerName(names[n] ?? n)
    const homeRegency = regencies[weighted(totals, random.next())]?.code ?? '31.71'
    const provider: SampleProvider = { code, name, shortName, homeRegency, contactName: personName(random.next(), random.next()), email: mailOf(code), phone: phoneOf(n + 1), origin: 'sample' }
    // One provider in ten is bad throughout; the others differ a little. `scale`: a few are large.
    const badness = 0.6 * random.normal() + (random.chance(0.1) ? 1.7 : 0)
    return { provider, badness, scale: Math.exp(0.8 * random.normal()) }
  })
}

const makeTrainings = (seed: string, count: number, providers: ReturnType<typeof makeProviders>, platforms: readonly string[]) => {
  const totals = runningTotals(providers.map((p) => p.scale))
  const titles = shuffled(Array.from({ length: 1_200 }, (_, n) => n), randomOf(seed, 'titles'))
  return Array.from({ length: count }, (_, n) => {
    const random = randomOf(seed, 'training', n)
    const { title, category, onsite, computers } = trainingTitle(titles[n % 1_200] ?? n)
    // Every provider's first training is synchronous, so that the portfolio norm (3 synchronous : 1 self-paced) can hold at all.
    const owner = n < providers.length ? n : weighted(totals, random.next())
    const u = random.next()
    const mode: Mode = onsite && u < 0.75 ? 'onsite' : n >= providers.length && u > 0.82 ? 'selfPaced' : 'webinar'
    const [low, high] = priceRange[mode]
    const plan = random.pick(dayPlans[mode])
    const training: SampleTraining = {
      courseCode: `${prefixOf(seed)}-C${number(n + 1, 4)}`, title, category, mode, providerCode: providers[owner]?.provider.code ?? '', price: Math.round((low + (high - low) * random.next()) / 25_000) * 25_000,
      plannedMinutes: mode === 'selfPaced' ? plan.minutes : plan.sittings * plan.minutes, trainerName: personName(random.next(), random.next()), computers,
      platforms: shuffled(platforms, random).slice(0, random.int(1, 3)), origin: 'sample',
    }
    return { training, plan, owner, weight: Math.exp(0.8 * random.normal()) * Math.sqrt(providers[owner]?.scale ?? 1) }
  })
}

/** Three invented ties between an expert organisation and a sample provider of its area, so that the conflict rule has something to refuse. */
const makeAffiliations = (seed: string, providers: readonly SampleProvider[]): Affiliation[] => {
  const random = randomOf(seed, 'affiliations')
  const found: Affiliation[] = []
  for (const area of shuffled(serviceAreas, random)) {
    const near = providers.filter((p) => area.provinces.includes(provinceOf(p.homeRegency)) && !found.some((f) => f.provider === p.code))
    if (near.length === 0 || found.length === 3) continue
    found.push({ organisation: area.organisation, provider: random.pick(near).code, relation: found.length === 0 ? 'ownTrainingInstitute' : found.length === 1 ? 'sharedOwner' : 'sharedStaff', origin: 'sample', source: 'sample programme' })
  }
  return found
}

/** How many are planned and how many trainers lead them; the ratio norm (50 webinar, 30 onsite) holds unless it is to be broken. */
const planPeople = (mode: Mode, ratioBroken: boolean, random: Random): { planned: number; trainers: number } => {
  if (mode === 'selfPaced') return { planned: Math.round(40 * Math.exp(0.7 * Math.abs(random.normal()))), trainers: 1 }
  const most = mode === 'webinar' ? 50 : 30
  if (ratioBroken) return { planned: random.int(Math.ceil(most * 1.15), Math.ceil(most * 1.6)), trainers: 1 }
  const trainers = random.chance(0.12) ? 2 : 1
  const typical = mode === 'webinar' ? 38 : 22
  return { planned: Math.min(most * trainers, Math.max(8, Math.round(typical * trainers + (typical / 4) * random.normal()))), trainers }
}

/**
 * A fictitious programme, the same for the same seed, size and day. Providers, trainings, people and places are invented; regencies and platforms are real.
 * Class runs start over the 364 days that end six weeks after `today` (`2026-11-23`), so that both a past round and an open one have class runs.
 * @param regencyNames Kemendagri code → name, for addresses; codes stand in for missing names
 */
export const programme = (options: { readonly seed: string | number; readonly size: Size; readonly today: string; readonly regencyNames?: ReadonlyMap<string, string> }): Programme => {
  const { size, today, regencyNames } = options
  const seed = `${options.seed}/${size}`
  const counts = sizes[size]
  const window = { from: addDays(today, 42 - days + 1), to: addDays(today, 42) }
  const regencies = regencyWeights()
  const platforms = partners.filter((p) => p.kind === 'digital_platform').map((p) => p.code)
  const providers = makeProviders(seed, counts.providers, regencies)
  const trainings = makeTrainings(seed, counts.trainings, providers, platforms)
  const ofMode = (mode: Mode) => trainings.filter((t) => t.training.mode === mode)
  const pools = Object.fromEntries(modeShare.map(([mode]) => [mode, { list: ofMode(mode), totals: runningTotals(ofMode(mode).map((t) => t.weight)) }])) as Record<Mode, { list: typeof trainings; totals: number[] }>
  const modeTotals = runningTotals(modeShare.map(([, share]) => share))
  const regencyTotals = runningTotals(regencies.map((r) => r.weight))
  const everywhere = shuffled(regencies.map((r) => r.code), randomOf(seed, 'everywhere'))
  // One class run in `step` is onsite in the next regency of a seeded order, so that the national programme reaches all 514 for certain.
  const step = Math.floor(counts.classRuns / everywhere.length)
  const nearby = new Map<string, number[]>()
  /** Onsite trainings by nearness: a provider 400 km away gets e⁻¹ of the weight. */
  const near = (province: string) => {
    const known = nearby.get(province)
    if (known) return known
    const totals = runningTotals(pools.onsite.list.map((t) => t.weight * (1e-6 + Math.exp(-provinceDistance(province, provinceOf(providers[t.owner]?.provider.homeRegency ?? '31')) / 400))))
    nearby.set(province, totals)
    return totals
  }

  const classRun = (i: number): SampleRun => {
    const random = randomOf(seed, 'run', i)
    const forced = step >= 20 && i % step === 0 ? everywhere[i / step] : undefined
    const mode: Mode = forced ? 'onsite' : (modeShare[weighted(modeTotals, random.next())]?.[0] ?? 'webinar')
    const place = forced ?? regencies[weighted(regencyTotals, random.next())]?.code ?? '31.71'
    const pool = pools[mode]
    const chosen = pool.list[weighted(mode === 'onsite' ? near(provinceOf(place)) : pool.totals, random.next())]
    const provider = chosen && providers[chosen.owner]
    if (!chosen || !provider) throw new RangeError(`no training for ${mode}`)
    const { training, plan } = chosen
    const regencyCode = mode === 'onsite' ? place : provider.provider.homeRegency
    const scheduleCode = `${prefixOf(seed)}-J${number(i + 1, 7)}`
    const badness = provider.badness + 0.5 * random.normal()
    const drawn = drawViolations(mode, badness, random)
    const broken = new Set(drawn.violations.map((v) => v.itemCode))
    const { planned, trainers } = planPeople(mode, broken.has('W06') || broken.has('L07'), random)
    const day = Math.floor((i * days) / counts.classRuns)
    const { sessions, startsOn, endsOn, minutes, longestDay } = planSessions({ scheduleCode, mode, plan, from: addDays(window.from, day), latest: window.to, zone: zoneOfRegency(regencyCode), broken }, random)
    const [latitude, longitude] = positionOf(regencyCode, random)
    const row: ClassRunRow = {
      scheduleCode, courseCode: training.courseCode, courseTitle: training.title, mode, providerCode: training.providerCode, platformCode: random.pick(training.platforms), regencyCode,
      startsOn, endsOn, plannedParticipants: planned, quota: Math.ceil(planned / 5) * 5, price: training.price,
      venue: mode === 'onsite' ? venueOf(random.next(), provider.provider.shortName) : null,
      address: mode === 'onsite' ? addressOf(random.next(), random.int(1, 180), regencyNames?.get(regencyCode) ?? regencyCode) : null,
      latitude: mode === 'onsite' ? latitude : null, longitude: mode === 'onsite' ? longitude : null,
      meetingUrl: mode === 'onsite' ? null : meetingOf(scheduleCode), contactName: provider.provider.contactName, contactPhone: provider.provider.phone, trainerName: training.trainerName,
    }
    return { row, sessions, truth: drawTruth({ scheduleCode, mode, badness, plannedParticipants: planned, plannedMinutes: minutes, longestDay, trainers }, drawn, random) }
  }

  return {
    providers: providers.map((p) => p.provider), affiliations: makeAffiliations(seed, providers.map((p) => p.provider)), trainings: trainings.map((t) => t.training), window, count: counts.classRuns,
    *classRuns(from = 0, to = counts.classRuns) {
      for (let i = from; i < Math.min(to, counts.classRuns); i++) yield classRun(i)
    },
  }
}

/** An invented position: near the seat of the province, moved by the regency's number so that regencies lie apart. Not where the regency is. */
const positionOf = (regencyCode: string, random: Random): readonly [number, number] => {
  const [latitude, longitude] = seatOf(provinceOf(regencyCode))
  const angle = Number(regencyCode.slice(3)) * 2.399963 // golden angle: neighbours in number lie apart
  const round = (x: number) => Math.round(x * 100_000) / 100_000
  return [round(latitude + 0.3 * Math.sin(angle) + 0.04 * (random.next() - 0.5)), round(longitude + 0.3 * Math.cos(angle) + 0.04 * (random.next() - 0.5))]
}
