import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { newId, organisationId, testProduct, type Client, type TestProduct } from '../../test/product.ts'
import { verifyDraw } from './rules/verify.ts'
import { verifyRound } from './api.ts'

let p: TestProduct
let office: Client
let roundId: string
const plan = { title: 'Putaran uji', periodFrom: '2026-11-01', periodTo: '2026-11-30', filter: { modes: [], provinces: [], providerIds: [] }, design: { stratifyBy: ['mode', 'regionGroup', 'riskClass'], floor: 0.3, allocation: { kind: 'proportional', total: 12, minimum: 2 }, dueDays: 3 } }
before(async () => {
  p = await testProduct()
  office = await p.as('office')
  await p.sql('system', async (tx) => {
    for (const [i, letter] of (['a', 'b'] as const).entries()) {
      const training = newId()
      await tx.insertInto('registry.training').values({ id: training, courseCode: `K${letter}`, title: `Pelatihan ${letter}`, providerId: organisationId(`test-provider-${letter}`), mode: i ? 'onsite' : 'webinar' }).execute()
      for (let n = 0; n < 32; n++) {
        const id = newId()
        await tx.insertInto('registry.classRun').values({ id, scheduleCode: `J${letter}${n}`, trainingId: training, providerId: organisationId(`test-provider-${letter}`), mode: i ? 'onsite' : 'webinar', regencyCode: n % 2 ? '32.01' : '12.71', startsOn: '2026-11-10', endsOn: '2026-11-14', plannedParticipants: 5 + n, rowDigest: 'x' }).execute()
        for (const sequence of [1, 2, 3]) await tx.insertInto('registry.session').values({ id: newId(), classRunId: id, sequence, beginsAt: `2026-11-1${sequence}T02:00:00Z`, endsAt: `2026-11-1${sequence}T05:00:00Z` }).execute()
      }
    }
  })
})
after(() => p.close())

test('a preview stores nothing; a plan is drawn once, with its size and probabilities', async () => {
  const preview = await office.post('/rounds/preview', { ...plan, title: undefined })
  assert.deepEqual([preview.status, preview.body.population], [200, 64], JSON.stringify(preview.body).slice(0, 300))
  assert.equal((await office.get('/rounds')).body.length, 0)
  const planned = await office.post('/rounds', plan)
  assert.equal(planned.status, 200, JSON.stringify(planned.body))
  roundId = planned.body.id
  const drawn = await office.post(`/rounds/${roundId}/draw`, { seed: 'benih-uji-1' })
  assert.equal(drawn.status, 200, JSON.stringify(drawn.body))
  assert.equal(drawn.body.random, preview.body.sample)
  assert.equal((await office.post(`/rounds/${roundId}/draw`)).body.code, 'sampling.not_in_status')
  const rows = (await office.get(`/rounds/${roundId}/drawn`)).body
  assert.ok(rows.every((r: { inclusionProbability: number; sessionBeginsAt: string; zone: string }) => r.inclusionProbability > 0 && r.inclusionProbability <= 1 && r.sessionBeginsAt && r.zone === 'WIB'))
  const acts = (await office.get(`/ledger?onKind=round&onId=${roundId}`)).body
  assert.equal(acts.find((a: { act: string }) => a.act === 'sampling.frame_frozen').detail.digest, drawn.body.frameDigest)
})

test('the draw is verified from what is stored and from the published file alone', async () => {
  assert.deepEqual((await office.get(`/rounds/${roundId}/verify`)).body, { ok: true, total: 0, differences: [] })
  const file = JSON.parse((await office.get(`/rounds/${roundId}/published`)).raw.toString())
  assert.equal(verifyDraw(file).ok, true)
  const drawnIds = new Set(file.rows.map((r: { classRunId: string }) => r.classRunId))
  const undrawn = file.frame.find((r: { classRunId: string }) => !drawnIds.has(r.classRunId))
  undrawn.plannedParticipants += 1
  assert.equal(verifyDraw(file).ok, false)
})

test('a targeted visit has a reason, is counted apart and is not drawn twice', async () => {
  const rows = (await office.get(`/rounds/${roundId}/drawn`)).body
  const { rows: others } = await p.sql('system', (tx) => sql<{ id: string }>`select id from registry.class_run where id <> all (${rows.map((r: { classRunId: string }) => r.classRunId)}::uuid[]) limit 1`.execute(tx))
  assert.equal((await office.post(`/rounds/${roundId}/targeted`, { classRunId: others[0]!.id, reason: 'x' })).status, 400)
  assert.equal((await office.post(`/rounds/${roundId}/targeted`, { classRunId: others[0]!.id, reason: 'Lonjakan pengaduan' })).status, 200)
  assert.equal((await office.post(`/rounds/${roundId}/targeted`, { classRunId: others[0]!.id, reason: 'Lonjakan pengaduan' })).body.code, 'sampling.already_drawn')
  const round = (await office.get(`/rounds/${roundId}`)).body.round
  assert.deepEqual([round.targeted, round.random], [1, rows.length])
  assert.equal((await office.get(`/rounds/${roundId}/verify`)).body.ok, true)
})

test('the database keeps frame and draw; whoever gets past it is found out by verification', async () => {
  await assert.rejects(p.sql('office', (tx) => sql`update sampling.drawn set inclusion_probability = 1`.execute(tx)), { constraint: 'drawn_kept' })
  await assert.rejects(p.sql('office', (tx) => sql`update sampling.frame_row set size = 1`.execute(tx)), { constraint: 'drawn_kept' })
  await p.database.owner.query(`reset role; set session_replication_role = replica;
    update sampling.frame_row set row = jsonb_set(row, '{plannedParticipants}', '999') where class_run_id = (select class_run_id from sampling.frame_row f where not exists (select from sampling.drawn d where d.class_run_id = f.class_run_id) limit 1);
    set session_replication_role = origin`)
  const found = await p.sql('system', (tx) => verifyRound(tx, roundId))
  assert.equal(found?.ok, false)
  const { body } = await office.get(`/rounds/${roundId}/verify`)
  assert.deepEqual([body.ok, body.total, body.differences[0].code], [false, body.differences.length, 'frame_changed'])
})

test('who may not plan may not; providers and platforms see nothing of it', async () => {
  assert.equal((await (await p.as('coordinatorA')).post('/rounds', plan)).status, 403)
  for (const persona of ['providerA', 'platformA'] as const) {
    assert.equal((await (await p.as(persona)).get('/rounds')).status, 403)
    for (const table of ['round', 'frame_row', 'drawn', 'stratum']) assert.equal((await p.sql(persona, (tx) => sql`select 1 from ${sql.table(`sampling.${table}`)}`.execute(tx))).rows.length, 0)
  }
  const coordinator = await p.as('coordinatorA')
  assert.equal((await coordinator.get('/rounds')).body.length, 1)
  // the sittings of others are hidden from a coordinator, so the same draw would seem altered
  for (const path of ['verify', 'published']) assert.equal((await coordinator.get(`/rounds/${roundId}/${path}`)).status, 403)
})

test('bad plans are told what is wrong', async () => {
  assert.equal((await office.post('/rounds', { ...plan, periodTo: '2026-10-01' })).body.code, 'sampling.period_invalid')
  assert.equal((await office.post('/rounds/preview', { ...plan, title: undefined, periodFrom: '2020-01-01', periodTo: '2020-01-02' })).body.code, 'sampling.frame_empty')
  const { body } = await office.post('/rounds', { ...plan, title: 'Benih buruk' })
  assert.equal((await office.post(`/rounds/${body.id}/draw`, { seed: 'pendek session' })).body.code, 'sampling.seed_invalid')
})
