import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { field, filled, png, xformOf, type Field } from '../../test/field.ts'
import { personId, testProduct, type Client, type Persona, type TestProduct } from '../../test/product.ts'

let p: TestProduct
let f: Field
let monitor: Client
let form: Awaited<ReturnType<typeof xformOf>>
before(async () => {
  p = await testProduct()
  f = await field(p)
  monitor = await p.as('monitorA')
  form = await xformOf(p, 'onsite')
})
after(() => p.close())

const sha = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')
const put = (who: Client, bytes: Buffer, sha256 = sha(bytes), headers: Record<string, string> = {}) =>
  who.inject({ method: 'PUT', url: `/api/blobs/${sha256}`, headers: { 'content-type': 'image/png', ...headers }, payload: bytes })
const head = (who: Client, sha256: string) => who.inject({ method: 'HEAD', url: `/api/blobs/${sha256}` })
const submit = (who: Client, one: { xml: string; instanceId: string }, attachments: object[] = [], more: object = {}) => who.put(`/submissions/${encodeURIComponent(one.instanceId)}`, { xml: one.xml, attachments, ...more })
const fill = (assignmentId: string, more: Record<string, string> = {}, ids: Parameters<typeof filled>[2] = {}) => filled(form.xform, { kelas: assignmentId, outcome: 'took_place', l01: 'ya', ...more }, ids)

test('a file is stored once under its content, known from then on to its organisation and to nobody else', async () => {
  const sha256 = sha(png)
  assert.equal((await head(monitor, sha256)).status, 404)
  assert.equal((await put(monitor, png)).status, 201)
  assert.equal((await put(monitor, png)).status, 200)
  assert.equal((await head(monitor, sha256)).status, 204)
  assert.equal((await head(await p.as('monitorA2'), sha256)).status, 204)
  assert.equal((await head(await p.as('monitorB'), sha256)).status, 404)
})

test('what is no good file is refused with a reason, and nothing of it kept', async () => {
  const text = Buffer.from('<script>alert(1)</script>')
  const refused = await put(monitor, text)
  assert.deepEqual([refused.status, refused.body.code], [422, 'collection.file_refused'])
  assert.ok(refused.body.message.includes('jenis berkas'))
  assert.equal((await put(monitor, Buffer.concat([png, Buffer.from('x')]), sha(png).replace(/^./, '0'))).status, 422)
  const large = await put(monitor, Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(20_000_000)]))
  assert.equal(large.status, 413)
  assert.match(large.body.message, /16000000 byte/)
  assert.equal((await put(monitor, png, 'bukan-hash')).status, 400)
  assert.equal((await head(monitor, sha(text))).status, 404)
})

test('only who may submit, from our own pages, in their own name', async () => {
  const task = await f.task('monitorA')
  const one = fill(task.assignmentId)
  assert.equal((await submit(await p.as('nobody'), one)).status, 401)
  for (const persona of ['coordinatorA', 'office', 'providerA', 'platformA', 'partner'] as const) assert.equal((await submit(await p.as(persona), one)).status, 403, persona)
  assert.equal((await put(monitor, png, sha(png), { 'x-requested-with': 'lain' })).status, 403)
  assert.equal((await put(monitor, png, sha(png), { 'x-pantau-person': personId('monitorA2') })).status, 401)
  assert.equal((await submit(await p.as('monitorB'), one)).body.code, 'collection.class_not_yours')
})

test('new is 201, the same again 200, other answers under the id 409; the address and the answers name the same', async () => {
  const task = await f.task('monitorA')
  const one = fill(task.assignmentId, { l01_photo: 'a.png', l04_photo: 'b.png' })
  const first = await submit(monitor, one, [{ name: 'a.png', sha256: sha(png), mime: 'image/png' }])
  assert.equal(first.status, 201)
  assert.deepEqual(first.body.refused.map((r: { name: string; refusal: string }) => [r.name, r.refusal]), [['b.png', 'not_sent']])
  assert.equal((await submit(monitor, one)).status, 200)
  assert.equal((await submit(monitor, { ...one, xml: one.xml.replace('>ya<', '>tidak<') })).body.code, 'collection.changed')
  assert.equal((await submit(monitor, { ...one, instanceId: 'uuid:lain-sama-sekali' })).body.code, 'collection.instance_differs')
  assert.equal((await submit(monitor, { ...one, xml: '<data' })).body.code, 'collection.xml_malformed')
  assert.equal((await monitor.put(`/submissions/${one.instanceId}`, { xml: 3 })).status, 400)
})

test('somebody else’s file cannot be taken by its hash', async () => {
  const secret = Buffer.concat([png, Buffer.from('milik B')])
  assert.equal((await put(await p.as('monitorB'), secret)).status, 201)
  const task = await f.task('monitorA')
  const answer = await submit(monitor, fill(task.assignmentId, { l01_photo: 'a.png' }), [{ name: 'a.png', sha256: sha(secret), mime: 'image/png' }])
  assert.deepEqual([answer.status, answer.body.waiting], [201, 1])
})

test('browser and door are one intake: what one sent, the other knows', async () => {
  const { collect } = await import('../../test/field.ts')
  const task = await f.task('monitorA')
  const one = fill(task.assignmentId)
  assert.equal((await submit(monitor, one)).status, 201)
  const door = await collect(p, 'monitorA', f.roundId)
  assert.equal((await door.send(one.xml)).status, 201)
  assert.equal((await submit(monitor, one)).status, 200)
})

test('tasks are the person’s own, with all that is needed on the way', async () => {
  const task = await f.task('monitorA')
  const mine = (await monitor.get('/tasks')).body
  const found = mine.tasks.find((t: { assignmentId: string }) => t.assignmentId === task.assignmentId)
  assert.deepEqual([found.venue, found.contactName, found.zone, found.instrument.formId, found.regencyName], ['LKP Rasa, ruang 2', 'Ibu Uji', 'WIB', 'pantau_onsite', 'Kota Pontianak'])
  assert.ok(mine.media['kelas.csv'].includes(task.assignmentId))
  const xform = await monitor.get(`/instruments/${found.instrument.versionId}/xform`)
  assert.deepEqual([xform.status, xform.body], [200, form.xform])
  for (const persona of ['monitorA2', 'monitorB'] as const) {
    const theirs = (await (await p.as(persona)).get('/tasks')).body
    assert.ok(!JSON.stringify(theirs).includes(task.assignmentId), persona)
  }
  assert.equal((await (await p.as('office')).get('/tasks')).status, 403)
})

test('who sees a visit: the own organisation and the office; the office who went only on record', async () => {
  const task = await f.task('monitorA')
  const one = fill(task.assignmentId, { username: 'Uji monitorA', l01_photo: 'a.png' })
  const { visitId } = (await submit(monitor, one, [{ name: 'a.png', sha256: sha(png), mime: 'image/png' }])).body
  const paths = [`/visits/${visitId}`, `/visits/${visitId}/submissions/${encodeURIComponent(one.instanceId)}/xml`]
  const evidence = (await monitor.get(paths[0]!)).body.evidence[0].id
  paths.push(`/visits/${visitId}/evidence/${evidence}`)
  const seen: Partial<Record<Persona, number>> = { monitorA: 200, coordinatorA: 200, office: 200, monitorA2: 404, monitorB: 404, coordinatorB: 404, providerA: 403, platformA: 403, partner: 403 }
  for (const [persona, status] of Object.entries(seen)) for (const path of paths) assert.equal((await (await p.as(persona as Persona)).get(path)).status, status, `${persona} ${path}`)
  const listed = async (persona: Persona) => (await (await p.as(persona)).get(`/visits?classRunId=${task.classRunId}`)).body
  assert.deepEqual([(await listed('office')).rows[0].personName, (await listed('coordinatorA')).rows[0].personName, (await listed('coordinatorB')).total], [null, 'Uji monitorA', 0])
  const office = await p.as('office')
  assert.ok(!JSON.stringify((await office.get(paths[0]!)).body).includes('Uji monitorA'))
  const who = await office.get(`/visits/${visitId}/identity`)
  assert.equal(who.body.name, 'Uji monitorA')
  const acts = (await office.get(`/ledger?onKind=visit&onId=${visitId}`)).body.map((a: { act: string }) => a.act)
  assert.ok(acts.includes('collection.identity') && acts.includes('collection.original') && acts.includes('collection.submit'))
  assert.equal((await (await p.as('coordinatorB')).get(`/visits/${visitId}/identity`)).status, 404)
  assert.equal((await monitor.get(`/visits/${visitId}/identity`)).status, 403)
})

test('raw SQL as another organisation, a provider, a platform or nobody shows no row of collection', async () => {
  const task = await f.task('monitorA')
  await submit(monitor, fill(task.assignmentId))
  for (const table of ['visit', 'submission', 'answer', 'evidence', 'claim', 'doorKey'])
    for (const persona of ['monitorB', 'coordinatorB', 'providerA', 'platformA', 'partner', 'nobody'] as const) {
      const found = await p.sql(persona, (tx) => tx.selectFrom(`collection.${table}`).selectAll().execute())
      assert.deepEqual(found, [], `${persona} ${table}`)
    }
  const { intakeStore } = await import('./store-intake.ts')
  const task2 = await p.sql('monitorB', (tx) => intakeStore(tx).ownAssignment(task.assignmentId))
  assert.equal(task2, undefined)
})
