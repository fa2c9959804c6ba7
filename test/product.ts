import { createHash, randomBytes } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type { Kysely } from 'kysely'
import pg from 'pg'
import type { Context, FileShelf, Who } from '#base/room.ts'
import { asCaller, migrate, migrationFiles, openDatabase, system, type Database } from '#server/database.ts'
import { act, type Product } from '#server/act.ts'
import { server } from '#server/http.ts'
import { seedReference } from '#server/seed.ts'
import { newId, signIn } from '#server/signin.ts'

/** Who takes part in every test: two of each kind that must not see each other's rows. */
export const personas = {
  office: { organisation: 'test-office', role: 'office' },
  coordinatorA: { organisation: 'test-university-a', role: 'coordinator' },
  coordinatorB: { organisation: 'test-university-b', role: 'coordinator' },
  monitorA: { organisation: 'test-university-a', role: 'monitor' },
  monitorA2: { organisation: 'test-university-a', role: 'monitor' },
  monitorB: { organisation: 'test-university-b', role: 'monitor' },
  providerA: { organisation: 'test-provider-a', role: 'provider' },
  providerB: { organisation: 'test-provider-b', role: 'provider' },
  platformA: { organisation: 'test-platform-a', role: 'platform' },
  platformB: { organisation: 'test-platform-b', role: 'platform' },
  partner: { organisation: 'test-payment', role: 'partner' },
} as const
export type Persona = keyof typeof personas
const organisations: Record<string, string> = {
  'test-office': 'programme_office', 'test-university-a': 'university', 'test-university-b': 'university', 'test-provider-a': 'training_provider', 'test-provider-b': 'training_provider',
  'test-platform-a': 'digital_platform', 'test-platform-b': 'digital_platform', 'test-payment': 'payment_partner',
}
export const password = 'kata-sandi-uji-1'
const uuid = (name: string) => {
  const h = createHash('sha256').update(name).digest('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-7${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`
}
/** The id of a test organisation by its code. */
export const organisationId = (code: string): string => uuid(`organisation ${code}`)
export const personId = (persona: Persona): string => uuid(`person ${persona}`)
export const membershipId = (persona: Persona): string => uuid(`membership ${persona}`)

const secret = 'a secret for tests only, never for an installation'
const shelf = (): FileShelf => {
  const files = new Map<string, Uint8Array>()
  return {
    put: async (bytes) => { const h = createHash('sha256').update(bytes).digest('hex'); files.set(h, bytes); return h },
    get: async (sha256) => files.get(sha256),
  }
}

const populate = async (database: Database) => {
  await migrate(database)
  await seedReference(database)
  const door = signIn(database, { secret, origin: 'http://localhost' })
  await asCaller(database, system, async (tx) => {
    for (const [code, kind] of Object.entries(organisations))
      await tx.insertInto('access.organisation').values({ id: organisationId(code), kind, code, name: `Uji ${code}`, shortName: code, origin: 'sample', source: null, status: 'active' }).execute()
    for (const code of ['test-provider-a', 'test-provider-b']) await tx.insertInto('registry.provider').values({ organisationId: organisationId(code), providerType: 'private', listedOn: '2024-01-01' }).execute()
  })
  // one password hash for all: the hash is slow on purpose
  for (const [name, { organisation, role }] of Object.entries(personas)) {
    const persona = name as Persona
    const userId = await door.makeAccount(`${persona}@example.id`.toLowerCase(), `Uji ${persona}`, password)
    await door.people.addPerson({ id: personId(persona), userId, name: `Uji ${persona}`, email: `${persona}@example.id`.toLowerCase() })
    await door.people.addMembership({ id: membershipId(persona), personId: personId(persona), organisationId: organisationId(organisation), role })
  }
}

/** A populated embedded database, made once per state of the migrations and reference data and kept in the temporary folder. */
const embeddedSeed = async (): Promise<Blob> => {
  const root = new URL('..', import.meta.url).pathname
  const hash = createHash('sha256').update(process.version)
  for (const file of migrationFiles()) hash.update(readFileSync(join(root, 'database', file)))
  const made = ['test/product.ts', 'src/server/seed.ts', 'src/access/rules.ts', 'src/server/database.ts', ...globSync(['src/registry/{data,rules}/*', 'src/*/seed.ts', 'src/standards/**/*.{json,xlsx,ts}'], { cwd: root })]
  for (const file of made.filter((f) => !f.endsWith('.test.ts')).sort()) hash.update(file).update(readFileSync(join(root, file)))
  const folder = join(tmpdir(), 'pantau-test')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${hash.digest('hex').slice(0, 16)}.tar`)
  if (!existsSync(path)) {
    const { PGlite } = await import('@electric-sql/pglite')
    const { createPgConfig } = await import('@electric-sql/pglite/node-postgres')
    const db = await PGlite.create()
    const database = await openDatabase({ pglite: Object.assign(createPgConfig(db), { max: 1 }) })
    await populate(database)
    await database.close()
    const dump = await db.dumpDataDir('none')
    await db.close()
    const temporary = `${path}.${randomBytes(4).toString('hex')}`
    writeFileSync(temporary, Buffer.from(await dump.arrayBuffer()))
    renameSync(temporary, path)
  }
  return new Blob([readFileSync(path)])
}

export interface TestProduct {
  readonly app: FastifyInstance
  readonly product: Product
  readonly database: Database
  /** A signed-in persona's requests: `await (await p.as('office')).get('/rounds')`; answers carry `status` and parsed `body`. */
  readonly as: (persona: Persona | 'nobody') => Promise<Client>
  /** Runs as a persona in one transaction under the application's own database role (row security on). */
  readonly sql: <T>(persona: Persona | 'nobody' | 'system', work: (tx: Kysely<any>) => Promise<T>) => Promise<T>
  /** Runs a handler's kind of work with a full context. */
  readonly context: <T>(persona: Persona | 'system', work: (context: Context) => Promise<T>) => Promise<T>
  readonly clock: { now: Date }
  readonly close: () => Promise<void>
}
export interface Answer { readonly status: number; readonly body: any; readonly headers: Record<string, unknown>; readonly raw: Buffer }
export interface Client {
  readonly cookie: string
  readonly get: (url: string) => Promise<Answer>
  readonly post: (url: string, payload?: object) => Promise<Answer>
  readonly put: (url: string, payload?: object) => Promise<Answer>
  readonly delete: (url: string) => Promise<Answer>
  readonly inject: (options: InjectOptions) => Promise<Answer>
}

/** The whole product on a fresh database: PostgreSQL when DATABASE_URL is set, else the embedded one. */
export const testProduct = async (options: { dist?: string } = {}): Promise<TestProduct> => {
  const url = process.env['DATABASE_URL']
  let database: Database
  let drop = async () => {}
  if (url) {
    const name = `pantau_test_${process.pid}_${randomBytes(4).toString('hex')}`
    const admin = new pg.Pool({ connectionString: url, max: 1 })
    await admin.query(`create database ${name}`)
    const own = new URL(url)
    own.pathname = `/${name}`
    database = await openDatabase({ url: own.href })
    await populate(database)
    drop = async () => { await admin.query(`drop database ${name} with (force)`); await admin.end() }
  } else database = await openDatabase({ seed: await embeddedSeed() })
  const door = signIn(database, { secret, origin: 'http://localhost' })
  const clock = { now: new Date() }
  const problems: string[] = []
  const product: Product = { database, signIn: door, files: shelf(), version: 'test', sampleData: () => true, now: () => clock.now, log: (line) => { problems.push(line); console.error(line) } }
  const app = await server(product, options.dist ? { dist: options.dist } : {})
  const cookies = new Map<string, string>()
  const whoIs = async (persona: Persona | 'nobody' | 'system'): Promise<Who> => {
    if (persona === 'system') return system
    if (persona === 'nobody') return (await import('#server/database.ts')).nobody
    return (await door.byMembership(membershipId(persona)))!
  }
  const as = async (persona: Persona | 'nobody'): Promise<Client> => {
    if (persona !== 'nobody' && !cookies.has(persona)) {
      const answer = await app.inject({ method: 'POST', url: '/api/auth/sign-in/email', headers: { 'x-requested-with': 'pantau' }, payload: { email: `${persona}@example.id`.toLowerCase(), password } })
      if (answer.statusCode !== 200) throw new Error(`sign-in of ${persona}: ${answer.statusCode} ${answer.body}`)
      cookies.set(persona, [answer.headers['set-cookie']].flat().map((c) => String(c).split(';')[0]).join('; '))
    }
    const cookie = cookies.get(persona) ?? ''
    const inject = async (o: InjectOptions): Promise<Answer> => {
      const r = await app.inject({ ...o, headers: { ...(cookie ? { cookie } : {}), 'x-requested-with': 'pantau', 'accept-language': 'id', ...o.headers } })
      const json = String(r.headers['content-type'] ?? '').includes('json')
      return { status: r.statusCode, body: json && r.body ? JSON.parse(r.body) : r.body, headers: r.headers as Record<string, unknown>, raw: r.rawPayload }
    }
    const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE') => (path: string, payload?: object) => inject({ method, url: `/api${path}`, ...(method === 'POST' || method === 'PUT' ? { payload: payload ?? {} } : {}) })
    return { cookie, inject, get: call('GET'), post: call('POST'), put: call('PUT'), delete: call('DELETE') }
  }
  return {
    app, product, database, clock, as,
    sql: async (persona, work) => asCaller(database, await whoIs(persona), work),
    context: async (persona, work) => act(product, await whoIs(persona), 'id', null, work),
    close: async () => { await app.close(); await database.close(); await drop() },
  }
}
export { newId }
