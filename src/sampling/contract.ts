import { Type, type Static } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import type { Problems } from '#base/problem.ts'
import { Day, Done, Id, Instant, Mode, Nullable, OneOf } from '#base/schema.ts'
import { problems as rules } from './rules/problems.ts'

/** Which class runs a round is about. Empty lists mean all. */
export const Filter = Type.Object({ modes: Type.Array(Mode), provinces: Type.Array(Type.String({ pattern: '^\\d\\d$' }), { maxItems: 60 }), providerIds: Type.Array(Id, { maxItems: 500 }) })
export const Design = Type.Object({
  stratifyBy: Type.Array(OneOf('mode', 'regionGroup', 'riskClass')),
  floor: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
  allocation: Type.Union([
    Type.Object({ kind: Type.Literal('proportional'), total: Type.Integer({ minimum: 1, maximum: 50_000 }), minimum: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })) }),
    Type.Object({ kind: Type.Literal('given'), sizes: Type.Record(Type.String(), Type.Integer({ minimum: 0, maximum: 50_000 })) }),
  ]),
  /** Days between the visited sitting and the day the visit is due. */
  dueDays: Type.Integer({ minimum: 0, maximum: 60 }),
})
export type Design = Static<typeof Design>
export type Filter = Static<typeof Filter>
const plan = { periodFrom: Day, periodTo: Day, filter: Filter, design: Design }

export const Stratum = Type.Object({ code: Type.String(), mode: Type.String(), regionGroup: Type.String(), riskClass: Type.String(), population: Type.Integer(), sample: Type.Integer() })
export type Stratum = Static<typeof Stratum>
export const Round = Type.Object({
  id: Id, code: Type.String(), title: Type.String(), ...plan, status: OneOf('planned', 'frozen', 'drawn', 'sent', 'closed'),
  seed: Nullable(Type.String()), seedCommitment: Nullable(Type.String()), frameDigest: Nullable(Type.String()), frameSize: Nullable(Type.Integer()),
  createdAt: Instant, frozenAt: Nullable(Instant), drawnAt: Nullable(Instant), sentAt: Nullable(Instant), closedAt: Nullable(Instant),
  random: Type.Integer(), targeted: Type.Integer(),
})
export type Round = Static<typeof Round>
export const Drawn = Type.Object({
  id: Id, classRunId: Id, scheduleCode: Type.String(), title: Type.String(), providerName: Type.String(), regencyName: Type.String(), zone: OneOf('WIB', 'WITA', 'WIT'), mode: Mode, startsOn: Day, endsOn: Day,
  purpose: OneOf('random', 'targeted'), stratum: Nullable(Type.String()), inclusionProbability: Nullable(Type.Number()), randomNumber: Nullable(Type.Number()), rank: Nullable(Type.Integer()), certainty: Type.Boolean(),
  sessionBeginsAt: Nullable(Instant), reason: Nullable(Type.String()),
})
export type Drawn = Static<typeof Drawn>
/** One way in which a draw is not what frame, seed and design say; the codes are those of rules/verify.ts. */
export const Deviation = Type.Object({ code: Type.String(), classRunId: Nullable(Id), stratum: Nullable(Type.String()), field: Nullable(Type.String()), stored: Nullable(Type.String()), computed: Nullable(Type.String()) })
export type Deviation = Static<typeof Deviation>

export const sampling = {
  rounds: endpoint({ call: 'GET /rounds', verb: 'round.read', input: Type.Object({}), reply: Type.Array(Round) }),
  round: endpoint({ call: 'GET /rounds/:id', verb: 'round.read', input: Type.Object({ id: Id }), reply: Type.Object({ round: Round, strata: Type.Array(Stratum), regionsUnvisited: Type.Array(Type.Object({ regencyName: Type.String(), provinceName: Type.String() })) }) }),
  drawn: endpoint({ call: 'GET /rounds/:id/drawn', verb: 'round.read', input: Type.Object({ id: Id }), reply: Type.Array(Drawn) }),
  /** What a plan would draw from, before anything is stored. */
  preview: endpoint({ call: 'POST /rounds/preview', verb: 'round.plan', input: Type.Object(plan), reply: Type.Object({ population: Type.Integer(), sample: Type.Integer(), strata: Type.Array(Stratum) }) }),
  plan: endpoint({ call: 'POST /rounds', verb: 'round.plan', input: Type.Object({ title: Type.String({ minLength: 3, maxLength: 120 }), ...plan }), reply: Round }),
  /** Freezes the frame and, with the seed's commitment in the ledger before it, draws. */
  draw: endpoint({ call: 'POST /rounds/:id/draw', verb: 'round.plan', input: Type.Object({ id: Id, seed: Type.Optional(Type.String({ minLength: 8, maxLength: 128 })) }), reply: Round }),
  target: endpoint({
    call: 'POST /rounds/:id/targeted', verb: 'round.target',
    input: Type.Object({ id: Id, classRunId: Id, reason: Type.String({ minLength: 5, maxLength: 500 }) }), reply: Done,
  }),
  send: endpoint({ call: 'POST /rounds/:id/send', verb: 'round.send', input: Type.Object({ id: Id }), reply: Round }),
  close: endpoint({ call: 'POST /rounds/:id/close', verb: 'round.send', input: Type.Object({ id: Id }), reply: Round }),
  /** Only for whoever sees every sitting of the frame: with some of them hidden an honest draw would seem wrong. At most 200 deviations are named; `total` counts all. */
  verify: endpoint({ call: 'GET /rounds/:id/verify', verb: 'round.plan', input: Type.Object({ id: Id }), reply: Type.Object({ ok: Type.Boolean(), total: Type.Integer(), differences: Type.Array(Deviation) }) }),
  /** Frame, seed, design and draw in one file that can be checked without this product. */
  published: endpoint({ call: 'GET /rounds/:id/published', verb: 'round.plan', input: Type.Object({ id: Id }), reply: Type.Any() }),
}

export const problems = {
  ...rules,
  'sampling.not_in_status': [409, 'Putaran ini berstatus {status}; tindakan ini tidak berlaku lagi.', 'This round is {status}; this act does not apply.'],
  'sampling.frame_empty': [400, 'Tidak ada jadwal kelas yang cocok. Perluas periode atau saringan.', 'No class run matches. Widen the period or the filter.'],
  'sampling.period_invalid': [400, 'Periode berakhir sebelum dimulai.', 'The period ends before it begins.'],
  'sampling.already_drawn': [409, 'Jadwal kelas ini sudah ada dalam putaran ini.', 'This class run is in this round already.'],
  'sampling.kept': [409, 'Hasil undian disimpan sebagaimana adanya.', 'A draw is kept as it was drawn.'],
} as const satisfies Problems
