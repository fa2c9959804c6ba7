import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { membershipId, organisationId, testProduct, type TestProduct } from '../../test/product.ts'

let p: TestProduct
before(async () => { p = await testProduct() })
after(() => p.close())

test('nobody reads without signing in, and a role only what its verbs name', async () => {
  assert.equal((await (await p.as('nobody')).get('/organisations')).status, 401)
  assert.equal((await (await p.as('monitorA')).get('/ledger')).status, 403)
  assert.equal((await (await p.as('office')).get('/ledger')).status, 200)
})

test('an invitation becomes a membership, once', async () => {
  const coordinator = await p.as('coordinatorA')
  const invited = await coordinator.post('/invitations', { email: 'baru@example.id', organisationId: organisationId('test-university-a'), role: 'monitor' })
  assert.equal(invited.status, 200)
  const letter = await p.sql('system', (tx) => tx.selectFrom('notices.delivery').selectAll().where('address', '=', 'baru@example.id').executeTakeFirstOrThrow())
  const token = /token=([\w-]+)/.exec(letter.body)![1]
  const nobody = await p.as('nobody')
  const accept = () => nobody.post('/invitations/accept', { token, name: 'Orang Baru', password: 'sangat-rahasia-1' })
  assert.equal((await accept()).status, 200)
  assert.equal((await accept()).status, 404)
  const members = await coordinator.get('/members')
  assert.ok(members.body.some((m: { email: string; role: string }) => m.email === 'baru@example.id' && m.role === 'monitor'))
})

test('a coordinator cannot invite into another organisation, nor give a role that does not fit', async () => {
  const coordinator = await p.as('coordinatorA')
  const elsewhere = await coordinator.post('/invitations', { email: 'x@example.id', organisationId: organisationId('test-university-b'), role: 'monitor' })
  assert.equal(elsewhere.status, 403)
  const wrong = await coordinator.post('/invitations', { email: 'x@example.id', organisationId: organisationId('test-university-a'), role: 'office' })
  assert.deepEqual([wrong.status, wrong.body.code], [400, 'access.role_not_for_kind'])
})

test('a writing request from another site is refused', async () => {
  const office = await p.as('office')
  const answer = await office.inject({ method: 'PUT', url: '/api/me/language', headers: { 'x-requested-with': 'other' }, payload: { language: 'en' } })
  assert.deepEqual([answer.status, answer.body.code], [403, 'access.request_not_from_here'])
})

test('the ledger keeps every writing request and nobody changes it', async () => {
  const office = await p.as('office')
  await office.put('/me/language', { language: 'id' })
  const acts = await office.get('/ledger?limit=1')
  assert.equal(acts.body[0].act, 'access.chooseLanguage')
  await assert.rejects(p.sql('office', (tx) => tx.updateTable('ledger.act').set({ act: 'nothing' }).execute()), /permission denied/)
})

test('what a schema refuses is said with the field and the remedy, in the reader\'s language, and never as a pattern or in the database\'s words', async () => {
  const office = await p.as('office')
  const bad = async (language: string, payload: object) => (await office.inject({ method: 'POST', url: '/api/organisations', payload, headers: { 'accept-language': language } })).body.message as string
  const good = { kind: 'university', code: 'univ-uji-kata', name: 'Universitas Uji', shortName: 'UU' }
  assert.equal(await bad('id', { ...good, name: 'U' }), 'Isian name tidak sah: paling sedikit 2 karakter.')
  assert.equal(await bad('id', { ...good, code: 'A B' }), 'Isian code tidak sah: bentuknya tidak sesuai.')
  const { kind: _kind, ...without } = good
  assert.equal(await bad('id', without), 'Isian kind tidak sah: wajib diisi.')
  assert.match(await bad('id', { ...good, kind: 'x' }), /pilih salah satu: programme_office, /)
  assert.equal((await (await p.as('monitorA')).inject({ method: 'GET', url: '/api/visits/bukan-id', headers: { 'accept-language': 'id' } })).body.message, 'Isian id tidak sah: bentuknya tidak sesuai.')
})

test('nobody locks everybody out: the last one who may set roles stays, with the verb and the scope', async () => {
  const office = await p.as('office')
  const own = (await office.get('/roles')).body.find((r: { code: string }) => r.code === 'office')
  const save = (change: object) => office.put('/roles/office', { name: own.name, scope: own.scope, kinds: own.kinds, verbs: own.verbs, ...change })
  assert.equal((await save({ verbs: own.verbs.filter((v: string) => v !== 'role.write') })).body.code, 'access.last_office')
  assert.equal((await save({ scope: 'partner' })).body.code, 'access.last_office')
  assert.equal((await office.post(`/members/${membershipId('office')}/end`)).body.code, 'access.last_role_keeper')
  assert.equal((await save({})).status, 200)
})

test('a coordinator ends no membership of another organisation', async () => {
  assert.equal((await (await p.as('coordinatorA')).post(`/members/${membershipId('monitorB')}/end`)).status, 404)
  assert.equal((await (await p.as('coordinatorA')).post(`/members/${membershipId('monitorA2')}/end`)).status, 200)
})
