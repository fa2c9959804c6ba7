import { sql, type Kysely } from 'kysely'
import type { Allowance, Zone } from '#base/days.ts'
import type { FindingEvent, FindingStatus } from './contract.ts'

interface Wanted {
  readonly id?: string | undefined; readonly status?: string | undefined; readonly severity?: string | undefined; readonly overdue?: boolean | undefined
  readonly providerId?: string | undefined; readonly classRunId?: string | undefined; readonly search?: string | undefined
}
/** A finding as stored. */
export interface FindingStored {
  id: string; number: string; version: number; status: FindingStatus; severity: 'critical' | 'major' | 'minor' | 'observation'; item: string; itemLabelId: string; itemLabelEn: string
  brokenId: string; brokenEn: string; providerId: string; providerName: string; platformId: string | null; classRunId: string; trainingTitle: string; scheduleCode: string; mode: 'webinar' | 'onsite' | 'selfPaced'
  sessionDay: string; zone: Zone; createdAt: string; confirmedAt: string | null; deliveredAt: string | null; replyDueAt: string | null; correctionDueAt: string | null; closedAt: string | null
  normTextId: string | null; normTextEn: string | null; normCode: string | null; normSource: string | null; ruleSetId: string | null; ruleSetEn: string | null
  replyAllowed: Allowance | null; correctionAllowed: Allowance | null; dismissedReason: string | null; closingNote: string | null; clockNoticeId: string | null
}
export interface Change {
  status?: FindingStatus; brokenId?: string; brokenEn?: string; dismissedReason?: string; closingNote?: string; confirmedAt?: Date; closedAt?: Date
  deliveredAt?: Date | null; replyDueAt?: Date | null; correctionDueAt?: Date | null; clockNoticeId?: string | null
}

/** A search text as a LIKE pattern: its own wildcards are only letters. */
const pattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`
/** The rule `nextDue` in SQL, for filters and order. */
const due = sql`case when f.status in ('confirmed', 'returned') then coalesce(f.reply_due_at, f.correction_due_at) end`

export const store = (db: Kysely<any>) => {
  // titles by left join: a platform or an expert need not see every row behind a name
  const from = (want: Wanted, now: Date) => sql`
    from findings.finding f
    join access.organisation p on p.id = f.provider_id
    left join registry.class_run c on c.id = f.class_run_id
    left join registry.training t on t.id = c.training_id
    left join standards.norm n on n.id = f.norm_id
    left join standards.rule_set r on r.code = f.rule_set
    where true
      ${want.id ? sql`and f.id = ${want.id}` : sql``}
      ${want.status === 'open' ? sql`and f.status in ('confirmed', 'returned', 'answered')` : want.status ? sql`and f.status = ${want.status}` : sql``}
      ${want.severity ? sql`and f.severity = ${want.severity}` : sql``}
      ${want.providerId ? sql`and f.provider_id = ${want.providerId}` : sql``}
      ${want.classRunId ? sql`and f.class_run_id = ${want.classRunId}` : sql``}
      ${want.overdue === undefined ? sql`` : want.overdue ? sql`and ${due} <= ${now}` : sql`and (${due} is null or ${due} > ${now})`}
      ${want.search ? sql`and (f.number ilike ${pattern(want.search)} or p.name ilike ${pattern(want.search)} or t.title ilike ${pattern(want.search)} or f.broken_id ilike ${pattern(want.search)} or f.broken_en ilike ${pattern(want.search)} or c.schedule_code ilike ${pattern(want.search)})` : sql``}`
  const columns = sql`f.id, f.number, f.version, f.status, f.severity, f.item, f.item_label_id as "itemLabelId", f.item_label_en as "itemLabelEn", f.broken_id as "brokenId", f.broken_en as "brokenEn",
    f.provider_id as "providerId", p.name as "providerName", f.platform_id as "platformId", f.class_run_id as "classRunId", coalesce(t.title, '') as "trainingTitle", coalesce(c.schedule_code, '') as "scheduleCode",
    coalesce(c.mode, 'webinar') as mode, f.session_day as "sessionDay", f.zone, f.created_at as "createdAt", f.confirmed_at as "confirmedAt", f.delivered_at as "deliveredAt",
    f.reply_due_at as "replyDueAt", f.correction_due_at as "correctionDueAt", f.closed_at as "closedAt", f.norm_text_id as "normTextId", f.norm_text_en as "normTextEn", n.code as "normCode", n.source as "normSource",
    r.title_id as "ruleSetId", r.title_en as "ruleSetEn", f.reply_allowed as "replyAllowed", f.correction_allowed as "correctionAllowed", f.dismissed_reason as "dismissedReason", f.closing_note as "closingNote",
    f.clock_notice_id as "clockNoticeId"`
  return {
    /** What waits for the reader, then other open ones, then settled ones; within these overdue, severe, soonest due, oldest first. @param first statuses that wait for the reader */
    list: async (want: Wanted, now: Date, first: readonly string[], page: number, size: number) => ({
      total: (await sql<{ n: number }>`select count(*) as n ${from(want, now)}`.execute(db)).rows[0]!.n,
      rows: (await sql<FindingStored>`select ${columns} ${from(want, now)}
        order by case when f.status = any (${[...first]}) then 0 when f.status in ('closed', 'dismissed') then 2 else 1 end, coalesce(${due} <= ${now}, false) desc, array_position(array['critical', 'major', 'minor', 'observation'], f.severity), ${due} nulls last, f.created_at, f.id
        limit ${size} offset ${(page - 1) * size}`.execute(db)).rows,
    }),
    counts: async (now: Date) =>
      (await sql<{ drafts: number; answered: number; open: number; overdue: number }>`
        select count(*) filter (where f.status = 'draft') as drafts, count(*) filter (where f.status = 'answered') as answered,
          count(*) filter (where f.status in ('confirmed', 'returned')) as open, count(*) filter (where ${due} <= ${now}) as overdue from findings.finding f`.execute(db)).rows[0]!,
    one: async (id: string, now: Date) => (await sql<FindingStored>`select ${columns} ${from({ id }, now)}`.execute(db)).rows[0],
    /** Locks the finding for the rest of the transaction; undefined when the caller may not change it in its present state. */
    lock: async (id: string) => (await sql<{ id: string }>`select id from findings.finding where id = ${id} for update`.execute(db)).rows[0],
    origin: async (id: string) =>
      (await sql<{ visitId: string; instanceId: string; organisationName: string }>`select o.visit_id as "visitId", o.instance_id as "instanceId", u.name as "organisationName"
        from findings.origin o join access.organisation u on u.id = o.organisation_id where o.finding_id = ${id}`.execute(db)).rows[0],
    released: async (id: string) =>
      (await sql<{ evidenceId: string; sha256: string; mime: string; size: number; releasedAt: string }>`select evidence_id as "evidenceId", sha256, mime, size, released_at as "releasedAt"
        from findings.released_evidence where finding_id = ${id} and sha256 is not null order by released_at, evidence_id`.execute(db)).rows,
    replies: async (id: string) =>
      (await sql<{ id: string; at: string; text: string; organisationName: string; files: { sha256: string; name: string; mime: string; size: number }[] }>`
        select r.id, r.at, r.text, o.name as "organisationName",
          coalesce((select json_agg(json_build_object('sha256', x.sha256, 'name', x.name, 'mime', x.mime, 'size', x.size) order by x.name) from findings.reply_file x where x.reply_id = r.id), '[]') as files
        from findings.reply r join access.organisation o on o.id = r.organisation_id where r.finding_id = ${id} order by r.at, r.id`.execute(db)).rows,
    replyFile: async (findingId: string, replyId: string, sha256: string) =>
      (await sql<{ name: string; mime: string }>`select x.name, x.mime from findings.reply_file x join findings.reply r on r.id = x.reply_id
        where r.finding_id = ${findingId} and r.id = ${replyId} and x.sha256 = ${sha256}`.execute(db)).rows[0],
    events: async (id: string) =>
      (await sql<FindingEvent>`select e.at, e.act, o.name as "organisationName", e.note from findings.event e left join access.organisation o on o.id = e.organisation_id
        where e.finding_id = ${id} order by e.at, e.id`.execute(db)).rows,
    /** The programme office that confirmed it, to be told of a reply. */
    confirmedBy: async (id: string) =>
      (await sql<{ organisationId: string }>`select organisation_id as "organisationId" from findings.event where finding_id = ${id} and act = 'confirmed' and organisation_id is not null order by at desc limit 1`.execute(db)).rows[0]?.organisationId,

    /** What a draft needs to know of the class: who answers for it, and in which zone days are counted for them. */
    classRun: async (id: string) =>
      (await sql<{ providerId: string; platformId: string | null; mode: string; startsOn: string; zone: Zone }>`
        select c.provider_id as "providerId", c.platform_id as "platformId", c.mode, c.starts_on as "startsOn", coalesce(h.zone, v.zone) as zone
        from registry.class_run c join registry.regency g on g.code = c.regency_code join registry.province v on v.code = g.province_code
        left join (select r.organisation_id, p.zone from registry.home_region r join registry.regency x on x.code = r.regency_code join registry.province p on p.code = x.province_code) h on h.organisation_id = c.provider_id
        where c.id = ${id}`.execute(db)).rows[0],
    /** Norms of a mode in force on a day. */
    norms: async (mode: string, day: string) =>
      (await sql<{ id: string; code: string; ruleSet: string; titleId: string; titleEn: string; value: number | null; unit: string; severity: string; replyN: number | null; replyUnit: Allowance['unit'] | null; correctionN: number | null; correctionUnit: Allowance['unit'] | null }>`
        select n.id, n.code, n.rule_set as "ruleSet", n.title_id as "titleId", n.title_en as "titleEn", n.value, n.unit, n.severity, n.reply_n as "replyN", n.reply_unit as "replyUnit", n.correction_n as "correctionN", n.correction_unit as "correctionUnit"
        from standards.norm n join standards.rule_set r on r.code = n.rule_set
        where n.mode = ${mode} and r.in_force_from <= ${day} and (r.in_force_to is null or r.in_force_to >= ${day})`.execute(db)).rows,
    /** The severity rules of an instrument version, by item. */
    severityRules: async (versionId: string) =>
      new Map((await sql<{ code: string; rule: string }>`select code, severity_rule as rule from standards.item where version_id = ${versionId} and severity_rule is not null`.execute(db)).rows.map((r) => [r.code, r.rule])),
    holidays: async (): Promise<ReadonlySet<string>> => new Set((await sql<{ day: string }>`select day from standards.holiday`.execute(db)).rows.map((r) => r.day)),
    nextNumber: async () => (await sql<{ n: number }>`select nextval('findings.number') as n`.execute(db)).rows[0]!.n,

    add: (row: Record<string, unknown>) => db.insertInto('findings.finding').values(row).execute(),
    addOrigin: (row: { findingId: string; visitId: string; claimId: string; instanceId: string; organisationId: string }) => db.insertInto('findings.origin').values(row).execute(),
    /** A change somebody decided: from the version they looked at to the next. False when another one came first. */
    change: async (id: string, version: number, change: Change, at: Date): Promise<boolean> =>
      Number((await db.updateTable('findings.finding').set({ ...change, version: version + 1, updatedAt: at }).where('id', '=', id).where('version', '=', version).executeTakeFirst()).numUpdatedRows) > 0,
    /** Findings whose clock a notice starts. */
    awaitingDelivery: async (noticeId: string) =>
      (await sql<{ id: string; zone: Zone; replyAllowed: Allowance | null; correctionAllowed: Allowance | null }>`
        select id, zone, reply_allowed as "replyAllowed", correction_allowed as "correctionAllowed" from findings.finding
        where clock_notice_id = ${noticeId} and delivered_at is null and status in ('confirmed', 'returned', 'answered')`.execute(db)).rows,
    /** Starts the clock. Nobody decided this, so the version stays: an open page does not become stale by the post. */
    start: (id: string, change: { deliveredAt: Date; replyDueAt: Date | null; correctionDueAt: Date | null }) =>
      db.updateTable('findings.finding').set({ ...change, updatedAt: change.deliveredAt }).where('id', '=', id).execute(),
    addReleased: (row: { findingId: string; evidenceId: string; releasedAt: Date; releasedBy: string; sha256: string; mime: string; size: number }) => db.insertInto('findings.releasedEvidence').values(row).execute(),
    addReply: async (row: { id: string; findingId: string; at: Date; text: string; byPerson: string; organisationId: string }, files: readonly { sha256: string; name: string; mime: string; size: number }[]) => {
      await db.insertInto('findings.reply').values(row).execute()
      if (files.length) await db.insertInto('findings.replyFile').values(files.map((f) => ({ ...f, replyId: row.id }))).execute()
    },
    addEvent: (row: { id: string; findingId: string; at: Date; act: FindingEvent['act']; note: string | null; byPerson: string | null; organisationId: string | null }) => db.insertInto('findings.event').values(row).execute(),
  }
}
