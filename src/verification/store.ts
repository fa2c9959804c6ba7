import { sql, type Kysely } from 'kysely'
import type { Stage } from './contract.ts'

export interface ReviewRow { id: string; visitId: string; instanceId: string; stage: Stage; decision: 'approved' | 'returned'; note: string | null; at: Date; byPerson: string; organisationId: string }
interface Wanted { status: string; roundId?: string | undefined; organisationId?: string | undefined; mode?: string | undefined; search?: string | undefined }

/** A search text as a LIKE pattern: its own wildcards are only letters. */
const pattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

export const store = (db: Kysely<any>) => {
  const waiting = (want: Wanted) => sql`
    from collection.visit v
    join collection.submission s on s.instance_id = v.instance_id
    join sampling.round r on r.id = v.round_id
    join registry.class_run c on c.id = v.class_run_id
    join registry.training t on t.id = c.training_id
    join registry.regency g on g.code = c.regency_code
    join access.organisation p on p.id = c.provider_id
    join access.organisation u on u.id = v.organisation_id
    cross join lateral (select coalesce(max(w.at), s.received_at) as since from verification.review w where w.instance_id = v.instance_id and w.decision = 'approved') q
    where v.status = ${want.status} and not ('superseded' = any (v.flags))
      ${want.roundId ? sql`and v.round_id = ${want.roundId}` : sql``}
      ${want.organisationId ? sql`and v.organisation_id = ${want.organisationId}` : sql``}
      ${want.mode ? sql`and c.mode = ${want.mode}` : sql``}
      ${want.search ? sql`and (t.title ilike ${pattern(want.search)} or p.name ilike ${pattern(want.search)} or c.schedule_code ilike ${pattern(want.search)})` : sql``}`
  return {
    /** Visits in a status, the longest waiting first: since the version arrived, or since the stage before let it pass. */
    queue: async (want: Wanted, page: number, size: number) => ({
      ...(await sql<{ total: number; oldest: string | null }>`select count(*) as total, min(q.since) as oldest ${waiting(want)}`.execute(db)).rows[0]!,
      rows: (await sql<Record<string, unknown>>`
        select v.id as "visitId", v.instance_id as "instanceId", s.version_no as version, v.round_id as "roundId", r.code as "roundCode", c.mode, t.title as "trainingTitle",
          c.schedule_code as "scheduleCode", p.name as "providerName", g.name as "regencyName", v.organisation_id as "organisationId", u.name as "organisationName",
          (select h.name from access.person h where h.id = v.person_id) as "personName", v.outcome, v.session_day as "sessionDay", q.since as "waitingSince", v.flags,
          (select json_build_object('critical', count(*) filter (where k.severity = 'critical'), 'major', count(*) filter (where k.severity = 'major'), 'minor', count(*) filter (where k.severity = 'minor'))
            from collection.claim k where k.visit_id = v.id and k.current and k.result = 'fail') as failed,
          (select count(*) from verification.review w where w.visit_id = v.id and w.decision = 'returned') as returns
        ${waiting(want)} order by q.since, v.id limit ${size} offset ${(page - 1) * size}`.execute(db)).rows,
    }),
    /** Rounds and organisations with something in the queue. */
    choices: async (status: string) => ({
      rounds: (await sql<{ id: string; code: string }>`select distinct r.id, r.code from collection.visit v join sampling.round r on r.id = v.round_id where v.status = ${status} order by r.code`.execute(db)).rows,
      organisations: (await sql<{ id: string; name: string }>`select distinct o.id, o.name from collection.visit v join access.organisation o on o.id = v.organisation_id where v.status = ${status} order by o.name`.execute(db)).rows,
    }),
    /** The visit as a decision needs it, locked so that two reviewers do not decide at once. */
    visit: async (id: string) => {
      const { rows } = await sql<{ id: string; assignmentId: string | null; organisationId: string; personId: string; status: string; instanceId: string; flags: string[]; trainingTitle: string }>`
        select v.id, v.assignment_id as "assignmentId", v.organisation_id as "organisationId", v.person_id as "personId", v.status, v.instance_id as "instanceId", v.flags, t.title as "trainingTitle"
        from collection.visit v join registry.class_run c on c.id = v.class_run_id join registry.training t on t.id = c.training_id where v.id = ${id} for update of v`.execute(db)
      const visit = rows[0]
      if (!visit) return undefined
      const senders = (await sql<{ personId: string }>`select distinct person_id as "personId" from collection.submission where visit_id = ${id}`.execute(db)).rows
      return { ...visit, collectors: [visit.personId, ...senders.map((s) => s.personId)] }
    },
    offices: async () => (await sql<{ id: string }>`select id from access.organisation where kind = 'programme_office' and status = 'active'`.execute(db)).rows,
    add: async (review: ReviewRow, comments: readonly { id: string; path: string; text: string }[]) => {
      await db.insertInto('verification.review').values(review).execute()
      if (comments.length) await db.insertInto('verification.comment').values(comments.map((c) => ({ ...c, reviewId: review.id }))).execute()
    },
    /** Every version sent and every decision taken, oldest first; people as far as the caller may see them. */
    history: async (visitId: string) =>
      (await sql<{ at: string; kind: 'submitted' | 'approved' | 'returned'; stage: Stage | null; version: number; instanceId: string; via: 'browser' | 'door' | null; organisationName: string; personName: string | null; note: string | null; comments: { path: string; text: string }[] }>`
        select s.received_at as at, 'submitted' as kind, null as stage, s.version_no as version, s.instance_id as "instanceId", s.via, o.name as "organisationName", h.name as "personName", null as note, '[]'::json as comments
        from collection.submission s join access.organisation o on o.id = s.organisation_id left join access.person h on h.id = s.person_id where s.visit_id = ${visitId}
        union all
        select w.at, w.decision, w.stage, s.version_no, w.instance_id, null, o.name, h.name, w.note,
          coalesce((select json_agg(json_build_object('path', c.path, 'text', c.text) order by c.id) from verification.comment c where c.review_id = w.id), '[]')
        from verification.review w join collection.submission s on s.instance_id = w.instance_id join access.organisation o on o.id = w.organisation_id left join access.person h on h.id = w.by_person
        where w.visit_id = ${visitId} order by 1, 4, 3 nulls first`.execute(db)).rows,
    /** Items of the visit's instrument, to name the question a comment hangs on. */
    items: async (visitId: string) =>
      (await sql<{ code: string; labelId: string; labelEn: string; names: string[] }>`
        select i.code, i.label_id as "labelId", i.label_en as "labelEn", i.names from standards.item i join collection.visit v on v.version_id = i.version_id where v.id = ${visitId}`.execute(db)).rows,
  }
}
