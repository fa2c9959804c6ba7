import { Type, type Static } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import { Id, Instant, Nullable } from '#base/schema.ts'

export const LedgerEntry = Type.Object({
  id: Id, at: Instant, personName: Nullable(Type.String()), organisationName: Nullable(Type.String()), scope: Type.String(),
  act: Type.String(), onKind: Type.String(), onId: Type.String(), detail: Type.Record(Type.String(), Type.Unknown()),
})
export type LedgerEntry = Static<typeof LedgerEntry>
export const ledger = {
  acts: endpoint({
    call: 'GET /ledger', verb: 'ledger.read',
    input: Type.Object({
      onKind: Type.Optional(Type.String({ maxLength: 60 })), onId: Type.Optional(Type.String({ maxLength: 80 })),
      /** Instant and id of the last entry seen. Acts of one request share their instant, so a page may end between them. */
      before: Type.Optional(Instant), beforeId: Type.Optional(Id), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    }),
    reply: Type.Array(LedgerEntry),
  }),
}
export const problems = {
  'ledger.append_only': [409, 'Catatan tindakan tidak dapat diubah atau dihapus.', 'The record of acts cannot be changed or deleted.'],
} as const
