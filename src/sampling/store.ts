import { sql, type Kysely } from 'kysely'
import type { Filter, Round } from './contract.ts'
import type { FrameRow } from './rules/frame.ts'

/** A class run as the frame reads it, before its risk is judged. */
export interface Candidate {
  readonly classRunId: string; readonly scheduleCode: string; readonly mode: FrameRow['mode']; readonly regencyCode: string; readonly provinceCode: string; readonly regionGroup: string
  readonly providerId: string; readonly startsOn: string; readonly endsOn: string; readonly plannedParticipants: number; readonly sessions: number[]; readonly listedOn: string | null
}

/** Rows read or written in one statement. */
export const step = 2_000

const roundColumns = sql`r.id, r.code, r.title, r.period_from as "periodFrom", r.period_to as "periodTo", r.filter, r.design, r.status, r.seed, r.frame_digest as "frameDigest", r.frame_size as "frameSize",
  r.created_at as "createdAt", r.frozen_at as "frozenAt", r.drawn_at as "drawnAt", r.sent_at as "sentAt", r.closed_at as "closedAt",
  (select count(*) from sampling.drawn d where d.round_id = r.id and d.purpose = 'random') as random, (select count(*) from sampling.drawn d where d.round_id = r.id and d.purpose = 'targeted') as targeted`
export type StoredRound = Omit<Round, 'seedCommitment'>

export const store = (db: Kysely<any>) => ({
  rounds: async () => (await sql<StoredRound>`select ${roundColumns} from sampling.round r order by r.created_at desc limit 200`.execute(db)).rows,
  /** By id or code. */
  round: async (idOrCode: string) => (await sql<StoredRound>`select ${roundColumns} from sampling.round r where r.id::text = ${idOrCode} or r.code = ${idOrCode}`.execute(db)).rows[0],
  lock: (id: string) => sql`select 1 from sampling.round where id = ${id} for update`.execute(db),
  add: (row: { id: string; code: string; title: string; periodFrom: string; periodTo: string; filter: string; design: string; status: string; createdBy: string; createdAt: Date }) => db.insertInto('sampling.round').values(row).execute(),
  set: (id: string, change: Record<string, unknown>) => db.updateTable('sampling.round').set(change).where('id', '=', id).execute(),
  nextNumber: async (year: number) => (await sql<{ n: number }>`select count(*) + 1 as n from sampling.round where code like ${`P${year}-%`}`.execute(db)).rows[0]!.n,

  /** Class runs that start in the period, are not cancelled and match the filter, in the order of their ids, a step at a time. */
  candidates: async function* (period: { from: string; to: string }, filter: Filter): AsyncGenerator<Candidate[]> {
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const { rows } = await sql<Candidate>`
        select c.id as "classRunId", c.schedule_code as "scheduleCode", c.mode, c.regency_code as "regencyCode", g.province_code as "provinceCode", p.region_group as "regionGroup", c.provider_id as "providerId",
          c.starts_on as "startsOn", c.ends_on as "endsOn", c.planned_participants as "plannedParticipants", v.listed_on as "listedOn",
          coalesce((select json_agg(s.sequence order by s.sequence) from registry.session s where s.class_run_id = c.id), '[]') as sessions
        from registry.class_run c join registry.regency g on g.code = c.regency_code join registry.province p on p.code = g.province_code left join registry.provider v on v.organisation_id = c.provider_id
        where c.id > ${after}::uuid and c.starts_on between ${period.from} and ${period.to} and c.status = 'scheduled'
          and (${filter.modes.length === 0} or c.mode = any (${filter.modes}::text[])) and (${filter.provinces.length === 0} or g.province_code = any (${filter.provinces}::text[]))
          and (${filter.providerIds.length === 0} or c.provider_id = any (${filter.providerIds}::uuid[]))
        order by c.id limit ${step}`.execute(db)
      if (rows.length) yield rows
      if (rows.length < step) return
      after = rows.at(-1)!.classRunId
    }
  },
  addFrame: async (roundId: string, rows: readonly FrameRow[], stratumOf: ReadonlyMap<string, string>) => {
    for (let i = 0; i < rows.length; i += step)
      await sql`insert into sampling.frame_row (round_id, class_run_id, stratum, size, row)
        select ${roundId}::uuid, (x->>'classRunId')::uuid, x->>'stratum', (x->>'size')::float8, x - 'stratum' from jsonb_array_elements(${JSON.stringify(rows.slice(i, i + step).map((r) => ({ ...r, stratum: stratumOf.get(r.classRunId) })))}::jsonb) x`.execute(db)
  },
  frame: async (roundId: string): Promise<FrameRow[]> => {
    const found: FrameRow[] = []
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const { rows } = await sql<{ id: string; row: FrameRow }>`select class_run_id as id, row from sampling.frame_row where round_id = ${roundId} and class_run_id > ${after}::uuid order by class_run_id limit ${step}`.execute(db)
      for (const r of rows) found.push(r.row)
      if (rows.length < step) return found
      after = rows.at(-1)!.id
    }
  },
  addStrata: (roundId: string, strata: readonly { code: string; mode: string; regionGroup: string; riskClass: string; population: number; sample: number }[]) =>
    db.insertInto('sampling.stratum').values(strata.map((s) => ({ roundId, ...s }))).execute(),
  strata: async (roundId: string) => (await sql<{ code: string; mode: string; regionGroup: string; riskClass: string; population: number; sample: number }>`
    select code, mode, region_group as "regionGroup", risk_class as "riskClass", population, sample from sampling.stratum where round_id = ${roundId} order by code`.execute(db)).rows,
  addDrawn: async (roundId: string, rows: readonly object[], at: Date, by: string) => {
    for (let i = 0; i < rows.length; i += step)
      await sql`insert into sampling.drawn (id, round_id, class_run_id, purpose, stratum, inclusion_probability, random_number, rank, certainty, session_id, session_random, drawn_at, drawn_by)
        select x.id, ${roundId}::uuid, x."classRunId", 'random', x.stratum, x."inclusionProbability", x."randomNumber", x.rank, x.certainty, s.id, x."sessionRandom", ${at}::timestamptz, ${by}::uuid
        from jsonb_to_recordset(${JSON.stringify(rows.slice(i, i + step))}::jsonb) as x (id uuid, "classRunId" uuid, stratum text, "inclusionProbability" float8, "randomNumber" float8, rank integer, certainty boolean, "sessionSequence" integer, "sessionRandom" float8)
        left join registry.session s on s.class_run_id = x."classRunId" and s.sequence = x."sessionSequence"`.execute(db)
  },
  addTargeted: (row: { id: string; roundId: string; classRunId: string; reason: string; sessionId: string | null; drawnAt: Date; drawnBy: string }) => db.insertInto('sampling.drawn').values({ ...row, purpose: 'targeted' }).execute(),
  /** The sitting a targeted visit goes to: the first that is still to come, else the first. */
  nextSession: async (classRunId: string, now: Date) => (await sql<{ id: string }>`select id from registry.session where class_run_id = ${classRunId} order by begins_at < ${now}, begins_at limit 1`.execute(db)).rows[0]?.id ?? null,
  isDrawn: async (roundId: string, classRunId: string) => (await sql`select 1 from sampling.drawn where round_id = ${roundId} and class_run_id = ${classRunId}`.execute(db)).rows.length > 0,
  /** Random rows as they were drawn, for verification. */
  randomRows: async (roundId: string) => (await sql<{ classRunId: string; stratum: string; inclusionProbability: number; randomNumber: number; rank: number; certainty: boolean; sessionSequence: number | null; sessionRandom: number }>`
    select d.class_run_id as "classRunId", d.stratum, d.inclusion_probability as "inclusionProbability", d.random_number as "randomNumber", d.rank, d.certainty, s.sequence as "sessionSequence", d.session_random as "sessionRandom"
    from sampling.drawn d left join registry.session s on s.id = d.session_id where d.round_id = ${roundId} and d.purpose = 'random' order by d.stratum, d.rank`.execute(db)).rows,
  drawn: async (roundId: string) => (await sql<Record<string, unknown>>`
    select d.id, d.class_run_id as "classRunId", c.schedule_code as "scheduleCode", t.title, o.name as "providerName", g.name as "regencyName", v.zone, c.mode, c.starts_on as "startsOn", c.ends_on as "endsOn", d.purpose, d.stratum,
      d.inclusion_probability as "inclusionProbability", d.random_number as "randomNumber", d.rank, d.certainty, s.begins_at as "sessionBeginsAt", d.reason
    from sampling.drawn d join registry.class_run c on c.id = d.class_run_id join registry.training t on t.id = c.training_id join access.organisation o on o.id = c.provider_id join registry.regency g on g.code = c.regency_code
    join registry.province v on v.code = g.province_code left join registry.session s on s.id = d.session_id where d.round_id = ${roundId} order by d.purpose, d.stratum, d.rank, c.schedule_code limit 5000`.execute(db)).rows,
  /** Regencies with class runs in the last two years that no sent round has ever drawn. */
  regionsUnvisited: async () => (await sql<{ regencyName: string; provinceName: string }>`select g.name as "regencyName", v.name as "provinceName" from registry.regency g join registry.province v on v.code = g.province_code
    where exists (select from registry.class_run c where c.regency_code = g.code and c.starts_on > current_date - 730)
      and not exists (select from sampling.drawn d join sampling.round r on r.id = d.round_id and r.status in ('sent', 'closed') join registry.class_run x on x.id = d.class_run_id where x.regency_code = g.code) order by g.code`.execute(db)).rows,
})
