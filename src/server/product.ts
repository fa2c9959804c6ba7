import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { asCaller, migrate, openDatabase, system } from './database.ts'
import { diskShelf } from './files.ts'
import type { Product } from './act.ts'
import { seedReference } from './seed.ts'
import { kept, type Settings } from './settings.ts'
import { signIn } from './signin.ts'

export const version = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version

/** Opens everything behind the product: database (migrated, with the real registry and rules), sign-in, files. */
export const openProduct = async (settings: Settings, log: (line: string) => void): Promise<Product & { close: () => Promise<void>; wakeWith: (wake: () => void) => void; noteSample: () => Promise<void> }> => {
  const database = await openDatabase({ url: settings.databaseUrl, ownerUrl: settings.ownerUrl, dataDir: settings.dataDir })
  const fresh = await migrate(database)
  if (fresh.length) log(`database: ${fresh.length} migrations applied`)
  await seedReference(database, log)
  const secret = kept(settings.dataDir, 'secret', () => randomBytes(32).toString('base64url'))
  let sample = false
  let wake = () => {}
  const noteSample = async () => {
    const { rows } = await asCaller(database, system, (tx) => sql<{ there: boolean }>`select exists (select from access.organisation where origin = 'sample') as there`.execute(tx))
    sample = rows[0]!.there
  }
  await noteSample()
  return {
    database,
    signIn: signIn(database, { secret, origin: settings.origin }),
    files: diskShelf(join(settings.dataDir, 'files')),
    version,
    sampleData: () => sample,
    now: () => new Date(),
    log,
    wake: () => wake(),
    wakeWith: (f) => { wake = f },
    noteSample,
    close: () => database.close(),
  }
}
export type OpenProduct = Awaited<ReturnType<typeof openProduct>>
