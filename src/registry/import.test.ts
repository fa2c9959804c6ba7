import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testProduct, type Client, type TestProduct } from '../../test/product.ts'
import { importNext } from './api-import.ts'

let p: TestProduct
let office: Client
before(async () => { p = await testProduct(); office = await p.as('office') })
after(() => p.close())

const header = 'schedule_code,course_code,course_title,course_type,provider_code,regency_code,starts_on,ends_on,planned_participants'
const line = (i: number, over: Partial<Record<string, string | number>> = {}) => {
  const v = { code: `JDW-${i}`, course: `KLS-${i % 7}`, title: `Pelatihan ${i % 7}`, type: 'WEBINAR', provider: 'test-provider-a', regency: '32.01', from: '2026-11-02', to: '2026-11-06', n: 30, ...over }
  return [v.code, v.course, v.title, v.type, v.provider, v.regency, v.from, v.to, v.n].join(',')
}
const file = (lines: readonly string[]) => [header, ...lines].join('\n') + '\n'
const work = async () => { while (await importNext((w) => p.context('system', w))); }
const send = async (content: string, kind = 'class_runs') => {
  const started = await office.post('/imports', { kind, fileName: 'jadwal.csv', content })
  assert.equal(started.status, 200, JSON.stringify(started.body))
  await work()
  return (await office.get(`/imports/${started.body.id}`)).body
}
const count = () => p.sql('system', async (tx) => (await tx.selectFrom('registry.classRun').select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n)

test('a good file is previewed, then merged; the same file again changes nothing', async () => {
  const content = file(Array.from({ length: 4_500 }, (_, i) => line(i)))
  const judged = await send(content)
  assert.deepEqual([judged.batch.status, judged.batch.rowsGood, judged.batch.rowsBad, judged.batch.rowsNew], ['checked', 4_500, 0, 4_500])
  assert.equal(judged.preview.length, 20)
  assert.equal(await count(), 0)
  assert.equal((await office.post(`/imports/${judged.batch.id}/merge`)).status, 200)
  await work()
  assert.equal(await count(), 4_500)
  const before = await p.sql('system', (tx) => tx.selectFrom('registry.classRun').select(['id', 'updatedAt']).orderBy('id').execute())
  const again = await send(content)
  assert.deepEqual([again.batch.rowsNew, again.batch.rowsChanged, again.batch.rowsSame], [0, 0, 4_500])
  await office.post(`/imports/${again.batch.id}/merge`)
  await work()
  assert.deepEqual(await p.sql('system', (tx) => tx.selectFrom('registry.classRun').select(['id', 'updatedAt']).orderBy('id').execute()), before)
  const changed = await send(file([line(3, { n: 31 })]))
  assert.deepEqual([changed.batch.rowsNew, changed.batch.rowsChanged], [0, 1])
})

test('class runs are found by a part of the provider\'s name', async () => {
  const found = async (provider: string) => (await office.get(`/class-runs?provider=${provider}`)).body.total
  assert.deepEqual([await found('PROVIDER-A'), await found('provider-b')], [4_500, 0])
})

test('fifty planted errors are all named by line and column, and nothing is loaded', async () => {
  const faults: Partial<Record<string, string | number>>[] = [{ provider: 'tidak-ada' }, { regency: '99.99' }, { from: '2026-13-01' }, { n: 'tiga' }, { to: '2026-11-01' }]
  const bad = new Map(Array.from({ length: 50 }, (_, i) => [10 + i * 7, faults[i % faults.length]!]))
  const judged = await send(file(Array.from({ length: 500 }, (_, i) => line(10_000 + i, bad.get(i) ?? {}))))
  assert.deepEqual(new Set(judged.faults.map((f: { line: number }) => f.line)), new Set([...bad.keys()].map((i) => i + 2)))
  assert.ok(judged.faults.every((f: { column: string | null; message: string }) => f.column && f.message.length > 10))
  const before = await count()
  const refused = await office.post(`/imports/${judged.batch.id}/merge`)
  assert.deepEqual([refused.status, refused.body.code], [409, 'registry.import_has_faults'])
  assert.equal(await count(), before)
  await office.post(`/imports/${judged.batch.id}/merge`, { takeGoodRows: true })
  await work()
  assert.equal(await count(), before + 450)
})

test('an import cut off in the middle goes on where it stood', async () => {
  const content = file(Array.from({ length: 5_000 }, (_, i) => line(20_000 + i)))
  const { body } = await office.post('/imports', { kind: 'class_runs', fileName: 'a.csv', content })
  let steps = 0
  await assert.rejects(importNext((w) => p.context('system', (c) => { if (++steps === 4) throw new Error('cut off'); return w(c) })), /cut off/)
  const between = (await office.get(`/imports/${body.id}`)).body.batch
  assert.deepEqual([between.status, between.rowsStaged], ['staging', 2_000])
  await work()
  const done = (await office.get(`/imports/${body.id}`)).body.batch
  assert.deepEqual([done.status, done.rowsGood], ['checked', 5_000])
})

test('sessions come in a second file and need their class run', async () => {
  const judged = await send('schedule_code,sequence,begins_at,ends_at\nJDW-1,1,2026-11-02T09:00,2026-11-02T12:00\nJDW-1,2,2026-11-03T09:00,2026-11-03T12:00\nTIDAK-ADA,1,2026-11-02T09:00,2026-11-02T12:00\n', 'sessions')
  assert.deepEqual([judged.batch.rowsGood, judged.faults[0].line, judged.faults[0].column], [2, 4, 'schedule_code'])
})

test('a file without a usable header, or not text, is refused with the reason', async () => {
  const judged = await send('a,b\n1,2\n')
  assert.equal(judged.batch.status, 'refused')
  assert.ok(judged.faults.length > 0)
  assert.deepEqual([judged.batch.error, (await send('\n\n')).batch.error], ['header', 'file_empty'])
  assert.equal((await office.post('/imports', { kind: 'class_runs', fileName: 'x.csv', content: 'PK\0\0' })).status, 400)
  assert.equal((await (await p.as('coordinatorA')).post('/imports', { kind: 'class_runs', fileName: 'x.csv', content: 'x' })).status, 403)
})
