import { sql, type Kysely } from 'kysely'
import type { Norm } from './contract.ts'

const normColumns = ['id', 'code', 'ruleSet', 'mode', 'titleId', 'titleEn', 'value', 'unit', 'status', 'source', 'severity', 'replyN', 'replyUnit', 'correctionN', 'correctionUnit', 'updatedAt'] as const

export const store = (db: Kysely<any>) => ({
  ruleSets: () => db.selectFrom('standards.ruleSet').select(['code', 'titleId', 'titleEn', 'source', 'inForceFrom', 'inForceTo']).orderBy('inForceFrom').execute(),
  norms: (want: { ruleSet?: string | undefined; mode?: string | undefined }) =>
    db.selectFrom('standards.norm').select(normColumns)
      .$if(want.ruleSet !== undefined, (q) => q.where('ruleSet', '=', want.ruleSet!)).$if(want.mode !== undefined, (q) => q.where('mode', '=', want.mode!))
      .orderBy('ruleSet').orderBy('mode').orderBy('code').execute() as unknown as Promise<Norm[]>,
  norm: (id: string) => db.selectFrom('standards.norm').select(normColumns).where('id', '=', id).executeTakeFirst() as unknown as Promise<Norm | undefined>,
  normCodes: async () => new Set((await db.selectFrom('standards.norm').select('code').distinct().execute()).map((n) => n['code'] as string)),
  saveNorm: (id: string, change: Partial<Record<keyof Norm, unknown>>) => db.updateTable('standards.norm').set(change).where('id', '=', id).returning(normColumns).executeTakeFirst() as unknown as Promise<Norm | undefined>,
  holidays: (year?: number) =>
    db.selectFrom('standards.holiday').select(['day', 'nameId', 'nameEn', 'kind', 'certainty', 'source']).$if(year !== undefined, (q) => q.where('day', '>=', `${year}-01-01`).where('day', '<=', `${year}-12-31`)).orderBy('day').execute(),
  putHoliday: (row: { day: string; nameId: string; nameEn: string; kind: string; certainty: string; source: string }) =>
    db.insertInto('standards.holiday').values(row).onConflict((c) => c.column('day').doUpdateSet({ nameId: row.nameId, nameEn: row.nameEn, kind: row.kind, certainty: row.certainty, source: row.source })).execute(),
  removeHoliday: (day: string) => db.deleteFrom('standards.holiday').where('day', '=', day).executeTakeFirst(),
  versions: async () => (await sql<Record<string, unknown>>`select v.id, v.instrument, i.title_id as "instrumentId", i.title_en as "instrumentEn", i.mode, v.form_id as "formId", v.version, v.title, v.in_force_from as "inForceFrom", v.in_force_to as "inForceTo",
    v.status, v.published_at as "publishedAt", v.workbook_sha256 as "workbookSha256", (select count(*) from standards.item x where x.version_id = v.id) as items
    from standards.instrument_version v join standards.instrument i on i.code = v.instrument order by i.code, v.in_force_from desc, v.published_at desc`.execute(db)).rows,
  items: (versionId: string) => db.selectFrom('standards.item').select(['code', 'position', 'tag', 'norm', 'criterion', 'severityRule', 'layers', 'labelId', 'labelEn']).where('versionId', '=', versionId).orderBy('position').execute(),
  hasInstrument: async (code: string) => !!(await db.selectFrom('standards.instrument').select('code').where('code', '=', code).executeTakeFirst()),
  /** Another instrument that owns a form id. */
  ownerOfForm: async (formId: string) => (await db.selectFrom('standards.instrumentVersion').select('instrument').where('formId', '=', formId).limit(1).executeTakeFirst())?.['instrument'] as string | undefined,
  /** A new version takes over on its first day; the one before ends the day before. What was made on it stays valid on it. */
  endBefore: (instrument: string, day: string) =>
    sql`update standards.instrument_version set in_force_to = ${day}::date - 1 where instrument = ${instrument} and in_force_from < ${day}::date and (in_force_to is null or in_force_to >= ${day}::date)`.execute(db),
})
