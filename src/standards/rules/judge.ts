import { evaluate, silent, type Answers, type NormValues } from './evaluate.ts'
import { parseRule, type Clause, type Severity } from './expression.ts'
import type { InstrumentItem } from './items.ts'

/** What one layer's answers say about one item. */
export interface Judgement {
  readonly result: 'pass' | 'fail' | 'not_observed' | 'not_applicable'
  /** Given with `fail`. */
  readonly severity: Severity | null
  /** The deciding answer, as given. */
  readonly value: string | number | null
  /** 1-5 for a quality scale that was answered, else null. Quality scores; it never gates. */
  readonly score: number | null
  readonly reason: 'broken' | 'kept' | 'does_not_apply' | 'not_seen' | 'unanswered' | 'norm_unknown' | 'rule_invalid'
  /** Norms the deciding clause compared with; for a rule without numbers the item's own norm. */
  readonly norms: readonly string[]
  /** Norms that were needed and have no known value in force. Never empty when the reason is `norm_unknown`. */
  readonly unknownNorms: readonly string[]
}

export interface Claim extends Judgement {
  readonly code: string
  readonly tag: 'compliance' | 'quality'
  readonly layer: string
  readonly norm: string | null
  readonly criterion: string | null
}

const primary = (item: InstrumentItem, answers: Answers): string | number | null => {
  const answer = answers[item.names[0] ?? '']
  return typeof answer === 'string' || typeof answer === 'number' ? answer : null
}

/**
 * Judges one item: clauses in order of the rule, the first true one decides; a clause that cannot be known is stepped over, so that a
 * lesser breach that can be seen still shows. No clause true: kept only when every clause is known to be false.
 */
export const judgeItem = (item: InstrumentItem, answers: Answers, norms: NormValues): Judgement => {
  const value = primary(item, answers)
  const score = item.tag === 'quality' && item.scale && /^[1-5]$/.test(String(value)) ? Number(value) : null
  const base = { value, score, severity: null, norms: item.norm === null ? [] : [item.norm], unknownNorms: [] as string[] }
  const rule = item.severityRule === null ? undefined : parseRule(item.severityRule)
  if (!rule?.ok) return { ...base, result: 'not_observed', reason: 'rule_invalid' }
  const verdicts = rule.clauses.map((clause) => ({ clause, verdict: evaluate(clause.expression, answers, norms) }))
  const unknownNorms = [
    ...new Set(
      verdicts.filter((v) => v.verdict === undefined).flatMap((v) => v.clause.norms.filter((code) => (norms.get(code) ?? null) === null)),
    ),
  ]
  const broken = verdicts.find((v) => v.verdict === true)?.clause
  if (broken) return { ...base, result: 'fail', severity: broken.severity, reason: 'broken', norms: normsOf(broken, item), unknownNorms }
  const own = item.names.map((name) => answers[name])
  if (own.includes('na')) return { ...base, result: 'not_applicable', reason: 'does_not_apply', unknownNorms }
  if (verdicts.every((v) => v.verdict === false)) return { ...base, result: 'pass', reason: 'kept' }
  if (own.includes('ts')) return { ...base, result: 'not_observed', reason: 'not_seen', unknownNorms }
  const answered = rule.clauses.some((c) => c.names.some((name) => item.names.includes(name) && isAnswered(answers, name)))
  return { ...base, result: 'not_observed', reason: answered && unknownNorms.length > 0 ? 'norm_unknown' : 'unanswered', unknownNorms }
}

const isAnswered = (answers: Answers, name: string): boolean => {
  const answer = answers[name]
  return Array.isArray(answer) ? answer.some((a) => !silent.has(a)) : !silent.has(answer)
}
const normsOf = (clause: Clause, item: InstrumentItem): readonly string[] =>
  clause.norms.length > 0 ? [...new Set(clause.norms)] : item.norm === null ? [] : [item.norm]

/**
 * All claims one layer makes with one visit. Items the layer does not observe give no claim.
 * A visit that could not happen (cancelled, refused, wrong address, unsafe) judges nothing; a class that was not there is a critical claim.
 */
export const judgeVisit = (items: readonly InstrumentItem[], answers: Answers, norms: NormValues, layer: string): Claim[] => {
  const outcome = typeof answers.outcome === 'string' && answers.outcome !== '' ? answers.outcome : 'took_place'
  if (outcome !== 'took_place' && outcome !== 'class_absent') return []
  const claims = items.flatMap((item): Claim[] =>
    item.tag === 'none' || !item.layers.includes(layer)
      ? []
      : [
          {
            code: item.code,
            tag: item.tag,
            layer,
            norm: item.norm,
            criterion: item.criterion,
            ...judgeItem(item, { ...answers, outcome }, norms),
          },
        ],
  )
  return outcome === 'took_place' ? claims : claims.filter((c) => c.result === 'fail')
}
