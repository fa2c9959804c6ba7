import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CamelCasePlugin, CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Who } from '#base/room.ts'
import { isUuid } from '#base/ids.ts'
import { embedded } from './embedded.ts'
import { PreparingClient } from './prepared.ts'

// Rows are ready for JSON as they come: instants as ISO text, days as they are written, counts as numbers.
pg.types.setTypeParser(1184, (text) => new Date(text).toISOString())
pg.types.setTypeParser(1082, (text) => text)
pg.types.setTypeParser(20, Number)
pg.types.setTypeParser(1700, Number)

export interface Database {
  /** The application's handle; only ever used inside `asCaller`. */
  readonly app: Kysely<any>
  /** Sign-in's handle, as pantau_auth. */
  readonly auth: Kysely<any>
  /** The owner's handle, for migrations only. */
  readonly owner: pg.Pool
  readonly kind: 'embedded' | 'server'
  readonly close: () => Promise<void>
}

const camel = () => new CamelCasePlugin({ maintainNestedObjectKeys: true })

/**
 * Opens the database: PostgreSQL when `url` is given, else the embedded one under `dataDir` (or in memory, for tests).
 * `ownerUrl` names the role that migrates, when the application signs in as one that owns nothing.
 */
export const openDatabase = async (at: { url?: string | undefined; ownerUrl?: string | undefined; dataDir?: string | undefined; seed?: Blob; pglite?: pg.PoolConfig }): Promise<Database> => {
  const local = at.url ? undefined : at.pglite ? { config: at.pglite, close: async () => {} } : await embedded(at.dataDir, at.seed)
  const pool = new pg.Pool({ ...(local ? local.config : { connectionString: at.url, max: 10 }), Client: PreparingClient } as pg.PoolConfig)
  const owner = at.ownerUrl && at.ownerUrl !== at.url ? new pg.Pool({ connectionString: at.ownerUrl, max: 1 }) : pool
  pool.on('error', () => {}) // a broken idle connection is replaced by the pool; the next query reports what matters
  const dialect = (role?: string) =>
    new PostgresDialect({ pool, ...(role ? { onReserveConnection: async (c) => void (await c.executeQuery(CompiledQuery.raw(`set role ${role}`))) } : {}) })
  return {
    app: new Kysely({ dialect: dialect(), plugins: [camel()] }),
    auth: new Kysely({ dialect: dialect('pantau_auth') }),
    owner,
    kind: local ? 'embedded' : 'server',
    close: async () => {
      if (owner !== pool) await owner.end()
      await pool.end()
      await local?.close()
    },
  }
}

/** Who asks when nobody signed in, and when the product itself works. */
const nil = '00000000-0000-0000-0000-000000000000'
export const nobody: Who = { personId: nil, organisationId: nil, membershipId: nil, role: 'public', scope: 'public', verbs: [], name: '' }
export const system: Who = { ...nobody, role: 'system', scope: 'system', name: 'Pantau' }

/** Opens one transaction with the caller's identity set; row-level security decides by it. */
export const asCaller = <T>(database: Database, who: Who, work: (tx: Kysely<any>) => Promise<T>): Promise<T> => {
  // literals, not parameters: only ids and words of a closed list get here (storage.md: set_config costs a quarter more and breaks on Citus)
  if (!isUuid(who.personId) || !isUuid(who.organisationId) || !/^[a-z]+$/.test(who.scope)) throw new Error('not an identity')
  return database.app.transaction().execute(async (tx) => {
    await tx.executeQuery(
      CompiledQuery.raw(
        `set local role pantau_app; set local app.person = '${who.personId}'; set local app.organisation = '${who.organisationId}'; set local app.scope = '${who.scope}'`,
      ),
    )
    return work(tx)
  })
}

const folder = fileURLToPath(new URL('../../database/', import.meta.url))
export const migrationFiles = (): string[] => readdirSync(folder).filter((f) => /^\d{4}-[\w-]+\.sql$/.test(f)).sort()

/** Applies the forward-only migrations that are not there yet, one transaction each, under an advisory lock. Returns the new ones. */
export const migrate = async (database: Database): Promise<string[]> => {
  const done: string[] = []
  const client = await database.owner.connect()
  try {
    await client.query('reset role')
    await client.query('select pg_advisory_lock(7261001)')
    await client.query('create table if not exists public.migration (name text primary key, applied_at timestamptz not null default now())')
    const { rows } = await client.query<{ name: string }>('select name from public.migration')
    const there = new Set(rows.map((r) => r.name))
    for (const name of migrationFiles()) {
      if (there.has(name)) continue
      await client.query('begin')
      try {
        await client.query(readFileSync(folder + name, 'utf8'))
        await client.query('insert into public.migration (name) values ($1)', [name])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw new Error(`migration ${name}: ${(error as Error).message}`, { cause: error })
      }
      done.push(name)
    }
  } finally {
    await client.query('select pg_advisory_unlock(7261001)').catch(() => {})
    client.release()
  }
  return done
}

/** True when the database answers. */
export const answers = async (database: Database): Promise<boolean> => {
  try {
    await asCaller(database, nobody, (tx) => sql`select 1`.execute(tx))
    return true
  } catch {
    return false
  }
}

export const ensureFolder = (path: string): void => {
  if (!existsSync(path)) mkdirSync(path, { recursive: true, mode: 0o700 })
}
