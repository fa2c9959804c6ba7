import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Answers, NormValues } from './evaluate.ts'
import { minutesOf } from './evaluate.ts'
import { parseRule, severities } from './expression.ts'
import type { InstrumentItem } from './items.ts'
import { judgeItem, judgeVisit } from './judge.ts'

const item = (severityRule: string | null, more: Partial<InstrumentItem> = {}): InstrumentItem => ({
  code: 'X01',
  position: 1,
  tag: 'compliance',
  norm: 'own.norm',
  criterion: null,
  severityRule,
  layers: ['expert'],
  basis: null,
  label: { id: 'x', en: 'x' },
  names: ['x', 'x_b'],
  files: [],
  scale: false,
  ...more,
})
const norms = (values: Record<string, number | null> = {}): NormValues => new Map(Object.entries(values))
const judged = (rule: string, answers: Answers, values: Record<string, number | null> = {}, more: Partial<InstrumentItem> = {}) => {
  const j = judgeItem(item(rule, more), answers, norms(values))
  return [j.result, j.severity, j.reason]
}

test('the first true clause decides', () => {
  const rule = "major: x div (x + x_b) < norm('low'); minor: x div (x + x_b) < norm('min')"
  const values = { low: 0.5, min: 0.7 }
  assert.deepEqual(judged(rule, { x: 40, x_b: 60 }, values), ['fail', 'major', 'broken'])
  assert.deepEqual(judged(rule, { x: '60', x_b: '40' }, values), ['fail', 'minor', 'broken'])
  assert.deepEqual(judged(rule, { x: 70, x_b: 30 }, values), ['pass', null, 'kept'])
})

test('an unknown norm is never a pass, and a lesser breach that can be seen still shows', () => {
  const rule = "major: x > norm('big'); minor: x > norm('small')"
  assert.deepEqual(judged(rule, { x: 5 }, { big: null, small: 10 }), ['not_observed', null, 'norm_unknown'])
  assert.deepEqual(judged(rule, { x: 50 }, { big: null, small: 10 }), ['fail', 'minor', 'broken'])
  assert.deepEqual(judgeItem(item(rule), { x: 5 }, norms({ small: 10 })).unknownNorms, ['big'])
  assert.deepEqual(judgeItem(item(rule), { x: 50 }, norms({ big: 100, small: 10 })).norms, ['small'])
})

test('unanswered, not observed and not applicable are told apart and never judged', () => {
  const rule = "major: x = 'tidak'"
  assert.deepEqual(judged(rule, {}), ['not_observed', null, 'unanswered'])
  assert.deepEqual(judged(rule, { x: '' }), ['not_observed', null, 'unanswered'])
  assert.deepEqual(judged(rule, { x: 'ts' }), ['not_observed', null, 'not_seen'])
  assert.deepEqual(judged(rule, { x: 'na' }), ['not_applicable', null, 'does_not_apply'])
  assert.deepEqual(judged(rule, { x: 'ya' }), ['pass', null, 'kept'])
  assert.deepEqual(judged('major: x > 3', { x: null, x_na: 'na' }, {}, { names: ['x', 'x_na'] }), [
    'not_applicable',
    null,
    'does_not_apply',
  ])
  assert.deepEqual(judged('major: (', { x: 'ya' }), ['not_observed', null, 'rule_invalid'])
})

test('functions: times, choices, counts over a repeat, least and most', () => {
  assert.deepEqual(judged('minor: minutes(x) - minutes(begins) > 15', { x: '08:16:00.000+07:00', begins: '08:00' }), [
    'fail',
    'minor',
    'broken',
  ])
  assert.deepEqual(judged('minor: minutes(x) - minutes(begins) > 15', { x: '08:15:00', begins: '2026-11-23T08:00:00+07:00' }), [
    'pass',
    null,
    'kept',
  ])
  assert.deepEqual(judged("critical: x_b = 'ya' and not(selected(x, 'apd'))", { x: 'p3k apar', x_b: 'ya' }), ['fail', 'critical', 'broken'])
  assert.deepEqual(judged("critical: x_b = 'ya' and not(selected(x, 'apd'))", { x: 'p3k apar', x_b: 'tidak' }), ['pass', null, 'kept'])
  assert.deepEqual(judged("major: count(x, 'tidak') >= 2", { x: ['tidak', 'ya', 'tidak'] }), ['fail', 'major', 'broken'])
  assert.deepEqual(judged("major: count(x, 'tidak') >= 2", { x: ['na', 'ts', ''] }), ['not_observed', null, 'unanswered'])
  assert.deepEqual(judged('observation: count(x) < 3', { x: 'toilet air' }), ['fail', 'observation', 'broken'])
  assert.deepEqual(judged("major: x > 0 and abs(x - min(a, b)) div x > norm('gap')", { x: 30, a: 26, b: 28 }, { gap: 0.1 }), [
    'fail',
    'major',
    'broken',
  ])
  assert.equal(minutesOf('25:00'), undefined)
})

test('dividing by nothing is unknown, not a breach', () => {
  assert.deepEqual(judged('major: x div x_b > 5', { x: 1, x_b: 0 }), ['not_observed', null, 'unanswered'])
  assert.deepEqual(judged('major: x_b = 0 or x div x_b > 5', { x: 1, x_b: 0 }), ['fail', 'major', 'broken'])
})

test('a norm met exactly is kept, whatever rounding does', () => {
  assert.deepEqual(judged("minor: x div 3 < norm('n')", { x: 0.9 }, { n: 0.3 }), ['pass', null, 'kept'])
  assert.deepEqual(judged("minor: x + x_b > norm('n')", { x: 0.1, x_b: 0.2 }, { n: 0.3 }), ['pass', null, 'kept'])
})

test('a quality scale gives a score, and an observation at two or less', () => {
  const scale = item('observation: x <= 2', { tag: 'quality', norm: null, criterion: 'clarity', scale: true })
  assert.deepEqual(
    [1, 2, 3, 4, 5].map((x) => judgeItem(scale, { x: String(x) }, norms())).map((j) => [j.score, j.result, j.severity]),
    [
      [1, 'fail', 'observation'],
      [2, 'fail', 'observation'],
      [3, 'pass', null],
      [4, 'pass', null],
      [5, 'pass', null],
    ],
  )
  assert.equal(judgeItem(scale, { x: 'na' }, norms()).score, null)
})

test('a visit judges only what its layer observes, and only when there was something to see', () => {
  const items = [
    item("critical: outcome = 'class_absent' or x = 'tidak'", { code: 'A' }),
    item("major: x = 'tidak'", { code: 'B', layers: ['internal'] }),
    item("minor: y = 'tidak'", { code: 'C', names: ['y'] }),
    item(null, { code: 'D', tag: 'none' }),
  ]
  const codes = (answers: Answers, layer = 'expert') => judgeVisit(items, answers, norms(), layer).map((c) => `${c.code} ${c.result}`)
  assert.deepEqual(codes({ outcome: 'took_place', x: 'ya', y: 'tidak' }), ['A pass', 'C fail'])
  assert.deepEqual(codes({ x: 'ya' }, 'internal'), ['B pass'])
  assert.deepEqual(codes({ outcome: 'class_absent' }), ['A fail'])
  for (const outcome of ['cancelled', 'access_refused', 'wrong_address', 'monitor_unsafe'])
    assert.deepEqual(codes({ outcome, x: 'tidak' }), [])
})

test('a faulty rule says where', () => {
  for (const [rule, at] of [
    ['', 0],
    ['major', 5],
    ['grave: x = 1', 0],
    ['major: x = ', 11],
    ['major: x ? 1', 9],
    ['major: foo(x)', 7],
    ['major: norm(x) > 1', 7],
    ['major: x = 1 minor: x = 2', 13],
  ] as const) {
    const parsed = parseRule(rule)
    assert.ok(!parsed.ok, rule)
    assert.equal(parsed.fault.at, at, rule)
  }
  assert.ok(!parseRule(`major: ${'('.repeat(10_000)}x${')'.repeat(10_000)} = 1`).ok)
})

const number = fc.integer({ min: -50, max: 50 })
const comparison = fc
  .tuple(
    fc.constantFrom('x', 'x_b', "norm('a')", "norm('b')", '3'),
    fc.constantFrom('<', '<=', '>', '>=', '=', '!='),
    fc.constantFrom('x', 'x_b', "norm('a')", '7'),
  )
  .map((p) => p.join(' '))
const condition = fc.letrec<{ it: string }>((tie) => ({
  it: fc.oneof(
    { maxDepth: 3 },
    comparison,
    fc.tuple(tie('it'), fc.constantFrom('and', 'or'), tie('it')).map(([a, o, b]) => `(${a} ${o} ${b})`),
    tie('it').map((e) => `not(${e})`),
  ),
})).it
const ruleText = fc
  .array(fc.tuple(fc.constantFrom(...severities), condition), { minLength: 1, maxLength: 4 })
  .map((cs) => cs.map(([s, e]) => `${s}: ${e}`).join('; '))

test('knowing more never turns a verdict round: what fails or passes half-known does so fully known', () => {
  fc.assert(
    fc.property(
      ruleText,
      fc.record({ x: number, x_b: number, a: number, b: number }),
      fc.subarray(['x', 'x_b', 'a', 'b']),
      (rule, full, hidden) => {
        const keep = (k: string) => !hidden.includes(k)
        const known = judgeItem(item(rule), { x: full.x, x_b: full.x_b }, norms({ a: full.a, b: full.b }))
        const half = judgeItem(
          item(rule),
          { x: keep('x') ? full.x : null, x_b: keep('x_b') ? full.x_b : null },
          norms({ a: keep('a') ? full.a : null, b: keep('b') ? full.b : null }),
        )
        assert.ok(known.result === 'pass' || known.result === 'fail')
        if (half.result === 'pass' || half.result === 'fail') assert.equal(half.result, known.result)
        if (hidden.length === 0) assert.deepEqual(half, known)
      },
    ),
  )
})

test('no rule and no answer makes the judge throw', () => {
  const answer = fc.oneof(fc.string(), fc.double(), fc.constant(null), fc.array(fc.oneof(fc.string(), fc.integer())))
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), ruleText),
      fc.dictionary(fc.constantFrom('x', 'x_b', '__proto__', 'outcome'), answer),
      (rule, answers) => {
        const j = judgeItem(item(rule), answers, norms({ a: 1 }))
        assert.equal(j.severity !== null, j.result === 'fail')
      },
    ),
  )
})
