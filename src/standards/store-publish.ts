import type { Kysely } from 'kysely'
import type { InstrumentItem } from './rules/items.ts'

/** Everything one published version consists of; made by `api-publish.ts` from a workbook. */
export interface Publication {
  readonly instrument: string
  readonly formId: string
  readonly version: string
  readonly title: string
  readonly workbookSha256: string
  readonly xform: string
  readonly xformMd5: string
  readonly languages: readonly string[]
  readonly items: readonly InstrumentItem[]
}

/** Writes a version with its items. A version is never changed: the same form id and version again is refused by the database. */
export const publish = async (db: Kysely<any>, id: string, p: Publication, inForceFrom: string, at: Date, by: string | null): Promise<void> => {
  await db.insertInto('standards.instrumentVersion').values({
    id, instrument: p.instrument, formId: p.formId, version: p.version, title: p.title, workbookSha256: p.workbookSha256, xform: p.xform, xformMd5: p.xformMd5,
    languages: JSON.stringify(p.languages), inForceFrom, status: 'published', publishedAt: at, publishedBy: by,
  }).execute()
  await db.insertInto('standards.item').values(p.items.map((i) => ({
    versionId: id, code: i.code, position: i.position, tag: i.tag, norm: i.norm, criterion: i.criterion, severityRule: i.severityRule, layers: [...i.layers],
    labelId: i.label.id, labelEn: i.label.en, names: [...i.names], definition: JSON.stringify(i),
  }))).execute()
}
