import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { rooms } from '#server/rooms.ts'
import { newId, testProduct, type TestProduct } from '../../test/product.ts'
import { messages } from './messages.ts'
import { store } from './store.ts'

let p: TestProduct
before(async () => void (p = await testProduct()))
after(() => p.close())

test('pages of the record meet exactly, though acts of one request share their instant', async () => {
  const at = new Date('2026-11-20T03:00:00Z')
  const onId = newId()
  await p.context('office', async ({ db, who }) => {
    for (let i = 0; i < 5; i++) await store(db).record(newId(), at, who, null, { act: 'uji', on: 'uji', id: onId })
  })
  const office = await p.as('office')
  const seen: string[] = []
  for (let query = ''; ; ) {
    const rows = (await office.get(`/ledger?onId=${onId}&limit=2${query}`)).body as { id: string; at: string }[]
    seen.push(...rows.map((r) => r.id))
    if (rows.length < 2) break
    query = `&before=${rows.at(-1)!.at}&beforeId=${rows.at(-1)!.id}`
  }
  assert.equal(seen.length, 5)
  assert.deepEqual(seen, [...new Set(seen)].sort().reverse())
})

test('an act is recorded on the row that its address names, with who did it and from where', async () => {
  const office = await p.as('office')
  const made = await office.post('/organisations', { kind: 'ngo', name: 'LSM Catatan', shortName: 'LSMC', code: 'lsm-catatan' })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const rows = (await office.get(`/ledger?onId=${made.body.id}`)).body
  assert.deepEqual(rows.map((r: { act: string; onKind: string; personName: string; organisationName: string }) => [r.act, r.onKind, r.personName, r.organisationName]), [['access.addOrganisation', 'access', 'Uji office', 'Uji test-office']])
})

test('a coordinator reads the own organisation\'s acts, and who holds no verb reads none', async () => {
  await p.context('coordinatorB', async ({ db, who, now }) => store(db).record(newId(), now, who, null, { act: 'uji', on: 'uji', id: 'b' }))
  const rows = (await (await p.as('coordinatorB')).get('/ledger?onId=b')).body
  assert.deepEqual(rows.map((r: { organisationName: string }) => r.organisationName), ['Uji test-university-b'])
  assert.deepEqual((await (await p.as('coordinatorA')).get('/ledger?onId=b')).body, [])
  for (const persona of ['monitorA', 'providerA', 'platformA'] as const) assert.equal((await (await p.as(persona)).get('/ledger')).status, 403, persona)
})

test('the office reads that a monitor acted and for whom, not which monitor; the own coordinator does', async () => {
  await p.context('monitorA', async ({ db, who, now }) => store(db).record(newId(), now, who, null, { act: 'collection.submit', on: 'visit', id: 'kunjungan-uji' }))
  const read = async (persona: 'office' | 'coordinatorA') => (await (await p.as(persona)).get('/ledger?onId=kunjungan-uji')).body.map((r: { personName: string | null; organisationName: string }) => [r.personName, r.organisationName])
  assert.deepEqual(await read('office'), [[null, 'Uji test-university-a']])
  assert.deepEqual(await read('coordinatorA'), [['Uji monitorA', 'Uji test-university-a']])
})

test('every act that has words is one that can be recorded', () => {
  // recorded by handlers, beside the writing endpoints themselves
  const byHandlers = ['collection.submit', 'collection.original', 'collection.identity', 'files.keep', 'registry.import_started', 'registry.import_merged', 'sampling.frame_frozen', 'standards.published', 'twin.sample']
  const known = new Set([...byHandlers, ...Object.entries(rooms).flatMap(([room, { contract }]) => Object.entries(contract).filter(([, e]) => !e.call.startsWith('GET')).map(([name]) => `${room}.${name}`))])
  const worded = Object.keys(messages.id).filter((key) => key.startsWith('act_')).map((key) => key.slice(4).replace('_', '.'))
  assert.deepEqual(worded.filter((act) => !known.has(act)), [])
})
