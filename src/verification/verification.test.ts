import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { collect, field, filled, png, xformOf, type Field } from '../../test/field.ts'
import { newId, organisationId, personId, testProduct, type Persona, type TestProduct } from '../../test/product.ts'

let p: TestProduct
let f: Field
let xform: string
before(async () => {
  p = await testProduct()
  f = await field(p)
  xform = (await xformOf(p, 'onsite')).xform
})
after(() => p.close())

const sent = async (assignmentId: string, deprecatedId?: string, persona: Persona = 'monitorA') => {
  const one = filled(xform, { kelas: assignmentId, outcome: 'took_place', l01: 'ya', l08: 'tidak' }, deprecatedId ? { deprecatedId } : {})
  const answer = await (await collect(p, persona, f.roundId)).send(one.xml, [{ name: 'x.png', body: png }])
  assert.equal(answer.status, 201, answer.body)
  return one.instanceId
}
const visitOf = (assignmentId: string) => p.sql('system', (tx) => tx.selectFrom('collection.visit').selectAll().where('assignmentId', '=', assignmentId).executeTakeFirstOrThrow()) as Promise<Record<string, any>>
const statusOf = async (assignmentId: string) => ((await p.sql('system', (tx) => tx.selectFrom('assignments.assignment').select('status').where('id', '=', assignmentId).executeTakeFirstOrThrow())) as { status: string }).status
const noticesOf = async (visitId: string) => ((await p.sql('system', (tx) => tx.selectFrom('notices.notice').select(['kind', 'personId', 'scope']).where('aboutId', '=', visitId).orderBy('id').execute())) as { kind: string; scope: string | null }[]).map((n) => `${n.kind} ${n.scope ?? 'person'}`)

test('collector → coordinator → office: returned, corrected, through both stages again, with every version and word kept', async () => {
  const { assignmentId } = await f.task('monitorA')
  const first = await sent(assignmentId)
  const visit = await visitOf(assignmentId)
  const [coordinator, office, monitor] = [await p.as('coordinatorA'), await p.as('office'), await p.as('monitorA')]
  const coordinate = (input: object) => coordinator.post(`/visits/${visit['id']}/coordination`, input)
  const decide = (input: object) => office.post(`/visits/${visit['id']}/decision`, input)

  assert.deepEqual((await coordinator.get('/reviews')).body.rows.map((r: { visitId: string }) => r.visitId), [visit['id']])
  assert.equal((await office.get('/reviews')).body.total, 0)
  assert.equal((await decide({ instanceId: first, decision: 'approved' })).body.code, 'review.not_waiting')
  assert.equal((await coordinate({ instanceId: first, decision: 'returned' })).body.code, 'review.note_missing')
  assert.equal((await coordinate({ instanceId: first, decision: 'returned', note: 'Lengkapi', comments: [{ path: '/data/x/l08', text: 'Siapa fasilitatornya?' }] })).status, 200)
  assert.equal(await statusOf(assignmentId), 'returned')
  const [task] = (await monitor.get('/tasks')).body.tasks.filter((t: { assignmentId: string }) => t.assignmentId === assignmentId)
  assert.deepEqual([task.status, task.returned.note, task.returned.comments], ['returned', 'Lengkapi', [{ path: '/data/x/l08', text: 'Siapa fasilitatornya?' }]])

  const second = await sent(assignmentId, first)
  assert.equal((await coordinate({ instanceId: first, decision: 'approved' })).body.code, 'review.version_changed')
  assert.equal((await coordinate({ instanceId: second, decision: 'approved' })).status, 200)
  const [waiting] = (await office.get('/reviews')).body.rows
  assert.deepEqual([waiting.visitId, waiting.version, waiting.personName, waiting.failed.minor, waiting.returns], [visit['id'], 2, null, 1, 1])
  assert.equal((await decide({ instanceId: second, decision: 'returned', note: 'Periksa lagi' })).status, 200)

  const third = await sent(assignmentId, second)
  assert.equal((await decide({ instanceId: third, decision: 'approved' })).body.code, 'review.not_waiting') // back through the coordinator
  assert.equal((await coordinate({ instanceId: third, decision: 'approved' })).status, 200)
  assert.equal((await decide({ instanceId: third, decision: 'approved' })).status, 200)
  assert.equal((await decide({ instanceId: third, decision: 'returned', note: 'x' })).body.code, 'review.not_waiting')
  assert.equal(await statusOf(assignmentId), 'done')
  assert.ok((await visitOf(assignmentId))['approvedAt'])

  const history = (await office.get(`/visits/${visit['id']}/history`)).body as { kind: string; stage: string | null; version: number; personName: string | null; comments: { item: { code: string } | null }[] }[]
  assert.deepEqual(history.map((h) => `${h.stage ?? ''} ${h.kind} ${h.version}`.trim()), ['submitted 1', 'coordinator returned 1', 'submitted 2', 'coordinator approved 2', 'office returned 2', 'submitted 3', 'coordinator approved 3', 'office approved 3'])
  assert.equal(history[1]!.comments[0]!.item!.code, 'L08')
  assert.deepEqual(history.filter((h) => h.kind === 'submitted').map((h) => h.personName), [null, null, null])
  const own = (await monitor.get(`/visits/${visit['id']}/history`)).body as { kind: string; stage: string | null; personName: string | null }[]
  assert.deepEqual([own[0]!.personName, own.find((h) => h.stage === 'office')!.personName], ['Uji monitorA', null])
  const told = await noticesOf(visit['id'])
  for (const kind of ['visit_returned person', 'visit_forwarded office', 'visit_returned_by_office coordinator', 'visit_approved person', 'visit_approved_by_office coordinator']) assert.ok(told.includes(kind), `${kind} of ${told.join(', ')}`)
})

test('nobody reviews the own visit, and other organisations neither see nor decide', async () => {
  const { assignmentId } = await f.task('monitorA')
  const instanceId = await sent(assignmentId)
  const { id } = await visitOf(assignmentId)
  await p.sql('system', (tx) => tx.updateTable('collection.submission').set({ personId: personId('coordinatorA') }).where('instanceId', '=', instanceId).execute())
  assert.equal((await (await p.as('coordinatorA')).post(`/visits/${id}/coordination`, { instanceId, decision: 'approved' })).body.code, 'review.own_visit')
  assert.equal((await (await p.as('coordinatorB')).post(`/visits/${id}/coordination`, { instanceId, decision: 'approved' })).status, 404)
  assert.equal((await (await p.as('coordinatorB')).get(`/visits/${id}/history`)).status, 404)
  assert.equal((await (await p.as('monitorA')).post(`/visits/${id}/coordination`, { instanceId, decision: 'approved' })).status, 403)
  for (const persona of ['providerA', 'platformA', 'partner'] as const) assert.equal((await (await p.as(persona)).get(`/visits/${id}/history`)).status, 403)
  // by raw SQL: neither another organisation's review nor one in the office's name
  const review = { id: newId(), visitId: id, instanceId, decision: 'approved', note: null, at: new Date(), byPerson: personId('coordinatorB') }
  await assert.rejects(p.sql('coordinatorB', (tx) => tx.insertInto('verification.review').values({ ...review, stage: 'coordinator', organisationId: organisationId('test-university-b') }).execute()), { code: '42501' })
  await assert.rejects(p.sql('coordinatorA', (tx) => tx.insertInto('verification.review').values({ ...review, stage: 'office', organisationId: organisationId('test-university-a') }).execute()), { code: '42501' })
})

test('the oldest waits first, and two who decide at once do not both decide', async () => {
  const coordinator = await p.as('coordinatorA')
  const made: { instanceId: string; id: string }[] = []
  for (let i = 0; i < 2; i++) {
    const { assignmentId } = await f.task('monitorA')
    const instanceId = await sent(assignmentId)
    made.push({ instanceId, id: (await visitOf(assignmentId))['id'] as string })
    p.clock.now = new Date(p.clock.now.getTime() + 60_000)
  }
  const rows = (await coordinator.get('/reviews')).body.rows as { visitId: string; waitingSince: string }[]
  assert.deepEqual(rows.map((r) => r.waitingSince), rows.map((r) => r.waitingSince).sort())
  assert.deepEqual(rows.slice(-2).map((r) => r.visitId), made.map((m) => m.id))
  const both = await Promise.all(['approved', 'returned'].map((decision) => coordinator.post(`/visits/${made[0]!.id}/coordination`, { instanceId: made[0]!.instanceId, decision, note: 'x' })))
  assert.deepEqual(both.map((b) => b.status).sort(), [200, 409])
  const reviews = await p.sql('system', (tx) => tx.selectFrom('verification.review').selectAll().where('visitId', '=', made[0]!.id).execute())
  assert.equal(reviews.length, 1)
})
