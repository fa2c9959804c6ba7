import type { Kysely } from 'kysely'
import type { Tables as Access } from '#access/store.ts'

export interface Tables extends Access {
  'files.file': { sha256: string; organisationId: string; size: number; mime: string; storedBy: string; storedAt: string | Date }
}

export const store = (db: Kysely<Tables>) => ({
  /** The file as stored for an organisation; undefined when there is none the caller may see. */
  find: (sha256: string, organisationId?: string) =>
    db.selectFrom('files.file').selectAll().where('sha256', '=', sha256)
      .$if(organisationId !== undefined, (q) => q.where('organisationId', '=', organisationId!)).limit(1).executeTakeFirst(),
  /** Notes that an organisation has these bytes; the same file again changes nothing. */
  add: (row: Tables['files.file']) => db.insertInto('files.file').values(row).onConflict((c) => c.doNothing()).execute(),
})
