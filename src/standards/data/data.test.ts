import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { addDays } from '#base/days.ts'

interface Norm {
  code: string
  ruleSet: string
  mode: string
  title: { id: string; en: string }
  value: number | null
  unit: string
  status: string
  source: string
  severity: string
  reply: { n: number; unit: string } | null
  correction: { n: number; unit: string } | null
}
const read = <T>(file: string): T => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as T
const { ruleSets, norms } = read<{ ruleSets: { code: string; from: string; to: string | null }[]; norms: Norm[] }>('norms.json')
const { holidays } = read<{
  holidays: { day: string; kind: string; certainty: string; source: string; name: { id: string; en: string } }[]
}>('holidays.json')

test('rule sets follow one another without gap or overlap', () => {
  ruleSets.slice(1).forEach((next, i) => assert.equal(next.from, addDays(ruleSets[i]!.to!, 1)))
  assert.equal(ruleSets.at(-1)!.to, null)
})

test('each norm stands once per rule set and mode, and each rule set lists the same norms', () => {
  const keys = norms.map((n) => `${n.code} ${n.ruleSet} ${n.mode}`)
  assert.equal(new Set(keys).size, keys.length)
  const of = (ruleSet: string) =>
    norms
      .filter((n) => n.ruleSet === ruleSet)
      .map((n) => `${n.code} ${n.mode}`)
      .sort()
  for (const r of ruleSets) assert.deepEqual(of(r.code), of('normal_handbook_2'))
})

test('the published figures of the normal scheme, and none of them in the scheme before', () => {
  const published = [
    ['duration.total.min', 'webinar', 900],
    ['duration.total.min', 'onsite', 900],
    ['duration.video.min', 'selfPaced', 540],
    ['duration.day.max', 'webinar', 180],
    ['duration.day.max', 'onsite', 480],
    ['ratio.trainer.max', 'webinar', 50],
    ['ratio.trainer.max', 'onsite', 30],
    ['ratio.aids.max', 'onsite', 5],
    ['ratio.computer.max', 'onsite', 1],
    ['practice.share.min', 'webinar', 0.7],
    ['portfolio.sync_ratio.min', 'selfPaced', 3],
  ] as const
  for (const [code, mode, value] of published) {
    const here = norms.filter((n) => n.code === code && n.mode === mode)
    assert.deepEqual(
      here.map((n) => [n.ruleSet, n.value, n.status]),
      [
        ['semi_bansos_2020', null, 'unknown'],
        ['normal_handbook_1', value, 'known'],
        ['normal_handbook_2', value, 'known'],
      ],
    )
  }
})

test('an unknown norm has no value; every norm has a source, and a clock for its severity', () => {
  for (const n of norms) {
    if (n.status === 'unknown') assert.equal(n.value, null, n.code)
    if (n.unit === 'requirement') assert.equal(n.value, null, n.code)
    assert.ok(n.source.length > 10 && n.title.id && n.title.en, n.code)
    const clock = [n.reply, n.correction].map((a) => (a ? `${a.n} ${a.unit}` : '-')).join(', ')
    assert.equal(
      clock,
      { critical: '2 working_day, -', major: '5 working_day, 14 calendar_day', minor: '-, 30 calendar_day' }[n.severity],
      n.code,
    )
  }
})

test('holidays: one entry a day, real days, five years, 2027 not passed off as decreed', () => {
  assert.equal(new Set(holidays.map((h) => h.day)).size, holidays.length)
  for (const h of holidays) assert.equal(addDays(h.day, 0), h.day)
  const count = (year: string, kind: string) => holidays.filter((h) => h.day.startsWith(year) && h.kind === kind).length
  assert.deepEqual(
    ['2023', '2024', '2025', '2026', '2027'].map((y) => [count(y, 'national'), count(y, 'collective_leave')]),
    [
      [16, 11],
      [19, 10],
      [17, 11],
      [17, 8],
      [17, 0],
    ],
  )
  assert.ok(holidays.filter((h) => h.day >= '2027').every((h) => h.certainty === 'expected'))
})
