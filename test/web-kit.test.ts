import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Me } from '#access/contract.ts'
import { classOf, differing } from '#web/kit/figure.ts'
import { formats } from '#web/kit/format.ts'
import { wire } from '#web/kit/request.ts'
import type { ScreenRoute } from '#web/kit/route.ts'
import { sorted } from '#web/kit/table.ts'
import { blocks, neighbour, tiles } from '#web/kit/tiles.ts'
import { homeOf, inBar, navigation, safeNext, verdict } from '#web/shell/guard.ts'

const [id, en] = [formats('id'), formats('en')]

test('numbers are written as the country writes them', () => {
  assert.equal(id.count(48120), '48.120')
  assert.equal(en.count(48120), '48,120')
  assert.equal(id.percent(0.836), '83,6%')
  assert.equal(en.percent(0.836), '83.6%')
  assert.equal(id.percentRange(0.821, 0.85), '82,1–85,0%')
  assert.equal(id.bytes(3_100_000), '3,1 MB')
})

test('an instant is shown in the zone of the place, not of the reader', () => {
  const at = '2026-11-22T17:30:00Z'
  assert.equal(id.instant(at, 'WIB'), '23 Nov 2026 00.30 WIB')
  assert.equal(id.instant(at, 'WIT'), '23 Nov 2026 02.30 WIT')
  assert.equal(id.timeRange('2026-11-23T02:00:00Z', '2026-11-23T05:00:00Z', 'WIB'), '09.00–12.00 WIB')
  assert.equal(id.day('2026-11-23'), '23 Nov 2026')
  assert.equal(id.dayRange('2026-12-02', '2026-12-20'), '2–20 Des 2026')
})

test('a deadline at midnight in the zone is still "today" until that midnight', () => {
  const end = '2026-11-23T17:00:00Z' // 24 Nov 00:00 WIB: the 23rd is the last day
  assert.equal(id.deadline(end, new Date('2026-11-23T16:59:00Z'), 'WIB'), 'hari ini')
  assert.equal(id.deadline(end, new Date('2026-11-20T03:00:00Z'), 'WIB'), '3 hari lagi')
  assert.equal(id.deadline(end, new Date('2026-11-23T17:01:00Z'), 'WIB'), 'lewat 1 hari')
  assert.equal(en.deadline(end, new Date('2026-11-25T17:01:00Z'), 'WIB'), '3 days overdue')
})

test('a call puts each value in its place, once', () => {
  assert.deepEqual(wire({ call: 'GET /rounds/:id/visits' }, { id: 'a/b', state: ['draft', 'sent'], page: 2, search: undefined }), {
    method: 'GET', url: '/rounds/a%2Fb/visits?state=draft&state=sent&page=2', body: undefined,
  })
  assert.deepEqual(wire({ call: 'POST /findings/:id/open' }, { id: 'x', note: 'n' }), { method: 'POST', url: '/findings/x/open', body: { note: 'n' } })
  assert.throws(() => wire({ call: 'GET /rounds/:id' }, {}), TypeError)
})

test('a layer stands apart at 20 points from the median of the known ones, and needs company', () => {
  assert.deepEqual(differing([0.62, 0.6, 0.9, 0.96, 0.58, 0.5]), [false, false, true, true, false, false])
  assert.deepEqual(differing([0.6, 0.8, 0.6, null]), [false, true, false, false])
  assert.deepEqual(differing([null, 0.1, null]), [false, false, false])
})

test('a value on a break belongs to the upper class', () => {
  const breaks = [0.6, 0.7, 0.8, 0.9]
  assert.deepEqual([0.59, 0.6, 0.85, 0.9, 1].map((v) => classOf(v, breaks)), [0, 1, 3, 4, 4])
})

test('sorting keeps every row and puts empty values last both ways', () => {
  const columns = [{ key: 'n', label: 'n', value: (row: { n: number | null }) => row.n }]
  fc.assert(
    fc.property(fc.array(fc.record({ n: fc.option(fc.integer()) })), fc.boolean(), (rows, descending) => {
      const out = sorted(rows, columns, { key: 'n', descending }, 'id')
      assert.equal(out.length, rows.length)
      const known = out.filter((row) => row.n !== null)
      assert.ok(out.slice(known.length).every((row) => row.n === null))
      for (let i = 1; i < known.length; i++) assert.ok(descending ? known[i - 1]!.n! >= known[i]!.n! : known[i - 1]!.n! <= known[i]!.n!)
    }),
  )
})

test('the map has 514 tiles, each in a place of its own, in 38 named blocks', () => {
  assert.equal(tiles.length, 514)
  assert.equal(new Set(tiles.map((tile) => `${tile.x} ${tile.y}`)).size, 514)
  assert.equal(blocks.length, 38)
  assert.ok(blocks.every((block) => block.name !== block.code))
})

test('arrow keys reach every tile of the map from the first one', () => {
  const seen = new Set([tiles[0]!])
  const queue = [tiles[0]!]
  for (let tile = queue.pop(); tile; tile = queue.pop())
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
      const to = neighbour(tile, key)
      if (!seen.has(to)) queue.push(to)
      seen.add(to)
    }
  assert.deepEqual(tiles.filter((tile) => !seen.has(tile)).map((tile) => tile.code), [])
})

const component = () => Promise.reject(new Error('not shown in this test'))
const title = { id: 'x', en: 'x' }
const screens: readonly ScreenRoute[] = [
  { path: '/findings', component, title, verb: 'finding.read', nav: { label: title, order: 2 } },
  { path: '/tasks', component, title, verb: 'visit.fill', nav: { label: title, order: 1, scopes: ['monitor'] }, home: ['monitor'] },
  { path: '/overview', component, title, verb: ['estimate.read', 'estimate.own'], scopes: ['office'], nav: { label: title, order: 3 }, home: ['office'] },
  { path: '/open', component, title, verb: 'public' },
]
const person = (scope: 'office' | 'monitor' | 'provider', verbs: string[]): Me => {
  const membership = {
    id: 'm', organisationId: 'o', organisationName: 'O', organisationShortName: 'O', kind: 'university', role: scope, roleName: title, scope, verbs,
  }
  const me = { signedIn: true, person: { id: 'p', name: 'P', email: 'p@example.org' }, membership, memberships: [membership], language: null, sampleData: true, version: '0' }
  return me as unknown as Me
}

test('without signing in only public screens are shown', () => {
  assert.deepEqual(screens.map((screen) => verdict(screen, null)), ['sign_in', 'sign_in', 'sign_in', 'show'])
})

test('a screen needs its verb and its scope', () => {
  const office = person('office', ['finding.read', 'estimate.own'])
  assert.deepEqual(screens.map((screen) => verdict(screen, office)), ['show', 'no_access', 'show', 'show'])
  assert.equal(verdict(screens[2]!, person('monitor', ['estimate.read'])), 'no_access')
  assert.deepEqual(navigation(screens, office).map((screen) => screen.path), ['/findings', '/overview'])
  const two: ScreenRoute = { path: '/two', component, title, nav: [{ label: title, order: 9, scopes: ['office'] }, { label: { id: 'y', en: 'y' }, order: 1, scopes: ['monitor'] }] }
  assert.deepEqual(navigation([...screens, two], office).map((screen) => [screen.path, screen.nav.label.id]), [['/findings', 'x'], ['/overview', 'x'], ['/two', 'x']])
})

test('a long navigation keeps its first eight entries in the bar, in their order', () => {
  const entries = Array.from({ length: 11 }, (_, i) => i)
  assert.deepEqual(inBar(entries), { bar: entries.slice(0, 8), more: [8, 9, 10] })
  assert.deepEqual(inBar(entries.slice(0, 9)).more, [])
})

test('each scope lands on its own first screen, else on its first entry, else nowhere', () => {
  assert.equal(homeOf(screens, person('office', ['finding.read', 'estimate.read'])), '/overview')
  assert.equal(homeOf(screens, person('monitor', ['finding.read', 'visit.fill'])), '/tasks')
  assert.equal(homeOf(screens, person('provider', ['finding.read', 'visit.fill'])), '/findings')
  assert.equal(homeOf(screens, person('provider', [])), undefined)
})

test('after signing in nobody is sent to another site', () => {
  assert.equal(safeNext('/findings?x=1'), '/findings?x=1')
  for (const bad of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', undefined, ['/a']]) assert.equal(safeNext(bad), '/')
})
