import assert from 'node:assert/strict'
import test from 'node:test'
import { zoneOfRegency } from '#registry/rules/regions.ts'
import { programme, type SampleRun } from './generate.ts'
import { simulatedItems, type Layer } from './items.ts'
import { visitAnswers, type ItemAnswer } from './visit.ts'

const runs = [...programme({ seed: 11, size: 'national', today: '2026-11-23' }).classRuns(40_000, 52_000)]
const visit = (run: SampleRun, layer: Layer = 'expert', items?: readonly string[]) =>
  visitAnswers({
    truth: run.truth, layer, seed: 'v', session: run.sessions[0]!, zone: zoneOfRegency(run.row.regencyCode), price: run.row.price, trainerName: run.row.trainerName, computers: true,
    position: run.row.latitude === null || run.row.longitude === null ? null : [run.row.latitude, run.row.longitude], ...(items ? { items } : {}),
  })

test('the instruments have 30, 30 and 26 items in order', () => {
  for (const [mode, letter, n] of [['webinar', 'W', 30], ['onsite', 'L', 30], ['selfPaced', 'S', 26]] as const) {
    assert.deepEqual(simulatedItems[mode].map((i) => i.code), Array.from({ length: n }, (_, i) => `${letter}${String(i + 1).padStart(2, '0')}`))
    for (const i of simulatedItems[mode]) {
      assert.ok(i.layers.length > 0 && Number.isFinite(i.rate), i.code)
      assert.ok(i.severities.length === 0 || Math.abs(i.severities.reduce((a, [, share]) => a + share, 0) - 1) < 1e-9, i.code)
    }
  }
})

test('same seed same visit; asking fewer items changes none of them; another layer sees for itself', () => {
  const run = runs.find((r) => r.row.mode === 'webinar' && visit(r).outcome === 'tookPlace')!
  assert.deepEqual(visit(run), visit(run))
  const some = visit(run, 'expert', ['W05', 'W13', 'W26'])
  assert.deepEqual(some.answers, visit(run).answers.filter((a) => ['W05', 'W13', 'W26'].includes(a.code)))
  assert.equal(some.answers.length, 3)
  const platform = visit(run, 'platform').answers.map((a) => a.code)
  assert.deepEqual(platform, ['W01', 'W02', 'W03', 'W04', 'W05', 'W09', 'W16', 'W21'])
})

const minutes = (a: ItemAnswer) => {
  const of = (text: unknown) => Number(String(text).slice(0, 2)) * 60 + Number(String(text).slice(3))
  return (of(a.raw.end) - of(a.raw.start) + 1440) % 1440
}
const practice = (a: ItemAnswer) => {
  const share = Number(a.raw.practice) / (Number(a.raw.practice) + Number(a.raw.theory))
  return share < 0.5 ? 'major' : share < 0.7 ? 'minor' : null
}
/** The severity rules of the instruments, written here a second time from the raw entries. */
const rule: Readonly<Record<string, (a: ItemAnswer, run: SampleRun) => string | null>> = {
  W04: (a) => (Number(a.raw.minutes) > 180 ? 'minor' : null),
  W05: (a, { truth }) => (Math.min(Number(a.raw.a), Number(a.raw.b)) < 0.9 * truth.loggedHeadcount ? 'major' : null),
  W06: (a) => (Number(a.raw.participants) / Number(a.raw.trainers) > 50 ? 'major' : null),
  W10: (a) => (Number(a.raw.mismatches) >= 3 ? 'critical' : null),
  W12: (a) => (Number(a.raw.level) <= 1 ? 'major' : null),
  W13: practice,
  L19: practice,
  W19: (a) => (Number(a.raw.count) <= 3 ? 'major' : null),
  W22: (a) => (a.raw.value === 'yes' ? 'critical' : null),
  W26: (a) => (Number(a.raw.score) <= 2 ? 'observation' : null),
  L03: (a) => (Number(a.raw.minutes) < 900 || Number(a.raw.longestDay) > 480 ? 'major' : null),
  L04: (a) => { const gap = Number(a.raw.signed) - Number(a.raw.present); return gap >= 2 && gap >= 0.1 * Number(a.raw.signed) ? 'critical' : null },
  L05: (a) => (Number(a.raw.count) <= 3 ? 'critical' : null),
  L07: (a) => (Number(a.raw.participants) / Number(a.raw.trainers) > 30 ? 'major' : null),
  L10: (a) => (Number(a.raw.working) * 5 < Number(a.raw.participants) ? 'major' : null),
  L11: (a) => (Number(a.raw.computers) < Number(a.raw.participants) ? 'major' : null),
  L15: (a) => { const present = a.raw.present as readonly string[]; return a.raw.hazardous === 'yes' && !present.includes('apd') ? 'critical' : present.length < 4 ? 'minor' : null },
  L21: (a) => (a.raw.post === 'no' ? 'major' : a.raw.pre === 'no' ? 'minor' : null),
  L24: (a) => (Number(a.raw.count) <= 1 ? 'major' : null),
  S01: (a) => (Number(a.raw.minutes) < 540 ? 'major' : null),
  S07: (a) => (Number(a.raw.count) >= 1 ? 'critical' : null),
  S13: (a) => (Number(a.raw.percent) < 80 ? 'major' : null),
  S15: (a) => (Number(a.raw.hours) > 48 ? 'minor' : null),
}

test('the verdict is what the raw entries say under the instrument’s rule', () => {
  const fails = new Map<string, number>()
  for (const run of runs) for (const layer of ['expert', 'internal'] as const) {
    const seen = visit(run, layer)
    if (seen.outcome !== 'tookPlace') continue
    for (const a of seen.answers) {
      if (a.verdict === 'notObserved' || a.verdict === 'notApplicable' || !rule[a.code]) continue
      assert.equal(a.severity, rule[a.code]!(a, run), `${JSON.stringify(a)} ${JSON.stringify(run.truth)}`)
      assert.equal(a.verdict, a.severity === null ? 'pass' : 'fail')
      if (a.verdict === 'fail') fails.set(a.code, (fails.get(a.code) ?? 0) + 1)
    }
  }
  // a rule that never fires would prove nothing
  assert.deepEqual(Object.keys(rule).filter((code) => !fails.has(code)), [])
})

test('start and end: late is late, short is short, kept is kept', () => {
  const seen = { pass: 0, minor: 0, major: 0 }
  for (const run of runs) {
    const a = visit(run).answers.find((x) => x.code === 'W02' || x.code === 'L02')
    if (!a) continue
    const session = run.sessions[0]!
    const planned = (Date.parse(session.endsAt) - Date.parse(session.beginsAt)) / 60_000
    seen[(a.severity ?? 'pass') as keyof typeof seen]++
    assert.equal(minutes(a) < 0.9 * planned, a.severity === 'major', JSON.stringify([a, session]))
  }
  assert.ok(seen.pass > 1_000 && seen.minor > 20 && seen.major > 20, JSON.stringify(seen))
})

test('who is judged reports least, the expert nearly all; a class that never was is told by whoever stood there', () => {
  const caught = (layer: Layer) => {
    let hit = 0
    let n = 0
    for (const run of runs) {
      const answers = visit(run, layer).answers
      for (const v of run.truth.tookPlace ? run.truth.violations : []) {
        const a = answers.find((x) => x.code === v.itemCode)
        if (!a || a.code === 'W04') continue
        n++
        if (a.verdict === 'fail') hit++
      }
    }
    assert.ok(n > 500, layer)
    return hit / n
  }
  assert.ok(Math.abs(caught('expert') - 0.9) < 0.02)
  assert.ok(caught('participant') < 0.75 && caught('participant') > 0.55)
  assert.ok(caught('provider') < 0.35)
  const absent = runs.filter((r) => !r.truth.tookPlace)
  assert.ok(absent.length > 20)
  for (const run of absent) {
    const seen = visit(run)
    assert.equal(seen.outcome, 'classAbsent')
    assert.deepEqual(seen.answers.map((a) => [a.verdict, a.severity]), [['fail', 'critical']])
  }
  const told = absent.filter((run) => visit(run, 'provider').outcome === 'classAbsent').length
  assert.ok(told < absent.length / 2)
  const refused = runs.filter((run) => ['accessRefused', 'wrongAddress'].includes(visit(run).outcome)).length
  assert.ok(refused > 0.01 * runs.length && refused < 0.04 * runs.length)
})
