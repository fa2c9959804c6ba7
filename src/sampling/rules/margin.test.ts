import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plannedMargin } from './margin.ts'

test('the planned margin is that of a stratified random sample at one half', () => {
  // 1/√n rule: 400 of very many gives about 4.9 points
  assert.ok(Math.abs(plannedMargin([{ population: 1e9, sample: 400 }]).halfWidth! - 0.049) < 1e-4)
  // alike strata in proportion are worth one sample of all of them
  const whole = plannedMargin([{ population: 1000, sample: 100 }]).halfWidth!
  assert.ok(Math.abs(plannedMargin([{ population: 500, sample: 50 }, { population: 500, sample: 50 }]).halfWidth! - whole) < 1e-12)
  assert.equal(plannedMargin([{ population: 30, sample: 30 }]).halfWidth, 0)
})

test('what no estimate will speak of is counted', () => {
  assert.deepEqual(plannedMargin([{ population: 10, sample: 0 }]), { halfWidth: null, missed: 10, single: 0 })
  const { missed, single } = plannedMargin([{ population: 10, sample: 0 }, { population: 9, sample: 1 }, { population: 1, sample: 1 }, { population: 8, sample: 2 }])
  assert.deepEqual([missed, single], [10, 1])
})
