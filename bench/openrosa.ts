import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sql, type Kysely } from 'kysely'
import pg from 'pg'
import { tokenHash } from '#access/api.ts'
import { asCaller, openDatabase, migrate, system } from '#server/database.ts'
import { seedReference } from '#server/seed.ts'
import { filled, multipartOf } from '../test/field.ts'

/**
 * Requests a second at the OpenRosa door on PostgreSQL, with many submissions there already: form list, form, submission, submission with a photo, for
 * 1, 8 and 32 clients on the same machine. Each figure also as a ratio to an empty answer of the same server (`/healthz`, one query) in the same run.
 * `DATABASE_URL=postgres://… npm run bench -- openrosa [--rows 138000] [--seconds 8] [--clients 1,8,32]`
 */
const { values: options } = parseArgs({ options: { rows: { type: 'string', default: '138000' }, seconds: { type: 'string', default: '8' }, clients: { type: 'string', default: '1,8,32' }, json: { type: 'boolean', default: false } } })
const url = process.env['DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'
const rows = Number(options.rows)
const seconds = Number(options.seconds)
const monitors = 1_000
const tasksEach = 60
const classRuns = 1_000

const name = `pantau_bench_${process.pid}`
const admin = new pg.Client({ connectionString: url })
await admin.connect()
await admin.query(`create database ${name}`)
const own = new URL(url)
own.pathname = `/${name}`
const database = await openDatabase({ url: own.href })
const dataDir = mkdtempSync(join(tmpdir(), 'pantau-bench-'))
const say = (line: string): void => console.error(line)
let server: ChildProcess | undefined
const done = async (): Promise<void> => {
  server?.kill('SIGTERM')
  await new Promise((r) => server ? server.on('close', r) : r(undefined))
  await database.close()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.end()
  rmSync(dataDir, { recursive: true, force: true })
}
process.on('SIGINT', () => void done().then(() => process.exit(130)))

const as = <T>(work: (tx: Kysely<any>) => Promise<T>): Promise<T> => asCaller(database, system, work)
const tokens = Array.from({ length: monitors }, () => randomBytes(48).toString('base64').replace(/[+/]/g, '!'))

/** One university, one provider, a thousand monitors with open tasks each, and as many closed visits as asked for, cloned from one that came in through the door. */
const fill = async (): Promise<{ xform: string; tasks: string[][] }> => {
  await migrate(database)
  await seedReference(database)
  return as(async (tx) => {
    const one = async <T>(q: ReturnType<typeof sql<T>>): Promise<T> => (await q.execute(tx)).rows[0] as T
    const { id: team } = await one(sql<{ id: string }>`select id from access.organisation where code = 'untan'`)
    const provider = randomUUID()
    await sql`insert into access.organisation (id, kind, code, name, short_name, origin, status) values (${provider}::uuid, 'training_provider', 'bench-lp', 'LKP Bench', 'Bench', 'sample', 'active')`.execute(tx)
    await sql`insert into registry.provider (organisation_id, provider_type, listed_on) values (${provider}::uuid, 'private', '2024-01-01')`.execute(tx)
    const training = randomUUID()
    await sql`insert into registry.training (id, course_code, title, provider_id, mode, planned_minutes) values (${training}::uuid, 'BENCH', 'Barista Dasar', ${provider}::uuid, 'onsite', 900)`.execute(tx)
    await sql`insert into registry.class_run (id, schedule_code, training_id, provider_id, mode, regency_code, starts_on, ends_on, planned_participants, venue, row_digest)
      select md5('run' || n)::uuid, 'B-' || n, ${training}::uuid, ${provider}::uuid, 'onsite', '61.71', current_date, current_date, 24, 'Ruang ' || n, 'x' from generate_series(1, ${classRuns}) n`.execute(tx)
    await sql`insert into access.person (id, name, email) select md5('monitor' || n)::uuid, 'Pemantau ' || n, 'm' || n || '@bench.example' from generate_series(1, ${monitors}) n`.execute(tx)
    await sql`insert into access.membership (id, person_id, organisation_id, role) select md5('member' || n)::uuid, md5('monitor' || n)::uuid, ${team}::uuid, 'monitor' from generate_series(1, ${monitors}) n`.execute(tx)
    const rounds = Math.ceil((rows + monitors * tasksEach) / classRuns)
    const { person } = await one(sql<{ person: string }>`select md5('monitor1')::uuid as person`)
    await sql`insert into sampling.round (id, code, title, period_from, period_to, filter, design, status, seed, created_by, created_at, sent_at)
      select md5('round' || n)::uuid, 'BENCH-' || n, 'Bench ' || n, '2026-01-01', '2027-12-31', '{"modes":[],"provinces":[],"providerIds":[]}', '{"stratifyBy":[],"floor":0.3,"allocation":{"kind":"proportional","total":1},"dueDays":3}', 'sent', 'bench', ${person}::uuid, now(), now() from generate_series(1, ${rounds}) n`.execute(tx)
    say(`${rounds * classRuns} drawn class runs, ${monitors} monitors`)
    await sql`insert into sampling.drawn (id, round_id, class_run_id, purpose, stratum, inclusion_probability, drawn_at, drawn_by)
      select md5('drawn' || i)::uuid, md5('round' || (i / ${classRuns} + 1))::uuid, md5('run' || (i % ${classRuns} + 1))::uuid, 'random', 'all', 0.5, now(), ${person}::uuid from generate_series(0, ${rounds * classRuns - 1}) i`.execute(tx)
    // the open tasks stand first, so that all of a monitor's lie in the rounds their keys open
    await sql`insert into assignments.assignment (id, round_id, drawn_id, class_run_id, organisation_id, person_id, status, due_on, offered_at, assigned_at, updated_at)
      select md5('task' || i)::uuid, md5('round' || (i / ${classRuns} + 1))::uuid, md5('drawn' || i)::uuid, md5('run' || (i % ${classRuns} + 1))::uuid, ${team}::uuid, md5('monitor' || (i % ${monitors} + 1))::uuid,
        case when i < ${monitors * tasksEach} then 'assigned' else 'done' end, current_date, now(), now(), now() from generate_series(0, ${rounds * classRuns - 1}) i`.execute(tx)
    await sql`insert into collection.door_key (id, token_hash, person_id, membership_id, round_id, round_code, organisation_id, created_by, created_at)
      select md5('key' || t.n)::uuid, t.hash, md5('monitor' || t.n)::uuid, md5('member' || t.n)::uuid, md5('round1')::uuid, 'BENCH-1', ${team}::uuid, md5('monitor' || t.n)::uuid, now()
      from jsonb_to_recordset(${JSON.stringify(tokens.map((t, i) => ({ n: i + 1, hash: tokenHash(t) })))}::jsonb) as t (n int, hash text)`.execute(tx)
    const { xform } = await one(sql<{ xform: string }>`select v.xform from standards.instrument_version v join standards.instrument i on i.code = v.instrument where i.mode = 'onsite'`)
    const tasks = (await sql<{ n: number; ids: string[] }>`select (i % ${monitors}) as n, array_agg(md5('task' || i)::uuid::text) as ids from generate_series(0, ${monitors * tasksEach - 1}) i group by 1 order by 1`.execute(tx)).rows
    return { xform, tasks: tasks.map((t) => t.ids) }
  })
}

/** Clones the first visit that came in through the door. */
const clone = async (): Promise<void> => {
  const part = 6_000
  const first = Math.ceil((rows + monitors * tasksEach) / classRuns) * classRuns - rows
  for (let from = 0; from < rows; from += part) {
    await as(async (tx) => {
      const range = sql`generate_series(${first + from}::int, ${first + Math.min(from + part, rows) - 1}::int) i`
      await sql`insert into collection.visit (id, round_id, assignment_id, class_run_id, organisation_id, person_id, layer, version_id, outcome, status, session_day, flags, instance_id, submitted_at, updated_at, approved_at)
        select md5('visit' || i)::uuid, md5('round' || (i / ${classRuns} + 1))::uuid, md5('task' || i)::uuid, md5('run' || (i % ${classRuns} + 1))::uuid, v.organisation_id, md5('monitor' || (i % ${monitors} + 1))::uuid, v.layer, v.version_id, v.outcome, 'approved', v.session_day, '{}', 'uuid:bench-' || i, now(), now(), now()
        from ${range}, (select * from collection.visit where instance_id not like 'uuid:bench-%' limit 1) v`.execute(tx)
      await sql`insert into collection.submission (instance_id, visit_id, version_no, form_id, form_version, xml, xml_sha256, via, person_id, organisation_id, received_at)
        select 'uuid:bench-' || i, md5('visit' || i)::uuid, 1, s.form_id, s.form_version, s.xml, s.xml_sha256, 'door', s.person_id, s.organisation_id, now() from ${range}, (select * from collection.submission where instance_id not like 'uuid:bench-%' limit 1) s`.execute(tx)
      await sql`insert into collection.answer (instance_id, path, ordinal, name, item, kind, value, number) select 'uuid:bench-' || i, a.path, a.ordinal, a.name, a.item, a.kind, a.value, a.number from ${range}, (select * from collection.answer where instance_id not like 'uuid:bench-%') a`.execute(tx)
      await sql`insert into collection.claim (id, visit_id, class_run_id, instance_id, layer, organisation_id, item, version_id, tag, result, severity, score, value, reason)
        select gen_random_uuid(), md5('visit' || i)::uuid, md5('run' || (i % ${classRuns} + 1))::uuid, 'uuid:bench-' || i, c.layer, c.organisation_id, c.item, c.version_id, c.tag, c.result, c.severity, c.score, c.value, c.reason from ${range}, (select * from collection.claim where instance_id not like 'uuid:bench-%') c`.execute(tx)
    })
    if ((from / part) % 5 === 4 || from + part >= rows) say(`${Math.min(from + part, rows)} of ${rows} submissions there`)
  }
  const client = await database.owner.connect()
  await client.query('reset role')
  await client.query('vacuum analyze')
  client.release()
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })
interface Answer { readonly status: number; readonly body: string }
const call = (method: string, address: URL, headers: Record<string, string> = {}, payload?: Buffer): Promise<Answer> => new Promise((resolve, reject) => {
  const r = request(address, { method, agent, headers: { 'x-openrosa-version': '1.0', ...headers, ...(payload ? { 'content-length': String(payload.length) } : {}) } }, (response) => {
    const parts: Buffer[] = []
    response.on('data', (b: Buffer) => parts.push(b)).on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() })).on('error', reject)
  })
  r.on('error', reject)
  r.end(payload)
})
const percentile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN

/** Keeps `clients` requests open for the given time; every answer must be the wanted one. */
const load = async (clients: number, wanted: number, next: (i: number) => (() => Promise<Answer>) | undefined) => {
  const took: number[] = []
  let [i, bad] = [0, 0]
  const until = performance.now() + seconds * 1000
  const began = performance.now()
  await Promise.all(Array.from({ length: clients }, async () => {
    while (performance.now() < until) {
      const one = next(i++)
      if (!one) return
      const t = performance.now()
      const { status, body } = await one()
      took.push(performance.now() - t)
      if (status !== wanted && bad++ === 0) say(`answered ${status}: ${body.slice(0, 200)}`)
    }
  }))
  const sorted = took.toSorted((a, b) => a - b)
  return { perSecond: took.length / ((performance.now() - began) / 1000), p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95), p99: percentile(sorted, 0.99), n: took.length, bad }
}

const { xform, tasks } = await fill()
server = spawn(process.execPath, [...(process.env['PROFILE'] ? ['--cpu-prof', `--cpu-prof-dir=${process.env['PROFILE']}`] : []), 'src/server/main.ts'], { env: { ...process.env, DATABASE_URL: own.href, DATA_DIR: dataDir, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] })
const base = await new Promise<string>((resolve, reject) => {
  let said = ''
  server!.stdout!.on('data', (text: Buffer) => { said += text; const found = /on (http:\/\/localhost:\d+)/.exec(said); if (found) resolve(found[1]!) })
  server!.on('close', () => reject(new Error(`the server ended: ${said}`)))
})
const at = (monitor: number, path: string): URL => new URL(`${base}/v1/key/${tokens[monitor]}/projects/BENCH-1${path}`)
const answers = { outcome: 'took_place', l01: 'ya', l02_a: '09:05:00.000+07:00', l02_b: '12:00:00.000+07:00', l03: '900', l04_a: '24', l04_b: '22', l04_c: '22', l05: '5', l06: 'ya', l07: '1', l08: 'ya', l09_a: 'ya', l10: '6', l12: 'ya', l13: 'ya', l14: '4', l15_a: 'apd p3k apar evakuasi', l15_b: 'tidak', l16: 'toilet air ibadah', l17_a: 'kursi_roda', l17_b: 'tidak', l18: '3', l19_a: '50', l19_b: '130', l20: 'ya', l21_a: 'ya', l21_b: 'ya', l22_a: 'ya', l23: 'tidak', l25_a: 'tidak', l25_b: 'ya', l26: 'ya', l27: '4', l28: '4', l29: '4', l30: 'setuju' }
const photo = Buffer.concat([readFileSync(new URL('../docs/pictures/overview.png', import.meta.url)).subarray(0, 203_000)])
let used = 0
/** The next open task nobody has answered yet, as a ready request. */
const submission = (withPhoto: boolean) => (): (() => Promise<Answer>) | undefined => {
  const n = used++
  if (n >= monitors * tasksEach - 1) return undefined
  const monitor = n % monitors
  const { xml } = filled(xform, { kelas: tasks[monitor]![Math.floor(n / monitors)]!, ...answers, ...(withPhoto ? { l01_photo: 'foto.png' } : {}) })
  const unique = Buffer.concat([photo, Buffer.from(String(n))])
  const { payload, headers } = multipartOf([{ name: 'xml_submission_file', filename: 'a.xml', type: 'text/xml', body: xml }, ...(withPhoto ? [{ name: 'foto.png', filename: 'foto.png', type: 'image/png', body: unique }] : [])])
  return () => call('POST', at(monitor, '/submission'), headers, payload)
}
try {
  const list = await call('GET', at(0, '/formList'))
  const formAddress = new URL(/<downloadUrl>([^<]*onsite[^<]*)<\/downloadUrl>/.exec(list.body)?.[1]?.replaceAll('&amp;', '&') ?? 'http://missing/')
  const firstVisit = await submission(false)()!()
  if (firstVisit.status !== 201) throw new Error(`the first submission: ${firstVisit.status} ${firstVisit.body}`)
  await clone()
  const measured: Record<string, Record<string, unknown>> = {}
  for (const clients of options.clients.split(',').map(Number)) {
    const of = async (what: string, wanted: number, next: Parameters<typeof load>[2]) => {
      const r = await load(clients, wanted, next)
      measured[`${what} ${clients}`] = r
      const ratio = r.perSecond / ((measured[`nothing ${clients}`] as typeof r | undefined)?.perSecond ?? r.perSecond)
      console.log(`${what.padEnd(18)} ${String(clients).padStart(3)} clients  ${r.perSecond.toFixed(0).padStart(6)}/s  p50 ${r.p50.toFixed(1)} p95 ${r.p95.toFixed(1)} p99 ${r.p99.toFixed(1)} ms  ${ratio.toFixed(2)} of nothing${r.bad ? `  ${r.bad} OTHER ANSWERS` : ''}`)
    }
    await of('nothing', 200, () => () => call('GET', new URL(`${base}/healthz`)))
    await of('form list', 200, (i) => () => call('GET', at(i % monitors, '/formList')))
    await of('form', 200, () => () => call('GET', formAddress))
    await of('submission', 201, submission(false))
    await of('with photo', 201, submission(true))
  }
  const memory = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))
  if (memory) console.log(`memory of the server ${(Number(memory[1]) / 1024).toFixed(0)} MB`)
  if (options.json) console.log(JSON.stringify(measured))
} finally {
  await done()
}
