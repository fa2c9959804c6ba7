import assert from 'node:assert/strict'
import { test } from 'node:test'
import { regionGroup, regionGroups } from './regions.ts'
import { defaultRiskRules, riskClass, type RiskInput } from './risk.ts'

const plain: RiskInput = { mode: 'webinar', startsOn: '2026-11-23', plannedParticipants: 20, trainers: null, providerListedOn: '2024-01-01', history: null }
const judge = (change: Partial<RiskInput>) => riskClass({ ...plain, ...change })

test('an old provider with a small class and no history is normal', () => {
  assert.deepEqual(judge({}), { riskClass: 'normal', riskReasons: [] })
  assert.deepEqual(judge({ providerListedOn: null }), { riskClass: 'normal', riskReasons: [] })
})

test('a provider listed fewer than 90 days before the class is high risk', () => {
  assert.deepEqual(judge({ providerListedOn: '2026-08-26' }).riskReasons, ['provider_new'])
  assert.deepEqual(judge({ providerListedOn: '2026-08-25' }).riskReasons, [])
})

test('a plan from 90 % of the trainer ratio on is high risk; a mode without the norm never is', () => {
  assert.deepEqual(judge({ plannedParticipants: 45 }), { riskClass: 'high', riskReasons: ['near_ratio_limit'] })
  assert.deepEqual(judge({ plannedParticipants: 44 }).riskReasons, [])
  assert.deepEqual(judge({ plannedParticipants: 45, trainers: 2 }).riskReasons, [])
  assert.deepEqual(judge({ mode: 'onsite', plannedParticipants: 27 }).riskReasons, ['near_ratio_limit'])
  assert.deepEqual(judge({ mode: 'selfPaced', plannedParticipants: 5000 }).riskReasons, [])
})

test('history counts only from enough visits on, an open critical finding always', () => {
  assert.deepEqual(judge({ history: { visited: 3, failed: 3, openCritical: 0 } }).riskReasons, [])
  assert.deepEqual(judge({ history: { visited: 4, failed: 1, openCritical: 0 } }).riskReasons, ['failed_before'])
  assert.deepEqual(judge({ history: { visited: 0, failed: 0, openCritical: 1 } }).riskReasons, ['open_critical_finding'])
})

test('the class of each reason and the order of classes are configuration', () => {
  const rules = { ...defaultRiskRules, order: ['critical', 'raised', 'low'], classOf: { ...defaultRiskRules.classOf, provider_new: 'raised', open_critical_finding: 'critical' } }
  const found = riskClass({ ...plain, providerListedOn: '2026-11-01', history: { visited: 1, failed: 0, openCritical: 2 } }, rules)
  assert.deepEqual(found, { riskClass: 'critical', riskReasons: ['provider_new', 'open_critical_finding'] })
  assert.equal(riskClass(plain, rules).riskClass, 'low')
})

test('region groups are the registry’s and may be merged for a round', () => {
  assert.equal(regionGroup('32'), 'jawa')
  assert.equal(regionGroup('73', { sulawesi: 'timur' }), 'timur')
  assert.ok(regionGroups.includes(regionGroup('91')))
  assert.throws(() => regionGroup('99'), RangeError)
})
