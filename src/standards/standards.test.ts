import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { testProduct, type Client, type TestProduct } from '../../test/product.ts'
import { seedReference } from '#server/seed.ts'

let p: TestProduct
let office: Client
before(async () => { p = await testProduct(); office = await p.as('office') })
after(() => p.close())
const workbook = (name: string) => readFileSync(new URL(`./instruments/${name}.xlsx`, import.meta.url))

test('a first start brings norms with sources, an unknown one has no value, and nothing is seeded twice', async () => {
  const norms = (await office.get('/norms')).body as { status: string; value: number | null; source: string; ruleSet: string; code: string; mode: string }[]
  assert.ok(norms.length > 200 && norms.every((n) => n.source.length > 2))
  assert.deepEqual(norms.filter((n) => n.status === 'unknown' && n.value !== null), [])
  const hours = (ruleSet: RegExp) => norms.filter((n) => n.code === 'duration.total.min' && n.mode === 'webinar' && ruleSet.test(n.ruleSet)).map((n) => n.value)
  assert.deepEqual([hours(/handbook_2/), hours(/semi/)], [[900], [null]])
  await seedReference(p.database)
  assert.equal((await office.get('/norms')).body.length, norms.length)
})

test('the database refuses a value for an unknown norm; setting one makes it configured and is on record', async () => {
  await assert.rejects(p.sql('office', (tx) => sql`update standards.norm set value = 1 where status = 'unknown'`.execute(tx)), { constraint: 'norm_unknown_has_no_value' })
  const unknown = (await office.get('/norms')).body.find((n: { status: string; unit: string }) => n.status === 'unknown')
  const saved = await office.put(`/norms/${unknown.id}`, { value: 80, source: 'Keputusan kantor program (uji)', reply: { n: 3, unit: 'working_day' }, correction: null })
  assert.deepEqual([saved.status, saved.body.status, saved.body.value, saved.body.replyN], [200, 'configured', 80, 3])
  assert.equal((await office.get('/ledger?limit=1')).body[0].act, 'standards.saveNorm')
  assert.equal((await (await p.as('coordinatorA')).put(`/norms/${unknown.id}`, { value: 1, source: 'xxx', reply: null, correction: null })).status, 403)
})

test('a requirement stays in force when its allowances change, and becomes unknown only when asked', async () => {
  const norm = (await office.get('/norms')).body.find((n: { status: string; unit: string }) => n.status === 'known' && n.unit === 'requirement')
  const save = async (change: object) => (await office.put(`/norms/${norm.id}`, { value: null, source: 'Keputusan kantor program (uji)', reply: null, correction: null, ...change })).body
  assert.deepEqual([(await save({})).status, (await save({ holds: false })).status, (await save({})).status, (await save({ holds: true, value: 3 })).value], ['configured', 'unknown', 'unknown', null])
})

test('the three instruments are published with all their items', async () => {
  const versions = (await office.get('/instruments')).body as { formId: string; items: number; id: string }[]
  assert.deepEqual(versions.map((v) => [v.formId, v.items]).sort(), [['pantau_onsite', 30], ['pantau_selfpaced', 26], ['pantau_webinar', 30]])
  const items = (await office.get(`/instruments/${versions[0]!.id}/items`)).body
  assert.ok(items.every((i: { labelId: string; labelEn: string }) => i.labelId && i.labelEn && i.labelId !== i.labelEn))
})

test('a published version is never changed, and a faulty or hostile workbook is refused with places', async () => {
  const again = await office.post('/instruments/webinar/versions', { workbook: workbook('webinar').toString('base64'), inForceFrom: '2026-12-01' })
  assert.deepEqual([again.status, again.body.code], [409, 'standards.version_exists'])
  const stolen = await office.post('/instruments/onsite/versions', { workbook: workbook('webinar').toString('base64'), inForceFrom: '2026-12-01' })
  assert.equal(stolen.body.code, 'standards.form_of_other')
  const broken = await office.post('/instruments/webinar/versions', { workbook: Buffer.from('bukan buku kerja sama sekali').toString('base64'), inForceFrom: '2026-12-01' })
  assert.deepEqual([broken.status, broken.body.code], [400, 'standards.workbook_faulty'])
  assert.ok(broken.body.detail.faults[0].message.length > 5)
})

test('holidays are added and removed as data', async () => {
  assert.equal((await office.put('/holidays/2027-01-04', { nameId: 'Cuti uji', nameEn: 'Test leave', kind: 'local', source: 'uji coba' })).status, 200)
  assert.ok((await office.get('/holidays?year=2027')).body.some((h: { day: string }) => h.day === '2027-01-04'))
  assert.equal((await office.delete('/holidays/2027-01-04')).status, 200)
  assert.equal((await office.delete('/holidays/2027-01-04')).status, 404)
})
