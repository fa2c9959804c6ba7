import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayIn, isWorkingDay, zones, type Zone } from '#base/days.ts'
import type { FindingEvent, FindingStatus } from '../contract.ts'
import { allowancesFor, classAllowances, dues, nextDue, type NormAllowances } from './clock.ts'
import { acts, after, mayTake, steps, waitsForProvider } from './transitions.ts'
import { brokenSentence, computed, normText, numberOf } from './wording.ts'

const statuses: readonly FindingStatus[] = ['draft', 'dismissed', 'confirmed', 'answered', 'returned', 'closed']
const zone = fc.constantFrom<Zone>('WIB', 'WITA', 'WIT')
const instant = fc.date({ min: new Date('2023-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
const holiday = fc.integer({ min: 0, max: 2000 }).map((n) => new Date(Date.UTC(2023, 0, 1 + n)).toISOString().slice(0, 10))

test('closed and dismissed are final, and nothing is closed that was not answered', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...acts), { maxLength: 30 }), (tried) => {
    let status: FindingStatus = 'draft'
    let answered = false
    for (const act of tried) {
      if (!mayTake(status, act)) {
        assert.throws(() => after(status, act), { code: 'finding.not_allowed' })
        continue
      }
      const next = after(status, act)
      assert.ok(status !== 'closed' && status !== 'dismissed')
      if (act === 'reply') answered = true
      if (next === 'closed') assert.ok(answered)
      status = next
    }
  }))
})

test('working days: exactly n of them lie between delivery and the deadline, which is a midnight of the zone', () => {
  fc.assert(fc.property(instant, fc.integer({ min: 1, max: 30 }), zone, fc.uniqueArray(holiday, { maxLength: 40 }), (start, n, z, days) => {
    const holidays = new Set(days)
    const { replyDueAt, correctionDueAt } = dues(start, { reply: { n, unit: 'working_day' }, correction: { n, unit: 'calendar_day' } }, z, holidays)
    assert.equal((replyDueAt!.getTime() + zones[z] * 3_600_000) % 86_400_000, 0)
    let counted = 0
    let last = ''
    for (let t = start.getTime() + 86_400_000; dayIn(z, new Date(t)) <= dayIn(z, new Date(replyDueAt!.getTime() - 1)); t += 86_400_000) {
      last = dayIn(z, new Date(t))
      if (isWorkingDay(last, holidays)) counted++
    }
    assert.equal(counted, n)
    assert.ok(isWorkingDay(last, holidays))
    assert.equal(dayIn(z, new Date(correctionDueAt!.getTime() - 1)), new Date(Date.parse(`${dayIn(z, start)}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10))
  }))
})

test('the same instant is another day further east: 22.30 WIB is tomorrow in WIT', () => {
  const at = new Date('2026-11-23T15:30:00Z')
  const reply = { n: 1, unit: 'working_day' } as const
  assert.equal(dues(at, { reply, correction: null }, 'WIB', new Set()).replyDueAt!.toISOString(), '2026-11-24T17:00:00.000Z')
  assert.equal(dues(at, { reply, correction: null }, 'WIT', new Set()).replyDueAt!.toISOString(), '2026-11-25T15:00:00.000Z')
})

test('a severity class is given what most norms of that severity have; a norm broken at its own severity keeps its own', () => {
  const five = { reply: { n: 5, unit: 'working_day' }, correction: { n: 14, unit: 'calendar_day' } } as const
  const norms: NormAllowances[] = [
    { severity: 'major', ...five }, { severity: 'major', ...five }, { severity: 'major', reply: { n: 3, unit: 'working_day' }, correction: null },
    { severity: 'critical', reply: { n: 2, unit: 'working_day' }, correction: null }, { severity: 'minor', reply: null, correction: { n: 30, unit: 'calendar_day' } },
  ]
  assert.deepEqual(classAllowances(norms, 'major'), five)
  assert.deepEqual(allowancesFor(norms[2]!, 'major', norms), { reply: { n: 3, unit: 'working_day' }, correction: null })
  assert.deepEqual(allowancesFor(norms[4]!, 'critical', norms), { reply: { n: 2, unit: 'working_day' }, correction: null })
  assert.deepEqual(allowancesFor(null, 'minor', norms), { reply: null, correction: { n: 30, unit: 'calendar_day' } })
  assert.deepEqual(classAllowances([], 'major'), { reply: null, correction: null })
})

test('something is due only while the provider is asked, and overdue from the deadline on', () => {
  const replyDueAt = '2026-11-24T17:00:00.000Z'
  for (const status of statuses) assert.equal(nextDue({ status, replyDueAt, correctionDueAt: null }, new Date(replyDueAt)) !== null, waitsForProvider(status))
  const due = (now: string) => nextDue({ status: 'confirmed', replyDueAt, correctionDueAt: '2026-12-07T17:00:00.000Z' }, new Date(now))
  assert.deepEqual(due('2026-11-24T16:59:59Z'), { at: replyDueAt, of: 'reply', overdue: false })
  assert.equal(due(replyDueAt)!.overdue, true)
  assert.equal(nextDue({ status: 'confirmed', replyDueAt: null, correctionDueAt: null }, new Date()), null)
})

test('the line of six steps has one place, and shows a step\'s date only when it was really taken', () => {
  const event = (act: FindingEvent['act'], day: number): FindingEvent => ({ at: new Date(Date.UTC(2026, 10, day)).toISOString(), act, organisationName: null, note: null })
  const line = (status: FindingStatus, delivered: boolean, ...events: FindingEvent[]) => steps(status, delivered, events).map((s) => `${s.key} ${s.state}${s.event ? ` ${s.event.act}` : ''}`)
  const [d, c, v, r] = [event('drafted', 1), event('confirmed', 2), event('delivered', 3), event('replied', 4)]
  assert.deepEqual(line('draft', false, d), ['drafted done drafted', 'confirmed current', 'delivered waiting', 'answered waiting', 'verified waiting', 'closed waiting'])
  assert.deepEqual(line('confirmed', false, d, c).slice(1, 4), ['confirmed done confirmed', 'delivered current', 'answered waiting'])
  assert.deepEqual(line('answered', true, d, c, v, r).slice(3), ['answered done replied', 'verified current', 'closed waiting'])
  assert.deepEqual(line('returned', true, d, c, v, r, event('returned', 5), event('delivered', 6)).slice(2), ['delivered done delivered', 'answered current', 'verified waiting returned', 'closed waiting'])
  assert.deepEqual(line('closed', true, d, c, v, r, event('closed', 7)).slice(4), ['verified done closed', 'closed done closed'])
  assert.deepEqual(line('dismissed', false, d, event('dismissed', 2)).slice(1, 3), ['confirmed failed dismissed', 'delivered waiting'])
  fc.assert(fc.property(fc.constantFrom(...statuses), fc.boolean(), (status, delivered) => {
    assert.ok(steps(status, delivered, []).filter((s) => s.state === 'current' || s.state === 'failed').length <= 1)
  }))
})

test('a sentence says what was seen and the rule, in both languages, and never what somebody typed freely', () => {
  const words = (id: string, en: string) => ({ id, en })
  const norm = normText({ title: words('Durasi per hari paling lama', 'Longest duration per day'), value: 180, unit: 'minutes' })
  assert.equal(norm.id, 'Durasi per hari paling lama: 180 menit')
  assert.equal(normText({ title: words('Bagian praktik', 'Share of practice'), value: 0.725, unit: 'share' }).id, 'Bagian praktik: 72,5%')
  assert.deepEqual(normText({ title: words('a', 'b'), value: null, unit: 'minutes' }), words('a', 'b'))
  const label = words('Durasi hari ini (menit)', 'Length today (minutes)')
  const value = computed('240', 'minutes')!
  const one = brokenSentence(label, [{ label, value: '240', shown: value, kind: 'decimal' }], norm, 'took_place')
  assert.equal(one.id, 'Durasi hari ini (menit): teramati 240 menit. Ketentuan: Durasi per hari paling lama: 180 menit.')
  assert.equal(one.en, 'Length today (minutes): observed 240 minutes. Rule: Longest duration per day: 180 minutes.')
  const asked = words('Apakah ada pungutan?', 'Was a fee charged?')
  const parts = [{ label: words('L10. Jumlah set alat peraga:', 'L10. Sets of aids:'), value: '5', shown: null, kind: 'int' }, { label: asked, value: 'ya', shown: words('Ya', 'Yes'), kind: 'string' }]
  assert.equal(brokenSentence(asked, parts.slice(1), null, 'took_place').id, 'Apakah ada pungutan? Teramati: Ya.')
  assert.equal(brokenSentence(asked, parts, null, 'took_place').en, 'Was a fee charged? Observed: Sets of aids: 5; Was a fee charged: Yes.')
  const free = { label, value: 'Budi (08123) bilang begitu', shown: null, kind: 'string' }
  assert.ok(!JSON.stringify(brokenSentence(label, [free, { label, value: '-6.2 106.8 0 0', shown: null, kind: 'geopoint' }], null, 'took_place')).match(/Budi|106/))
  assert.match(brokenSentence(words('Apakah kelas ada?', 'Is there a class?'), [], null, 'class_absent').id, /^Apakah kelas ada\? Kelas tidak ada/)
  assert.equal(numberOf('2026', 123), 'T-2026-000123')
})
