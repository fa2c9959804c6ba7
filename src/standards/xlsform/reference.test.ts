import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { canonical, conform, firstDifference, type Case } from './conform.ts'

/** The cases are not part of this repository: recorded results of pyxform's own test inputs. */
const path = process.env.XLSFORM_CASES

test('recorded results of pyxform', { skip: path === undefined && 'XLSFORM_CASES names no file of cases' }, (t) => {
  const cases = readFileSync(path!, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Case)
  const verdicts = cases.map(conform)
  const differing = verdicts.filter((v) => v.outcome === 'differs')
  for (const v of differing) t.diagnostic(`${v.id}: ${v.difference}`)
  t.diagnostic(`${cases.length - differing.length} of ${cases.length} as the reference`)
  // What is excluded is refused by name; nothing is converted differently.
  assert.deepEqual(differing.filter((v) => !v.difference!.startsWith('refused:')), [])
  assert.ok(differing.length <= cases.length * 0.04)
})

test('a comparison overlooks the order of attributes and white space between elements, nothing else', () => {
  const same = (a: string, b: string) => firstDifference(canonical(a), canonical(b))
  assert.equal(same('<a x="1" y="2">\n  <b/>\n</a>', '<a y="2" x="1"><b></b></a>'), undefined)
  assert.equal(same('<a><b>x</b></a>', '<a><b>x </b></a>'), '/a/b: "x" instead of "x "')
  assert.equal(same('<a><b/></a>', '<a/>'), '/a: <b> instead of </a>')
})
