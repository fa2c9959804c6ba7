import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { runCase } from './compare.ts'
import { methods, type Case } from './methods.ts'

const { cases } = JSON.parse(readFileSync(new URL('./cases.json', import.meta.url), 'utf8')) as { cases: Case[] }

/** Parts of a case that R gives and the product does not offer. They are named, so that a case cannot pass by answering nothing. */
const notOffered: Readonly<Record<string, readonly string[]>> = {
  'survey-apistrat': ['logit', 'likelihood', 'asin', 'xlogit', 'jackknife_JKn'],
  'survey-apiclus1': ['logit', 'jackknife_JK1_mean'],
}

for (const one of cases.filter((c) => methods[c.method])) {
  test(`reference case ${one.id} is reproduced`, () => {
    const { compared, differences, unanswered } = runCase(one, cases)
    assert.deepEqual(differences, [])
    const allowed = notOffered[one.id] ?? []
    assert.deepEqual(unanswered.filter((key) => !allowed.some((name) => key.split('.').includes(name)) && !/(^|\.)(note|definition|inclusion_note)$/.test(key)), [])
    assert.ok(compared > 0)
  })
}

test('only cases that may be copied are stored', () => {
  assert.deepEqual(cases.filter((c) => c.mayBeCopied !== true).map((c) => c.id), [])
  assert.equal(cases.length, 12)
})

test('the comparison sees a wrong number', () => {
  const one = cases.find((c) => c.id === 'pps-pik')!
  const wrong: Case = { ...one, expected: { ...one.expected, pik: one.expected.pik.map((p: number, k: number) => (k === 0 ? p + 1e-9 : p)) } }
  assert.equal(runCase(wrong, cases).differences.length, 1)
})
