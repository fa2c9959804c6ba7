import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { store as collection } from '#collection/store.ts'
import { noteDelivery } from '#notices/api.ts'
import { collect, field, filled, png, xformOf, type Field } from '../../test/field.ts'
import { organisationId, personId, testProduct, type TestProduct } from '../../test/product.ts'

/** From the claims of an approved visit to a closed finding, through the API. The clock is the test's own. */
let p: TestProduct
let f: Field
let xform: string
before(async () => {
  p = await testProduct()
  f = await field(p)
  xform = (await xformOf(p, 'onsite')).xform
})
after(() => p.close())
beforeEach(() => void (p.clock.now = new Date('2026-11-20T03:00:00Z'))) // a Friday, 10.00 WIB

/** A visit with one critical (no class as listed) and one minor (no facilitator) item, sent by the monitor and approved by both stages. */
const approvedVisit = async (): Promise<{ visitId: string; classRunId: string }> => {
  const task = await f.task('monitorA')
  const one = filled(xform, { kelas: task.assignmentId, outcome: 'took_place', l01: 'tidak', l01_photo: 'bukti.png', l08: 'tidak' })
  const sent = await (await collect(p, 'monitorA', f.roundId)).send(one.xml, [{ name: 'bukti.png', body: png }])
  assert.equal(sent.status, 201, sent.body)
  const { id } = (await p.sql('system', (tx) => tx.selectFrom('collection.visit').select('id').where('assignmentId', '=', task.assignmentId).executeTakeFirstOrThrow())) as { id: string }
  const judged = { instanceId: one.instanceId, decision: 'approved' }
  assert.equal((await (await p.as('coordinatorA')).post(`/visits/${id}/coordination`, judged)).status, 200)
  assert.equal((await (await p.as('office')).post(`/visits/${id}/decision`, judged)).status, 200)
  return { visitId: id, classRunId: task.classRunId }
}
const office = async () => p.as('office')
const provider = async () => p.as('providerA')
const show = async (id: string) => (await (await office()).get(`/findings/${id}`)).body
const drafts = async (classRunId: string) => (await (await office()).get(`/findings?status=draft&classRunId=${classRunId}`)).body.rows as { id: string; number: string; item: string; severity: string; version: number }[]
const confirmed = async (evidence = false) => {
  const visit = await approvedVisit()
  const [draft] = (await drafts(visit.classRunId)).filter((d) => d.severity === 'critical')
  const { candidates } = await show(draft!.id)
  const answer = await (await office()).post(`/findings/${draft!.id}/confirm`, { version: draft!.version, evidenceIds: evidence ? [candidates[0].evidenceId] : [] })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return { ...visit, id: draft!.id, evidenceId: candidates[0]?.evidenceId as string }
}
const clockNotice = async (id: string) => ((await p.sql('system', (tx) => tx.selectFrom('findings.finding').select('clockNoticeId').where('id', '=', id).executeTakeFirstOrThrow())) as { clockNoticeId: string }).clockNoticeId
const openNotice = async (id: string) => assert.equal((await (await provider()).post(`/notices/${await clockNotice(id)}/open`)).status, 200)
const reply = async (id: string, version: number, files: object[] = []) => (await provider()).post(`/findings/${id}/replies`, { version, text: 'Kelas sudah diganti.', files })
const upload = async (id: string, bytes: Uint8Array | string) => (await provider()).post(`/findings/${id}/files`, { content: Buffer.from(bytes).toString('base64') })

test('approval drafts one finding per broken compliance item, with norm, sentence, allowance and number; nothing reaches the provider', async () => {
  const { classRunId, visitId } = await approvedVisit()
  const rows = await drafts(classRunId)
  assert.deepEqual(rows.map((r) => [r.item, r.severity]), [['L01', 'critical'], ['L08', 'minor']])
  assert.ok(rows.every((r) => /^T-2026-\d{6}$/.test(r.number)) && new Set(rows.map((r) => r.number)).size === 2)
  const [critical, minor] = [await show(rows[0]!.id), await show(rows[1]!.id)]
  assert.deepEqual([critical.replyAllowed, critical.correctionAllowed], [{ n: 2, unit: 'working_day' }, null])
  assert.deepEqual([minor.replyAllowed, minor.correctionAllowed], [null, { n: 30, unit: 'calendar_day' }])
  assert.equal(critical.norm.code, 'delivery.takes_place')
  assert.match(critical.broken.id, /Tidak/)
  assert.match(critical.broken.en, /No/)
  assert.deepEqual([critical.origin.visitId, critical.replyDueAt, critical.deliveredAt], [visitId, null, null])
  assert.deepEqual(critical.candidates.map((c: { name: string; sameItem: boolean }) => [c.name, c.sameItem]), [['bukti.png', true]])
  assert.equal((await (await provider()).get(`/findings/${rows[0]!.id}`)).status, 404)
  assert.deepEqual((await (await provider()).get('/findings')).body.rows.filter((r: { id: string }) => rows.some((x) => x.id === r.id)), [])
})

test('a photo with place, device and owner in it reaches the provider without them, and no other way', async () => {
  const segment = (marker: number, content: Buffer) => Buffer.concat([Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255]), content])
  // EXIF as a camera writes it: the way up (6), and the place in a GPS directory
  const exif = Buffer.from('45786966000049492a0008000000020012010300010000000600000025880400010000002600000000000000010001000200020000004e00000000000000', 'hex')
  const secret = 'Kamera Sari -0.0263 109.3425'
  const body = { name: 'bukti.jpg', type: 'image/jpeg', body: Buffer.concat([
    Buffer.from([0xff, 0xd8]), segment(0xe1, Buffer.concat([exif, Buffer.from(secret)])), segment(0xfe, Buffer.from(secret)),
    segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])), segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([0x12, 0x34, 0xff, 0xd9]), Buffer.from(secret),
  ]) }
  const task = await f.task('monitorA')
  const one = filled(xform, { kelas: task.assignmentId, outcome: 'took_place', l01: 'tidak', l01_photo: 'bukti.jpg' })
  const sent = await (await collect(p, 'monitorA', f.roundId)).send(one.xml, [body])
  assert.deepEqual([sent.status, /tidak dapat dipakai/.test(sent.body)], [201, false], sent.body)
  const { id: visitId } = (await p.sql('system', (tx) => tx.selectFrom('collection.visit').select('id').where('assignmentId', '=', task.assignmentId).executeTakeFirstOrThrow())) as { id: string }
  const judged = { instanceId: one.instanceId, decision: 'approved' }
  for (const [who, path] of [['coordinatorA', 'coordination'], ['office', 'decision']] as const) assert.equal((await (await p.as(who)).post(`/visits/${visitId}/${path}`, judged)).status, 200)
  const [draft] = await drafts(task.classRunId)
  const { candidates } = await show(draft!.id)
  const { evidenceId } = candidates[0]
  assert.ok((await (await office()).get(`/visits/${visitId}/evidence/${evidenceId}`)).raw.includes(secret), 'the office keeps the original')
  assert.equal((await (await office()).post(`/findings/${draft!.id}/confirm`, { version: draft!.version, evidenceIds: [evidenceId] })).status, 200)
  const seen = await (await provider()).get(`/findings/${draft!.id}/evidence/${evidenceId}`)
  assert.deepEqual([seen.status, seen.headers['content-type']], [200, 'image/jpeg'])
  for (const word of [secret, 'Sari', '109.3425']) assert.ok(!seen.raw.includes(word), word)
  assert.ok(!seen.raw.includes(Buffer.from([0x25, 0x88])), 'no pointer to a GPS directory')
  assert.deepEqual([...seen.raw.subarray(2, 4)], [0xff, 0xe1], 'which way is up stays')
  for (const path of [`/visits/${visitId}/evidence/${evidenceId}`, `/visits/${visitId}`, `/visits/${visitId}/submissions/${encodeURIComponent(one.instanceId)}/xml`]) assert.equal((await (await provider()).get(path)).status, 403, path)
})

test('no clock before delivery; working days skip the weekend and holidays, in the provider\'s zone', async () => {
  const { id } = await confirmed()
  p.clock.now = new Date('2026-12-24T16:30:00Z') // Thursday 23.30 WIB
  assert.deepEqual([(await show(id)).replyDueAt, (await show(id)).due], [null, null])
  const holidays = (await p.sql('system', (tx) => sql<{ day: string }>`select day from standards.holiday where day between '2026-12-25' and '2026-12-31'`.execute(tx))).rows.map((r) => r.day)
  assert.ok(holidays.includes('2026-12-25'), 'Christmas is a holiday in the reference data')
  await openNotice(id)
  const shown = await show(id)
  assert.equal(Date.parse(shown.deliveredAt), p.clock.now.getTime())
  // the two working days after 24 December, counted by hand from the holidays
  const working = ['2026-12-25', '2026-12-26', '2026-12-27', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31'].filter((d) => !holidays.includes(d) && ![0, 6].includes(new Date(`${d}T00:00:00Z`).getUTCDay()))
  assert.equal(Date.parse(shown.replyDueAt), Date.parse(`${working[1]}T17:00:00Z`)) // midnight WIB
  // a second proof of delivery moves nothing
  p.clock.now = new Date('2026-12-28T03:00:00Z')
  await openNotice(id)
  assert.equal((await show(id)).replyDueAt, shown.replyDueAt)
  p.clock.now = new Date('2027-01-20T03:00:00Z')
  assert.equal((await show(id)).due.overdue, true)
  assert.ok((await (await office()).get('/findings?overdue=true&size=200')).body.rows.some((r: { id: string }) => r.id === id))
})

test('the zone is that of the provider\'s home regency, and a letter that was accepted starts the clock as well', async () => {
  await p.sql('system', (tx) => sql`insert into registry.home_region (organisation_id, regency_code) select ${organisationId('test-provider-a')}, code from registry.regency where province_code = (select code from registry.province where zone = 'WIT' order by code limit 1) order by code limit 1`.execute(tx))
  const { id } = await confirmed()
  p.clock.now = new Date('2026-11-23T15:30:00Z') // Monday in WIB, already Tuesday in WIT
  const noticeId = await clockNotice(id)
  await p.context('system', (context) => noteDelivery(context, noticeId, { kind: 'finding', id }))
  const shown = await show(id)
  assert.equal(shown.zone, 'WIT')
  assert.equal(Date.parse(shown.replyDueAt), Date.parse('2026-11-26T15:00:00Z')) // end of Thursday in WIT
  await p.sql('system', (tx) => sql`delete from registry.home_region where organisation_id = ${organisationId('test-provider-a')}`.execute(tx))
})

test('confirmed → answered → returned → answered → closed, each told, each return with a clock of its own', async () => {
  const { id } = await confirmed(true)
  await openNotice(id)
  const file = await upload(id, '%PDF-1.7\nJadwal baru')
  assert.equal(file.status, 200, JSON.stringify(file.body))
  assert.equal((await reply(id, (await show(id)).version, [{ sha256: file.body.sha256, name: '../../Jadwal baru.pdf' }])).status, 200)
  let now = await show(id)
  assert.deepEqual([now.status, now.replies[0].files[0].name, now.replies[0].files[0].mime], ['answered', 'Jadwal baru.pdf', 'application/pdf'])
  const got = await (await office()).get(`/findings/${id}/replies/${now.replies[0].id}/files/${file.body.sha256}`)
  assert.deepEqual([got.raw.toString(), got.headers['content-type']], ['%PDF-1.7\nJadwal baru', 'application/pdf'])
  assert.match(String(got.headers['content-disposition']), /^attachment/)

  assert.equal((await (await office()).post(`/findings/${id}/return`, { version: now.version, note: 'Daftar hadir belum ada' })).status, 200)
  now = await show(id)
  assert.deepEqual([now.status, now.deliveredAt, now.replyDueAt], ['returned', null, null])
  p.clock.now = new Date('2026-12-01T03:00:00Z')
  await openNotice(id)
  assert.equal(Date.parse((await show(id)).replyDueAt), Date.parse('2026-12-03T17:00:00Z'))
  assert.equal((await reply(id, (await show(id)).version)).status, 200)
  now = await show(id)
  assert.equal((await (await provider()).post(`/findings/${id}/close`, { version: now.version, note: 'x' })).status, 403)
  assert.equal((await (await office()).post(`/findings/${id}/close`, { version: now.version, note: 'Terbukti' })).status, 200)
  assert.equal((await reply(id, now.version + 1)).body.code, 'finding.not_allowed')
  const own = (await (await provider()).get(`/findings/${id}`)).body
  assert.deepEqual(own.events.map((e: { act: string }) => e.act).filter((a: string) => a !== 'drafted').sort(), ['closed', 'confirmed', 'delivered', 'delivered', 'replied', 'replied', 'returned'])
  assert.equal(own.closingNote, 'Terbukti')
  const told = (await p.sql('system', (tx) => tx.selectFrom('notices.notice').select(['kind', 'scope']).where('aboutId', '=', id).execute())) as { kind: string; scope: string }[]
  assert.deepEqual(told.map((n) => `${n.kind} ${n.scope}`).sort(), ['finding_answered office', 'finding_answered office', 'finding_closed provider', 'finding_confirmed provider', 'finding_returned provider'])
})

test('a dismissed draft keeps its reason and is never seen outside the office and the team', async () => {
  const { classRunId } = await approvedVisit()
  const [draft] = await drafts(classRunId)
  assert.equal((await (await office()).post(`/findings/${draft!.id}/dismiss`, { version: draft!.version, reason: ' ' })).status, 400)
  assert.equal((await (await office()).post(`/findings/${draft!.id}/dismiss`, { version: draft!.version, reason: 'Salah baca' })).status, 200)
  assert.equal((await show(draft!.id)).dismissedReason, 'Salah baca')
  for (const persona of ['providerA', 'platformA'] as const) assert.equal((await (await p.as(persona)).get(`/findings/${draft!.id}`)).status, 404, persona)
  assert.equal((await (await p.as('monitorA')).get(`/findings/${draft!.id}`)).body.status, 'dismissed')
  assert.equal((await (await p.as('monitorB')).get(`/findings/${draft!.id}`)).status, 404)
})

test('whoever looked at an older version is refused and given the present one', async () => {
  const { id } = await confirmed()
  const { version } = await show(id)
  const both = await Promise.all([reply(id, version), reply(id, version)])
  assert.deepEqual(both.map((b) => b.status).sort(), [200, 409])
  const refused = both.find((b) => b.status === 409)!.body
  assert.deepEqual([refused.code, refused.detail.current.version, refused.detail.current.origin], ['finding.changed_meanwhile', version + 1, null])
  for (const [path, more] of [['return', { note: 'x' }], ['close', { note: 'x' }], ['dismiss', { reason: 'x' }], ['confirm', { evidenceIds: [] }]] as const)
    assert.equal((await (await office()).post(`/findings/${id}/${path}`, { version, ...more })).body.code, 'finding.changed_meanwhile', path)
})

test('a provider never learns where a finding came from: not by the API, not by its own rows', async () => {
  const { id, visitId, evidenceId } = await confirmed(true)
  const own = await (await provider()).get(`/findings/${id}`)
  assert.equal(own.status, 200)
  const secrets = [visitId, organisationId('test-university-a'), personId('monitorA'), personId('coordinatorA'), 'Uji monitorA', 'Uji test-university-a', 'bukti.png', 'uuid:']
  for (const secret of secrets) assert.ok(!JSON.stringify(own.body).includes(secret), `the API says ${secret}`)
  assert.equal(own.body.origin, null)
  assert.equal((await (await provider()).get(`/findings/${id}/evidence/${evidenceId}`)).headers['content-type'], 'image/png')
  for (const persona of ['providerB', 'platformB', 'monitorB'] as const) assert.equal((await (await p.as(persona)).get(`/findings/${id}/evidence/${evidenceId}`)).status, 404, persona)
  for (const path of [`/visits/${visitId}`, `/visits/${visitId}/history`, `/visits/${visitId}/evidence/${evidenceId}`]) assert.equal((await (await provider()).get(path)).status, 403, path)

  // every table of the product, under the application's own role
  const tables = (await p.sql('system', (tx) => sql<{ name: string }>`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'auth', 'access')`.execute(tx))).rows
  assert.ok(tables.length > 30)
  const seen: string[] = []
  for (const persona of ['providerA', 'platformA'] as const)
    for (const { name } of tables) {
      const { rows } = await p.sql(persona, (tx) => sql<{ row: string }>`select to_jsonb(x)::text as row from ${sql.table(name)} x`.execute(tx))
      for (const secret of [visitId, organisationId('test-university-a'), personId('monitorA'), personId('coordinatorA')]) if (rows.some((r) => r.row.includes(secret))) seen.push(`${persona} ${name} ${secret}`)
    }
  assert.deepEqual(seen, [])
  // nor may it change what was found
  await assert.rejects(p.sql('providerA', (tx) => tx.updateTable('findings.finding').set({ severity: 'minor' }).where('id', '=', id).execute()), { code: '42501' })
  await assert.rejects(p.sql('providerA', (tx) => tx.updateTable('findings.finding').set({ status: 'closed' }).where('id', '=', id).execute()), { code: '42501' })
})

test('evidence of another visit is not released', async () => {
  const other = await confirmed(true)
  const { classRunId } = await approvedVisit()
  const [draft] = await drafts(classRunId)
  const answer = await (await office()).post(`/findings/${draft!.id}/confirm`, { version: draft!.version, evidenceIds: [other.evidenceId] })
  assert.deepEqual([answer.status, answer.body.code], [400, 'finding.evidence_not_releasable'])
  assert.equal((await show(draft!.id)).status, 'draft')
})

test('a reply\'s file is known by its bytes; a hostile one is refused and nothing is stored', async () => {
  const { id } = await confirmed()
  const stored = () => p.sql('system', (tx) => tx.selectFrom('files.file').select('sha256').where('organisationId', '=', organisationId('test-provider-a')).execute())
  const before = (await stored()).length
  for (const [what, bytes] of Object.entries({ program: 'MZ\x90\x00', page: '<html><script>alert(1)</script>', picture: '<svg onload="alert(1)"/>', empty: '\n\n\n\n', zip: 'PK\x03\x04not an office file', brokenImage: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) }))
    assert.deepEqual([(await upload(id, bytes)).body.code, what], ['finding.file_kind', what])
  const large = Buffer.alloc(10_000_001, 32)
  large.write('%PDF-1.7')
  assert.equal((await upload(id, large)).status >= 400, true)
  assert.equal((await stored()).length, before)
  assert.equal((await (await p.as('providerB')).post(`/findings/${id}/files`, { content: Buffer.from('%PDF-1.7').toString('base64') })).status, 404)
  assert.equal((await reply(id, (await show(id)).version, [{ sha256: 'a'.repeat(64), name: 'x.pdf' }])).body.code, 'finding.file_unknown')
})

test('a platform reads, and only its own listing; nobody but the office decides', async () => {
  const { id } = await confirmed()
  const seen = (await (await p.as('platformA')).get(`/findings/${id}`)).body
  assert.deepEqual([seen.status, seen.origin, seen.replies, seen.released], ['confirmed', null, [], []])
  assert.equal((await (await p.as('platformB')).get(`/findings/${id}`)).status, 404)
  for (const persona of ['platformA', 'coordinatorA', 'monitorA', 'providerA', 'partner'] as const) assert.equal((await (await p.as(persona)).post(`/findings/${id}/dismiss`, { version: 2, reason: 'x' })).status, 403, persona)
})

test('the most urgent is what waits for the reader: overdue, then severe, then soonest due; settled ones stand last', async () => {
  const mine = async (persona: 'office' | 'providerA', query = '') => (await (await p.as(persona)).get(`/findings?size=200${query}`)).body as { rows: { id: string; status: string; severity: string; due: { overdue: boolean } | null }[]; urgent: string | null; counts: Record<string, number> }
  const { id, classRunId } = await confirmed()
  await openNotice(id)
  const [minor] = await drafts(classRunId)
  assert.equal((await (await office()).post(`/findings/${minor!.id}/confirm`, { version: minor!.version, evidenceIds: [] })).status, 200)
  await openNotice(minor!.id)
  p.clock.now = new Date('2027-03-01T03:00:00Z')
  const later = await confirmed()
  const seen = await mine('providerA')
  assert.equal(seen.urgent, seen.rows[0]!.id)
  assert.deepEqual(seen.rows.filter((r) => [id, minor!.id, later.id].includes(r.id)).map((r) => r.id), [id, minor!.id, later.id])
  const rank = (r: { status: string }, first: readonly string[]) => (first.includes(r.status) ? 0 : ['closed', 'dismissed'].includes(r.status) ? 2 : 1)
  for (const [persona, first] of [['office', ['answered', 'draft']], ['providerA', ['confirmed', 'returned']]] as const) {
    const ranks = (await mine(persona)).rows.map((r) => rank(r, first))
    assert.deepEqual(ranks, [...ranks].sort(), persona)
  }
  assert.ok((await mine('office', '&status=open')).rows.every((r) => ['confirmed', 'returned', 'answered'].includes(r.status)))
  const narrowed = await mine('office', '&status=closed&severity=minor')
  assert.equal(narrowed.urgent, (await mine('office')).rows[0]!.id, 'filters do not change what is most urgent')
  assert.equal((await (await p.as('platformA')).get('/findings')).body.urgent, null, 'nothing waits for a platform')
})

test('an approval that is heard twice drafts nothing twice, and numbers stay unique under concurrency', async () => {
  const { visitId, classRunId } = await approvedVisit()
  await assert.rejects(p.context('office', (context) => context.emit({ kind: 'visit.approved', id: visitId })))
  assert.equal((await drafts(classRunId)).length, 2)
  await Promise.all([approvedVisit(), approvedVisit(), approvedVisit()])
  const numbers = ((await p.sql('system', (tx) => tx.selectFrom('findings.finding').select('number').execute())) as { number: string }[]).map((r) => r.number)
  assert.equal(new Set(numbers).size, numbers.length)
  assert.ok((await p.context('office', ({ db }) => collection(db).claims(visitId))).length > 0)
})
