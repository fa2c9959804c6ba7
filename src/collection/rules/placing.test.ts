import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { classCsv, escapeXml, response } from './openrosa.ts'
import { circumstanceFlags, clientInstant, place, safeName, sessionDay, type Standing, type Task } from './placing.ts'
import { classLine, versionOn } from './tasks.ts'

const task: Task = { id: 't', status: 'assigned', mine: true, mode: 'onsite', dueOn: '2026-11-25', startsOn: '2026-11-24', endsOn: '2026-11-24', zone: 'WIT', beginsAt: '2026-11-24T00:00:00.000Z' }
const visit: Standing = { visitId: 'v', assignmentId: 't', status: 'submitted', instanceId: 'i1', flags: [] }

test('a first submission is a new visit; what became of the task meanwhile is flagged, never refused', () => {
  assert.deepEqual(place(task, null, undefined), { kind: 'new', flags: [] })
  assert.deepEqual(place({ ...task, status: 'cancelled' }, null, undefined), { kind: 'new', flags: ['assignment_cancelled'] })
  assert.deepEqual(place({ ...task, status: 'replaced' }, null, undefined), { kind: 'new', flags: ['assignment_replaced', 'superseded'] })
  assert.deepEqual(place({ ...task, mine: false }, null, undefined), { kind: 'new', flags: ['assignment_reassigned', 'superseded'] })
})

test('a second form for the same task is a visit of its own that does not count, unless the first was returned', () => {
  assert.deepEqual(place(task, visit, undefined), { kind: 'new', flags: ['second_visit', 'superseded'] })
  assert.equal(place(task, { ...visit, status: 'returned' }, undefined).kind, 'next')
  assert.equal(place({ ...task, mine: false }, { ...visit, status: 'returned' }, undefined).kind, 'new')
})

test('a correction continues the chain only at its end, for the same class, before approval', () => {
  const correct = (change: Partial<Standing>, t = task, instanceId = 'i1') => place(t, visit, { instanceId, visit: { ...visit, ...change } })
  assert.deepEqual(correct({}), { kind: 'next', visit, replaces: 'i1' })
  assert.deepEqual(correct({}, task, 'i0'), { kind: 'refuse', code: 'collection.deprecated_not_current' })
  assert.deepEqual(correct({ assignmentId: 'other' }), { kind: 'refuse', code: 'collection.class_changed' })
  assert.deepEqual(place(task, visit, null), { kind: 'refuse', code: 'collection.deprecated_unknown' })
  for (const status of ['approved', 'approved_by_coordinator']) assert.deepEqual(correct({ status }), { kind: 'new', flags: ['edited_after_approval', 'superseded'] })
  assert.deepEqual(correct({ status: 'returned' }, { ...task, mine: false }), { kind: 'new', flags: ['assignment_reassigned', 'superseded'] })
})

test('a task never gets two visits that count', () => {
  fc.assert(fc.property(fc.constantFrom('assigned' as const, 'returned' as const, 'submitted' as const, 'done' as const, 'cancelled' as const, 'replaced' as const), fc.boolean(), fc.constantFrom('submitted', 'returned', 'approved_by_coordinator', 'approved'), fc.boolean(), (status, mine, standing, corrects) => {
    const counting = { ...visit, status: standing }
    const placed = place({ ...task, status, mine }, counting, corrects ? { instanceId: 'i1', visit: counting } : undefined)
    if (placed.kind === 'new') assert.ok(placed.flags.includes('superseded'))
  }))
})

test('the session day is a day of the venue, also when UTC and Jakarta are a day behind', () => {
  assert.equal(sessionDay({ ...task, beginsAt: '2026-11-23T15:30:00.000Z' }, null, new Date()), '2026-11-24')
  const selfPaced = { ...task, beginsAt: null, startsOn: '2026-11-01', endsOn: '2026-11-10' }
  assert.equal(sessionDay(selfPaced, new Date('2026-11-05T03:00:00Z'), new Date('2026-12-05T03:00:00Z')), '2026-11-05')
  assert.equal(sessionDay(selfPaced, null, new Date('2026-12-05T03:00:00Z')), '2026-11-10')
})

test('late, another day, another mode and a version out of force are told to the reviewer', () => {
  const version = { mode: 'onsite', status: 'published', inForceFrom: '2026-01-01', inForceTo: null }
  const normal = { outcome: 'took_place' as const, began: new Date('2026-11-24T01:00:00Z'), now: new Date('2026-11-24T04:00:00Z'), roundClosed: false, version, untyped: false, unknown: false }
  assert.deepEqual(circumstanceFlags(task, '2026-11-24', normal), [])
  // due 25 Nov in WIT: over at 15.00 UTC
  assert.deepEqual(circumstanceFlags(task, '2026-11-24', { ...normal, now: new Date('2026-11-25T15:00:00Z') }), [])
  assert.deepEqual(circumstanceFlags(task, '2026-11-24', { ...normal, now: new Date('2026-11-25T15:00:01Z') }), ['late'])
  assert.deepEqual(circumstanceFlags(task, '2026-11-24', { ...normal, began: new Date('2026-11-26T01:00:00Z') }), ['other_day'])
  assert.deepEqual(circumstanceFlags(task, '2026-11-24', { ...normal, outcome: 'class_absent', began: new Date('2026-11-23T01:00:00Z') }), ['other_day'], 'absent before it was to begin')
  assert.deepEqual(circumstanceFlags(task, '2026-11-24', { ...normal, outcome: 'access_refused', began: new Date('2026-11-23T01:00:00Z') }), [])
  assert.deepEqual(circumstanceFlags(task, '2026-11-24', { ...normal, began: new Date('2026-11-24T18:00:00Z') }), []) // 03.00 the next morning
  assert.deepEqual(circumstanceFlags(task, '2026-11-24', { ...normal, outcome: null, roundClosed: true, version: { ...version, mode: 'webinar', status: 'withdrawn', inForceFrom: '2026-11-25' } }),
    ['round_closed', 'outcome_missing', 'version_not_in_force', 'version_withdrawn', 'other_instrument'])
})

test('a device clock is believed within a day', () => {
  const now = new Date('2026-11-24T00:00:00Z')
  assert.equal(clientInstant('2026-11-24T09:04:00.000+07:00', now)?.toISOString(), '2026-11-24T02:04:00.000Z')
  for (const text of [undefined, '', 'kemarin', '2026-11-24', '2030-01-01T00:00:00Z', '2026-99-99T00:00:00Z']) assert.equal(clientInstant(text, now), null)
})

test('no file name leads out of a folder', () => {
  for (const [name, safe] of [['../../etc/passwd', 'passwd'], ['..\\..\\x.jpg', 'x.jpg'], ['foto depan.jpg', 'foto depan.jpg'], ['..', ''], ['.htaccess', 'htaccess'], ['a\u0000b.png', 'ab.png'], ['写真.png', '写真.png']] as const)
    assert.equal(safeName(name), safe)
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => {
    const safe = safeName(name)
    assert.ok(!['/', '\\', '\0'].some((c) => safe.includes(c)) && !safe.startsWith('.'))
    assert.equal(safeName(safe), safe)
  }))
})

test('the class list survives commas, quotes and line breaks, and is the same bytes every time', () => {
  const line = classLine({ assignmentId: 'a', scheduleCode: 'S', trainingTitle: 'Barista, "dasar"', providerName: 'LP\nX', venue: null, address: null, meetingUrl: 'https://x', trainerName: null, plannedParticipants: 3, plannedMinutes: 900, zone: 'WITA', startsOn: '2026-11-24', sessionId: 's', beginsAt: '2026-11-24T01:00:00Z', endsAt: '2026-11-24T03:30:00Z' }, 'expert')
  assert.deepEqual([line.begins, line.ends, line.planned_minutes, line.venue], ['09:00', '11:30', '150', 'https://x'])
  const csv = classCsv([line])
  assert.equal(csv, classCsv([line]))
  assert.equal(csv.split('\n').length, 3)
  assert.ok(csv.includes('"Barista, ""dasar"" · LP X · 2026-11-24 09.00 WITA"'))
})

test('what the door says is XML whatever is put in', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => { assert.ok(!/[<&](?!amp;|lt;|gt;|quot;)/.test(escapeXml(text))) }))
  assert.ok(response('a < b & c', 'error').includes('<message nature="error">a &lt; b &amp; c</message>'))
})

test('the version in force is the latest published one of the mode that covers the day', () => {
  const v = (id: string, inForceFrom: string, inForceTo: string | null = null, status = 'published', mode = 'onsite') => ({ id, mode, status, inForceFrom, inForceTo })
  const all = [v('1', '2026-01-01', '2026-06-30'), v('2', '2026-07-01'), v('3', '2026-09-01', null, 'withdrawn'), v('4', '2026-07-02', null, 'published', 'webinar')]
  assert.equal(versionOn(all, 'onsite', '2026-06-30')?.id, '1')
  assert.equal(versionOn(all, 'onsite', '2026-10-01')?.id, '2')
  assert.equal(versionOn(all, 'onsite', '2025-10-01'), undefined)
})
