import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { membershipId, newId, organisationId, personId, testProduct, type Client, type TestProduct } from '../../test/product.ts'

let p: TestProduct
let office: Client
let roundId: string
before(async () => {
  p = await testProduct()
  office = await p.as('office')
  await p.sql('system', async (tx) => {
    // only the two test universities take part: A in West Java, B in East Java; A is affiliated with provider A
    await sql`update access.organisation set status = 'inactive' where kind in ('university', 'ngo') and code not like 'test-%'`.execute(tx)
    for (const [code, regency, province] of [['test-university-a', '32.73', '32'], ['test-university-b', '35.78', '35']] as const) {
      await tx.insertInto('registry.homeRegion').values({ organisationId: organisationId(code), regencyCode: regency }).execute()
      await tx.insertInto('registry.serviceArea').values({ organisationId: organisationId(code), provinceCode: province, origin: 'configured' }).execute()
    }
    await tx.insertInto('registry.affiliation').values({ id: newId(), organisationId: organisationId('test-university-a'), affiliateId: organisationId('test-provider-a'), kind: 'ownTrainingInstitute', source: 'uji' }).execute()
    for (const letter of ['a', 'b'] as const) {
      const training = newId()
      await tx.insertInto('registry.training').values({ id: training, courseCode: `K${letter}`, title: `Pelatihan ${letter}`, providerId: organisationId(`test-provider-${letter}`), mode: 'onsite' }).execute()
      for (let n = 0; n < 8; n++) {
        const id = newId()
        await tx.insertInto('registry.classRun').values({ id, scheduleCode: `J${letter}${n}`, trainingId: training, providerId: organisationId(`test-provider-${letter}`), mode: 'onsite', regencyCode: n % 2 ? '32.73' : '35.78', startsOn: '2026-11-10', endsOn: '2026-11-10', plannedParticipants: 20, rowDigest: 'x' }).execute()
        await tx.insertInto('registry.session').values({ id: newId(), classRunId: id, sequence: 1, beginsAt: '2026-11-10T02:00:00Z', endsAt: '2026-11-10T05:00:00Z' }).execute()
      }
    }
  })
  const plan = await office.post('/rounds', { title: 'Uji', periodFrom: '2026-11-01', periodTo: '2026-11-30', filter: { modes: [], provinces: [], providerIds: [] }, design: { stratifyBy: [], floor: 0.3, allocation: { kind: 'proportional', total: 16 }, dueDays: 3 } })
  roundId = plan.body.id
  assert.equal((await office.post(`/rounds/${roundId}/draw`, { seed: 'benih-uji' })).status, 200)
})
after(() => p.close())
const list = async (persona: 'office' | 'coordinatorA' | 'coordinatorB' | 'monitorA') => (await (await p.as(persona)).get('/assignments')).body as { id: string; organisationId: string; personId: string | null; providerName: string; status: string; dueOn: string }[]

test('a proposal goes by service area and never to the affiliated; what is short of capacity is named', async () => {
  const { body } = await office.get(`/rounds/${roundId}/proposal`)
  assert.deepEqual(body.unassigned, [])
  assert.ok(body.conflicts >= 8)
  await office.put(`/rounds/${roundId}/capacity`, { organisationId: organisationId('test-university-b'), visits: 3 })
  const short = (await office.get(`/rounds/${roundId}/proposal`)).body
  assert.ok(short.unassigned.length > 0 && short.unassigned.every((u: { reason: string }) => u.reason === 'no_capacity'))
  await office.put(`/rounds/${roundId}/capacity`, { organisationId: organisationId('test-university-b'), visits: 50 })
})

test('nothing is offered before the round is sent', async () => {
  assert.equal((await office.post(`/rounds/${roundId}/offer`, {})).body.code, 'assignment.round_not_sent')
})

test('sending the round offers every visit, tells the coordinators, and organisation A gets none of its affiliate', async () => {
  assert.equal((await office.post(`/rounds/${roundId}/send`)).status, 200)
  const all = await list('office')
  assert.equal(all.length, 16)
  const a = await list('coordinatorA')
  assert.ok(a.length > 0 && a.length < 16 && a.every((x) => x.providerName === 'Uji test-provider-b' && x.dueOn === '2026-11-13'))
  assert.equal((await list('coordinatorB')).length + a.length, 16)
  assert.match((await (await p.as('coordinatorA')).get('/notices')).body.rows[0].text, /menunggu pemantau/)
})

test('an affiliated organisation is refused by the endpoint and by the database', async () => {
  const ofA = (await list('coordinatorB')).find((x) => x.providerName === 'Uji test-provider-a')!
  const moved = await office.post(`/assignments/${ofA.id}/move`, { organisationId: organisationId('test-university-a'), reason: 'coba' })
  assert.deepEqual([moved.status, moved.body.code], [409, 'assignment.affiliated'])
  await assert.rejects(p.sql('office', (tx) => sql`update assignments.assignment set organisation_id = ${organisationId('test-university-a')} where id = ${ofA.id}`.execute(tx)), { constraint: 'assignment_not_affiliated' })
})

test('the coordinator names people of the own organisation only, and only in the own assignments', async () => {
  const coordinator = await p.as('coordinatorA')
  const mine = (await list('coordinatorA')).map((x) => x.id)
  const theirs = (await list('coordinatorB'))[0]!.id
  assert.equal((await coordinator.post('/assignments/assign', { ids: [theirs], personId: personId('monitorA') })).status, 404)
  assert.equal((await coordinator.post('/assignments/assign', { ids: mine, personId: personId('monitorB') })).body.code, 'assignment.not_a_monitor')
  assert.equal((await list('monitorA')).length, 0)
  assert.equal((await coordinator.post('/assignments/assign', { ids: mine, personId: personId('monitorA') })).status, 200)
  assert.equal((await list('monitorA')).length, mine.length)
  assert.equal((await coordinator.post('/assignments/assign', { ids: [mine[0]], personId: personId('monitorA2') })).status, 200)
  const history = (await coordinator.get(`/assignments/${mine[0]}/history`)).body
  assert.deepEqual(history.map((h: { act: string; toName: string | null }) => [h.act, h.toName]), [['offer', null], ['assign', 'Uji monitorA'], ['assign', 'Uji monitorA2']])
})

test('cancelling needs a reason and stays in the list; moving replaces', async () => {
  const coordinator = await p.as('coordinatorB')
  const [first, second] = (await list('coordinatorB')).filter((x) => x.providerName === 'Uji test-provider-b')
  assert.equal((await coordinator.post(`/assignments/${first!.id}/cancel`, { reason: '' })).status, 400)
  assert.equal((await coordinator.post(`/assignments/${first!.id}/cancel`, { reason: 'Kelas dibatalkan' })).status, 200)
  assert.equal((await coordinator.post(`/assignments/${first!.id}/cancel`, { reason: 'Kelas dibatalkan' })).body.code, 'assignment.not_allowed')
  assert.equal((await office.post(`/assignments/${second!.id}/move`, { organisationId: organisationId('test-university-a'), reason: 'Beban' })).status, 200)
  assert.deepEqual((await list('office')).filter((x) => [first!.id, second!.id].includes(x.id)).map((x) => x.status).sort(), ['cancelled', 'replaced'])
})

test('a cancelled visit comes back only when the office offers it again; what was never offered is offered with the rest', async () => {
  const cancelled = (await list('office')).find((x) => x.status === 'cancelled')! as unknown as { drawnId: string }
  const { rows: [other] } = await p.sql('system', async (tx) => {
    const id = newId()
    await sql`insert into registry.class_run (id, schedule_code, training_id, provider_id, mode, regency_code, starts_on, ends_on, planned_participants, row_digest)
      select ${id}::uuid, 'JB-SUSULAN', training_id, provider_id, mode, regency_code, starts_on, ends_on, planned_participants, 'x' from registry.class_run where schedule_code = 'Jb0'`.execute(tx)
    return sql<{ id: string }>`select ${id}::text as id`.execute(tx)
  })
  const active = async () => (await list('office')).filter((x) => !['cancelled', 'replaced'].includes(x.status)).length
  const before = await active()
  for (const code of ['test-university-a', 'test-university-b']) await office.put(`/rounds/${roundId}/capacity`, { organisationId: organisationId(code), visits: 0 })
  assert.equal((await office.post(`/rounds/${roundId}/targeted`, { classRunId: other!.id, reason: 'Pengaduan peserta' })).status, 200)
  assert.equal(await active(), before)
  assert.deepEqual((await office.post(`/rounds/${roundId}/offer`, {})).body, { offered: 0, waiting: 1 })
  await office.put(`/rounds/${roundId}/capacity`, { organisationId: organisationId('test-university-b'), visits: 50 })
  assert.deepEqual((await office.post(`/rounds/${roundId}/offer`, {})).body, { offered: 1, waiting: 0 })
  assert.deepEqual((await office.post(`/rounds/${roundId}/offer`, { drawnIds: [cancelled.drawnId] })).body, { offered: 1, waiting: 0 })
  assert.deepEqual((await office.post(`/rounds/${roundId}/offer`, { drawnIds: [cancelled.drawnId] })).body, { offered: 0, waiting: 0 })
  assert.equal(await active(), before + 2)
})

test('coverage counts what one may see, and a visit that was moved or offered again once', async () => {
  const [all] = (await office.get('/assignments/coverage')).body
  assert.deepEqual([all.total, all.cancelled, all.total - all.cancelled], [17, 0, 17])
  const [a, b] = [(await (await p.as('coordinatorA')).get('/assignments/coverage')).body[0], (await (await p.as('coordinatorB')).get('/assignments/coverage')).body[0]]
  assert.equal(a.total + b.total, all.total)
  assert.deepEqual([a.assigned, a.late], [(await list('coordinatorA')).filter((x) => x.status === 'assigned').length, (await list('coordinatorA')).filter((x) => (x as unknown as { late: boolean }).late).length])
})

test('nobody leaves with open tasks unless somebody takes them over', async () => {
  const coordinator = await p.as('coordinatorA')
  const refused = await coordinator.post(`/members/${membershipId('monitorA')}/end`, {})
  assert.deepEqual([refused.status, refused.body.code], [409, 'access.hand_over_needed'])
  const before = (await list('coordinatorA')).filter((x) => x.personId === personId('monitorA')).length
  assert.ok(before > 0)
  assert.equal((await coordinator.post(`/members/${membershipId('monitorA')}/end`, { handOverTo: membershipId('monitorA2') })).status, 200)
  assert.equal((await list('coordinatorA')).filter((x) => x.personId === personId('monitorA')).length, 0)
  assert.match((await (await p.as('monitorA2')).get('/notices')).body.rows[0].text, /diserahkan/)
})
