import { Type, type Static } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { Done, Id, Instant, Nullable } from '#base/schema.ts'

/** A notice as its reader sees it: the sentence is made in the reader's language. */
export const Notice = Type.Object({
  id: Id, at: Instant, kind: Type.String(), text: Type.String(), link: Type.String(), readAt: Nullable(Instant), deliveredAt: Nullable(Instant),
})
export type Notice = Static<typeof Notice>

export const notices = {
  inbox: endpoint({
    call: 'GET /notices', verb: 'notice.read', input: Type.Object({ before: Type.Optional(Instant) }),
    reply: Type.Object({ rows: Type.Array(Notice), unread: Type.Integer() }),
  }),
  /** Opening a notice is proof that it reached its addressee. */
  open: endpoint({ call: 'POST /notices/:id/open', verb: 'notice.read', input: Type.Object({ id: Id }), reply: Done }),
}
