import { getProvinces, getRegencies } from 'idn-area-data'
import { sql } from 'kysely'
import { initialRoles } from '#access/rules.ts'
import { seedRegistry } from '#registry/seed.ts'
import { seedStandards } from '#standards/seed.ts'
import { asCaller, system, type Database } from './database.ts'
import { newId } from './signin.ts'

/** The real registry and rules of the programme: what every installation starts with, sample data or not. Fills an empty database, once. */
export const seedReference = async (database: Database, log: (line: string) => void = () => {}): Promise<void> => {
  await asCaller(database, system, async (tx) => {
    const { rows } = await sql<{ there: boolean }>`select exists (select from access.role) as there`.execute(tx)
    if (rows[0]!.there) return
    log('registry: regions, partners, roles, norms, instruments')
    for (const role of initialRoles) await tx.insertInto('access.role').values(role).execute()
    const [provinces, regencies] = [await getProvinces(), await getRegencies({ transform: true })]
    await seedRegistry(tx, { provinces, regencies }, newId)
    await seedStandards(tx, newId, new Date())
  })
}
