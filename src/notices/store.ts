import { sql, type Kysely } from 'kysely'

export interface NoticeRow { id: string; at: string; kind: string; params: Record<string, unknown>; link: string; readAt: string | null; deliveredAt: string | null }
export interface Letter { id: string; noticeId: string | null; address: string; subject: string; body: string; attempts: number; aboutKind: string | null; aboutId: string | null; deliveredAt: string | null }

export const store = (db: Kysely<any>) => ({
  add: (row: { id: string; at: Date; personId: string | null; organisationId: string; scope: string | null; kind: string; aboutKind: string; aboutId: string; link: string; params: string }) =>
    db.insertInto('notices.notice').values(row).execute(),
  /** What is addressed to me; for the office, whose policy shows more, only its own. */
  inbox: async (me: { personId: string; organisationId: string; scope: string }, before: string | undefined) =>
    (await sql<NoticeRow>`select n.id, n.at, n.kind, n.params, n.link, n.delivered_at as "deliveredAt", r.read_at as "readAt"
      from notices.notice n left join notices.reading r on r.notice_id = n.id and r.person_id = ${me.personId}
      where (n.person_id = ${me.personId} or (n.person_id is null and n.organisation_id = ${me.organisationId} and n.scope = ${me.scope})) ${before ? sql`and n.at < ${before}` : sql``}
      order by n.at desc, n.id desc limit 50`.execute(db)).rows,
  unread: async (me: { personId: string; organisationId: string; scope: string }) =>
    (await sql<{ n: number }>`select count(*) as n from notices.notice n where (n.person_id = ${me.personId} or (n.person_id is null and n.organisation_id = ${me.organisationId} and n.scope = ${me.scope}))
      and not exists (select from notices.reading r where r.notice_id = n.id and r.person_id = ${me.personId})`.execute(db)).rows[0]!.n,
  one: async (id: string) => (await sql<{ id: string; aboutKind: string; aboutId: string; deliveredAt: string | null }>`select id, about_kind as "aboutKind", about_id as "aboutId", delivered_at as "deliveredAt" from notices.notice where id = ${id}`.execute(db)).rows[0],
  read: (id: string, personId: string, at: Date) => sql`insert into notices.reading (notice_id, person_id, read_at) values (${id}, ${personId}, ${at}) on conflict do nothing`.execute(db),
  /** The first proof of delivery counts; true when this was it. */
  delivered: async (id: string, at: Date) => Number((await sql`update notices.notice set delivered_at = ${at} where id = ${id} and delivered_at is null`.execute(db)).numAffectedRows ?? 0) > 0,

  /** Notices for which no letter was written yet, locked; with the people they are addressed to. */
  unlettered: async () => (await sql<{ id: string; kind: string; params: Record<string, unknown>; link: string; organisation: string; people: { email: string; language: 'id' | 'en' | null }[] }>`
    select n.id, n.kind, n.params, n.link, o.name as organisation, coalesce((
      select json_agg(distinct jsonb_build_object('email', p.email, 'language', p.language)) from access.person p join access.membership m on m.person_id = p.id and m.ended_at is null join access.role r on r.code = m.role
      where p.status = 'active' and (p.id = n.person_id or (n.person_id is null and m.organisation_id = n.organisation_id and r.scope = n.scope))), '[]') as people
    from notices.notice n join access.organisation o on o.id = n.organisation_id
    where n.lettered_at is null order by n.at limit 50 for update of n skip locked`.execute(db)).rows,
  /** How far the letters of one notice have come, for whoever must prove delivery. */
  letters: async (noticeId: string) =>
    (await sql<{ status: 'queued' | 'sent' | 'failed'; attempts: number; sentAt: string | null; error: string | null }>`
      select status, attempts, sent_at as "sentAt", error from notices.delivery where notice_id = ${noticeId} order by next_at, id`.execute(db)).rows,
  lettered: (id: string, at: Date) => sql`update notices.notice set lettered_at = ${at} where id = ${id}`.execute(db),
  addLetter: (row: { id: string; noticeId: string; address: string; subject: string; body: string; nextAt: Date }) => db.insertInto('notices.delivery').values(row).execute(),
  /** The next letter that is due, locked against another worker for this transaction. */
  nextLetter: async (now: Date) => (await sql<Letter>`select d.id, d.notice_id as "noticeId", d.address, d.subject, d.body, d.attempts, n.about_kind as "aboutKind", n.about_id as "aboutId", n.delivered_at as "deliveredAt"
    from notices.delivery d left join notices.notice n on n.id = d.notice_id where d.status = 'queued' and d.next_at <= ${now} order by d.next_at limit 1 for update of d skip locked`.execute(db)).rows[0],
  postpone: (id: string, until: Date) => sql`update notices.delivery set next_at = ${until} where id = ${id}`.execute(db),
  /** Account mail holds secret links: once sent its text is blanked. */
  sent: (letter: Letter, at: Date) => sql`update notices.delivery set status = 'sent', sent_at = ${at}, attempts = attempts + 1, error = null, body = case when notice_id is null then '' else body end where id = ${letter.id}`.execute(db),
  failed: (id: string, error: string, nextAt: Date | null) =>
    sql`update notices.delivery set attempts = attempts + 1, error = ${error}, status = case when ${nextAt === null} then 'failed' else 'queued' end, next_at = coalesce(${nextAt}::timestamptz, next_at) where id = ${id}`.execute(db),
})
