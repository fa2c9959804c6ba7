import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { approvedVisits, type Made } from '../../test/visits.ts'
import { organisationId, testProduct, type Client, type TestProduct } from '../../test/product.ts'
import { store } from './store.ts'

/** What the figures rest on, held through the API: 12 approved visits of one round, one of them targeted, one class absent. */
let p: TestProduct
let made: Made
let office: Client
before(async () => {
  p = await testProduct()
  made = await approvedVisits(p, [
    ...Array.from({ length: 9 }, () => ({})),
    { answers: { outcome: 'class_absent' } },
    { answers: { outcome: 'access_refused' } },
    { answers: { l01: 'tidak', l01_photo: 'bukti.png', l08: 'tidak' }, purpose: 'targeted' as const },
  ])
  office = await p.as('office')
})
after(() => p.close())

const overview = async () => (await office.get(`/overview?roundId=${made.roundId}`)).body
const card = async (persona: 'office' | 'providerA' | 'providerB', query = '') => (await (await p.as(persona)).get(`/scorecard${query}`)).body

test('the estimate rests on the random sample alone: a targeted visit is counted apart, nonresponse is said', async () => {
  const o = await overview()
  assert.deepEqual([o.compliance.n, o.compliance.drawn, o.compliance.unanswered], [10, 11, 1])
  assert.ok(o.compliance.value > 0.5 && o.compliance.value < 1, 'the class that was not there counts as failed')
  assert.ok(o.compliance.low < o.compliance.value && o.compliance.value < o.compliance.high)
  assert.deepEqual([o.coverage.drawn, o.coverage.approved, o.coverage.targeted], [11, 11, 1])
  assert.deepEqual(o.coverage.nonresponse, [{ outcome: 'access_refused', n: 1 }])
  assert.ok(o.compliance.warnings.includes('warning.nonresponse'))
  const seen = o.regencies.find((r: { code: string }) => r.code === '61.71')
  assert.deepEqual([o.regencies.length, seen.visits, seen.compliant], [514, 11, 9])
})

test('an item is not met only while a confirmed finding on it is open; a draft says nothing to the provider', async () => {
  const drafts = (await office.get('/findings?status=draft&size=200')).body.rows as { id: string; version: number; item: string; severity: string }[]
  assert.ok(drafts.some((d) => d.severity === 'critical'))
  const before = (await card('providerA')).score
  assert.equal(before.gate, 'met')
  assert.ok(before.compliance.length > 0 && before.compliance.every((x: { open: number; checked: number }) => x.open === 0 && x.checked > 0))
  const critical = drafts.find((d) => d.item === 'L01')!
  assert.equal((await office.post(`/findings/${critical.id}/confirm`, { version: critical.version, evidenceIds: [] })).status, 200)
  const after = (await card('providerA')).score
  assert.equal(after.gate, 'not_met')
  assert.deepEqual([after.compliance[0].item, after.compliance[0].open, after.compliance[0].worst], ['L01', 1, 'critical'])
  assert.deepEqual(after.findings.open, { critical: 1, major: 0, minor: 0 })
  assert.deepEqual((await card('office', `?providerId=${organisationId('test-provider-a')}`)).score, after)
})

test('a provider sees its own card only; the name of another is no card', async () => {
  const other = await card('providerB', `?providerId=${organisationId('test-provider-a')}`)
  assert.equal(other.score, null)
  assert.equal((await card('providerB')).score, null)
  assert.deepEqual((await (await p.as('providerB')).get('/providers')).body, [])
  assert.equal((await (await p.as('partner')).get('/providers')).status, 403)
  assert.equal((await office.get('/scorecard?providerId=00000000-0000-7000-8000-000000000000')).status, 404)
})

test('a median of fewer than five providers is not shown: it would tell one the score of another', async () => {
  assert.equal((await card('providerA')).peers, null)
  const peers = (providers: number) => p.context('system', (c) => store(c.db).put('peers', c.now, { providers, quality: 3.5, compliantShare: 0.8 }))
  await peers(4)
  assert.equal((await card('providerA')).peers, null)
  await peers(5)
  assert.deepEqual((await card('providerA')).peers.providers, 5)
})

test('figures are published with the digest of the frame; a round with too few visits, an unknown one and other roles are refused', async () => {
  const small = await approvedVisits(p, [{}, {}])
  const refused = await office.post('/published', { roundId: small.roundId })
  assert.deepEqual([refused.status, refused.body.code, refused.body.detail], [409, 'insight.too_few', { n: 2, least: 10 }])
  assert.equal((await office.post('/published', { roundId: '00000000-0000-7000-8000-000000000000' })).status, 404)
  assert.equal((await (await p.as('coordinatorA')).post('/published', { roundId: made.roundId })).status, 403)
  assert.deepEqual((await (await p.as('nobody')).get('/published')).body, [])
  assert.equal((await office.post('/published', { roundId: made.roundId })).status, 200)
  const [figure] = (await (await p.as('nobody')).get('/published')).body
  assert.equal(figure.value.all.n, 10)
  assert.deepEqual([figure.value.draw.code, figure.value.draw.seed], [made.roundCode, null], 'while the round runs the seed would tell which classes are visited')
  assert.ok(figure.value.byRegion.every((x: { estimate: { n: number; value: unknown } }) => x.estimate.n >= 10 || x.estimate.value === null))
})

test('the platform counts its own listings only', async () => {
  const own = (await (await p.as('platformA')).get('/platform')).body
  assert.ok(own.classRuns >= 12 && own.scores.length === 1)
  const other = (await (await p.as('platformB')).get('/platform')).body
  assert.deepEqual([other.classRuns, other.providers, other.scores], [0, 0, []])
})
