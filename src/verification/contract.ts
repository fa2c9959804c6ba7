import { Type, type Static } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import type { Problems } from '#base/problem.ts'
import { Day, Done, Id, Instant, Mode, Nullable, OneOf } from '#base/schema.ts'

export const Stage = OneOf('coordinator', 'office')
export type Stage = Static<typeof Stage>
export const Decision = OneOf('approved', 'returned')
export type Decision = Static<typeof Decision>
const Words = Type.Object({ id: Type.String(), en: Type.String() })
const Path = Type.String({ minLength: 1, maxLength: 400 })

/** A visit that waits for the caller's decision. */
export const Waiting = Type.Object({
  visitId: Id, instanceId: Type.String(), version: Type.Integer(), roundId: Id, roundCode: Type.String(), mode: Mode,
  trainingTitle: Type.String(), scheduleCode: Type.String(), providerName: Type.String(), regencyName: Type.String(), organisationId: Id, organisationName: Type.String(),
  /** Who went; null for the programme office. */
  personName: Nullable(Type.String()),
  outcome: Nullable(Type.String()), sessionDay: Nullable(Day), waitingSince: Instant, flags: Type.Array(Type.String()),
  failed: Type.Object({ critical: Type.Integer(), major: Type.Integer(), minor: Type.Integer() }),
  /** How often it was returned before. */
  returns: Type.Integer(),
})
export type Waiting = Static<typeof Waiting>

export const Comment = Type.Object({ path: Type.String(), item: Nullable(Type.Object({ code: Type.String(), label: Words })), text: Type.String() })
export const HistoryEntry = Type.Object({
  at: Instant, kind: OneOf('submitted', 'approved', 'returned'), stage: Nullable(Stage), version: Type.Integer(), instanceId: Type.String(), via: Nullable(OneOf('browser', 'door')),
  organisationName: Type.String(), personName: Nullable(Type.String()), note: Nullable(Type.String()), comments: Type.Array(Comment),
})
export type HistoryEntry = Static<typeof HistoryEntry>
const Judged = Type.Object({
  id: Id,
  /** The version that was looked at. */
  instanceId: Type.String({ minLength: 1, maxLength: 255 }),
  decision: Decision, note: Type.Optional(Type.String({ maxLength: 4000 })),
  comments: Type.Optional(Type.Array(Type.Object({ path: Path, text: Type.String({ minLength: 1, maxLength: 2000 }) }), { maxItems: 100 })),
})

export const verification = {
  queue: endpoint({
    call: 'GET /reviews', verb: 'review.read',
    input: Type.Object({
      roundId: Type.Optional(Id), organisationId: Type.Optional(Id), mode: Type.Optional(Mode), search: Type.Optional(Type.String({ maxLength: 100 })),
      page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })), size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    }),
    reply: Type.Object({
      total: Type.Integer(), oldest: Nullable(Instant), rows: Type.Array(Waiting),
      /** What the queue can be narrowed to. */
      rounds: Type.Array(Type.Object({ id: Id, code: Type.String() })), organisations: Type.Array(Type.Object({ id: Id, name: Type.String() })),
    }),
  }),
  coordinate: endpoint({ call: 'POST /visits/:id/coordination', verb: 'review.coordinate', input: Judged, reply: Done }),
  decide: endpoint({ call: 'POST /visits/:id/decision', verb: 'review.office', input: Judged, reply: Done }),
  history: endpoint({ call: 'GET /visits/:id/history', verb: 'review.read', input: Type.Object({ id: Id }), reply: Type.Array(HistoryEntry) }),
}

export const problems = {
  'review.not_waiting': [409, 'Kunjungan ini tidak sedang menunggu keputusan Anda (keadaannya: {status}).', 'This visit does not wait for your decision (it is {status}).'],
  'review.version_changed': [409, 'Ada versi baru dari kunjungan ini. Muat ulang lalu tinjau versi itu.', 'There is a newer version of this visit. Reload and review that one.'],
  'review.own_visit': [403, 'Anda tidak boleh meninjau kunjungan Anda sendiri.', 'You may not review your own visit.'],
  'review.note_missing': [400, 'Tuliskan apa yang harus diperbaiki.', 'Say what has to be corrected.'],
  'review.superseded': [409, 'Kunjungan ini tidak dihitung karena ada kunjungan lain untuk tugas yang sama.', 'This visit does not count, because another one stands for the same task.'],
} as const satisfies Problems
