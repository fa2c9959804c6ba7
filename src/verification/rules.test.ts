import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '#base/problem.ts'
import { decide, nameOf, nextStatus, statuses, waitsAs } from './rules.ts'

const stages = ['coordinator', 'office'] as const
const decisions = ['approved', 'returned'] as const
const refused = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return ''
}

test('only the stage a visit waits for decides, and a return is always one step from the collector', () => {
  for (const status of statuses)
    for (const stage of stages)
      for (const decision of decisions)
        if (status !== waitsAs[stage]) assert.equal(refused(() => nextStatus(status, stage, decision)), 'review.not_waiting')
        else assert.equal(nextStatus(status, stage, decision), decision === 'returned' ? 'returned' : stage === 'coordinator' ? 'approved_by_coordinator' : 'approved')
})

test('however reviewers and collectors act, approval is final and comes after both stages on the same version', () => {
  const step = fc.oneof(fc.record({ stage: fc.constantFrom(...stages), decision: fc.constantFrom(...decisions) }), fc.constant('again' as const))
  fc.assert(fc.property(fc.array(step, { maxLength: 20 }), (acts) => {
    let status: string = 'submitted'
    let sinceSent: string[] = []
    for (const act of acts) {
      const before = status
      if (act === 'again') {
        if (status === 'returned') [status, sinceSent] = ['submitted', []]
        continue
      }
      if (refused(() => (status = nextStatus(status, act.stage, act.decision))) === '') sinceSent.push(`${act.stage} ${act.decision}`)
      if (before === 'approved') assert.equal(status, 'approved')
      if (status === 'approved') assert.deepEqual(sinceSent, ['coordinator approved', 'office approved'])
    }
  }))
})

test('nobody reviews the own visit, a superseded one, an older version, or returns without a word', () => {
  const visit = { status: 'submitted', instanceId: 'uuid:1', flags: [] as string[], collectors: ['m', 'm2'] }
  const judgement = { stage: 'coordinator', decision: 'returned', instanceId: 'uuid:1', note: '', comments: 1 } as const
  assert.equal(decide(visit, judgement, 'c'), 'returned')
  assert.equal(refused(() => decide(visit, judgement, 'm2')), 'review.own_visit')
  assert.equal(refused(() => decide({ ...visit, flags: ['superseded'] }, judgement, 'c')), 'review.superseded')
  assert.equal(refused(() => decide(visit, { ...judgement, instanceId: 'uuid:0' }, 'c')), 'review.version_changed')
  assert.equal(refused(() => decide(visit, { ...judgement, comments: 0 }, 'c')), 'review.note_missing')
  assert.equal(decide(visit, { ...judgement, decision: 'approved', comments: 0 }, 'c'), 'approved_by_coordinator')
})

test('a path is named by its last part', () => {
  assert.equal(nameOf('/data/c/w05_a[2]'), 'w05_a')
  assert.equal(nameOf('/data/r[1]/x'), 'x')
})
