import { sql, type Kysely } from 'kysely'
import type { ImportBatch } from './contract.ts'

export interface StagedRow { readonly line: number; readonly key: string | null; readonly row: unknown; readonly digest: string | null; readonly errors: unknown }

const batchColumns = ['id', 'kind', 'fileName', 'sha256', 'createdAt', 'finishedAt', 'status', 'takeGoodRows', 'rowsTotal', 'rowsStaged', 'rowsGood', 'rowsBad', 'rowsNew', 'rowsChanged', 'rowsSame', 'error'] as const

/** Batches and their staged rows, and the merge, which is SQL alone. */
export const importStore = (db: Kysely<any>) => ({
  add: (row: { id: string; kind: string; fileName: string; sha256: string; organisationId: string; startedBy: string; createdAt: Date }) =>
    db.insertInto('registry.importBatch').values({ ...row, status: 'staging' }).returning(batchColumns).executeTakeFirstOrThrow() as unknown as Promise<ImportBatch>,
  list: () => db.selectFrom('registry.importBatch').select(batchColumns).orderBy('createdAt', 'desc').limit(50).execute() as unknown as Promise<ImportBatch[]>,
  one: (id: string) => db.selectFrom('registry.importBatch').select(batchColumns).where('id', '=', id).executeTakeFirst() as unknown as Promise<ImportBatch | undefined>,
  set: (id: string, values: Partial<Record<keyof ImportBatch, unknown>>) =>
    db.updateTable('registry.importBatch').set(values).where('id', '=', id).returning(batchColumns).executeTakeFirst() as unknown as Promise<ImportBatch | undefined>,
  /** The next batch with something to do, locked for this transaction against another worker. */
  next: () => db.selectFrom('registry.importBatch').select([...batchColumns, 'startedBy']).where('status', 'in', ['staging', 'merging']).orderBy('createdAt').limit(1).forUpdate().skipLocked().executeTakeFirst() as unknown as Promise<(ImportBatch & { startedBy: string }) | undefined>,
  stage: (batchId: string, rows: readonly StagedRow[]) =>
    sql`insert into registry.import_row (batch_id, line, key, row, digest, errors)
      select ${batchId}::uuid, r.line, r.key, r.row, r.digest, r.errors from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (line integer, key text, row jsonb, digest text, errors jsonb)
      on conflict (batch_id, line) do nothing`.execute(db),
  faults: async (batchId: string, page: number) => {
    const { rows } = await sql<{ line: number; errors: unknown[] }>`select line, errors from registry.import_row where batch_id = ${batchId} and errors is not null order by line limit 100 offset ${(page - 1) * 100}`.execute(db)
    return rows
  },
  preview: async (batchId: string) => (await sql<{ line: number; row: Record<string, unknown> }>`select line, row from registry.import_row where batch_id = ${batchId} and errors is null order by line limit 20`.execute(db)).rows,
  dropRows: (batchId: string) => sql`delete from registry.import_row where batch_id = ${batchId}`.execute(db),
  /** How many good rows are new, changed, the same. */
  compare: async (batchId: string, kind: ImportBatch['kind']) => {
    const digest = kind === 'class_runs'
      ? sql`select r.key, r.digest, c.row_digest as old from registry.import_row r left join registry.class_run c on c.schedule_code = r.key where r.batch_id = ${batchId} and r.errors is null`
      : sql`select r.key, '' as digest, case when s.id is null then null when s.begins_at = (r.row->>'beginsAt')::timestamptz and s.ends_at = (r.row->>'endsAt')::timestamptz then '' else 'x' end as old
          from registry.import_row r join registry.class_run c on c.schedule_code = r.row->>'scheduleCode' left join registry.session s on s.class_run_id = c.id and s.sequence = (r.row->>'sequence')::integer
          where r.batch_id = ${batchId} and r.errors is null`
    const { rows } = await sql<{ fresh: number; changed: number; same: number }>`
      select count(*) filter (where old is null) as fresh, count(*) filter (where old is not null and old <> digest) as changed, count(*) filter (where old = digest) as same from (${digest}) x`.execute(db)
    return rows[0]!
  },
  lines: async (batchId: string) => (await sql<{ first: number; last: number }>`select coalesce(min(line), 0) as first, coalesce(max(line), 0) as last from registry.import_row where batch_id = ${batchId}`.execute(db)).rows[0]!,
  /** Puts the good class runs of a range of lines where they belong; unchanged rows are not touched. Ids are derived from the batch and the line. */
  mergeClassRuns: async (batchId: string, from: number, to: number, origin: string, now: Date) => {
    await sql`
      insert into registry.training (id, course_code, title, provider_id, mode, price, origin)
      select distinct on (r.row->>'courseCode') md5(${batchId}::text || 't' || r.line)::uuid, r.row->>'courseCode', r.row->>'courseTitle', o.id, r.row->>'mode', (r.row->>'price')::integer, ${origin}::text
      from registry.import_row r join access.organisation o on o.code = r.row->>'providerCode'
      where r.batch_id = ${batchId} and r.line between ${from} and ${to} and r.errors is null and r.row->>'courseTitle' is not null
      order by r.row->>'courseCode', r.line
      on conflict (course_code) do nothing`.execute(db)
    await sql`
      insert into registry.class_run (id, schedule_code, training_id, provider_id, platform_id, mode, regency_code, starts_on, ends_on, planned_participants, quota, price, venue, address,
        latitude, longitude, meeting_url, contact_name, contact_phone, trainer_name, origin, row_digest, updated_at)
      select md5(${batchId}::text || r.line)::uuid, r.key, t.id, o.id, f.id, x.mode, x."regencyCode", x."startsOn", x."endsOn", x."plannedParticipants", x.quota, x.price, x.venue, x.address,
        x.latitude, x.longitude, x."meetingUrl", x."contactName", x."contactPhone", x."trainerName", ${origin}::text, r.digest, ${now}::timestamptz
      from registry.import_row r
      cross join lateral jsonb_to_record(r.row) as x ("courseCode" text, mode text, "providerCode" text, "platformCode" text, "regencyCode" text, "startsOn" date, "endsOn" date, "plannedParticipants" integer,
        quota integer, price integer, venue text, address text, latitude double precision, longitude double precision, "meetingUrl" text, "contactName" text, "contactPhone" text, "trainerName" text)
      join registry.training t on t.course_code = x."courseCode" join access.organisation o on o.code = x."providerCode" left join access.organisation f on f.code = x."platformCode"
      where r.batch_id = ${batchId} and r.line between ${from} and ${to} and r.errors is null
      on conflict (schedule_code) do update set training_id = excluded.training_id, provider_id = excluded.provider_id, platform_id = excluded.platform_id, mode = excluded.mode, regency_code = excluded.regency_code,
        starts_on = excluded.starts_on, ends_on = excluded.ends_on, planned_participants = excluded.planned_participants, quota = excluded.quota, price = excluded.price, venue = excluded.venue, address = excluded.address,
        latitude = excluded.latitude, longitude = excluded.longitude, meeting_url = excluded.meeting_url, contact_name = excluded.contact_name, contact_phone = excluded.contact_phone, trainer_name = excluded.trainer_name,
        row_digest = excluded.row_digest, updated_at = excluded.updated_at
        where class_run.row_digest <> excluded.row_digest`.execute(db)
  },
  mergeSessions: (batchId: string, from: number, to: number) =>
    sql`insert into registry.session (id, class_run_id, sequence, begins_at, ends_at)
      select md5(${batchId}::text || r.line)::uuid, c.id, (r.row->>'sequence')::integer, (r.row->>'beginsAt')::timestamptz, (r.row->>'endsAt')::timestamptz
      from registry.import_row r join registry.class_run c on c.schedule_code = r.row->>'scheduleCode'
      where r.batch_id = ${batchId} and r.line between ${from} and ${to} and r.errors is null
      on conflict (class_run_id, sequence) do update set begins_at = excluded.begins_at, ends_at = excluded.ends_at
        where session.begins_at <> excluded.begins_at or session.ends_at <> excluded.ends_at`.execute(db),
})
