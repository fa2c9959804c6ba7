import assert from 'node:assert/strict'
import test from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { sessionColumns, sessionDigest, sessionLine, sessionReader, readInstant, type SessionLookups, type SessionRow } from './csv-sessions.ts'

const lookups: SessionLookups = {
  classRuns: new Map([
    ['W', { startsOn: '2026-11-23', endsOn: '2026-11-28', mode: 'webinar', zone: 'WIB' }],
    ['P', { startsOn: '2026-11-23', endsOn: '2026-11-28', mode: 'onsite', zone: 'WIT' }],
    ['S', { startsOn: '2026-11-01', endsOn: '2026-11-30', mode: 'selfPaced', zone: 'WITA' }],
  ]),
}
const readAll = (...lines: string[]) => {
  const reader = sessionReader(sessionColumns, lookups)
  const outcomes = (parse(lines.join('\n')) as string[][]).map((cells, i) => reader.read({ line: i + 2, cells }))
  return { rows: outcomes.flatMap((o) => (o.row ? [o.row] : [])), errors: outcomes.flatMap((o) => o.errors.map((e) => `${e.line} ${e.column} ${e.code}`)) }
}

test('a local time is read in the zone of the class run; an offset or Z stands', () => {
  assert.deepEqual(readAll('W,1,2026-11-23T09:00,2026-11-23 12:00', 'P,1,2026-11-23T09:00,2026-11-23T12:00+09:00', 'W,2,2026-11-24T02:00:00Z,2026-11-24T05:00Z').rows.map((r) => [r.beginsAt, r.endsAt]), [
    ['2026-11-23T02:00:00.000Z', '2026-11-23T05:00:00.000Z'], ['2026-11-23T00:00:00.000Z', '2026-11-23T03:00:00.000Z'], ['2026-11-24T02:00:00.000Z', '2026-11-24T05:00:00.000Z'],
  ])
  for (const bad of ['2026-11-23', '2026-11-31T09:00', '2026-11-23T24:00', '23-11-2026 09:00', '2026-11-23T09:00+25:00', '09.00']) assert.equal(readInstant(bad, 'WIB'), null, bad)
})

test('written sessions are read again with the same digest', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 1 }), fc.integer({ min: 15, max: 180 }), (days, minutes) => {
    const rows: SessionRow[] = days.map((d, i) => ({ scheduleCode: 'W', sequence: i + 1, beginsAt: new Date(Date.UTC(2026, 10, 23 + d, 2)).toISOString(), endsAt: new Date(Date.UTC(2026, 10, 23 + d, 2, minutes)).toISOString() }))
    const read = readAll(...rows.map(sessionLine))
    assert.deepEqual(read, { rows, errors: [] })
    assert.deepEqual(read.rows.map(sessionDigest), rows.map(sessionDigest))
  }))
})

test('each fault is named on its line and column', () => {
  assert.deepEqual(readAll(
    'X,1,2026-11-23T09:00,2026-11-23T10:00', 'W,0,2026-11-23T09:00,2026-11-23T10:00', 'W,1,pagi,2026-11-23T10:00', 'W,2,2026-11-23T12:00,2026-11-23T11:00',
    'W,3,2026-11-22T09:00,2026-11-23T08:00', 'W,4,2026-11-25T09:00,2026-11-25T11:00', 'W,4,2026-11-26T09:00,2026-11-26T10:00', 'W,5,2026-11-25T10:30,2026-11-25T12:00',
    'W,6,2026-11-27T00:00,2026-11-28T12:00', 'S,1,2026-11-01T00:00,2026-12-01T00:00', '=1+1,1,2026-11-23T09:00,2026-11-23T10:00', 'P,7,2026-11-23T00:30+07:00,2026-11-29T00:00',
  ).errors, [
    '2 schedule_code import.unknown_class_run', '3 sequence import.range', '4 begins_at import.instant', '5 ends_at import.time_order', '6 begins_at import.outside_class_run',
    '8 sequence import.duplicate', '9 begins_at import.overlap', '10 ends_at import.session_too_long', '12 schedule_code import.formula', '13 ends_at import.session_too_long',
  ])
})
