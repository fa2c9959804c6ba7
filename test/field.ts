import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { newId, organisationId, personId, type Answer, type Persona, type TestProduct } from './product.ts'

/** A round on its way: class runs with tasks of monitors, for tests of the field work and what follows it. */
export interface FieldTask {
  readonly assignmentId: string
  readonly classRunId: string
  readonly sessionId: string | null
  readonly drawnId: string
}
export interface Field {
  readonly roundId: string
  readonly roundCode: string
  /** Adds a class run (session today 09.00-12.00 WIB, Pontianak) with a task for a monitor. */
  readonly task: (persona: Persona, mode?: 'onsite' | 'webinar' | 'selfPaced', more?: { provider?: string; beginsAt?: Date; purpose?: 'random' | 'targeted' }) => Promise<FieldTask>
}

const organisationOf: Partial<Record<Persona, string>> = { monitorA: 'test-university-a', monitorA2: 'test-university-a', monitorB: 'test-university-b' }

export const field = async (p: TestProduct, code = `UJI-${randomUUID().slice(0, 8)}`): Promise<Field> => {
  const roundId = newId()
  const now = p.clock.now
  const day = new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)
  await p.sql('system', (tx: Kysely<any>) => tx.insertInto('sampling.round').values({
    id: roundId, code, title: `Putaran uji ${code}`, periodFrom: '2026-01-01', periodTo: '2027-12-31', filter: JSON.stringify({ modes: [], provinces: [], providerIds: [] }),
    design: JSON.stringify({ stratifyBy: [], floor: 0.3, allocation: { kind: 'proportional', total: 100 }, dueDays: 3 }), status: 'sent', seed: 'uji', createdBy: personId('office'), createdAt: now, drawnAt: now, sentAt: now,
  }).execute())
  return {
    roundId, roundCode: code,
    task: async (persona, mode = 'onsite', more = {}) => {
      const [trainingId, classRunId, drawnId, assignmentId] = [newId(), newId(), newId(), newId()]
      const sessionId = mode === 'selfPaced' ? null : newId()
      const provider = organisationId(more.provider ?? 'test-provider-a')
      const beginsAt = more.beginsAt ?? new Date(`${day}T02:00:00Z`)
      const organisation = organisationId(organisationOf[persona]!)
      await p.sql('system', async (tx: Kysely<any>) => {
        await tx.insertInto('registry.training').values({ id: trainingId, courseCode: trainingId, title: `Barista Dasar "${classRunId.slice(-4)}"`, providerId: provider, mode, plannedMinutes: 900 }).execute()
        await tx.insertInto('registry.classRun').values({
          id: classRunId, scheduleCode: `J-${classRunId.slice(-8)}`, trainingId, providerId: provider, platformId: organisationId('test-platform-a'), mode, regencyCode: '61.71', startsOn: day, endsOn: day,
          plannedParticipants: 24, venue: 'LKP Rasa, ruang 2', address: 'Jl. Uji 1', latitude: -0.0263, longitude: 109.3425, contactName: 'Ibu Uji', contactPhone: '0800', trainerName: 'Pelatih Uji', origin: 'sample', rowDigest: 'x',
        }).execute()
        if (sessionId) await tx.insertInto('registry.session').values({ id: sessionId, classRunId, sequence: 1, beginsAt, endsAt: new Date(beginsAt.getTime() + 3 * 3_600_000) }).execute()
        await tx.insertInto('sampling.drawn').values({ id: drawnId, roundId, classRunId, ...(more.purpose === 'targeted' ? { purpose: 'targeted', reason: 'Aduan peserta' } : { purpose: 'random', stratum: 'onsite', inclusionProbability: 0.5 }), sessionId, drawnAt: now, drawnBy: personId('office') }).execute()
        await tx.insertInto('assignments.assignment').values({
          id: assignmentId, roundId, drawnId, classRunId, sessionId, organisationId: organisation, personId: personId(persona), status: 'assigned', dueOn: day, offeredAt: now, assignedAt: now, updatedAt: now,
        }).execute()
        await tx.insertInto('assignments.event').values({ id: newId(), assignmentId, at: now, act: 'assign', toPerson: personId(persona) }).execute()
      })
      return { assignmentId, classRunId, sessionId, drawnId }
    },
  }
}

/** The XForm in force for a mode. */
export const xformOf = async (p: TestProduct, mode: string): Promise<{ xform: string; xformMd5: string; formId: string; version: string; id: string }> =>
  p.sql('system', (tx: Kysely<any>) => tx.selectFrom('standards.instrumentVersion as v').innerJoin('standards.instrument as i', 'i.code', 'v.instrument').select(['v.id', 'v.xform', 'v.xformMd5', 'v.formId', 'v.version']).where('i.mode', '=', mode).executeTakeFirstOrThrow()) as never

/** A filled-in instance of a form: `values` by question name (a value may be XML), the rest blank. */
export const filled = (xform: string, values: Readonly<Record<string, string>>, ids: { instanceId?: string; deprecatedId?: string; version?: string; formId?: string } = {}): { xml: string; instanceId: string } => {
  const instanceId = ids.instanceId ?? `uuid:${randomUUID()}`
  let body = /<instance>\s*([\s\S]*?)\s*<\/instance>/.exec(xform)![1]!
    .replace(/<(\w+)[^>]*jr:template=""[^>]*>[\s\S]*?<\/\1>/g, '')
    .replace(/(<\/?)orx:/g, '$1').replace(/>\s+</g, '><')
  for (const [name, value] of Object.entries(values)) {
    const before = body
    body = body.replace(new RegExp(`<${name}\\s*/>`), `<${name}>${value}</${name}>`)
    if (before === body) throw new Error(`the form has no ${name}`)
  }
  body = body.replace(/<meta[\s\S]*?<\/meta>/, `<meta><instanceID>${instanceId}</instanceID>${ids.deprecatedId ? `<deprecatedID>${ids.deprecatedId}</deprecatedID>` : ''}</meta>`)
  if (ids.version !== undefined) body = body.replace(/version="[^"]*"/, `version="${ids.version}"`)
  if (ids.formId !== undefined) body = body.replace(/ id="[^"]*"/, ` id="${ids.formId}"`)
  return { xml: `<?xml version='1.0' ?>${body}`, instanceId }
}

/** A small real PNG (1 x 1 pixel). */
export const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

export interface Part { readonly name: string; readonly filename?: string; readonly type?: string; readonly body: Buffer | string }
/** A multipart body as ODK Collect sends it. */
export const multipartOf = (parts: readonly Part[]): { payload: Buffer; headers: Record<string, string> } => {
  const boundary = `uji-${randomUUID()}`
  const payload = Buffer.concat([
    ...parts.flatMap((part) => [
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"${part.filename === undefined ? '' : `; filename="${part.filename}"`}\r\n${part.type ? `Content-Type: ${part.type}\r\n` : ''}\r\n`),
      Buffer.from(part.body), Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return { payload, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
}

export interface Collect {
  /** Path of the server address, `/v1/key/…/projects/…`. */
  readonly base: string
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Answer>
  readonly head: (path: string) => Promise<Answer>
  /** Posts a submission with files, as one POST. */
  readonly send: (xml: string | Buffer, files?: readonly { name: string; body: Buffer; type?: string }[]) => Promise<Answer>
  readonly post: (options: { payload?: Buffer | string; headers?: Record<string, string> }) => Promise<Answer>
}

/** An unmodified OpenRosa client with a key of its own. */
export const collect = async (p: TestProduct, persona: Persona, roundId: string): Promise<Collect> => {
  const made = await (await p.as(persona)).post('/keys', { roundId })
  if (made.status !== 200) throw new Error(`key: ${made.status} ${JSON.stringify(made.body)}`)
  return collectAt(p, made.body.path)
}
export const collectAt = (p: TestProduct, base: string, own: Record<string, string> = {}): Collect => {
  const call = async (method: 'GET' | 'HEAD' | 'POST', path: string, headers: Record<string, string> = {}, payload?: Buffer | string): Promise<Answer> => {
    const r = await p.app.inject({ method, url: path.startsWith('http') ? new URL(path).pathname : base + path, headers: { 'x-openrosa-version': '1.0', ...own, ...headers }, ...(payload === undefined ? {} : { payload }) })
    return { status: r.statusCode, body: r.body, headers: r.headers as Record<string, unknown>, raw: r.rawPayload }
  }
  return {
    base,
    get: (path, headers) => call('GET', path, headers),
    head: (path) => call('HEAD', path),
    send: (xml, files = []) => {
      const { payload, headers } = multipartOf([{ name: 'xml_submission_file', filename: 'xml_submission_file', type: 'text/xml', body: xml }, ...files.map((f) => ({ name: f.name, filename: f.name, type: f.type ?? 'image/png', body: f.body }))])
      return call('POST', '/submission?deviceID=collect%3Auji', headers, payload)
    },
    post: ({ payload, headers }) => call('POST', '/submission', headers, payload),
  }
}
