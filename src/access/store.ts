import { sql, type Kysely } from 'kysely'
import type { Membership } from './contract.ts'

export interface Tables {
  'notices.delivery': { id: string; address: string; subject: string; body: string; nextAt: string | Date }
  'access.organisation': { id: string; kind: string; code: string; name: string; shortName: string; origin: string; source: string | null; status: string; createdAt: string | Date }
  'access.role': { code: string; nameId: string; nameEn: string; scope: string; kinds: string[]; verbs: string[]; updatedAt: string | Date }
  'access.person': { id: string; userId: string | null; name: string; email: string; language: string | null; status: string; createdAt: string | Date }
  'access.membership': { id: string; personId: string; organisationId: string; role: string; since: string | Date; endedAt: string | Date | null; handedOverTo: string | null }
  'access.invitation': {
    id: string; email: string; organisationId: string; role: string; tokenHash: string; invitedBy: string
    createdAt: string | Date; expiresAt: string | Date; acceptedAt: string | Date | null; withdrawnAt: string | Date | null
  }
}
type Db = Kysely<Tables>

const organisationColumns = ['id', 'kind', 'code', 'name', 'shortName', 'origin', 'source', 'status'] as const

export const store = (db: Db) => ({
  organisations: (want: { kind?: string | undefined; search?: string | undefined }) =>
    db.selectFrom('access.organisation').select(organisationColumns)
      .$if(want.kind !== undefined, (q) => q.where('kind', '=', want.kind!))
      .$if(want.search !== undefined, (q) => q.where((e) => e.or([e('name', 'ilike', `%${want.search}%`), e('shortName', 'ilike', `%${want.search}%`)])))
      .orderBy('kind').orderBy('name').limit(1000).execute(),
  organisation: (id: string) => db.selectFrom('access.organisation').select(organisationColumns).where('id', '=', id).executeTakeFirst(),
  addOrganisation: (row: Tables['access.organisation']) => db.insertInto('access.organisation').values(row).returning(organisationColumns).executeTakeFirstOrThrow(),
  roles: () =>
    db.selectFrom('access.role').select((e) => ['code', 'nameId', 'nameEn', 'scope', 'kinds', 'verbs',
      e.selectFrom('access.membership as m').select(e.fn.countAll<number>().as('n')).whereRef('m.role', '=', 'access.role.code').where('m.endedAt', 'is', null).as('members')])
      .orderBy('code').execute(),
  role: (code: string) => db.selectFrom('access.role').selectAll().where('code', '=', code).executeTakeFirst(),
  saveRole: (row: Tables['access.role']) =>
    db.insertInto('access.role').values(row).onConflict((c) => c.column('code').doUpdateSet({ nameId: row.nameId, nameEn: row.nameEn, scope: row.scope, kinds: row.kinds, verbs: row.verbs, updatedAt: row.updatedAt })).execute(),
  members: (want: { organisationId?: string | undefined; scope?: string | undefined; past?: boolean | undefined }) =>
    db.selectFrom('access.membership as m').innerJoin('access.person as p', 'p.id', 'm.personId').innerJoin('access.organisation as o', 'o.id', 'm.organisationId').innerJoin('access.role as r', 'r.code', 'm.role')
      .select(['m.id as membershipId', 'm.personId', 'p.name', 'p.email', 'm.organisationId', 'o.name as organisationName', 'm.role', 'r.nameId', 'r.nameEn', 'm.since', 'm.endedAt', 'm.handedOverTo'])
      .$if(want.organisationId !== undefined, (q) => q.where('m.organisationId', '=', want.organisationId!))
      .$if(want.scope !== undefined, (q) => q.where('r.scope', '=', want.scope!))
      .$if(!want.past, (q) => q.where('m.endedAt', 'is', null))
      .orderBy('o.name').orderBy('p.name').limit(1000).execute(),
  membership: (id: string) => db.selectFrom('access.membership').selectAll().where('id', '=', id).executeTakeFirst(),
  endMembership: (id: string, at: Date, to: string | null) => db.updateTable('access.membership').set({ endedAt: at, handedOverTo: to }).where('id', '=', id).executeTakeFirst(),
  /** Another membership in force that may set roles; without one, nobody could any more. */
  otherRoleKeeper: (id: string) =>
    db.selectFrom('access.membership as m').innerJoin('access.role as r', 'r.code', 'm.role').select('m.id')
      .where('m.id', '<>', id).where('m.endedAt', 'is', null).where(sql<boolean>`'role.write' = any (r.verbs)`).limit(1).executeTakeFirst(),
  invitations: () =>
    db.selectFrom('access.invitation as i').innerJoin('access.organisation as o', 'o.id', 'i.organisationId')
      .select(['i.id', 'i.email', 'i.organisationId', 'o.name as organisationName', 'i.role', 'i.createdAt', 'i.expiresAt', 'i.acceptedAt', 'i.withdrawnAt'])
      .orderBy('i.createdAt', 'desc').limit(200).execute(),
  addInvitation: (row: Tables['access.invitation']) => db.insertInto('access.invitation').values(row).execute(),
  withdrawInvitation: (id: string, at: Date) =>
    db.updateTable('access.invitation').set({ withdrawnAt: at }).where('id', '=', id).where('acceptedAt', 'is', null).where('withdrawnAt', 'is', null).executeTakeFirst(),
  isMember: (email: string, organisationId: string, role: string) =>
    db.selectFrom('access.membership as m').innerJoin('access.person as p', 'p.id', 'm.personId').select('m.id')
      .where(sql<boolean>`lower(p.email) = lower(${email})`).where('m.organisationId', '=', organisationId).where('m.role', '=', role).where('m.endedAt', 'is', null).executeTakeFirst(),
  /** Account mail waits in the notices' queue; the mail job sends it (the table belongs to the ground floor and takes letters from anybody). */
  queueLetter: (row: Tables['notices.delivery']) => db.insertInto('notices.delivery').values(row).execute(),
  chooseLanguage: (personId: string, language: string) => db.updateTable('access.person').set({ language }).where('id', '=', personId).execute(),
})

/** What sign-in needs, on the handle of pantau_auth (its Kysely has no camel case plugin: better-auth shares it). */
export const signInStore = (db: Kysely<any>) => ({
  /** The person behind an account, with the memberships in force. */
  person: async (userId: string) => {
    const { rows } = await sql<{ id: string; name: string; email: string; language: 'id' | 'en' | null; membership: Membership | null }>`
      select p.id, p.name, p.email, p.language,
        case when m.id is not null then json_build_object('id', m.id, 'organisationId', o.id, 'organisationName', o.name, 'organisationShortName', o.short_name, 'kind', o.kind,
          'role', r.code, 'roleName', json_build_object('id', r.name_id, 'en', r.name_en), 'scope', r.scope, 'verbs', r.verbs) end as membership
      from access.person p
      left join access.membership m on m.person_id = p.id and m.ended_at is null
      left join access.organisation o on o.id = m.organisation_id
      left join access.role r on r.code = m.role
      where p.user_id = ${userId} and p.status = 'active' order by m.since, m.id`.execute(db)
    const first = rows[0]
    return first && { id: first.id, name: first.name, email: first.email, language: first.language, memberships: rows.flatMap((r) => (r.membership ? [r.membership] : [])) }
  },
  /** One membership in force, for a key of the OpenRosa door. */
  membership: async (membershipId: string) => {
    const { rows } = await sql<{ personId: string; name: string; organisationId: string; role: string; scope: string; verbs: string[] }>`
      select p.id as "personId", p.name, m.organisation_id as "organisationId", m.role, r.scope, r.verbs
      from access.membership m join access.person p on p.id = m.person_id join access.role r on r.code = m.role
      where m.id = ${membershipId} and m.ended_at is null and p.status = 'active'`.execute(db)
    return rows[0]
  },
  openInvitation: async (tokenHash: string, now: Date) => {
    const { rows } = await sql<{ id: string; email: string; organisationId: string; role: string }>`
      select id, email, organisation_id as "organisationId", role from access.invitation
      where token_hash = ${tokenHash} and accepted_at is null and withdrawn_at is null and expires_at > ${now}`.execute(db)
    return rows[0]
  },
  personByEmail: async (email: string) => (await sql<{ id: string; userId: string | null }>`select id, user_id as "userId" from access.person where lower(email) = lower(${email})`.execute(db)).rows[0],
  addPerson: (p: { id: string; userId: string | null; name: string; email: string }) =>
    sql`insert into access.person (id, user_id, name, email) values (${p.id}, ${p.userId}, ${p.name}, ${p.email})`.execute(db),
  linkPerson: (id: string, userId: string) => sql`update access.person set user_id = ${userId} where id = ${id}`.execute(db),
  addMembership: (m: { id: string; personId: string; organisationId: string; role: string }) =>
    sql`insert into access.membership (id, person_id, organisation_id, role) values (${m.id}, ${m.personId}, ${m.organisationId}, ${m.role}) on conflict do nothing`.execute(db),
  acceptInvitation: (id: string, now: Date) => sql`update access.invitation set accepted_at = ${now} where id = ${id}`.execute(db),
  queueMail: (m: { id: string; address: string; subject: string; body: string; now: Date }) =>
    sql`insert into notices.delivery (id, address, subject, body, next_at) values (${m.id}, ${m.address}, ${m.subject}, ${m.body}, ${m.now})`.execute(db),
})
