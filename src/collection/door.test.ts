import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { collect, collectAt, field, filled, multipartOf, png, xformOf, type Collect, type Field } from '../../test/field.ts'
import { newId, password, personId, testProduct, type TestProduct } from '../../test/product.ts'

let p: TestProduct
let f: Field
let a: Collect
let onsite: Awaited<ReturnType<typeof xformOf>>
before(async () => {
  p = await testProduct()
  f = await field(p)
  await f.task('monitorA')
  a = await collect(p, 'monitorA', f.roundId)
  onsite = await xformOf(p, 'onsite')
})
after(() => p.close())

const md5 = (bytes: string | Buffer) => createHash('md5').update(bytes).digest('hex')
const rows = (table: string, instanceId: string) => p.sql('system', (tx) => tx.selectFrom(table).selectAll().where('instanceId' as never, '=', instanceId as never).execute()) as Promise<Record<string, any>[]>
const all = (table: string) => p.sql('system', (tx) => tx.selectFrom(table).select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).then((r) => (r as { n: number }).n)
const visitOf = async (instanceId: string) => {
  const [submission] = await rows('collection.submission', instanceId)
  return p.sql('system', (tx) => tx.selectFrom('collection.visit').selectAll().where('id', '=', submission!['visitId']).executeTakeFirstOrThrow()) as Promise<Record<string, any>>
}
const fill = (assignmentId: string, more: Record<string, string> = {}, ids: Parameters<typeof filled>[2] = {}) => filled(onsite.xform, { kelas: assignmentId, outcome: 'took_place', l01: 'ya', l08: 'ya', ...more }, ids)
const message = (body: string) => /<message nature="([^"]*)">([^<]*)</.exec(body)!
const tag = (xml: string, name: string) => [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map((m) => m[1]!)

test('every answer carries the OpenRosa headers', async () => {
  for (const answer of [await a.get('/formList'), await a.head('/submission'), await a.get('/submission'), await a.post({}), await a.get('/nowhere')]) {
    assert.equal(answer.headers['x-openrosa-version'], '1.0')
    assert.equal(answer.headers['x-openrosa-accept-content-length'], '16000000')
    assert.equal(answer.headers['content-language'], 'id')
    assert.ok(!Number.isNaN(Date.parse(String(answer.headers['date']))))
    if (answer.status !== 204) assert.match(String(answer.headers['content-type']), /^text\/xml/)
  }
  assert.equal((await a.head('/submission')).status, 204)
  assert.equal((await a.get('/submission')).status, 204)
})

test('the form list names what the person needs, and every hash is that of the bytes behind its address', async () => {
  const task = await f.task('monitorA', 'webinar')
  const list = await a.get('/formList')
  assert.equal(list.status, 200)
  assert.ok(list.body.includes('<xforms xmlns="http://openrosa.org/xforms/xformsList">'))
  assert.deepEqual(tag(list.body, 'formID').sort(), ['pantau_onsite', 'pantau_webinar'])
  for (const [i, url] of tag(list.body, 'downloadUrl').entries()) {
    const form = await a.get(url)
    assert.equal(form.status, 200)
    assert.equal(`md5:${md5(form.raw)}`, tag(list.body, 'hash')[i])
    assert.equal((await a.get(url, { 'if-none-match': String(form.headers['etag']) })).status, 304)
  }
  for (const [i, url] of tag(list.body, 'manifestUrl').entries()) {
    const manifest = await a.get(url)
    const csv = await a.get(tag(manifest.body, 'downloadUrl')[0]!)
    assert.equal(`md5:${md5(csv.raw)}`, tag(manifest.body, 'hash')[0])
    assert.match(String(csv.headers['content-type']), /^text\/csv/)
    assert.equal(csv.body.includes(task.assignmentId), tag(list.body, 'formID')[i] === 'pantau_webinar')
  }
  assert.deepEqual(tag((await a.get('/formList?formID=pantau_onsite')).body, 'formID'), ['pantau_onsite'])
  assert.deepEqual(tag((await a.get('/formList?formID=lain')).body, 'formID'), [])
  assert.equal((await a.get('/forms/pantau_onsite.xml')).body, onsite.xform)
  assert.equal((await a.head('/formList')).status, 200)
})

test('a form nobody needs any more leaves the list', async () => {
  const own = await field(p)
  const task = await own.task('monitorA')
  const c = await collect(p, 'monitorA', own.roundId)
  assert.equal(tag((await c.get('/formList')).body, 'formID').length, 1)
  assert.equal((await c.send(fill(task.assignmentId).xml)).status, 201)
  assert.equal(tag((await c.get('/formList')).body, 'formID').length, 0)
  // the version itself stays to be had: a phone may hold drafts of it
  assert.equal((await c.get(`/forms/${onsite.formId}/versions/${onsite.version}.xml`)).status, 200)
})

test('keys: another round, a bad, revoked or ended one is 403; a malformed or absent one 401 with a challenge', async () => {
  const other = await field(p)
  const token = /key\/([^/]+)/.exec(a.base)![1]!
  const at = async (base: string) => collectAt(p, base).get('/formList')
  assert.equal((await at(`/v1/key/${token}/projects/${f.roundId}`)).status, 200)
  assert.equal((await at(`/v1/key/${token}/projects/${other.roundCode}`)).status, 403)
  assert.equal((await at(`/v1/key/${'x'.repeat(64)}/projects/${f.roundCode}`)).status, 403)
  for (const base of [`/v1/key/pendek/projects/${f.roundCode}`, `/v1/projects/${f.roundCode}`]) {
    const answer = await at(base)
    assert.equal(answer.status, 401)
    assert.match(String(answer.headers['www-authenticate']), /^Basic realm=/)
    assert.equal(message(answer.body)[1], 'error')
  }
  const monitor = await p.as('monitorA')
  const made = await monitor.post('/keys', { roundId: f.roundId })
  assert.match(made.body.path, /^\/v1\/key\/[A-Za-z0-9!$]{64}\/projects\//)
  assert.equal((await at(made.body.path)).status, 200)
  assert.equal((await monitor.post(`/keys/${made.body.id}/revoke`)).status, 200)
  assert.equal((await monitor.post(`/keys/${made.body.id}/revoke`)).status, 404)
  assert.equal((await at(made.body.path)).status, 403)
  // nothing that is stored opens the door
  const kept = await p.sql('system', (tx) => tx.selectFrom('collection.doorKey').selectAll().where('id', '=', made.body.id).executeTakeFirstOrThrow())
  assert.ok(!JSON.stringify(kept).includes(/key\/([^/]+)/.exec(made.body.path)![1]!))
})

test('a coordinator makes keys for the own organisation only, and sees them; a monitor only for themselves', async () => {
  const [coordinator, monitor] = [await p.as('coordinatorA'), await p.as('monitorA')]
  assert.equal((await coordinator.post('/keys', { roundId: f.roundId, personId: personId('monitorA2') })).status, 200)
  assert.equal((await coordinator.post('/keys', { roundId: f.roundId, personId: personId('monitorB') })).status, 400)
  assert.equal((await monitor.post('/keys', { roundId: f.roundId, personId: personId('monitorA2') })).status, 400)
  const seen = (await coordinator.get('/keys')).body
  assert.ok(seen.keys.some((k: { personId: string }) => k.personId === personId('monitorA2')))
  const own = (await monitor.get('/keys')).body
  assert.deepEqual([...new Set(own.keys.map((k: { personId: string }) => k.personId))], [personId('monitorA')])
  assert.deepEqual(own.people.map((x: { id: string }) => x.id), [personId('monitorA')])
  assert.equal((await (await p.as('office')).get('/keys')).status, 403)
  assert.equal((await (await p.as('coordinatorB')).post(`/keys/${own.keys[0].id}/revoke`)).status, 404)
})

test('e-mail and password work where there is no key', async () => {
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
  const at = (text: string) => collectAt(p, `/v1/projects/${f.roundCode}`, basic(text))
  assert.equal((await at(`monitora@example.id:${password}`).get('/formList')).status, 200)
  assert.equal((await at(`monitora@example.id:${password}`).head('/submission')).status, 204)
  const task = await f.task('monitorA')
  assert.equal((await at(`monitora@example.id:${password}`).send(fill(task.assignmentId).xml)).status, 201)
  for (const wrong of ['monitora@example.id:salah-sekali-1', 'nobody@example.id:x', 'tanpa-titik-dua', `providera@example.id:${password}`]) assert.equal((await at(wrong).get('/formList')).status, 401, wrong)
  const sessions = await p.database.owner.query(`select count(*)::int as n from auth.session s join auth."user" u on u.id = s."userId" where u.email = 'monitora@example.id'`)
  assert.ok(sessions.rows[0].n <= 1, 'the sessions that checking opened are closed')
})

test('another OpenRosa version than 1.0 is refused', async () => {
  assert.equal((await a.get('/formList', { 'x-openrosa-version': '2.0' })).status, 400)
})

test('a submission is stored as received, typed and judged; its task is done; the coordinator is told', async () => {
  const task = await f.task('monitorA')
  const { xml, instanceId } = fill(task.assignmentId, { start: '2026-11-24T09:00:00.000+07:00', l01: 'tidak', l01_note: 'Ruko kosong', place: '-0.0264 109.3426 0 5', l04_a: '24', l27: '4', deviceid: 'collect:1' })
  const answer = await a.send(xml)
  assert.equal(answer.status, 201)
  assert.deepEqual(message(answer.body)[1], '')
  assert.match(message(answer.body)[2]!, /diterima/)
  const [submission] = await rows('collection.submission', instanceId)
  assert.equal(submission!['xml'], xml)
  assert.equal(submission!['xmlSha256'], createHash('sha256').update(xml).digest('hex'))
  const answers = new Map((await rows('collection.answer', instanceId)).map((r) => [r['name'], r]))
  assert.deepEqual([answers.get('l04_a')!['kind'], answers.get('l04_a')!['number'], answers.get('place')!['latitude'], answers.get('l01')!['item']], ['int', 24, -0.0264, 'L01'])
  const claims = new Map((await rows('collection.claim', instanceId)).map((c) => [c['item'], c]))
  assert.deepEqual([claims.get('L01')!['result'], claims.get('L01')!['severity'], claims.get('L08')!['result'], claims.get('L27')!['score'], claims.get('L05')!['result']], ['fail', 'critical', 'pass', 4, 'not_observed'])
  assert.ok(claims.get('L01')!['normId'])
  const visit = await visitOf(instanceId)
  assert.deepEqual([visit['status'], visit['outcome'], visit['layer'], visit['sessionId'], visit['assignmentId']], ['submitted', 'took_place', 'expert', task.sessionId, task.assignmentId])
  const assignment = await p.sql('system', (tx) => tx.selectFrom('assignments.assignment').select('status').where('id', '=', task.assignmentId).executeTakeFirstOrThrow())
  assert.equal((assignment as { status: string }).status, 'submitted')
  const inbox = await (await p.as('coordinatorA')).get('/notices')
  assert.ok(JSON.stringify(inbox.body).includes(visit['id']))
})

test('norms are those of the session’s day, not of today', async () => {
  const task = await f.task('monitorA', 'onsite', { beginsAt: new Date('2023-03-01T02:00:00Z') })
  const { xml, instanceId } = fill(task.assignmentId, { l01: 'tidak' })
  assert.equal((await a.send(xml)).status, 201)
  const norm = await p.sql('system', (tx) => tx.selectFrom('collection.claim as c').innerJoin('standards.norm as n', 'n.id', 'c.normId').select('n.ruleSet').where('c.instanceId', '=', instanceId).where('c.item', '=', 'L01').executeTakeFirstOrThrow())
  assert.equal((norm as { ruleSet: string }).ruleSet, 'normal_handbook_1')
})

test('a class that was not there is a critical claim; a visit that could not happen claims nothing', async () => {
  for (const mode of ['onsite', 'webinar', 'selfPaced'] as const) {
    const form = await xformOf(p, mode)
    for (const outcome of ['class_absent', 'cancelled', 'access_refused', 'wrong_address', 'monitor_unsafe']) {
      const task = await f.task('monitorA', mode)
      const { xml, instanceId } = filled(form.xform, { kelas: task.assignmentId, outcome, outcome_reason: 'uji' })
      assert.equal((await a.send(xml)).status, 201)
      const claims = await rows('collection.claim', instanceId)
      assert.deepEqual(claims.map((c) => [c['item'].slice(1), c['result'], c['severity']]), outcome === 'class_absent' ? [['01', 'fail', 'critical']] : [], `${mode} ${outcome}`)
      assert.equal((await visitOf(instanceId))['outcome'], outcome)
    }
  }
})

test('three times the same is one submission, 201 each time; other bytes under its id are 409', async () => {
  const task = await f.task('monitorA')
  const { xml, instanceId } = fill(task.assignmentId)
  for (let i = 0; i < 3; i++) assert.equal((await a.send(xml)).status, 201)
  assert.equal((await rows('collection.submission', instanceId)).length, 1)
  const changed = await a.send(xml.replace('>ya<', '>tidak<'))
  assert.deepEqual([changed.status, message(changed.body)[1]], [409, 'error'])
  assert.equal((await rows('collection.submission', instanceId))[0]!['xml'], xml)
  // nor may somebody else take the id
  const b = await field(p)
  const theirs = await b.task('monitorB')
  const c = await collect(p, 'monitorB', b.roundId)
  assert.equal((await c.send(fill(theirs.assignmentId, {}, { instanceId }).xml)).status, 409)
})

test('the same submission twice at once is stored once, and both are told 201', async () => {
  const task = await f.task('monitorA')
  const { xml, instanceId } = fill(task.assignmentId)
  const answers = await Promise.all(Array.from({ length: 6 }, () => a.send(xml)))
  assert.deepEqual(answers.map((x) => x.status), [201, 201, 201, 201, 201, 201])
  assert.equal((await rows('collection.submission', instanceId)).length, 1)
  const visits = await p.sql('system', (tx) => tx.selectFrom('collection.visit').select('id').where('assignmentId', '=', task.assignmentId).execute())
  assert.equal(visits.length, 1)
})

test('two different forms for one task at once: both stored, one counts', async () => {
  const task = await f.task('monitorA')
  const two = [fill(task.assignmentId), fill(task.assignmentId)]
  assert.deepEqual((await Promise.all(two.map((x) => a.send(x.xml)))).map((x) => x.status), [201, 201])
  const flags = await Promise.all(two.map(async (x) => (await visitOf(x.instanceId))['flags'] as string[]))
  assert.deepEqual(flags.filter((x) => x.includes('superseded')).length, 1)
  assert.equal(flags.filter((x) => x.includes('second_visit')).length, 1)
})

test('files in several parts: slots until they come, names in any script, matched whatever order', async () => {
  const task = await f.task('monitorA')
  const { xml, instanceId } = fill(task.assignmentId, { l01_photo: 'foto depan.png', l04_photo: 'ruang-ø写真.png' })
  const first = await a.post(multipartOf([{ name: 'xml_submission_file', filename: 'x.xml', type: 'text/xml', body: xml }, { name: '*isIncomplete*', body: 'yes' }, { name: 'foto depan.png', filename: 'foto depan.png', type: 'image/png', body: png }]))
  assert.equal(first.status, 201)
  assert.match(message(first.body)[2]!, /Menunggu 1 berkas/)
  const states = async () => Object.fromEntries((await rows('collection.evidence', instanceId)).map((e) => [e['name'], e['state']]))
  assert.deepEqual(await states(), { 'foto depan.png': 'stored', 'ruang-ø写真.png': 'expected' })
  // Enketo and Collect differ in what they put first
  const second = await a.post(multipartOf([{ name: 'ruang-ø写真.png', filename: 'ruang-ø写真.png', type: 'image/png', body: png }, { name: 'tidak-diminta.png', filename: 'tidak-diminta.png', body: png }, { name: 'xml_submission_file', filename: 'x.xml', type: 'text/xml', body: xml }]))
  assert.equal(second.status, 201)
  assert.doesNotMatch(second.body, /Menunggu/)
  assert.deepEqual(await states(), { 'foto depan.png': 'stored', 'ruang-ø写真.png': 'stored' })
  const visit = await visitOf(instanceId)
  const shown = await (await p.as('coordinatorA')).get(`/visits/${visit['id']}`)
  const photo = shown.body.evidence.find((e: { name: string }) => e.name === 'ruang-ø写真.png')
  const bytes = await (await p.as('coordinatorA')).get(`/visits/${visit['id']}/evidence/${photo.id}`)
  assert.deepEqual([bytes.status, bytes.headers['content-type'], bytes.raw.equals(png)], [200, 'image/png', true])
})

test('an unusable image is refused alone: 20 MB, a text named .jpg, an absurd size, an empty one; the answers stay', async () => {
  const task = await f.task('monitorA')
  const { xml, instanceId } = fill(task.assignmentId, { l01_photo: 'besar.jpg', l04_photo: 'teks.jpg', l14_photo: 'raksasa.png', outcome_photo: 'kosong.jpg' })
  const huge = Buffer.from(png)
  huge.writeUInt32BE(1_000_000, 16)
  const answer = await a.send(xml, [
    { name: 'besar.jpg', body: Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(20_000_000)]) }, { name: 'teks.jpg', body: Buffer.from('bukan gambar') },
    { name: 'raksasa.png', body: huge }, { name: 'kosong.jpg', body: Buffer.alloc(0) },
  ])
  assert.equal(answer.status, 201)
  for (const name of ['besar.jpg', 'teks.jpg', 'raksasa.png', 'kosong.jpg']) assert.ok(message(answer.body)[2]!.includes(name), name)
  const refused = Object.fromEntries((await rows('collection.evidence', instanceId)).map((e) => [e['name'], [e['state'], e['refusal'], e['sha256']]]))
  assert.deepEqual(refused, { 'besar.jpg': ['refused', 'too_large', null], 'teks.jpg': ['refused', 'not_an_image', null], 'raksasa.png': ['refused', 'image_too_many_pixels', null], 'kosong.jpg': ['refused', 'empty', null] })
  assert.ok((await rows('collection.answer', instanceId)).length > 3)
  // a good one under the same name may still take its place
  assert.equal((await a.send(xml, [{ name: 'teks.jpg', body: png }])).status, 201)
  assert.equal((await rows('collection.evidence', instanceId)).find((e) => e['name'] === 'teks.jpg')!['state'], 'stored')
})

test('a file name that is a path is only a name, and is not kept', async () => {
  const task = await f.task('monitorA')
  const { xml, instanceId } = fill(task.assignmentId, { l01_photo: '../../etc/passwd', l04_photo: 'passwd' })
  assert.equal((await a.send(xml, [{ name: '../../etc/passwd', body: png }])).status, 201)
  const found = Object.fromEntries((await rows('collection.evidence', instanceId)).map((e) => [e['name'], e['refusal'] ?? e['state']]))
  assert.equal(found['../../etc/passwd'], 'bad_name')
})

test('bad input is a clear 4xx in XML, and nothing of it is stored', async () => {
  const task = await f.task('monitorA')
  const theirs = await (await field(p)).task('monitorB')
  const good = fill(task.assignmentId).xml
  const before = [await all('collection.submission'), await all('collection.visit'), await all('files.file')]
  const xmlPart = (body: string | Buffer) => a.send(body, [{ name: 'x.png', body: Buffer.concat([png, Buffer.from('lain')]) }])
  const cases: [string, number, () => Promise<{ status: number; body: string; headers: Record<string, unknown> }>][] = [
    ['malformed', 400, () => xmlPart('<data><a></data>')],
    ['not xml', 400, () => xmlPart(png)],
    ['doctype', 400, () => xmlPart(good.replace('?>', '?><!DOCTYPE data [<!ENTITY a "b">]>'))],
    ['100,000 deep', 400, () => xmlPart('<a>'.repeat(100_000) + '</a>'.repeat(100_000))],
    ['3 MB of XML', 413, () => xmlPart(`<data>${'x'.repeat(3_000_000)}</data>`)],
    ['unknown version', 404, () => xmlPart(fill(task.assignmentId, {}, { version: '1999' }).xml)],
    ['unknown form', 404, () => xmlPart(fill(task.assignmentId, {}, { formId: 'lain' }).xml)],
    ['no instance id', 400, () => xmlPart(good.replace(/<instanceID>[^<]*<\/instanceID>/, ''))],
    ['no class', 400, () => xmlPart(filled(onsite.xform, { outcome: 'took_place' }).xml)],
    ['somebody else’s task', 403, () => xmlPart(fill(theirs.assignmentId).xml)],
    ['a task that does not exist', 403, () => xmlPart(fill(newId()).xml)],
    ['a class that is no id', 403, () => xmlPart(fill("' or 1=1 --").xml)],
    ['unknown deprecatedID', 404, () => xmlPart(fill(task.assignmentId, {}, { deprecatedId: 'uuid:tidak-ada' }).xml)],
    ['empty POST', 400, () => a.post({})],
    ['JSON', 400, () => a.post({ payload: '{}', headers: { 'content-type': 'application/json' } })],
    ['bare XML', 400, () => a.post({ payload: good, headers: { 'content-type': 'text/xml' } })],
    ['no submission part', 400, () => a.post(multipartOf([{ name: 'x.png', filename: 'x.png', body: png }]))],
    ['cut off', 400, () => { const m = multipartOf([{ name: 'xml_submission_file', filename: 'x', body: good }]); return a.post({ ...m, payload: m.payload.subarray(0, m.payload.length - 60) }) }],
    ['no boundary', 400, () => a.post({ payload: good, headers: { 'content-type': 'multipart/form-data' } })],
    ['200 files', 413, () => a.send(good, Array.from({ length: 200 }, (_, i) => ({ name: `${i}.png`, body: png })))],
    ['17 MB of good files', 413, () => a.send(good, ['1', '2'].map((name) => ({ name, body: Buffer.concat([png, Buffer.alloc(8_500_000)]) })))],
  ]
  for (const [what, status, attempt] of cases) {
    const answer = await attempt()
    assert.equal(answer.status, status, `${what}: ${answer.body.slice(0, 300)}`)
    assert.match(String(answer.headers['content-type']), /^text\/xml/, what)
    assert.equal(message(answer.body)[1], 'error', what)
    assert.ok(message(answer.body)[2]!.length > 10, what)
  }
  assert.equal((await collectAt(p, `/v1/key/${'x'.repeat(64)}/projects/${f.roundCode}`).send(good)).status, 403)
  assert.equal((await collectAt(p, `/v1/projects/${f.roundCode}`).post({})).status, 401)
  assert.deepEqual([await all('collection.submission'), await all('collection.visit'), await all('files.file')], before)
  assert.equal((await a.send(good)).status, 201, 'alive, and the task is still open')
})

test('a chain of corrections three deep; a correction of an old version is 409; claims of old versions stay and are not current', async () => {
  const task = await f.task('monitorA')
  const one = fill(task.assignmentId, { l01: 'tidak', l01_photo: 'bukti.png' })
  assert.equal((await a.send(one.xml, [{ name: 'bukti.png', body: png }])).status, 201)
  const two = fill(task.assignmentId, { l01_photo: 'bukti.png' }, { deprecatedId: one.instanceId })
  const three = fill(task.assignmentId, { l08: 'tidak' }, { deprecatedId: two.instanceId })
  for (const x of [two, three]) assert.equal((await a.send(x.xml)).status, 201)
  const fork = await a.send(fill(task.assignmentId, {}, { deprecatedId: one.instanceId }).xml)
  assert.equal(fork.status, 409)
  // an answer that got lost on the way is repeated, also when the chain went on meanwhile
  assert.equal((await a.send(two.xml)).status, 201)
  const visit = await visitOf(three.instanceId)
  assert.equal(visit['instanceId'], three.instanceId)
  assert.deepEqual((await rows('collection.evidence', two.instanceId)).map((e) => e['state']), ['stored'], 'a file already here is carried over')
  const claims = await p.sql('system', (tx) => tx.selectFrom('collection.claim').select(['instanceId', 'current']).where('visitId', '=', visit['id']).execute()) as { instanceId: string; current: boolean }[]
  assert.deepEqual([...new Set(claims.filter((c) => c.current).map((c) => c.instanceId))], [three.instanceId])
  assert.ok(claims.some((c) => c.instanceId === one.instanceId && !c.current))
  const shown = (await (await p.as('monitorA')).get(`/visits/${visit['id']}`)).body
  assert.deepEqual(shown.versions.map((v: { number: number }) => v.number), [1, 2, 3])
  const answered = shown.sections.flatMap((s: { answers: unknown[] }) => s.answers) as { name: string; value: string; before: { value: string } | null }[]
  assert.deepEqual(answered.find((x) => x.name === 'l08')!.before, { value: 'ya', shown: { id: 'Ya', en: 'Yes' } })
  assert.equal(answered.find((x) => x.name === 'l01_photo')!.value, '', 'what is blank now and was not before is shown')
  // a correction for another class is none
  const other = await f.task('monitorA')
  assert.equal((await a.send(fill(other.assignmentId, {}, { deprecatedId: three.instanceId }).xml)).status, 409)
})

test('a returned visit comes back with its comments, and plain Collect’s new form continues it', async () => {
  const task = await f.task('monitorA')
  const one = fill(task.assignmentId)
  await a.send(one.xml)
  const visit = await visitOf(one.instanceId)
  const { store } = await import('./store.ts')
  await p.context('coordinatorA', async ({ db, now }) => {
    assert.equal(await store(db).review(visit['id'], 'submitted', 'returned', now, { note: 'Lengkapi', comments: [{ path: '/data/instrumen/a/l01', text: 'Mana fotonya?' }] }), true)
    assert.equal(await store(db).review(visit['id'], 'submitted', 'returned', now, { note: 'dua kali', comments: [] }), false)
  })
  await p.sql('system', (tx) => tx.updateTable('assignments.assignment').set({ status: 'returned' }).where('id', '=', task.assignmentId).execute())
  const back = (await (await p.as('monitorA')).get('/tasks')).body.tasks.find((t: { assignmentId: string }) => t.assignmentId === task.assignmentId)
  assert.deepEqual([back.status, back.returned.note, back.returned.comments, back.returned.instanceId], ['returned', 'Lengkapi', [{ path: '/data/instrumen/a/l01', text: 'Mana fotonya?' }], one.instanceId])
  const two = fill(task.assignmentId, { l08: 'tidak' })
  assert.equal((await a.send(two.xml)).status, 201)
  const after = await visitOf(two.instanceId)
  assert.deepEqual([after['id'], after['status'], after['returned'], after['flags']], [visit['id'], 'submitted', null, []])
  assert.equal((await rows('collection.submission', two.instanceId))[0]!['deprecatedId'], one.instanceId)
})

test('re-assigned, cancelled and replaced tasks: the visit is stored and flagged', async () => {
  const set = (assignmentId: string, change: object) => p.sql('system', (tx) => tx.updateTable('assignments.assignment').set(change).where('id', '=', assignmentId).execute())
  for (const [change, flags] of [
    [{ status: 'cancelled', reason: 'uji' }, ['assignment_cancelled']],
    [{ status: 'replaced', reason: 'uji' }, ['assignment_replaced', 'superseded']],
    [{ personId: personId('monitorA2') }, ['assignment_reassigned', 'superseded']],
    [{ personId: null, status: 'offered' }, ['assignment_reassigned', 'superseded']],
  ] as const) {
    const task = await f.task('monitorA')
    await set(task.assignmentId, change)
    const one = fill(task.assignmentId)
    assert.equal((await a.send(one.xml)).status, 201)
    const visit = await visitOf(one.instanceId)
    assert.deepEqual(visit['flags'], flags)
    assert.equal((await (await p.as('monitorA')).get(`/visits/${visit['id']}`)).status, 200)
    if ('personId' in change && change.personId) {
      const theirs = await collect(p, 'monitorA2', f.roundId)
      const second = fill(task.assignmentId)
      assert.equal((await theirs.send(second.xml)).status, 201)
      assert.deepEqual((await visitOf(second.instanceId))['flags'], [], 'the new holder’s visit counts')
    }
  }
})

test('a returned visit whose task went to a colleague is corrected by the colleague', async () => {
  const task = await f.task('monitorA')
  const one = fill(task.assignmentId)
  await a.send(one.xml)
  const visit = await visitOf(one.instanceId)
  const { store } = await import('./store.ts')
  await p.context('coordinatorA', ({ db, now }) => store(db).review(visit['id'], 'submitted', 'returned', now, { note: 'x', comments: [] }))
  await p.sql('system', (tx) => tx.updateTable('assignments.assignment').set({ status: 'returned', personId: personId('monitorA2') }).where('id', '=', task.assignmentId).execute())
  const colleague = await p.as('monitorA2')
  const mine = (await colleague.get('/tasks')).body.tasks.find((t: { assignmentId: string }) => t.assignmentId === task.assignmentId)
  assert.equal(mine.returned.instanceId, one.instanceId)
  assert.equal((await colleague.get(`/visits/${visit['id']}/submissions/${encodeURIComponent(one.instanceId)}/xml`)).body, one.xml)
  const theirs = await collect(p, 'monitorA2', f.roundId)
  const two = fill(task.assignmentId, {}, { deprecatedId: one.instanceId })
  assert.equal((await theirs.send(two.xml)).status, 201)
  const after = await visitOf(two.instanceId)
  assert.deepEqual([after['id'], after['personId'], after['status']], [visit['id'], personId('monitorA2'), 'submitted'])
})

test('10,000 lines of class list keep their hash', async () => {
  const { classCsv } = await import('./rules/openrosa.ts')
  const line = { name: randomUUID(), label: 'Kelas, "uji"', layer: 'expert', schedule_code: 's', provider_name: 'p', venue: 'v', trainer_name: 't', planned_participants: '1', planned_minutes: '180', begins: '09:00', ends: '12:00', session_id: '' }
  const lines = Array.from({ length: 10_000 }, (_, i) => ({ ...line, schedule_code: String(i) }))
  assert.equal(md5(classCsv(lines)), md5(classCsv(structuredClone(lines))))
  assert.equal(classCsv(lines).split('\n').length, 10_002)
})
