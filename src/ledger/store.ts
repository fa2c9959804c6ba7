import type { Kysely } from 'kysely'
import type { Act, Who } from '#base/room.ts'
import type { Tables as Access } from '#access/store.ts'

export interface Tables extends Access {
  'ledger.act': {
    id: string; at: string | Date; personId: string | null; organisationId: string | null; membershipId: string | null; scope: string
    act: string; verb: string | null; onKind: string; onId: string; detail: unknown
  }
}

export const store = (db: Kysely<Tables>) => ({
  /** Writes one act. Must run in the transaction of what it records. */
  record: (id: string, at: Date, who: Who, verb: string | null, { act, on, id: onId, detail }: Act) =>
    db.insertInto('ledger.act').values({
      id, at, personId: who.scope === 'system' ? null : who.personId, organisationId: who.scope === 'system' ? null : who.organisationId,
      membershipId: who.scope === 'system' ? null : who.membershipId, scope: who.scope, act, verb, onKind: on, onId, detail: JSON.stringify(detail ?? {}),
    }).execute(),
  acts: (want: { onKind?: string | undefined; onId?: string | undefined; before?: string | undefined; beforeId?: string | undefined; limit?: number | undefined }) =>
    db.selectFrom('ledger.act as a').leftJoin('access.person as p', 'p.id', 'a.personId').leftJoin('access.organisation as o', 'o.id', 'a.organisationId')
      .select(['a.id', 'a.at', 'p.name as personName', 'o.name as organisationName', 'a.scope', 'a.act', 'a.onKind', 'a.onId', 'a.detail'])
      .$if(want.onKind !== undefined, (q) => q.where('a.onKind', '=', want.onKind!))
      .$if(want.onId !== undefined, (q) => q.where('a.onId', '=', want.onId!))
      .$if(want.before !== undefined, (q) => q.where((e) => {
        const at = new Date(want.before!)
        return want.beforeId === undefined ? e('a.at', '<', at) : e.or([e('a.at', '<', at), e.and([e('a.at', '=', at), e('a.id', '<', want.beforeId)])])
      }))
      .orderBy('a.at', 'desc').orderBy('a.id', 'desc').limit(want.limit ?? 50).execute(),
})
