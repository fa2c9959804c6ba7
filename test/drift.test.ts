import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { verbs } from '#access/rules.ts'
import { problems } from '#server/problems.ts'
import { rooms } from '#server/rooms.ts'
import { documents } from './documents.ts'

for (const [path, make] of Object.entries(documents))
  test(`${path} says what the code says (npm run documents)`, () => assert.equal(readFileSync(path, 'utf8'), make()))

const sources = () => globSync(['src/**/*.ts', 'src/**/*.vue']).filter((p) => !p.endsWith('.test.ts')).map((p) => [p, readFileSync(p, 'utf8')] as const)

test('every problem that is thrown is listed, with a sentence in both languages', () => {
  const thrown = sources().flatMap(([path, text]) => [...text.matchAll(/new Problem\(\s*'([\w.]+)'/g)].map((m) => `${m[1]} (${path})`))
  assert.ok(thrown.length > 20)
  assert.deepEqual(thrown.filter((t) => !(t.split(' ')[0]! in problems)), [])
  assert.deepEqual(Object.entries(problems).filter(([, [status, id, en]]) => status < 400 || status > 599 || !id || !en || id === en), [])
})

test('every endpoint names a verb that exists, and every verb is used by an endpoint', () => {
  const used = Object.values(rooms).flatMap((r) => Object.values(r.contract).map((e) => e.verb))
  assert.deepEqual(used.filter((v) => !(v in verbs) && v !== 'public' && v !== 'signed_in'), [])
  // sending a visit has doors of its own (server/door.ts, server/door-field.ts)
  assert.deepEqual(Object.keys(verbs).filter((v) => !used.includes(v)), ['visit.submit'])
})

test('no two rooms answer the same call', () => {
  const calls = Object.values(rooms).flatMap((r) => Object.values(r.contract).map((e) => e.call.replace(/:\w+/g, ':')))
  assert.deepEqual(calls.filter((c, i) => calls.indexOf(c) !== i), [])
})

test('links in the documents lead somewhere', () => {
  const dead = globSync(['*.md', 'docs/**/*.md', 'src/*/README.md']).flatMap((path) => {
    const base = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : ''
    return [...readFileSync(path, 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((m) => base + m[1]!).filter((to) => globSync(to).length === 0).map((to) => `${path} -> ${to}`)
  })
  assert.deepEqual(dead, [])
})
