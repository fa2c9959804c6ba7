import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '#base/problem.ts'
import { distribute, dueOn, mayTake, next, type Act, type Assignment, type DrawnVisit, type ExpertTeam, type Status } from './rules.ts'

const visit = (k: number, change: Partial<DrawnVisit> = {}): DrawnVisit => ({
  drawRowId: `d${String(k).padStart(4, '0')}`,
  classRunId: `c${k}`,
  regencyCode: '32.73',
  provinceCode: '32',
  providerId: 'p1',
  ...change,
})
const expert = (organisationId: string, change: Partial<ExpertTeam> = {}): ExpertTeam => ({
  organisationId,
  provinces: ['32'],
  homeProvince: '32',
  capacity: 10,
  affiliatedProviderIds: [],
  ...change,
})
const distanceOf = (a: string, b: string) => Math.abs(Number(a) - Number(b))
const run = (drawn: readonly DrawnVisit[], experts: readonly ExpertTeam[]) => distribute({ drawn, experts, provinceDistance: distanceOf })
const visits = (n: number, change: Partial<DrawnVisit> = {}) => Array.from({ length: n }, (_, k) => visit(k, change))

test('a team that serves the province goes first, and the load is shared by capacity', () => {
  const { assigned, unassigned } = run(visits(12), [expert('a', { capacity: 12 }), expert('b', { capacity: 6 }), expert('c', { provinces: ['33'], homeProvince: '33', capacity: 50 })])
  assert.deepEqual(unassigned, [])
  const load = (id: string) => assigned.filter((a) => a.organisationId === id).length
  assert.deepEqual([load('a'), load('b'), load('c')], [8, 4, 0])
  assert.deepEqual(assigned[0]!.reason, { code: 'service_area', detail: { province: '32' } })
})

test('outside every service area the nearest team with room goes, and it is said why', () => {
  const teams = [expert('near', { homeProvince: '31', provinces: ['31'], capacity: 2 }), expert('far', { homeProvince: '11', provinces: ['11'] })]
  const { assigned } = run(visits(3), teams)
  assert.deepEqual(assigned.map((a) => a.organisationId).sort(), ['far', 'near', 'near'])
  assert.deepEqual(assigned.find((a) => a.organisationId === 'far')!.reason, { code: 'nearest', detail: { province: '32', distance: 21, because: 'none_serves' } })
})

test('a full or affiliated serving team is passed over with that reason', () => {
  const other = expert('b', { homeProvince: '33', provinces: ['33'] })
  const full = run(visits(2), [expert('a', { capacity: 1 }), other]).assigned.find((a) => a.organisationId === 'b')!
  assert.equal(full.reason.code === 'nearest' && full.reason.detail.because, 'serving_full')
  const conflict = run(visits(1), [expert('a', { affiliatedProviderIds: ['p1'] }), other]).assigned[0]!
  assert.equal(conflict.organisationId, 'b')
  assert.equal(conflict.reason.code === 'nearest' && conflict.reason.detail.because, 'serving_affiliated')
})

test('a team makes room when another can take its visit: nobody stays out needlessly', () => {
  // Provider p2's class can only go to a; p1's class fits both. Whichever comes first, both are assigned.
  for (const [first, second] of [['p1', 'p2'], ['p2', 'p1']] as const) {
    const { assigned, unassigned } = run([visit(1, { providerId: first }), visit(2, { providerId: second })], [
      expert('a', { capacity: 1 }),
      expert('b', { capacity: 1, affiliatedProviderIds: ['p2'] }),
    ])
    assert.deepEqual(unassigned, [])
    assert.equal(assigned.find((x) => x.drawRowId === (first === 'p2' ? 'd0001' : 'd0002'))!.organisationId, 'a')
  }
})

test('what cannot be assigned is told with its reason', () => {
  const reason = (drawn: DrawnVisit[], experts: ExpertTeam[], far = distanceOf) => distribute({ drawn, experts, provinceDistance: far }).unassigned[0]!.reason.code
  assert.equal(reason(visits(1), []), 'no_teams')
  assert.equal(reason(visits(1), [expert('a', { affiliatedProviderIds: ['p1'] })]), 'all_affiliated')
  assert.equal(reason(visits(1), [expert('a', { capacity: 0 }), expert('b', { affiliatedProviderIds: ['p1'] })]), 'no_capacity')
  assert.equal(reason(visits(1), [expert('a', { provinces: ['33'] })], () => Infinity), 'out_of_reach')
  assert.deepEqual(run(visits(3), [expert('a', { capacity: 2 })]).unassigned[0]!.reason.detail, { teams: 1, affiliated: 0, capacity: 2 })
})

test('those left over are not the last of the list', () => {
  const left = run(visits(200), [expert('a', { capacity: 100 })]).unassigned.filter((u) => u.drawRowId >= 'd0100').length
  assert.ok(left > 25 && left < 75, `${left} of the 100 left over are in the second half`)
})

test('a national round with scarce capacity is assigned in full', () => {
  const codes = Array.from({ length: 38 }, (_, k) => String(11 + k))
  const drawn = Array.from({ length: 1000 }, (_, k) => visit(k, { provinceCode: codes[(k * 7) % 38]!, providerId: `p${k % 50}` }))
  const experts = Array.from({ length: 24 }, (_, k) =>
    expert(`o${k}`, { provinces: [codes[k]!, codes[(k * 3) % 38]!], homeProvince: codes[k]!, capacity: 42, affiliatedProviderIds: [`p${k}`] }),
  )
  const { assigned } = run(drawn, experts)
  assert.equal(assigned.length, 1000)
  assert.ok(experts.every((team) => assigned.filter((a) => a.organisationId === team.organisationId).length <= 42))
})

const provinces = ['31', '32', '33', '51']
const scene = fc.record({
  drawn: fc.array(fc.record({ provinceCode: fc.constantFrom(...provinces), providerId: fc.constantFrom('p1', 'p2', 'p3') }), { maxLength: 6 }),
  experts: fc.array(
    fc.record({
      provinces: fc.uniqueArray(fc.constantFrom(...provinces), { maxLength: 3 }),
      homeProvince: fc.constantFrom(...provinces),
      capacity: fc.integer({ min: 0, max: 3 }),
      affiliatedProviderIds: fc.uniqueArray(fc.constantFrom('p1', 'p2', 'p3'), { maxLength: 2 }),
    }),
    { maxLength: 3 },
  ),
})

test('no affiliation, no overload, as many visits and as few outside the service areas as any plan could have; the order of the input changes nothing', () => {
  fc.assert(
    fc.property(scene, (s) => {
      const drawn = s.drawn.map((d, k) => visit(k, d))
      const experts = s.experts.map((e, k) => expert(`o${k}`, e))
      const result = run(drawn, experts)
      assert.equal(result.assigned.length + result.unassigned.length, drawn.length)
      for (const team of experts) {
        const own = result.assigned.filter((a) => a.organisationId === team.organisationId)
        assert.ok(own.length <= team.capacity)
        for (const a of own) assert.ok(!team.affiliatedProviderIds.includes(drawn.find((d) => d.drawRowId === a.drawRowId)!.providerId))
      }
      const chosen = new Set(result.assigned.map((a) => a.drawRowId))
      let most = 0
      let fewest = Infinity
      const plan = (k: number, load: number[], count: number, out: number, same: boolean): void => {
        if (k === drawn.length) {
          most = Math.max(most, count)
          if (same) fewest = Math.min(fewest, out)
          return
        }
        const d = drawn[k]!
        plan(k + 1, load, count, out, same && !chosen.has(d.drawRowId))
        experts.forEach((team, t) => {
          if (load[t]! >= team.capacity || team.affiliatedProviderIds.includes(d.providerId)) return
          const more = load.map((n, i) => (i === t ? n + 1 : n))
          plan(k + 1, more, count + 1, out + (team.provinces.includes(d.provinceCode) ? 0 : 1), same && chosen.has(d.drawRowId))
        })
      }
      plan(0, experts.map(() => 0), 0, 0, true)
      assert.equal(result.assigned.length, most)
      assert.equal(result.assigned.filter((a) => a.reason.code === 'nearest').length, fewest)
      assert.deepEqual(run([...drawn].reverse(), [...experts].reverse()), result)
    }),
    { numRuns: 200 },
  )
})

const now = new Date('2026-11-23T03:00:00Z')
const offered: Assignment = {
  status: 'offered', organisationId: 'o1', personId: null, dueOn: '2026-11-26', visitOn: '2026-11-24', reason: null, assignedAt: null, endedAt: null,
  updatedAt: new Date('2026-11-20T00:00:00Z'),
}
const assign: Act = { kind: 'assign', personId: 'ani', organisationId: 'o1' }
const code = (problem: string) => (error: unknown) => error instanceof Problem && error.code === problem

test('an assignment walks from the offer over a return to done', () => {
  const assigned = next(offered, assign, now)
  assert.deepEqual([assigned.status, assigned.personId, assigned.assignedAt, assigned.updatedAt], ['assigned', 'ani', now, now])
  const submitted = next(assigned, { kind: 'submit' }, now)
  const returned = next(submitted, { kind: 'return' }, now)
  assert.deepEqual([returned.status, returned.personId], ['returned', 'ani'])
  const other = next(returned, { kind: 'assign', personId: 'budi', organisationId: 'o1' }, now)
  assert.deepEqual([other.status, other.personId], ['returned', 'budi'])
  const done = next(next(other, { kind: 'submit' }, now), { kind: 'approve' }, now)
  assert.deepEqual([done.status, done.endedAt], ['done', now])
  assert.equal(offered.status, 'offered')
})

test('every pair of status and act that is not in the table is refused', () => {
  const acts: Act[] = [
    assign, { kind: 'release' }, { kind: 'submit' }, { kind: 'return' }, { kind: 'approve' }, { kind: 'cancel', reason: 'kelas batal' },
    { kind: 'replace', organisationId: 'o2', affiliated: false, reason: 'terlalu jauh' }, { kind: 'postpone', dueOn: '2026-12-01' },
  ]
  const open: Partial<Record<Status, Act['kind'][]>> = {
    offered: ['assign', 'cancel', 'replace', 'postpone'],
    assigned: ['assign', 'release', 'submit', 'cancel', 'replace', 'postpone'],
    submitted: ['return', 'approve'],
    returned: ['assign', 'release', 'submit', 'cancel', 'replace', 'postpone'],
  }
  for (const status of ['offered', 'assigned', 'submitted', 'returned', 'done', 'cancelled', 'replaced'] as const)
    for (const act of acts) {
      const from = { ...offered, status, personId: status === 'offered' ? null : 'dewi' }
      const may = open[status]?.includes(act.kind) ?? false
      assert.equal(mayTake(status, act.kind), may, `${status} ${act.kind}`)
      if (may) next(from, act, now)
      else assert.throws(() => next(from, act, now), code('assignment.not_allowed'))
    }
})

test('people of another organisation, affiliated organisations, missing reasons and early due dates are refused', () => {
  const refuse = (act: Act, problem: string, from = offered) => assert.throws(() => next(from, act, now), code(problem))
  refuse({ ...assign, organisationId: 'o2' }, 'assignment.other_organisation')
  refuse(assign, 'assignment.same_person', next(offered, assign, now))
  refuse({ kind: 'replace', organisationId: 'o2', affiliated: true, reason: 'x' }, 'assignment.affiliated')
  refuse({ kind: 'replace', organisationId: 'o1', affiliated: false, reason: 'x' }, 'assignment.same_organisation')
  refuse({ kind: 'cancel', reason: '  ' }, 'assignment.reason_missing')
  refuse({ kind: 'postpone', dueOn: '2026-11-23' }, 'assignment.due_before_visit')
  const released = next({ ...offered, status: 'returned', personId: 'ani' }, { kind: 'release' }, now)
  refuse({ kind: 'submit' }, 'assignment.not_allowed', released)
})

test('a visit is due the configured days after its sitting, or after the class run ends when it has none', () => {
  assert.equal(dueOn({ sessionDay: '2026-12-30', endsOn: '2027-01-05' }, 3), '2027-01-02')
  assert.equal(dueOn({ sessionDay: null, endsOn: '2026-11-27' }, 1), '2026-11-28')
  assert.throws(() => dueOn({ sessionDay: null, endsOn: '2026-11-27' }, -1), RangeError)
})
