import { Type, type Static } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import type { Problems } from '#base/problem.ts'
import { Day, Done, Id, Instant, Mode, Nullable, OneOf } from '#base/schema.ts'
import { problems as rules } from './problems.ts'

export const Status = OneOf('offered', 'assigned', 'submitted', 'returned', 'done', 'cancelled', 'replaced')
export const Assignment = Type.Object({
  id: Id, drawnId: Id, roundId: Id, roundCode: Type.String(), roundTitle: Type.String(), classRunId: Id, scheduleCode: Type.String(), title: Type.String(), mode: Mode, providerName: Type.String(),
  regencyName: Type.String(), provinceName: Type.String(), zone: OneOf('WIB', 'WITA', 'WIT'), venue: Nullable(Type.String()), sessionBeginsAt: Nullable(Instant), startsOn: Day, endsOn: Day,
  purpose: OneOf('random', 'targeted'), organisationId: Id, organisationName: Type.String(), personId: Nullable(Id), personName: Nullable(Type.String()),
  status: Status, dueOn: Day, late: Type.Boolean(), reason: Nullable(Type.String()),
})
export type Assignment = Static<typeof Assignment>
export const Team = Type.Object({ organisationId: Id, name: Type.String(), shortName: Type.String(), capacity: Type.Integer(), given: Type.Integer(), proposed: Type.Integer(), affiliatedProviders: Type.Integer() })

/** How far a round is, of what one may see: all of it, or the own organisation's part. A visit that was moved, or cancelled and offered again, counts once, as it stands now. */
export const Coverage = Type.Object({
  roundId: Id, code: Type.String(), title: Type.String(), status: Type.String(), periodFrom: Day, periodTo: Day, total: Type.Integer(),
  offered: Type.Integer(), assigned: Type.Integer(), submitted: Type.Integer(), returned: Type.Integer(), done: Type.Integer(), cancelled: Type.Integer(), late: Type.Integer(),
})
export type Coverage = Static<typeof Coverage>
export type Team = Static<typeof Team>

export const assignments = {
  coverage: endpoint({ call: 'GET /assignments/coverage', verb: 'assignment.read', input: Type.Object({}), reply: Type.Array(Coverage) }),
  list: endpoint({
    call: 'GET /assignments', verb: 'assignment.read',
    input: Type.Object({ roundId: Type.Optional(Id), status: Type.Optional(Status), open: Type.Optional(Type.Boolean()) }), reply: Type.Array(Assignment),
  }),
  /** Who would get what if the round were sent now: nothing is stored. */
  proposal: endpoint({
    call: 'GET /rounds/:id/proposal', verb: 'assignment.distribute', input: Type.Object({ id: Id }),
    reply: Type.Object({
      teams: Type.Array(Team), conflicts: Type.Integer(),
      unassigned: Type.Array(Type.Object({ drawnId: Id, scheduleCode: Type.String(), providerName: Type.String(), reason: OneOf('no_teams', 'all_affiliated', 'out_of_reach', 'no_capacity') })),
    }),
  }),
  /** Gives organisations what none has in a sent round: all that was never offered, or the named drawn rows (a cancelled one again). What nobody can take stays waiting. */
  offer: endpoint({
    call: 'POST /rounds/:id/offer', verb: 'assignment.distribute', input: Type.Object({ id: Id, drawnIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 500 })) }),
    reply: Type.Object({ offered: Type.Integer(), waiting: Type.Integer() }),
  }),
  capacity: endpoint({ call: 'PUT /rounds/:id/capacity', verb: 'assignment.distribute', input: Type.Object({ id: Id, organisationId: Id, visits: Type.Integer({ minimum: 0, maximum: 5000 }) }), reply: Done }),
  workload: endpoint({
    call: 'GET /workload', verb: 'assignment.assign', input: Type.Object({}),
    reply: Type.Array(Type.Object({ personId: Id, name: Type.String(), organisationId: Id, open: Type.Integer(), submitted: Type.Integer(), done: Type.Integer() })),
  }),
  assign: endpoint({ call: 'POST /assignments/assign', verb: 'assignment.assign', input: Type.Object({ ids: Type.Array(Id, { minItems: 1, maxItems: 500 }), personId: Id }), reply: Done }),
  cancel: endpoint({ call: 'POST /assignments/:id/cancel', verb: 'assignment.assign', input: Type.Object({ id: Id, reason: Type.String({ minLength: 3, maxLength: 500 }) }), reply: Done }),
  postpone: endpoint({ call: 'POST /assignments/:id/postpone', verb: 'assignment.assign', input: Type.Object({ id: Id, dueOn: Day }), reply: Done }),
  /** To another organisation; the old assignment stays as replaced. */
  move: endpoint({ call: 'POST /assignments/:id/move', verb: 'assignment.distribute', input: Type.Object({ id: Id, organisationId: Id, reason: Type.String({ minLength: 3, maxLength: 500 }) }), reply: Done }),
  history: endpoint({
    call: 'GET /assignments/:id/history', verb: 'assignment.read', input: Type.Object({ id: Id }),
    reply: Type.Array(Type.Object({ at: Instant, act: Type.String(), byName: Nullable(Type.String()), toName: Nullable(Type.String()), detail: Type.Record(Type.String(), Type.Unknown()) })),
  }),
}
export const problems = {
  ...rules,
  'assignment.round_not_sent': [409, 'Putaran ini belum dikirim atau sudah ditutup.', 'This round is not sent yet, or closed already.'],
  'assignment.not_a_monitor': [400, 'Orang ini bukan pemantau aktif organisasi tersebut.', 'This person is no active monitor of that organisation.'],
} as const satisfies Problems
