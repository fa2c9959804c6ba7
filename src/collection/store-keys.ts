import { sql, type Kysely } from 'kysely'
import type { Db, Tables } from './store.ts'

export const keysStore = (db: Db) => ({
  add: (row: Tables['collection.doorKey']) => db.insertInto('collection.doorKey').values(row).execute(),
  list: () =>
    db.selectFrom('collection.doorKey as k').innerJoin('access.person as p', 'p.id', 'k.personId')
      .select(['k.id', 'k.roundId', 'k.roundCode', 'k.personId', 'p.name as personName', 'k.createdAt', 'k.revokedAt', 'k.lastUsedAt']).orderBy('k.createdAt', 'desc').limit(500).execute(),
  revoke: (id: string, at: Date) => db.updateTable('collection.doorKey').set({ revokedAt: at }).where('id', '=', id).where('revokedAt', 'is', null).executeTakeFirst(),
  rounds: () => db.selectFrom('sampling.round').select(['id', 'code', 'title']).where('status', 'in', ['drawn', 'sent']).orderBy('code').execute(),
  round: (id: string) => db.selectFrom('sampling.round').select(['id', 'code', 'title']).where('id', '=', id).executeTakeFirst(),
  roundNamed: (text: string) =>
    db.selectFrom('sampling.round').select(['id', 'code', 'title']).where((e) => e.or([e('code', '=', text), e(sql<string>`id::text`, '=', text)])).executeTakeFirst(),
  /** Memberships of an organisation that may submit visits. */
  collectors: (organisationId: string) =>
    db.selectFrom('access.membership as m').innerJoin('access.person as p', 'p.id', 'm.personId').innerJoin('access.role as r', 'r.code', 'm.role')
      .select(['m.id as membershipId', 'p.id as personId', 'p.name']).where('m.organisationId', '=', organisationId).where('m.endedAt', 'is', null)
      .where(sql<boolean>`'visit.submit' = any (r.verbs)`).orderBy('p.name').execute(),
})

/** The key behind a token's hash, on the handle of pantau_auth (before any identity is known; it has no camel case plugin). */
export const doorStore = (auth: Kysely<any>) => ({
  key: async (tokenHash: string) =>
    (await sql<{ id: string; membershipId: string; roundId: string; roundCode: string }>`
      select id, membership_id as "membershipId", round_id as "roundId", round_code as "roundCode" from collection.door_key
      where token_hash = ${tokenHash} and revoked_at is null`.execute(auth)).rows[0],
  // once a minute is enough to tell which keys are in use, and spares a write per request
  used: (id: string, now: Date) =>
    sql`update collection.door_key set last_used_at = ${now} where id = ${id} and (last_used_at is null or last_used_at < ${new Date(now.getTime() - 60_000)})`.execute(auth),
})
