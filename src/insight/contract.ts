import { Type, type Static } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import type { Problems } from '#base/problem.ts'
import { Day, Done, Id, Instant, Nullable, OneOf } from '#base/schema.ts'

/** Least number of observations behind a published rate (design language: never a rate below n = 10 on public pages). */
export const leastPublished = 10

/** An estimate as it is shown everywhere: never a bare number. Shares are 0…1. */
export const Estimate = Type.Object({
  value: Nullable(Type.Number()), low: Nullable(Type.Number()), high: Nullable(Type.Number()), n: Type.Integer(), drawn: Type.Integer(), unanswered: Type.Integer(),
  population: Type.Number(), asOf: Day, method: Type.String(), warnings: Type.Array(Type.String()),
})
export type Estimate = Static<typeof Estimate>
const RoundName = Type.Object({ id: Id, code: Type.String(), title: Type.String(), status: Type.String(), periodFrom: Day, periodTo: Day })

export const Overview = Type.Object({
  asOf: Instant,
  decisions: Type.Object({ criticalDrafts: Type.Integer(), drafts: Type.Integer(), overdue: Type.Integer(), replies: Type.Integer(), reviews: Type.Integer(), openCritical: Type.Integer() }),
  rounds: Type.Array(RoundName), round: Nullable(RoundName),
  compliance: Nullable(Estimate),
  coverage: Nullable(Type.Object({ drawn: Type.Integer(), approved: Type.Integer(), submitted: Type.Integer(), open: Type.Integer(), unassigned: Type.Integer(), targeted: Type.Integer(), nonresponse: Type.Array(Type.Object({ outcome: Type.String(), n: Type.Integer() })) })),
  byMode: Type.Array(Type.Object({ mode: Type.String(), estimate: Estimate })),
  byRegion: Type.Array(Type.Object({ regionGroup: Type.String(), estimate: Estimate })),
  /** What was seen per regency, all visits of all rounds: counts, not an estimate. */
  regencies: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), province: Type.String(), visits: Type.Integer(), compliant: Type.Integer(), openCritical: Type.Integer() })),
  trend: Type.Array(Type.Object({ code: Type.String(), periodTo: Day, estimate: Estimate })),
})
export type Overview = Static<typeof Overview>

const Quality = Type.Object({ mean: Nullable(Type.Number()), low: Nullable(Type.Number()), high: Nullable(Type.Number()), n: Type.Integer(), items: Type.Array(Type.Object({ item: Type.String(), labelId: Type.String(), labelEn: Type.String(), mean: Type.Number(), low: Nullable(Type.Number()), high: Nullable(Type.Number()), n: Type.Integer() })) })
/** One compliance item that was checked at the provider. Not met while a confirmed finding on it is open (`worst` = its severity); a draft says nothing yet. */
const ComplianceItem = Type.Object({ item: Type.String(), labelId: Type.String(), labelEn: Type.String(), checked: Type.Integer(), open: Type.Integer(), worst: Nullable(OneOf('critical', 'major', 'minor')) })
const FindingCounts = Type.Object({ open: Type.Object({ critical: Type.Integer(), major: Type.Integer(), minor: Type.Integer() }), closed: Type.Integer(), overdue: Type.Integer() })
export const Score = Type.Object({
  providerId: Id, name: Type.String(), asOf: Instant, visits: Type.Integer(), compliantVisits: Type.Integer(), gate: OneOf('met', 'not_met', 'no_data'), compliance: Type.Array(ComplianceItem), quality: Quality, findings: FindingCounts,
})
export type Score = Static<typeof Score>
export const Peers = Type.Object({ providers: Type.Integer(), quality: Nullable(Type.Number()), compliantShare: Nullable(Type.Number()), asOf: Instant })
export const Published = Type.Object({ key: Type.String(), asOf: Instant, value: Type.Record(Type.String(), Type.Unknown()) })

export const insight = {
  overview: endpoint({ call: 'GET /overview', verb: 'insight.overview', input: Type.Object({ roundId: Type.Optional(Id) }), reply: Overview }),
  providers: endpoint({ call: 'GET /providers', verb: 'insight.scorecard', input: Type.Object({ search: Type.Optional(Type.String({ maxLength: 100 })), gate: Type.Optional(OneOf('met', 'not_met', 'no_data')) }), reply: Type.Array(Score) }),
  /** One provider's card; a provider asks without an id and gets its own. */
  scorecard: endpoint({ call: 'GET /scorecard', verb: 'insight.scorecard', input: Type.Object({ providerId: Type.Optional(Id) }), reply: Type.Object({ score: Nullable(Score), name: Type.String(), peers: Nullable(Peers) }) }),
  platform: endpoint({
    call: 'GET /platform', verb: 'insight.platform', input: Type.Object({}),
    reply: Type.Object({ asOf: Instant, classRuns: Type.Integer(), upcoming: Type.Integer(), providers: Type.Integer(), findings: FindingCounts, scores: Type.Array(Score) }),
  }),
  published: endpoint({ call: 'GET /published', verb: 'public', input: Type.Object({}), reply: Type.Array(Published) }),
  /** Publishes the national figures of a round; a figure below the least n is refused. */
  publish: endpoint({ call: 'POST /published', verb: 'insight.publish', input: Type.Object({ roundId: Id }), reply: Done }),
  refresh: endpoint({ call: 'POST /scores/refresh', verb: 'insight.publish', input: Type.Object({}), reply: Done }),
}
export const problems = {
  'insight.too_few': [409, 'Angka ini berdasar {n} kunjungan saja; yang diterbitkan paling sedikit {least}.', 'This figure rests on {n} visits only; at least {least} are needed to publish it.'],
} as const satisfies Problems
