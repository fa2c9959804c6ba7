import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { complianceOf, compliant, gateOf, meanOf, median, type SampledVisit } from './rules.ts'

const visit = (over: Partial<SampledVisit> = {}): SampledVisit => ({ stratum: 'a', inclusionProbability: 0.5, mode: 'onsite', regionGroup: 'jawa', outcome: 'took_place', failed: false, ...over })

test('a class that did not take place counts as failed; a visit that could not happen is nonresponse', () => {
  assert.equal(compliant(visit()), 1)
  assert.equal(compliant(visit({ failed: true })), 0)
  assert.equal(compliant(visit({ outcome: 'class_absent', failed: true })), 0)
  for (const outcome of ['cancelled', 'access_refused', 'wrong_address', 'monitor_unsafe', null]) assert.equal(compliant(visit({ outcome })), null)
})

test('no figure below five observations, and never one without a range', () => {
  const few = complianceOf([visit(), visit(), visit(), visit({ failed: true })], { a: 100 }, '2026-11-23')
  assert.deepEqual([few.value, few.low, few.high, few.n], [null, null, null, 4])
  fc.assert(fc.property(fc.array(fc.record({ failed: fc.boolean(), outcome: fc.constantFrom('took_place', 'cancelled', null), stratum: fc.constantFrom('a', 'b') }), { maxLength: 40 }), (list) => {
    const e = complianceOf(list.map((x) => visit(x)), { a: 200, b: 50 }, '2026-11-23')
    assert.equal(e.value === null, e.low === null || e.high === null)
    if (e.value !== null) assert.ok(e.n >= 5 && e.low! <= e.value && e.value <= e.high!)
    assert.equal(e.drawn, e.n + e.unanswered)
  }))
})

test('a mean has a range only from three values that are not all equal, and it stays on the scale', () => {
  assert.deepEqual(meanOf([]), { mean: null, low: null, high: null, n: 0 })
  assert.deepEqual(meanOf([4, 5]), { mean: 4.5, low: null, high: null, n: 2 })
  assert.deepEqual(meanOf([4, 4, 4]), { mean: 4, low: null, high: null, n: 3 })
  const { low, high } = meanOf([1, 5, 5])
  assert.ok(low === 1 && high === 5)
})

test('the gate knows critical findings only, and the median stands in the middle', () => {
  assert.deepEqual([gateOf(3, 0), gateOf(3, 1), gateOf(0, 0), gateOf(0, 1)], ['met', 'not_met', 'no_data', 'not_met'])
  assert.deepEqual([median([]), median([3, 1, 2]), median([4, 1])], [null, 2, 2.5])
})
