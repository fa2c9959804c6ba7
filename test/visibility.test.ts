import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { sql, type Kysely } from 'kysely'
import { acceptance } from '#access/contract.ts'
import { rooms } from '#server/rooms.ts'
import { membershipId, newId, organisationId, personId, testProduct, type Persona, type TestProduct } from './product.ts'

/** The visibility matrix is data; this walks every role through every table and every endpoint. */
const matrix = JSON.parse(readFileSync(new URL('../docs/visibility.json', import.meta.url), 'utf8')) as {
  columns: string[]; tables: Record<string, ('all' | 'own' | 'none')[]>; matrix: { data: string; tables?: string[]; later?: string }[]
}
const personas: Readonly<Record<string, Persona | 'nobody'>> = {
  office: 'office', coordinator: 'coordinatorA', monitor: 'monitorA', provider: 'providerA', platform: 'platformA', partner: 'partner', public: 'nobody',
}

let p: TestProduct
before(async () => {
  p = await testProduct()
  await p.sql('system', twoCases)
  // nobody writes these for others through the product, so the owner does
  await p.database.owner.query(`reset role; insert into notices.reading (notice_id, person_id, read_at) select id, person_id, now() from notices.notice;
    insert into notices.delivery (id, notice_id, address, subject, body, next_at) select gen_random_uuid(), id, 'x', 'x', 'x', now() from notices.notice limit 1`)
})
after(() => p.close())

/** Two cases that must not see each other: A (university A, provider A, platform A) and B. Every table gets a row of each. */
const twoCases = async (tx: Kysely<any>) => {
  const day = new Date('2026-11-02T02:00:00Z')
  const put = (table: string, row: object) => tx.insertInto(table).values(row).execute()
  const version = newId()
  await tx.insertInto('standards.instrument').values({ code: 'uji', mode: 'webinar', titleId: 'Uji', titleEn: 'Test' }).onConflict((c) => c.doNothing()).execute()
  await put('standards.instrumentVersion', { id: version, instrument: 'uji', formId: 'uji', version: '1', title: 'Uji', workbookSha256: 'x', xform: '<h/>', xformMd5: 'x', languages: '[]', inForceFrom: '2020-01-01', status: 'published', publishedAt: day })
  await put('standards.item', { versionId: version, code: 'W01', position: 1, tag: 'compliance', layers: ['expert'], labelId: 'x', labelEn: 'x', names: ['w01'], definition: '{}' })
  await put('registry.importBatch', { id: newId(), kind: 'class_runs', fileName: 'x', sha256: 'x', organisationId: organisationId('test-office'), startedBy: personId('office'), createdAt: day, status: 'checked' })
  await sql`insert into registry.import_row (batch_id, line, key) select id, 2, 'x' from registry.import_batch`.execute(tx)
  await put('insight.published', { key: 'uji', asOf: day, value: '{}' })
  const round = { id: newId(), code: 'UJI-1', title: 'Uji', periodFrom: '2026-11-01', periodTo: '2026-11-30', filter: JSON.stringify({ modes: [], provinces: [], providerIds: [] }), design: JSON.stringify({ stratifyBy: [], floor: 0.3, allocation: { kind: 'proportional', total: 1 }, dueDays: 3 }), status: 'sent', createdBy: personId('office'), createdAt: day }
  const other = { ...round, id: newId(), code: 'UJI-2' }
  for (const letter of ['a', 'b'] as const) {
    const L = letter.toUpperCase() as 'A' | 'B'
    const [university, provider, platform] = [`test-university-${letter}`, `test-provider-${letter}`, `test-platform-${letter}`].map(organisationId) as [string, string, string]
    const [monitor, coordinator] = [personId(`monitor${L}`), personId(`coordinator${L}`)]
    const r = letter === 'a' ? round : other
    const id = Object.fromEntries(['training', 'run', 'session', 'drawn', 'assignment', 'visit', 'claim', 'evidence', 'finding', 'draft', 'reply', 'review', 'notice'].map((k) => [k, newId()])) as Record<string, string>
    await put('registry.training', { id: id['training'], courseCode: `K${L}`, title: 'x', providerId: provider, mode: 'webinar' })
    await put('registry.classRun', { id: id['run'], scheduleCode: `J${L}`, trainingId: id['training'], providerId: provider, platformId: platform, mode: 'webinar', regencyCode: '32.01', startsOn: '2026-11-02', endsOn: '2026-11-06', plannedParticipants: 30, rowDigest: 'x' })
    await put('registry.session', { id: id['session'], classRunId: id['run'], sequence: 1, beginsAt: day, endsAt: new Date(day.getTime() + 3_600_000) })
    await put('registry.affiliation', { id: newId(), organisationId: university, affiliateId: platform, kind: 'sharedOwner', source: 'uji' })
    await put('registry.affiliation', { id: newId(), organisationId: organisationId(letter === 'a' ? 'test-payment' : 'test-office'), affiliateId: provider, kind: 'sharedOwner', source: 'uji' })
    await put('sampling.round', r)
    await put('sampling.stratum', { roundId: r.id, code: 's', mode: 'webinar', regionGroup: 'jawa', riskClass: 'normal', population: 1, sample: 1 })
    await put('sampling.frameRow', { roundId: r.id, classRunId: id['run'], stratum: 's', size: 1, row: '{}' })
    await put('sampling.drawn', { id: id['drawn'], roundId: r.id, classRunId: id['run'], purpose: 'random', stratum: 's', inclusionProbability: 1, randomNumber: 0.5, rank: 1, drawnAt: day, drawnBy: personId('office') })
    await put('assignments.capacity', { roundId: r.id, organisationId: university, visits: 5 })
    await put('assignments.assignment', { id: id['assignment'], roundId: r.id, drawnId: id['drawn'], classRunId: id['run'], sessionId: id['session'], organisationId: university, personId: monitor, status: 'submitted', dueOn: '2026-11-09', offeredAt: day, updatedAt: day })
    await put('assignments.event', { id: newId(), assignmentId: id['assignment'], at: day, act: 'assign' })
    await put('collection.doorKey', { id: newId(), tokenHash: `h${L}`, personId: monitor, membershipId: membershipId(`monitor${L}`), roundId: r.id, roundCode: r.code, organisationId: university, createdBy: monitor, createdAt: day })
    await put('collection.visit', { id: id['visit'], roundId: r.id, assignmentId: id['assignment'], classRunId: id['run'], sessionId: id['session'], organisationId: university, personId: monitor, layer: 'expert', versionId: version, outcome: 'took_place', status: 'approved', sessionDay: '2026-11-02', instanceId: `uuid:${L}`, submittedAt: day, updatedAt: day })
    await put('collection.submission', { instanceId: `uuid:${L}`, visitId: id['visit'], versionNo: 1, formId: 'uji', formVersion: '1', xml: '<x/>', xmlSha256: 'x', via: 'browser', personId: monitor, organisationId: university, receivedAt: day })
    await put('collection.answer', { instanceId: `uuid:${L}`, path: '/data/w01', ordinal: 1, name: 'w01', kind: 'select', value: 'tidak' })
    const hash = letter.repeat(64)
    await put('collection.evidence', { id: id['evidence'], visitId: id['visit'], instanceId: `uuid:${L}`, name: 'a.jpg', sha256: hash, mime: 'image/jpeg', size: 1, state: 'stored', organisationId: university })
    await put('collection.claim', { id: id['claim'], visitId: id['visit'], classRunId: id['run'], instanceId: `uuid:${L}`, layer: 'expert', organisationId: university, item: 'W01', versionId: version, tag: 'compliance', result: 'fail', severity: 'critical' })
    await put('verification.review', { id: id['review'], visitId: id['visit'], instanceId: `uuid:${L}`, stage: 'coordinator', decision: 'returned', note: 'x', at: day, byPerson: coordinator, organisationId: university })
    await put('verification.comment', { id: newId(), reviewId: id['review'], path: '/data/w01', text: 'x' })
    const finding = { classRunId: id['run'], providerId: provider, platformId: platform, sessionDay: '2026-11-02', item: 'W01', itemLabelId: 'x', itemLabelEn: 'x', brokenId: 'x', brokenEn: 'x', severity: 'critical', zone: 'WIB', createdAt: day, updatedAt: day }
    await put('findings.finding', { ...finding, id: id['finding'], number: `T-${L}`, status: 'confirmed' })
    await put('findings.origin', { findingId: id['finding'], visitId: id['visit'], claimId: id['claim'], instanceId: `uuid:${L}`, organisationId: university })
    await put('findings.releasedEvidence', { findingId: id['finding'], evidenceId: id['evidence'], releasedAt: day, releasedBy: personId('office') })
    await put('findings.reply', { id: id['reply'], findingId: id['finding'], at: day, text: 'x', byPerson: personId(`provider${L}`), organisationId: provider })
    await put('findings.replyFile', { replyId: id['reply'], sha256: hash, name: 'a', mime: 'application/pdf', size: 1 })
    await put('findings.event', { id: newId(), findingId: id['finding'], at: day, act: 'confirmed' })
    await put('insight.providerScore', { providerId: provider, asOf: day, visits: 1, compliantVisits: 0, gate: 'not_met', quality: JSON.stringify({ mean: null, low: null, high: null, n: 0, items: [] }), findings: JSON.stringify({ open: { critical: 1, major: 0, minor: 0 }, closed: 0, overdue: 0 }), platformIds: [platform] })
    for (const code of [university, provider, platform]) {
      await put('files.file', { sha256: hash, organisationId: code, size: 1, mime: 'image/jpeg', storedBy: monitor, storedAt: day })
      await put('access.invitation', { id: newId(), email: 'x@example.id', organisationId: code, role: 'monitor', tokenHash: newId(), invitedBy: personId('office'), createdAt: day, expiresAt: day })
    }
    for (const [person, organisation] of [[monitor, university], [coordinator, university], [personId(`provider${L}`), provider], [personId(`platform${L}`), platform]] as const) {
      await put('notices.notice', { id: newId(), at: day, personId: person, organisationId: organisation, kind: 'x', aboutKind: 'x', aboutId: newId(), link: '/' })
      await put('ledger.act', { id: newId(), at: day, personId: person, organisationId: organisation, scope: 'x', act: 'x', onKind: 'x', onId: 'x' })
    }
  }
  for (const name of ['partner', 'office'] as const) {
    const organisation = organisationId(name === 'office' ? 'test-office' : 'test-payment')
    await put('notices.notice', { id: newId(), at: day, personId: personId(name), organisationId: organisation, kind: 'x', aboutKind: 'x', aboutId: newId(), link: '/' })
    await put('ledger.act', { id: newId(), at: day, personId: personId(name), organisationId: organisation, scope: 'x', act: 'x', onKind: 'x', onId: 'x' })
    await put('files.file', { sha256: 'c'.repeat(64), organisationId: organisation, size: 1, mime: 'x', storedBy: personId(name), storedAt: day })
    await put('access.invitation', { id: newId(), email: 'x@example.id', organisationId: organisation, role: 'partner', tokenHash: newId(), invitedBy: personId('office'), createdAt: day, expiresAt: day })
  }
}

const count = (who: Persona | 'nobody' | 'system', table: string) => p.sql(who, async (tx) => (await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(tx)).rows[0]!.n)

test('every table has its row in the matrix, and row-level security is enabled and forced on it', async () => {
  const { rows } = await p.sql('system', (tx) => sql<{ name: string; secured: boolean }>`
    select n.nspname || '.' || c.relname as name, c.relrowsecurity and c.relforcerowsecurity as secured from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'public', 'auth')`.execute(tx))
  assert.deepEqual(rows.map((r) => r.name).sort(), Object.keys(matrix.tables).sort())
  assert.deepEqual(rows.filter((r) => !r.secured), [])
  assert.deepEqual(matrix.matrix.flatMap((m) => m.tables ?? []).filter((t) => !(t in matrix.tables)), [])
})

test('each allowed and each refused cell holds for raw SQL under the application\'s own role', async () => {
  const wrong: string[] = []
  for (const [table, cells] of Object.entries(matrix.tables)) {
    const all = await count('system', table) || (await ownerCount(table))
    assert.ok(all > 0, `${table} has no row to see`)
    for (const [i, column] of matrix.columns.entries()) {
      const seen = await count(personas[column]!, table)
      const good = cells[i] === 'all' ? seen === all : cells[i] === 'none' ? seen === 0 : seen > 0 && seen < all
      if (!good) wrong.push(`${table} ${column}: expected ${cells[i]}, sees ${seen} of ${all}`)
    }
  }
  assert.deepEqual(wrong, [])
})
/** Rows as the owner sees them, for tables the system scope does not read. */
const ownerCount = async (table: string) => Number((await p.database.owner.query(`reset role; select count(*) as n from ${table}`) as unknown as { rows: { n: string }[] }[]).at(-1)!.rows[0]!.n)

test('what is own is really own: case B stays invisible to every persona of case A', async () => {
  const b = [organisationId('test-university-b'), organisationId('test-provider-b'), organisationId('test-platform-b')]
  for (const persona of ['monitorA', 'coordinatorA', 'providerA', 'platformA'] as const)
    for (const [table, column] of [['collection.visit', 'organisationId'], ['collection.evidence', 'organisationId'], ['findings.finding', 'providerId'], ['findings.origin', 'organisationId'], ['assignments.assignment', 'organisationId'], ['registry.classRun', 'providerId'], ['notices.notice', 'organisationId']] as const)
      assert.deepEqual(await p.sql(persona, (tx) => tx.selectFrom(table).selectAll().where(column, 'in', b).execute()), [], `${persona} ${table}`)
})

test('writing what is somebody else\'s is refused by the database, whatever the verb', async () => {
  const touched = async (persona: Persona | 'nobody', table: string, set: object) => p.sql(persona, async (tx) => Number((await tx.updateTable(table).set(set).executeTakeFirst()).numUpdatedRows)).catch((e: { code?: string }) => (e.code === '42501' ? 0 : Promise.reject(e)))
  assert.equal(await touched('providerA', 'collection.evidence', { name: 'x' }), 0)
  assert.equal(await touched('platformA', 'findings.finding', { severity: 'minor' }), 0)
  assert.equal(await touched('monitorA', 'findings.finding', { severity: 'minor' }), 0)
  assert.equal(await touched('coordinatorA', 'standards.norm', { value: 1 }), 0)
  assert.equal(await touched('partner', 'access.role', { nameId: 'x' }), 0)
  assert.equal(await touched('nobody', 'insight.published', { value: '{}' }), 0)
  await assert.rejects(p.sql('monitorA', (tx) => tx.insertInto('sampling.stratum').values({ roundId: newId(), code: 'x', mode: 'x', regionGroup: 'x', riskClass: 'x', population: 1, sample: 1 }).execute()), { code: '42501' })
  await assert.rejects(p.sql('providerA', (tx) => tx.selectFrom('auth.user').selectAll().execute()), { code: '42501' })
})

test('every endpoint refuses who lacks its verb and lets in who has it', async () => {
  const wrong: string[] = []
  const uuid = newId()
  for (const [name, room] of Object.entries(rooms))
    for (const [operation, e] of Object.entries(room.contract)) {
      if (e.call === 'GET /me') continue
      const [method, path] = e.call.split(' ') as ['GET' | 'POST' | 'PUT' | 'DELETE', string]
      const url = `/api${path.replace(/:\w+/g, uuid)}`
      for (const persona of Object.values(personas)) {
        const client = await p.as(persona)
        const role = persona === 'nobody' ? undefined : (await client.get('/me')).body.membership
        // an empty body: whoever is let in is told what is missing; nothing is written
        const { status } = await client.inject({ method, url, ...(method === 'GET' ? {} : { payload: {} }) })
        const allowed = e.verb === 'public' || (role && (e.verb === 'signed_in' || role.verbs.includes(e.verb)))
        const good = allowed ? status !== 401 && (status !== 403 || method !== 'GET') && status < 500 : status === (persona === 'nobody' ? 401 : 403)
        if (!good) wrong.push(`${name}.${operation} ${persona}: ${status}`)
      }
    }
  assert.deepEqual(wrong, [])
  assert.equal(acceptance.acceptInvitation.verb, 'public')
})
