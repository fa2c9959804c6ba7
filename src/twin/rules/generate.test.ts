import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import { parse } from 'csv-parse/sync'
import { getRegencies } from 'idn-area-data'
import { zones } from '#base/days.ts'
import { classRunColumns, classRunLine, classRunReader, platformWords, type ClassRunRow } from '#registry/rules/csv-class-runs.ts'
import { sessionReader, sessionColumns } from '#registry/rules/csv-sessions.ts'
import { partners } from '#registry/rules/partners.ts'
import { regionGroupOf, provinceOf, zoneOfRegency } from '#registry/rules/regions.ts'
import { programme, sizes, type Programme, type SampleRun } from './generate.ts'

const today = '2026-11-23'
const regencies = new Set((await getRegencies()).map((r) => r.code))
const digest = (p: Programme, to?: number) => {
  const hash = createHash('sha256').update(JSON.stringify([p.providers, p.trainings, p.affiliations]))
  for (const run of p.classRuns(0, to)) hash.update(JSON.stringify(run))
  return hash.digest('hex')
}

test('the same seed, size and day give the same programme; another of either gives another', () => {
  const of = (seed: string | number, size: 'small' | 'national' = 'small', day = today) => digest(programme({ seed, size, today: day }), 400)
  assert.equal(of(7), of(7))
  assert.equal(of(7), of('7'))
  assert.equal(new Set([of(7), of(8), of(7, 'national'), of(7, 'small', '2026-11-24')]).size, 4)
})

test('any part can be made alone: what is stopped goes on', () => {
  const p = programme({ seed: 3, size: 'small', today })
  const whole = [...p.classRuns()]
  assert.deepEqual([...p.classRuns(700, 720)], whole.slice(700, 720))
  assert.deepEqual([...p.classRuns(1_490, 9_999)], whole.slice(1_490))
})

const runTimes = ({ row, sessions }: SampleRun) => sessions.map((s) => ({ minutes: (Date.parse(s.endsAt) - Date.parse(s.beginsAt)) / 60_000, hour: new Date(Date.parse(s.beginsAt) + zones[zoneOfRegency(row.regencyCode)] * 3_600_000).getUTCHours() }))

/** The published norms, and the items that say they are broken. */
const checkNorms = (run: SampleRun) => {
  const { row, truth } = run
  const broken = new Set(truth.violations.map((v) => v.itemCode))
  const minutes = runTimes(run).map((t) => t.minutes)
  const total = minutes.reduce((a, b) => a + b, 0)
  const why = JSON.stringify(run)
  if (row.mode === 'selfPaced') {
    assert.equal(truth.plannedMinutes < 540, broken.has('S01'), why)
    return
  }
  assert.equal(truth.plannedMinutes, total, why)
  assert.equal(truth.longestDay, Math.max(...minutes), why)
  const [most, ratio] = row.mode === 'webinar' ? [180, 50] : [480, 30]
  if (row.mode === 'webinar') {
    assert.equal(total < 900, broken.has('W03'), why)
    assert.equal(Math.max(...minutes) > most, broken.has('W04'), why)
  } else assert.equal(total < 900 || Math.max(...minutes) > most, broken.has('L03'), why)
  for (const { hour } of runTimes(run)) assert.ok(hour >= 8 && hour <= 19, why)
  if (!truth.tookPlace) return
  assert.equal(truth.loggedHeadcount / truth.trainers > ratio, broken.has('W06') || broken.has('L07'), why)
  const inflated = (truth.loggedHeadcount - truth.trueHeadcount) / truth.loggedHeadcount
  assert.equal(inflated > 0.1, broken.has('W05') || broken.has('L04'), why)
  const severity = (...codes: string[]) => truth.violations.find((v) => codes.includes(v.itemCode))?.severity
  assert.equal(truth.trueMinutes < 0.9 * truth.plannedMinutes, severity('W02', 'L02') === 'major', why)
  assert.equal(truth.lateMinutes > 15, severity('W02', 'L02') === 'minor', why)
  assert.equal(truth.practiceShare < 0.5 ? 'major' : truth.practiceShare < 0.7 ? 'minor' : undefined, severity('W13', 'L19'), why)
}

for (const size of ['small', 'national'] as const)
  test(`${size}: counts, places, modes and norms`, () => {
    const p = programme({ seed: 20_261_123, size, today })
    assert.deepEqual([p.providers.length, p.trainings.length, p.count], [sizes[size].providers, sizes[size].trainings, sizes[size].classRuns])
    const providers = new Map(p.providers.map((x) => [x.code, x]))
    const trainings = new Map(p.trainings.map((x) => [x.courseCode, x]))
    assert.equal(providers.size, sizes[size].providers)
    assert.equal(trainings.size, sizes[size].trainings)
    assert.equal(new Set(p.providers.map((x) => x.name)).size, providers.size)
    assert.equal(new Set(p.trainings.map((x) => x.title)).size, trainings.size)
    assert.equal(new Set(p.trainings.map((x) => x.providerCode)).size, providers.size, 'every provider offers something')
    assert.ok(p.providers.every((x) => regencies.has(x.homeRegency)))
    const codes = new Set<string>()
    const reached = new Set<string>()
    const modes = { webinar: 0, onsite: 0, selfPaced: 0 }
    const strata = new Set<string>()
    let absent = 0
    let sound = 0
    let open = 0
    let lastMonth = 0
    for (const run of p.classRuns()) {
      const { row, truth } = run
      codes.add(row.scheduleCode)
      reached.add(row.regencyCode)
      modes[row.mode]++
      strata.add(`${row.mode} ${regionGroupOf(provinceOf(row.regencyCode))}`)
      const training = trainings.get(row.courseCode)
      assert.ok(training && training.mode === row.mode && training.providerCode === row.providerCode && providers.has(row.providerCode))
      assert.ok(row.startsOn >= p.window.from && row.startsOn <= p.window.to)
      checkNorms(run)
      if (!truth.tookPlace) absent++
      if (!truth.violations.some((v) => v.severity !== 'minor')) sound++
      if (row.startsOn >= today) open++
      if (row.startsOn >= '2026-10-01' && row.startsOn <= '2026-10-31') lastMonth++
    }
    const n = p.count
    assert.equal(codes.size, n)
    if (size === 'national') assert.deepEqual(reached, regencies)
    assert.ok(modes.webinar > n / 2 && modes.onsite > n / 5 && modes.selfPaced > n / 12, JSON.stringify(modes))
    if (size === 'national') assert.equal(strata.size, 18, 'three modes in six region groups')
    assert.ok(open > n * 0.08 && lastMonth > n * 0.06, `${open} ${lastMonth}`)
    assert.ok(sound / n > 0.6 && sound / n < 0.9, String(sound / n))
    assert.ok(absent > 0 && absent / n < 0.04, String(absent / n))
  })

test('some providers are much worse than others', () => {
  const bad = new Map<string, [number, number]>()
  for (const { row, truth } of programme({ seed: 1, size: 'national', today }).classRuns(0, 30_000)) {
    const [k, n] = bad.get(row.providerCode) ?? [0, 0]
    bad.set(row.providerCode, [k + (truth.violations.some((v) => v.severity !== 'minor') ? 1 : 0), n + 1])
  }
  const shares = [...bad.values()].filter(([, n]) => n >= 50).map(([k, n]) => k / n).sort((a, b) => a - b)
  assert.ok(shares.length > 50)
  assert.ok((shares[Math.floor(shares.length * 0.95)] ?? 0) > 2 * (shares[Math.floor(shares.length / 2)] ?? 1), 'the worst twentieth fails more than twice as often as the middle')
})

test('the truth never stands in what the product stores', () => {
  const p = programme({ seed: 5, size: 'small', today })
  const rowKeys: (keyof ClassRunRow)[] = ['scheduleCode', 'courseCode', 'courseTitle', 'mode', 'providerCode', 'platformCode', 'regencyCode', 'startsOn', 'endsOn', 'plannedParticipants', 'quota', 'price', 'venue', 'address', 'latitude', 'longitude', 'meetingUrl', 'contactName', 'contactPhone', 'trainerName']
  for (const { row, sessions } of p.classRuns()) {
    assert.deepEqual(Object.keys(row), rowKeys)
    for (const s of sessions) assert.deepEqual(Object.keys(s), ['scheduleCode', 'sequence', 'beginsAt', 'endsAt'])
    assert.doesNotMatch(JSON.stringify([row, sessions]), /\b[WLS][0-3]\d\b|quality|violation|critical|major|badness/i)
  }
  for (const x of [...p.providers, ...p.trainings]) assert.doesNotMatch(JSON.stringify(x), /quality|violation|badness|scale|weight/i)
})

test('nobody real can be reached: codes, numbers and addresses are recognisably invented', () => {
  const p = programme({ seed: 6, size: 'national', today })
  for (const x of p.providers) {
    assert.match(x.code, /^CTH\w+-LP\d{3}$/)
    assert.match(x.phone, /^\+62 000-\d{4}-\d{4}$/)
    assert.match(x.email, /@[\w-]+\.example$/)
  }
  for (const { row } of p.classRuns(0, 300)) {
    assert.ok(row.meetingUrl === null || new URL(row.meetingUrl).hostname.endsWith('.example'))
    assert.ok(row.address === null || row.address.startsWith('Jl. Contoh '))
  }
  const experts = new Set(partners.filter((x) => x.kind === 'university' || x.kind === 'ngo').map((x) => x.code))
  assert.equal(p.affiliations.length, 3)
  for (const a of p.affiliations) assert.ok(a.origin === 'sample' && experts.has(a.organisation) && p.providers.some((x) => x.code === a.provider))
})

test('the registry’s own import accepts every class run and sitting', () => {
  const p = programme({ seed: 9, size: 'small', today })
  const reader = classRunReader(classRunColumns, {
    providers: new Map(p.providers.map((x) => [x.code, { homeRegency: x.homeRegency }])), platforms: platformWords(partners.filter((x) => x.kind === 'digital_platform')),
    regencies, trainings: new Map(),
  })
  const runs = [...p.classRuns()]
  const sessions = sessionReader(sessionColumns, { classRuns: new Map(runs.map(({ row }) => [row.scheduleCode, { startsOn: row.startsOn, endsOn: row.endsOn, mode: row.mode, zone: zoneOfRegency(row.regencyCode) }])) })
  runs.forEach((run, i) => {
    const cells = (parse(classRunLine(run.row)) as string[][])[0] ?? []
    const read = reader.read({ line: i + 2, cells })
    assert.deepEqual(read.errors, [])
    assert.deepEqual(read.row, run.row)
    for (const s of run.sessions) assert.deepEqual(sessions.read({ line: 1, cells: [s.scheduleCode, String(s.sequence), s.beginsAt, s.endsAt] }).row, s)
  })
})
