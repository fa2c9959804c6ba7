import { initialRoles } from '#access/rules.ts'
import { asCaller, system, type Database } from './database.ts'

/** The real registry and rules of the programme: what every installation starts with, sample data or not. Idempotent. */
export const seedReference = async (database: Database, _log: (line: string) => void = () => {}): Promise<void> => {
  await asCaller(database, system, async (tx) => {
    for (const role of initialRoles) await tx.insertInto('access.role').values(role).onConflict((c) => c.column('code').doNothing()).execute()
  })
}
