import { sql, type Kysely } from 'kysely'
import type { Coverage } from './contract.ts'
import type { Status } from './rules.ts'

export interface Stored {
  readonly id: string; readonly roundId: string; readonly drawnId: string; readonly classRunId: string; readonly sessionId: string | null; readonly organisationId: string; readonly personId: string | null
  readonly status: Status; readonly dueOn: string; readonly visitOn: string | null; readonly reason: string | null; readonly assignedAt: Date | null; readonly endedAt: Date | null; readonly updatedAt: Date
  readonly offeredAt: string; readonly title: string; readonly providerId: string
}
export interface Waiting { readonly drawRowId: string; readonly classRunId: string; readonly scheduleCode: string; readonly providerId: string; readonly providerName: string; readonly regencyCode: string; readonly provinceCode: string; readonly sessionId: string | null; readonly sessionDay: string | null; readonly endsOn: string }

const joined = sql`assignments.assignment a join sampling.round r on r.id = a.round_id join sampling.drawn d on d.id = a.drawn_id join registry.class_run c on c.id = a.class_run_id join registry.training t on t.id = c.training_id
  join access.organisation p on p.id = c.provider_id join access.organisation o on o.id = a.organisation_id join registry.regency g on g.code = c.regency_code join registry.province v on v.code = g.province_code
  left join registry.session s on s.id = a.session_id left join access.person x on x.id = a.person_id`
const stored = sql`select a.id, a.round_id as "roundId", a.drawn_id as "drawnId", a.class_run_id as "classRunId", a.session_id as "sessionId", a.organisation_id as "organisationId", a.person_id as "personId", a.status, a.due_on as "dueOn",
  (s.begins_at at time zone 'Asia/Jakarta')::date as "visitOn", a.reason, a.assigned_at as "assignedAt", a.ended_at as "endedAt", a.updated_at as "updatedAt", a.offered_at as "offeredAt", t.title, c.provider_id as "providerId"`

export const store = (db: Kysely<any>) => ({
  list: async (want: { roundId?: string | undefined; status?: string | undefined; open?: boolean | undefined }, today: string) =>
    (await sql<Record<string, unknown>>`select a.id, a.drawn_id as "drawnId", a.round_id as "roundId", r.code as "roundCode", r.title as "roundTitle", a.class_run_id as "classRunId", c.schedule_code as "scheduleCode", t.title, c.mode, p.name as "providerName",
      g.name as "regencyName", v.name as "provinceName", v.zone, c.venue, s.begins_at as "sessionBeginsAt", c.starts_on as "startsOn", c.ends_on as "endsOn", d.purpose, a.organisation_id as "organisationId", o.short_name as "organisationName",
      a.person_id as "personId", x.name as "personName", a.status, a.due_on as "dueOn", (a.due_on < ${today}::date and a.status in ('offered', 'assigned', 'returned')) as late, a.reason
      from ${joined} where ${want.roundId ? sql`a.round_id = ${want.roundId}` : sql`true`} and ${want.status ? sql`a.status = ${want.status}` : sql`true`} and ${want.open ? sql`a.status in ('offered', 'assigned', 'returned')` : sql`true`}
      order by a.due_on, s.begins_at, c.schedule_code limit 5000`.execute(db)).rows,
  coverage: async (today: string) =>
    (await sql<Coverage>`select r.id as "roundId", r.code, r.title, r.status, r.period_from as "periodFrom", r.period_to as "periodTo", count(*) as total,
      count(*) filter (where a.status = 'offered') as offered, count(*) filter (where a.status = 'assigned') as assigned, count(*) filter (where a.status = 'submitted') as submitted, count(*) filter (where a.status = 'returned') as returned,
      count(*) filter (where a.status = 'done') as done, count(*) filter (where a.status = 'cancelled') as cancelled, count(*) filter (where a.due_on < ${today}::date and a.status in ('offered', 'assigned', 'returned')) as late
      from assignments.assignment a join sampling.round r on r.id = a.round_id where a.status <> 'replaced'
        and not (a.status = 'cancelled' and exists (select from assignments.assignment b where b.drawn_id = a.drawn_id and b.id <> a.id and b.offered_at >= a.offered_at)) group by r.id order by r.created_at desc`.execute(db)).rows,
  byId: async (id: string) => (await sql<Stored>`${stored} from ${joined} where a.id = ${id}`.execute(db)).rows[0],
  /** The row alone, for an act that needs no names: under row security each joined table is asked, too, whether it may be seen. */
  plain: async (id: string) => (await sql<Omit<Stored, 'title' | 'providerId'>>`select a.id, a.round_id as "roundId", a.drawn_id as "drawnId", a.class_run_id as "classRunId", a.session_id as "sessionId", a.organisation_id as "organisationId", a.person_id as "personId",
    a.status, a.due_on as "dueOn", null as "visitOn", a.reason, a.assigned_at as "assignedAt", a.ended_at as "endedAt", a.updated_at as "updatedAt", a.offered_at as "offeredAt" from assignments.assignment a where a.id = ${id}`.execute(db)).rows[0],
  byIds: async (ids: readonly string[]) => (await sql<Stored>`${stored} from ${joined} where a.id = any (${ids}::uuid[])`.execute(db)).rows,
  openOf: async (personId: string, organisationId: string) => (await sql<Stored>`${stored} from ${joined} where a.person_id = ${personId} and a.organisation_id = ${organisationId} and a.status in ('assigned', 'returned')`.execute(db)).rows,
  add: (row: { id: string; roundId: string; drawnId: string; classRunId: string; sessionId: string | null; organisationId: string; status: string; dueOn: string; offeredAt: Date; updatedAt: Date }) => db.insertInto('assignments.assignment').values(row).execute(),
  save: (a: Pick<Stored, 'id' | 'status' | 'personId' | 'dueOn' | 'reason' | 'assignedAt' | 'endedAt' | 'updatedAt'>) =>
    db.updateTable('assignments.assignment').set({ status: a.status, personId: a.personId, dueOn: a.dueOn, reason: a.reason, assignedAt: a.assignedAt, endedAt: a.endedAt, updatedAt: a.updatedAt }).where('id', '=', a.id).execute(),
  note: (row: { id: string; assignmentId: string; at: Date; act: string; byPerson: string | null; toPerson?: string | null; detail?: object }) =>
    db.insertInto('assignments.event').values({ ...row, detail: JSON.stringify(row.detail ?? {}) }).execute(),
  markReturned: (id: string, now: Date) => sql`update assignments.assignment set status = 'returned', updated_at = ${now} where id = ${id}`.execute(db),
  markDone: (id: string, now: Date) => sql`update assignments.assignment set status = 'done', ended_at = ${now}, updated_at = ${now} where id = ${id}`.execute(db),
  history: async (id: string) => (await sql<{ at: string; act: string; byName: string | null; toName: string | null; detail: Record<string, unknown> }>`
    select e.at, e.act, b.name as "byName", t.name as "toName", e.detail from assignments.event e left join access.person b on b.id = e.by_person left join access.person t on t.id = e.to_person where e.assignment_id = ${id} order by e.at, e.id`.execute(db)).rows,

  /** Drawn class runs of a round that no organisation was ever offered; or those named, unless somebody has them. A cancelled visit does not come back by itself. */
  waiting: async (roundId: string, drawnIds?: readonly string[]) => (await sql<Waiting>`
    select d.id as "drawRowId", d.class_run_id as "classRunId", c.schedule_code as "scheduleCode", c.provider_id as "providerId", p.name as "providerName", c.regency_code as "regencyCode", g.province_code as "provinceCode", d.session_id as "sessionId",
      (s.begins_at at time zone 'Asia/Jakarta')::date as "sessionDay", c.ends_on as "endsOn"
    from sampling.drawn d join registry.class_run c on c.id = d.class_run_id join access.organisation p on p.id = c.provider_id join registry.regency g on g.code = c.regency_code left join registry.session s on s.id = d.session_id
    where d.round_id = ${roundId} and not exists (select from assignments.assignment a where a.drawn_id = d.id and ${drawnIds ? sql`a.status not in ('cancelled', 'replaced')` : sql`true`})
      and ${drawnIds ? sql`d.id = any (${drawnIds}::uuid[])` : sql`true`}`.execute(db)).rows,
  /** Expert organisations with what the distribution must know of them. */
  teams: async (roundId: string) => (await sql<{ organisationId: string; name: string; shortName: string; provinces: string[]; homeRegency: string | null; capacity: number | null; given: number; affiliatedProviderIds: string[] }>`
    select o.id as "organisationId", o.name, o.short_name as "shortName", h.regency_code as "homeRegency", k.visits as capacity,
      coalesce((select json_agg(s.province_code order by s.province_code) from registry.service_area s where s.organisation_id = o.id), '[]') as provinces,
      (select count(*) from assignments.assignment a where a.round_id = ${roundId} and a.organisation_id = o.id and a.status not in ('cancelled', 'replaced')) as given,
      coalesce((select json_agg(x.id) from access.organisation x where x.kind = 'training_provider' and registry.are_affiliated(o.id, x.id)
        and exists (select from registry.affiliation f where f.organisation_id in (o.id, x.id) and f.affiliate_id in (o.id, x.id))), '[]') as "affiliatedProviderIds"
    from access.organisation o left join registry.home_region h on h.organisation_id = o.id left join assignments.capacity k on k.round_id = ${roundId} and k.organisation_id = o.id
    where o.kind in ('university', 'ngo') and o.status = 'active' order by o.code`.execute(db)).rows,
  setCapacity: (roundId: string, organisationId: string, visits: number) =>
    sql`insert into assignments.capacity (round_id, organisation_id, visits) values (${roundId}, ${organisationId}, ${visits}) on conflict (round_id, organisation_id) do update set visits = excluded.visits`.execute(db),
  /** So that two offers of one round wait for each other. */
  lockRound: (id: string) => sql`select 1 from sampling.round where id = ${id} for update`.execute(db),
  affiliated: async (a: string, b: string) => (await sql<{ yes: boolean }>`select registry.are_affiliated(${a}, ${b}) as yes`.execute(db)).rows[0]!.yes,
  round: async (id: string) => (await sql<{ id: string; title: string; status: string; dueDays: number | null }>`select id, title, status, (design->>'dueDays')::integer as "dueDays" from sampling.round where id = ${id}`.execute(db)).rows[0],
  /** Active monitors (and coordinators, who may go themselves) with how much they have. */
  workload: async (personId?: string) => (await sql<{ personId: string; name: string; organisationId: string; open: number; submitted: number; done: number }>`
    select p.id as "personId", p.name, m.organisation_id as "organisationId", count(a.id) filter (where a.status in ('assigned', 'returned')) as open, count(a.id) filter (where a.status = 'submitted') as submitted, count(a.id) filter (where a.status = 'done') as done
    from access.membership m join access.person p on p.id = m.person_id join access.role r on r.code = m.role left join assignments.assignment a on a.person_id = p.id and a.organisation_id = m.organisation_id
    where m.ended_at is null and r.scope = 'monitor' and ${personId ? sql`p.id = ${personId}` : sql`true`} group by p.id, p.name, m.organisation_id order by p.name`.execute(db)).rows,
})
