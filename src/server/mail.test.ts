import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { tell } from '#notices/api.ts'
import { mailer } from '#server/mail.ts'
import { newId, organisationId, personId, testProduct, type TestProduct } from '../../test/product.ts'

let p: TestProduct
before(async () => { p = await testProduct() })
after(() => p.close())

const to = (over: object = {}) => ({ outboxDir: mkdtempSync(join(tmpdir(), 'pantau-outbox-')), origin: 'https://pantau.example', from: 'Pantau <pantau@pantau.example>', ...over })
const announce = (number: string) =>
  p.context('office', (c) => tell(c, { kind: 'finding_closed', to: { organisationId: organisationId('test-provider-a'), scope: 'provider' }, about: { kind: 'finding', id: newId() }, link: '/temuan/1', params: { number } }))
const delivered = (number: string) => p.sql('system', async (tx) => (await tx.selectFrom('notices.notice').select(['id', 'deliveredAt', 'params']).execute()).find((n: any) => n.params.number === number)!)

test('a notice becomes a letter in the file outbox, and only then counts as delivered', async () => {
  await announce('T-1')
  assert.equal((await delivered('T-1')).deliveredAt, null)
  const settings = to()
  await mailer(p.product, settings).run()
  const letters = readdirSync(settings.outboxDir).map((f) => readFileSync(join(settings.outboxDir, f), 'utf8'))
  assert.equal(letters.length, 1)
  assert.match(letters[0]!, /To: providera@example.id/)
  assert.match(letters[0]!, /https:\/\/pantau.example\/temuan\/1/)
  assert.ok((await delivered('T-1')).deliveredAt)
  assert.equal(await mailer(p.product, settings).run(), 0)
})

test('a letter the mail server refuses is kept, tried again later and not counted as delivered', async () => {
  const taken: string[] = []
  let refuse = true
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => { let text = ''; stream.on('data', (d: Buffer) => { text += d }); stream.on('end', () => { if (refuse) done(new Error('mailbox busy')); else { taken.push(text); done() } }) } })
  await new Promise<void>((r) => server.listen(0, '127.0.0.1', () => r()))
  const port = (server.server.address() as { port: number }).port
  const letters = mailer(p.product, to({ smtpUrl: `smtp://127.0.0.1:${port}` }))
  await announce('T-2')
  await letters.run()
  assert.equal((await delivered('T-2')).deliveredAt, null)
  refuse = false
  assert.equal(await letters.run(), 0)
  p.clock.now = new Date(p.clock.now.getTime() + 2 * 60_000)
  await letters.run()
  assert.equal(taken.length, 1)
  assert.ok((await delivered('T-2')).deliveredAt)
  await new Promise<void>((r) => server.close(() => r()))
})

test('opening a notice in the inbox is delivery too, and the inbox is the addressee\'s alone', async () => {
  await announce('T-3')
  const provider = await p.as('providerA')
  const mine = (await provider.get('/notices')).body
  const notice = mine.rows.find((n: { text: string }) => n.text.includes('T-3'))
  assert.equal(notice.text, 'Temuan T-3 ditutup.')
  assert.equal((await (await p.as('providerB')).post(`/notices/${notice.id}/open`)).status, 404)
  assert.equal((await provider.post(`/notices/${notice.id}/open`)).status, 200)
  assert.ok((await delivered('T-3')).deliveredAt)
  assert.equal((await (await p.as('providerB')).get('/notices')).body.rows.length, 0)
})

test('account mail is blanked once it is sent', async () => {
  await p.app.inject({ method: 'POST', url: '/api/auth/request-password-reset', headers: { 'x-requested-with': 'pantau' }, payload: { email: 'office@example.id' } })
  const settings = to()
  await mailer(p.product, settings).run()
  assert.match(readdirSync(settings.outboxDir).map((f) => readFileSync(join(settings.outboxDir, f), 'utf8')).join(), /atur-ulang\?token/)
  const rows = await p.sql('system', (tx) => tx.selectFrom('notices.delivery').select(['body', 'status']).where('noticeId', 'is', null).execute())
  assert.deepEqual(rows, [{ body: '', status: 'sent' }])
  assert.ok(personId('office'))
})
