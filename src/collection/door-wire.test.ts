import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { patience } from '#server/door-parts.ts'
import { collect, field, filled, multipartOf, png, xformOf, type Collect, type Field } from '../../test/field.ts'
import { personId, testProduct, type TestProduct } from '../../test/product.ts'

/** The door as phones on bad networks and clients with habits of their own meet it: over a real connection, and with bodies no test of a client's good day holds. */
let p: TestProduct
let f: Field
let a: Collect
let onsite: Awaited<ReturnType<typeof xformOf>>
let port: number
const sockets: Socket[] = []
before(async () => {
  p = await testProduct()
  f = await field(p)
  await f.task('monitorA')
  a = await collect(p, 'monitorA', f.roundId)
  onsite = await xformOf(p, 'onsite')
  await p.app.listen({ port: 0, host: '127.0.0.1' })
  port = (p.app.server.address() as AddressInfo).port
})
after(() => {
  for (const s of sockets) s.destroy()
  return p.close()
})

const sha = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')
const rows = (table: string, instanceId: string) => p.sql('system', (tx) => tx.selectFrom(table).selectAll().where('instanceId' as never, '=', instanceId as never).execute()) as Promise<Record<string, any>[]>
const fill = (assignmentId: string, more: Record<string, string> = {}, ids: Parameters<typeof filled>[2] = {}) => filled(onsite.xform, { kelas: assignmentId, outcome: 'took_place', l01: 'ya', ...more }, ids)
const message = (body: string) => /<message nature="([^"]*)">([^<]*)</.exec(body)!
const part = (xml: string | Buffer) => ({ name: 'xml_submission_file', filename: 'isi.xml', type: 'text/xml', body: xml })

/** A phone that begins to send and then says nothing more. */
const hanging = async (length: number): Promise<Socket> => {
  const s = connect(port, '127.0.0.1')
  sockets.push(s)
  s.on('error', () => {})
  s.write(`POST ${a.base}/submission HTTP/1.1\r\nHost: uji\r\nX-OpenRosa-Version: 1.0\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: ${length}\r\n\r\n--x\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="a"\r\n\r\n<data>`)
  await new Promise((done) => s.once('connect', done))
  return s
}
const posted = async (base: string, { payload, headers }: ReturnType<typeof multipartOf>): Promise<{ status: number; body: string }> => {
  const r = await fetch(`http://127.0.0.1:${port}${base}/submission`, { method: 'POST', headers: { 'x-openrosa-version': '1.0', ...headers }, body: payload as never, signal: AbortSignal.timeout(20_000) })
  return { status: r.status, body: await r.text() }
}

test('phones that lost their network in the middle of sending do not close the door to the others', async () => {
  const { xml } = fill((await f.task('monitorA')).assignmentId)
  // gone while they were read, and while they waited to be read
  const gone = await Promise.all(Array.from({ length: 20 }, () => hanging(17_000_000)))
  await wait(300)
  for (const s of gone) s.destroy()
  await wait(300)
  assert.equal((await posted(a.base, multipartOf([part(xml)]))).status, 201)
  // silent, but not known to be gone: small ones take no room from anybody ...
  await Promise.all(Array.from({ length: 20 }, () => hanging(100_000)))
  await wait(300)
  assert.equal((await posted(a.base, multipartOf([part(xml)]))).status, 201)
  // ... and large ones only until they have been silent for too long
  const usual = patience.silence
  patience.silence = 500
  const silent = await Promise.all(Array.from({ length: 20 }, () => hanging(17_000_000)))
  await wait(300)
  assert.equal((await posted(a.base, multipartOf([part(xml)]))).status, 201)
  await wait(1500)
  assert.ok(silent.every((s) => s.closed || s.destroyed), 'the connection of a silent phone is given up')
  patience.silence = usual
})

test('who is refused hears why, also while still sending ten megabytes', async () => {
  const monitor = await p.as('monitorA')
  const made = await monitor.post('/keys', { roundId: f.roundId })
  await monitor.post(`/keys/${made.body.id}/revoke`)
  const photo = { name: 'x.png', filename: 'x.png', type: 'image/png', body: Buffer.concat([png, Buffer.alloc(12_000_000)]) }
  for (let i = 0; i < 5; i++) {
    const revoked = await posted(made.body.path, multipartOf([part('<data/>'), photo]))
    assert.deepEqual([revoked.status, message(revoked.body)[1]], [403, 'error'])
    const tooMany = await posted(a.base, multipartOf([...Array.from({ length: 140 }, (_, n) => ({ name: `${n}`, body: 'x' })), photo]))
    assert.equal(tooMany.status, 413)
    const large = await posted(a.base, multipartOf([part(Buffer.alloc(3_000_000, 32)), photo]))
    assert.equal(large.status, 413)
  }
})

test('a visit with more files than one POST takes comes as Collect splits it: 101 files and the answers, then the rest', async () => {
  const task = await f.task('monitorA')
  const { xml, instanceId } = fill(task.assignmentId, { l01_photo: 'f0.png', l04_photo: 'f101.png' })
  const file = (n: number) => ({ name: `f${n}.png`, filename: `f${n}.png`, type: 'image/png', body: png })
  const first = await a.post(multipartOf([part(xml), ...Array.from({ length: 101 }, (_, n) => file(n)), { name: '*isIncomplete*', body: 'yes' }]))
  assert.deepEqual([first.status, message(first.body)[1]], [201, ''], first.body)
  assert.equal((await a.post(multipartOf([part(xml), file(101)]))).status, 201)
  assert.deepEqual((await rows('collection.evidence', instanceId)).map((e) => e['state']), ['stored', 'stored'])
})

test('two submissions in one POST are none', async () => {
  const task = await f.task('monitorA')
  const [one, two] = [fill(task.assignmentId), fill(task.assignmentId)]
  for (const parts of [[part(one.xml), part(two.xml)], [part(one.xml), { name: 'xml_submission_file', body: two.xml }]]) {
    const answer = await a.post(multipartOf(parts))
    assert.deepEqual([answer.status, message(answer.body)[1]], [400, 'error'])
  }
  for (const x of [one, two]) assert.deepEqual(await rows('collection.submission', x.instanceId), [])
})

test('the original is kept byte for byte: with a byte order mark, with Windows line ends', async () => {
  for (const change of [(x: string) => `\ufeff${x}`, (x: string) => x.replaceAll('><', '>\r\n<')]) {
    const { xml, instanceId } = fill((await f.task('monitorA')).assignmentId)
    const sent = Buffer.from(change(xml))
    assert.equal((await a.send(sent)).status, 201)
    // hashed by the database: the embedded one's driver leaves the mark out when it reads
    const [stored] = await p.sql('system', (tx) => tx.selectFrom('collection.submission').select(sql<string>`encode(sha256(convert_to(xml, 'UTF8')), 'hex')`.as('kept')).select('xmlSha256').where('instanceId', '=', instanceId).execute()) as { kept: string; xmlSha256: string }[]
    assert.deepEqual([stored!.kept, stored!.xmlSha256], [sha(sent), sha(sent)])
  }
})

test('XML made to explode is refused: names that add up to long paths', async () => {
  const { xml } = fill((await f.task('monitorA')).assignmentId)
  const long = 'n'.repeat(20_000)
  const answer = await a.send(xml.replace('</data>', `<${long}>${'<b>1</b>'.repeat(500)}</${long}></data>`))
  assert.deepEqual([answer.status, message(answer.body)[1]], [400, 'error'])
  const deep = Array.from({ length: 50 }, (_, i) => `n${i}${'x'.repeat(100)}`)
  assert.equal((await a.send(xml.replace('</data>', `${deep.map((n) => `<${n}>`).join('')}1${deep.toReversed().map((n) => `</${n}>`).join('')}</data>`))).status, 400)
})

test('six thousand photos named in one submission are six thousand slots', async () => {
  const { xml, instanceId } = fill((await f.task('monitorA')).assignmentId)
  const answer = await a.send(xml.replace('<l01_photo/>', Array.from({ length: 6000 }, (_, i) => `<l01_photo>${i}.jpg</l01_photo>`).join('')))
  assert.equal(answer.status, 201, answer.body)
  assert.equal((await rows('collection.evidence', instanceId)).length, 6000)
})

test('a device that says odd things about itself is let in', async () => {
  for (const [query, kept] of [['?deviceID=a&deviceID=b', 'a'], ['?deviceID=x%00y%0A', 'xy'], ['?deviceID=', null], ['', null]] as const) {
    const { xml, instanceId } = fill((await f.task('monitorA')).assignmentId)
    const { payload, headers } = multipartOf([part(xml)])
    const answer = await p.app.inject({ method: 'POST', url: `${a.base}/submission${query}`, headers: { 'x-openrosa-version': '1.0', ...headers }, payload })
    assert.equal(answer.statusCode, 201, `${query}: ${answer.body}`)
    assert.equal((await rows('collection.submission', instanceId))[0]!['deviceId'], kept)
  }
})

test('a name with quotation marks, which clients send as %22, finds its file', async () => {
  const { xml, instanceId } = fill((await f.task('monitorA')).assignmentId, { l01_photo: 'ruang "A".png' })
  assert.equal((await a.send(xml, [{ name: 'ruang %22A%22.png', body: png }])).status, 201)
  assert.deepEqual((await rows('collection.evidence', instanceId)).map((e) => [e['name'], e['state']]), [['ruang "A".png', 'stored']])
})

test('addresses that are none are answered in the client’s form and the person’s language', async () => {
  for (const path of ['/forms/%zz.xml', `/forms/${'x'.repeat(4000)}.xml`, '/forms/lain/manifest', '/forms/lain/attachments/kelas.csv', '/forms/lain.xml']) {
    const answer = await a.get(path)
    assert.ok(answer.status >= 400 && answer.status < 500, `${path}: ${answer.status}`)
    assert.match(String(answer.headers['content-type']), /^text\/xml/, path)
    assert.equal(message(answer.body)[1], 'error', path)
    assert.doesNotMatch(answer.body, /FST_|not a valid/)
  }
  // a phone may hold drafts of a form it has no open task for
  assert.equal((await a.get('/forms/pantau_webinar/manifest')).status, 200)
  const json = await (await p.as('office')).get('/%zz')
  assert.deepEqual([json.status, json.body.code], [400, 'request.malformed'])
})

test('what is wrong with the XML is said without the words of the parser', async () => {
  for (const xml of ['<data><a></data>', '<data>&foo;</data>', '', '\n<?xml version="1.0"?><data/>']) {
    const said = message((await a.send(xml)).body)[2]!
    assert.doesNotMatch(said, /close tag|entity|declaration|empty|\.\./, said)
    assert.ok(said.startsWith('Isi kiriman'), said)
  }
})

test('twenty retries at once are one visit, each told 201; of five corrections at once one is taken', async () => {
  const { xml, instanceId } = fill((await f.task('monitorA')).assignmentId, { l01_photo: 'a.png' })
  const body = () => multipartOf([part(xml), { name: 'a.png', filename: 'a.png', type: 'image/png', body: png }])
  assert.deepEqual([...new Set((await Promise.all(Array.from({ length: 20 }, () => posted(a.base, body())))).map((x) => x.status))], [201])
  const [stored, ...more] = await rows('collection.submission', instanceId)
  assert.deepEqual([more.length, (await rows('collection.evidence', instanceId)).map((e) => e['state'])], [0, ['stored']])
  const assignmentId = /<kelas>([^<]*)</.exec(xml)![1]!
  const edits = await Promise.all(Array.from({ length: 5 }, () => posted(a.base, multipartOf([part(fill(assignmentId, { l08: 'tidak' }, { deprecatedId: instanceId }).xml)]))))
  assert.deepEqual(edits.map((x) => x.status).sort(), [201, 409, 409, 409, 409])
  const versions = await p.sql('system', (tx) => tx.selectFrom('collection.submission').select('versionNo').where('visitId', '=', stored!['visitId']).orderBy('versionNo').execute()) as { versionNo: number }[]
  assert.deepEqual(versions.map((v) => v.versionNo), [1, 2])
})

test('the key of one person does not open another person’s task, and stays shut for who may not submit', async () => {
  const theirs = await f.task('monitorA2')
  assert.equal((await a.send(fill(theirs.assignmentId).xml)).status, 403)
  assert.equal((await (await p.as('coordinatorA')).post('/keys', { roundId: f.roundId, personId: personId('coordinatorA') })).status, 400)
})
