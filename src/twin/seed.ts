import { sql, type Kysely } from 'kysely'
import { classRunDigest } from '../registry/rules/csv-class-runs.ts'
import type { Programme, SampleRun } from './rules/generate.ts'

/** Writes the sample programme into the registry, marked `sample`. What is there already stays, so that a stopped run goes on. */
export const sampleSeed = (tx: Kysely<any>) => ({
  programme: async ({ providers, trainings, affiliations }: Programme, window: { from: string }, id: () => string) => {
    for (const p of providers) {
      await tx.insertInto('access.organisation').values({ id: id(), kind: 'training_provider', code: p.code, name: p.name, shortName: p.shortName, origin: 'sample', source: 'sample generator, fictitious', status: 'active' }).onConflict((c) => c.doNothing()).execute()
      await sql`insert into registry.provider (organisation_id, provider_type, listed_on) select id, 'private', ${window.from}::date - 200 from access.organisation where code = ${p.code} on conflict do nothing`.execute(tx)
      await sql`insert into registry.home_region (organisation_id, regency_code) select id, ${p.homeRegency} from access.organisation where code = ${p.code} on conflict do nothing`.execute(tx)
    }
    for (const a of affiliations)
      await sql`insert into registry.affiliation (id, organisation_id, affiliate_id, kind, source) select ${id()}::uuid, o.id, p.id, ${a.relation}, 'sample generator, fictitious'
        from access.organisation o, access.organisation p where o.code = ${a.organisation} and p.code = ${a.provider} on conflict do nothing`.execute(tx)
    await sql`insert into registry.training (id, course_code, title, provider_id, category, mode, price, planned_minutes, origin)
      select md5('sample' || t."courseCode")::uuid, t."courseCode", t.title, o.id, t.category, t.mode, t.price, t."plannedMinutes", 'sample'
      from jsonb_to_recordset(${JSON.stringify(trainings)}::jsonb) as t ("courseCode" text, title text, "providerCode" text, category text, mode text, price integer, "plannedMinutes" integer)
      join access.organisation o on o.code = t."providerCode" on conflict (course_code) do nothing`.execute(tx)
  },
  runs: async (runs: readonly SampleRun[], now: Date) => {
    const rows = runs.map((r) => ({ ...r.row, digest: classRunDigest(r.row) }))
    await sql`insert into registry.class_run (id, schedule_code, training_id, provider_id, platform_id, mode, regency_code, starts_on, ends_on, planned_participants, quota, price, venue, address,
        latitude, longitude, meeting_url, contact_name, contact_phone, trainer_name, origin, row_digest, updated_at)
      select md5('sample' || x."scheduleCode")::uuid, x."scheduleCode", t.id, o.id, f.id, x.mode, x."regencyCode", x."startsOn", x."endsOn", x."plannedParticipants", x.quota, x.price, x.venue, x.address,
        x.latitude, x.longitude, x."meetingUrl", x."contactName", x."contactPhone", x."trainerName", 'sample', x.digest, ${now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x ("scheduleCode" text, "courseCode" text, mode text, "providerCode" text, "platformCode" text, "regencyCode" text, "startsOn" date, "endsOn" date,
        "plannedParticipants" integer, quota integer, price integer, venue text, address text, latitude double precision, longitude double precision, "meetingUrl" text, "contactName" text, "contactPhone" text, "trainerName" text, digest text)
      join registry.training t on t.course_code = x."courseCode" join access.organisation o on o.code = x."providerCode" left join access.organisation f on f.code = x."platformCode"
      on conflict (schedule_code) do nothing`.execute(tx)
    const sessions = runs.flatMap((r) => r.sessions)
    await sql`insert into registry.session (id, class_run_id, sequence, begins_at, ends_at)
      select md5('sample' || s."scheduleCode" || '#' || s.sequence)::uuid, md5('sample' || s."scheduleCode")::uuid, s.sequence, s."beginsAt", s."endsAt"
      from jsonb_to_recordset(${JSON.stringify(sessions)}::jsonb) as s ("scheduleCode" text, sequence integer, "beginsAt" timestamptz, "endsAt" timestamptz)
      where exists (select from registry.class_run c where c.id = md5('sample' || s."scheduleCode")::uuid)
      on conflict (class_run_id, sequence) do nothing`.execute(tx)
  },
  regencyNames: async () => (await sql<{ code: string; name: string }>`select code, name from registry.regency`.execute(tx)).rows,
  /** The organisation of a kind with a code, or the sample provider with most class runs. */
  organisation: async (code: string) => (await sql<{ id: string; name: string }>`select id, name from access.organisation where code = ${code}`.execute(tx)).rows[0],
  membership: async (personId: string) => (await sql<{ id: string }>`select id from access.membership where person_id = ${personId} order by since limit 1`.execute(tx)).rows[0],
  anyRound: async () => (await sql<{ there: boolean }>`select exists (select from sampling.round) as there`.execute(tx)).rows[0]!.there,
  experts: async () => (await sql<{ id: string; code: string; name: string }>`select id, code, name from access.organisation where kind in ('university', 'ngo') and origin = 'real' order by code`.execute(tx)).rows,
  providers: async () => (await sql<{ id: string; code: string; name: string }>`select id, code, name from access.organisation where kind = 'training_provider' and origin = 'sample' order by code`.execute(tx)).rows,
  busiestProvider: async () => (await sql<{ id: string; code: string; name: string }>`select o.id, o.code, o.name from access.organisation o join registry.class_run c on c.provider_id = o.id where o.origin = 'sample' group by o.id order by count(*) desc, o.code limit 1`.execute(tx)).rows[0],
})
