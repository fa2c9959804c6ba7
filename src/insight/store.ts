import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { SampledVisit } from './rules.ts'

const openStatus = sql`('confirmed', 'answered', 'returned')`
/** A visit that counts, and whether a critical or major compliance item failed in it (a dismissed finding takes its item out; a closed one does not). */
const failed = sql`exists (select from collection.claim k where k.visit_id = v.id and k.current and k.tag = 'compliance' and k.result = 'fail' and k.severity in ('critical', 'major')
  and not exists (select from findings.origin o join findings.finding f on f.id = o.finding_id where o.claim_id = k.id and f.status = 'dismissed'))`
const counts = sql`not ('superseded' = any (v.flags))`

const run = async <T>(db: Kysely<any>, query: RawBuilder<T>): Promise<T[]> => (await query.execute(db)).rows

const asJson = (row: { compliance: readonly object[]; quality: object; findings: object }) => ({ compliance: JSON.stringify(row.compliance), quality: JSON.stringify(row.quality), findings: JSON.stringify(row.findings) })

export const store = (db: Kysely<any>) => ({
  rounds: () => run(db, sql<{ id: string; code: string; title: string; status: string; periodFrom: string; periodTo: string; approved: number }>`select r.id, r.code, r.title, r.status, r.period_from as "periodFrom", r.period_to as "periodTo",
    (select count(*) from collection.visit v where v.round_id = r.id and v.status = 'approved') as approved from sampling.round r where r.status in ('sent', 'closed') order by r.period_to desc, r.sent_at desc limit 24`),
  /** What proves the draw: the frame's digest at once, the seed only when the round is over (until then it would tell which classes are visited). */
  drawOf: async (roundId: string) => (await run(db, sql<{ code: string; frameDigest: string | null; frameSize: number | null; seed: string | null }>`select code, frame_digest as "frameDigest", frame_size as "frameSize", case when status = 'closed' then seed end as seed from sampling.round where id = ${roundId}`))[0]!,
  strata: async (roundId: string) => Object.fromEntries((await run(db, sql<{ code: string; population: number }>`select code, population from sampling.stratum where round_id = ${roundId}`)).map((s) => [s.code, s.population])),
  /** The random sample of a round; targeted visits are left out here and nowhere else. */
  sampled: (roundId: string) => run(db, sql<SampledVisit>`
    select d.stratum, d.inclusion_probability as "inclusionProbability", c.mode, p.region_group as "regionGroup", v.outcome, coalesce(${failed}, false) as failed
    from sampling.drawn d join registry.class_run c on c.id = d.class_run_id join registry.regency g on g.code = c.regency_code join registry.province p on p.code = g.province_code
    left join collection.visit v on v.round_id = d.round_id and v.class_run_id = d.class_run_id and v.status = 'approved' and ${counts}
    where d.round_id = ${roundId} and d.purpose = 'random'`),
  coverage: async (roundId: string) => (await run(db, sql<{ drawn: number; approved: number; submitted: number; open: number; unassigned: number; targeted: number }>`
    select count(*) filter (where d.purpose = 'random') as drawn, count(*) filter (where d.purpose = 'random' and v.status = 'approved') as approved,
      count(*) filter (where d.purpose = 'random' and v.id is not null and v.status <> 'approved') as submitted,
      count(*) filter (where d.purpose = 'random' and v.id is null and a.id is not null) as open, count(*) filter (where d.purpose = 'random' and v.id is null and a.id is null) as unassigned, count(*) filter (where d.purpose = 'targeted') as targeted
    from sampling.drawn d left join assignments.assignment a on a.drawn_id = d.id and a.status not in ('cancelled', 'replaced')
    left join collection.visit v on v.round_id = d.round_id and v.class_run_id = d.class_run_id and ${counts} where d.round_id = ${roundId}`))[0]!,
  nonresponse: (roundId: string) => run(db, sql<{ outcome: string; n: number }>`select v.outcome, count(*) as n from collection.visit v join sampling.drawn d on d.round_id = v.round_id and d.class_run_id = v.class_run_id and d.purpose = 'random'
    where v.round_id = ${roundId} and v.status = 'approved' and v.outcome not in ('took_place', 'class_absent') and ${counts} group by v.outcome order by 2 desc`),
  decisions: async (now: Date) => (await run(db, sql<{ criticalDrafts: number; drafts: number; overdue: number; replies: number; reviews: number; openCritical: number }>`
    select count(*) filter (where status = 'draft' and severity = 'critical') as "criticalDrafts", count(*) filter (where status = 'draft') as drafts,
      count(*) filter (where status in ('confirmed', 'returned') and reply_due_at < ${now}) as overdue, count(*) filter (where status = 'answered') as replies,
      (select count(*) from collection.visit v where v.status = 'approved_by_coordinator') as reviews, count(*) filter (where status in ${openStatus} and severity = 'critical') as "openCritical" from findings.finding`))[0]!,
  regencies: () => run(db, sql<{ code: string; name: string; province: string; visits: number; compliant: number; openCritical: number }>`
    select g.code, g.name, p.name as province, coalesce(x.visits, 0) as visits, coalesce(x.compliant, 0) as compliant, coalesce(y.n, 0) as "openCritical"
    from registry.regency g join registry.province p on p.code = g.province_code
    left join (select c.regency_code, count(*) as visits, count(*) filter (where v.outcome = 'took_place' and not ${failed}) as compliant from collection.visit v join registry.class_run c on c.id = v.class_run_id
      where v.status = 'approved' and v.outcome in ('took_place', 'class_absent') and ${counts} group by 1) x on x.regency_code = g.code
    left join (select c.regency_code, count(*) as n from findings.finding f join registry.class_run c on c.id = f.class_run_id where f.severity = 'critical' and f.status in ${openStatus} group by 1) y on y.regency_code = g.code order by g.code`),

  /** Providers with an approved visit or a finding. */
  watched: () => run(db, sql<{ id: string }>`select distinct c.provider_id as id from collection.visit v join registry.class_run c on c.id = v.class_run_id where v.status = 'approved' union select provider_id from findings.finding`),
  providerVisits: async (providerId: string) => (await run(db, sql<{ visits: number; compliant: number }>`select count(*) filter (where v.outcome in ('took_place', 'class_absent')) as visits, count(*) filter (where v.outcome = 'took_place' and not ${failed}) as compliant
    from collection.visit v join registry.class_run c on c.id = v.class_run_id where c.provider_id = ${providerId} and v.status = 'approved' and ${counts}`))[0]!,
  providerQuality: (providerId: string) => run(db, sql<{ item: string; labelId: string; labelEn: string; visitId: string; score: number }>`select k.item, i.label_id as "labelId", i.label_en as "labelEn", k.visit_id as "visitId", k.score
    from collection.claim k join collection.visit v on v.id = k.visit_id and v.status = 'approved' and ${counts} join registry.class_run c on c.id = k.class_run_id join standards.item i on i.version_id = k.version_id and i.code = k.item
    where c.provider_id = ${providerId} and k.current and k.tag = 'quality' and k.score is not null order by k.item`),
  /** Compliance items that somebody could judge, and the open findings on them. */
  providerCompliance: (providerId: string) => run(db, sql<{ item: string; labelId: string; labelEn: string; checked: number; open: number; worst: string | null }>`select x.*, y.open, y.worst from (
      select k.item, max(i.label_id) as "labelId", max(i.label_en) as "labelEn", count(*) filter (where k.result in ('pass', 'fail')) as checked
      from collection.claim k join collection.visit v on v.id = k.visit_id and v.status = 'approved' and ${counts} join registry.class_run c on c.id = k.class_run_id join standards.item i on i.version_id = k.version_id and i.code = k.item
      where c.provider_id = ${providerId} and k.current and k.tag = 'compliance' group by k.item) x
    cross join lateral (select count(*) as open, (array['critical', 'major', 'minor'])[min(array_position(array['critical', 'major', 'minor'], f.severity))] as worst
      from findings.finding f where f.provider_id = ${providerId} and f.item = x.item and f.status in ${openStatus}) y
    where x.checked > 0 or y.open > 0 order by y.open = 0, array_position(array['critical', 'major', 'minor'], y.worst), x.item`),
  findingCounts: async (where: { providerId?: string; platformId?: string }, now: Date) => (await run(db, sql<{ critical: number; major: number; minor: number; closed: number; overdue: number }>`
    select count(*) filter (where status in ${openStatus} and severity = 'critical') as critical, count(*) filter (where status in ${openStatus} and severity = 'major') as major, count(*) filter (where status in ${openStatus} and severity = 'minor') as minor,
      count(*) filter (where status = 'closed') as closed, count(*) filter (where status in ('confirmed', 'returned') and reply_due_at < ${now}) as overdue
    from findings.finding where ${where.providerId ? sql`provider_id = ${where.providerId}` : sql`platform_id = ${where.platformId}`}`))[0]!,
  platformsOf: async (providerId: string) => (await run(db, sql<{ id: string }>`select distinct platform_id as id from registry.class_run where provider_id = ${providerId} and platform_id is not null`)).map((r) => r.id),
  putScore: (row: { providerId: string; asOf: Date; visits: number; compliantVisits: number; gate: string; compliance: readonly object[]; quality: object; findings: object; platformIds: string[] }) =>
    db.insertInto('insight.providerScore').values({ ...row, ...asJson(row) })
      .onConflict((c) => c.column('providerId').doUpdateSet({ asOf: row.asOf, visits: row.visits, compliantVisits: row.compliantVisits, gate: row.gate, ...asJson(row), platformIds: row.platformIds })).execute(),
  scores: (want: { providerId?: string | undefined; search?: string | undefined; gate?: string | undefined }) => run(db, sql<Record<string, unknown>>`
    select s.provider_id as "providerId", o.name, s.as_of as "asOf", s.visits, s.compliant_visits as "compliantVisits", s.gate, s.compliance, s.quality, s.findings from insight.provider_score s join access.organisation o on o.id = s.provider_id
    where ${want.providerId ? sql`s.provider_id = ${want.providerId}` : sql`true`} and ${want.search ? sql`o.name ilike ${`%${want.search}%`}` : sql`true`} and ${want.gate ? sql`s.gate = ${want.gate}` : sql`true`}
    order by s.gate = 'not_met' desc, s.visits desc, o.name limit 1000`),
  providerOfVisit: async (visitId: string) => (await run(db, sql<{ provider: string }>`select c.provider_id as provider from collection.visit v join registry.class_run c on c.id = v.class_run_id where v.id = ${visitId}`))[0]!,
  organisationName: async (id: string) => (await run(db, sql<{ name: string }>`select name from access.organisation where id = ${id}`))[0]?.name,
  platformCounts: async (platformId: string, today: string) => (await run(db, sql<{ classRuns: number; upcoming: number; providers: number }>`select count(*) as "classRuns", count(*) filter (where starts_on >= ${today}::date) as upcoming, count(distinct provider_id) as providers from registry.class_run where platform_id = ${platformId}`))[0]!,
  put: (key: string, asOf: Date, value: object) =>
    db.insertInto('insight.published').values({ key, asOf, value: JSON.stringify(value) }).onConflict((c) => c.column('key').doUpdateSet({ asOf, value: JSON.stringify(value) })).execute(),
  published: (keys?: readonly string[]) => run(db, sql<{ key: string; asOf: string; value: Record<string, unknown> }>`select key, as_of as "asOf", value from insight.published where ${keys ? sql`key = any (${keys}::text[])` : sql`key not like 'peers%'`} order by key`),
})
