import { createHash } from 'node:crypto'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { languageOf, type Language } from '#base/messages.ts'
import { Problem } from '#base/problem.ts'
import type { Who } from '#base/room.ts'
import { tokenHash } from '#access/api.ts'
import { openTasks } from '#collection/api-tasks.ts'
import { read, receive, type Arrived } from '#collection/intake.ts'
import { classCsv, formList, manifest, response } from '#collection/rules/openrosa.ts'
import { receivedSentence } from '#collection/rules/sentences.ts'
import { doorStore, keysStore } from '#collection/store-keys.ts'
import { tasksStore } from '#collection/store-tasks.ts'
import { keep } from '#files/api.ts'
import { inspect } from '#files/inspect.ts'
import { basicSignIn } from './door-basic.ts'
import { fieldRoutes } from './door-field.ts'
import { longest, readParts } from './door-parts.ts'
import { act, type Product } from './act.ts'
import { told } from './problems.ts'
import { newId } from './signin.ts'

/** Told to clients, which split their files by it. */
export const acceptedLength = 16_000_000
const xmlType = 'text/xml; charset=utf-8'

interface Visitor {
  readonly who: Who
  readonly round: { readonly id: string; readonly code: string }
  /** What stands before `/formList` in this visitor's addresses. */
  readonly base: string
}

/**
 * The OpenRosa door (interop.md §0-§5), under `/v1/key/{token}/projects/{round}` and, with e-mail and password, `/v1/projects/{round}`;
 * and the two raw routes of the browser's outbox. Unmodified ODK Collect and Enketo work with it.
 */
export const door = (product: Product): FastifyPluginAsync => async (app) => {
  await app.register(async (scope) => fieldRoutes(scope, product), { prefix: '/api' })
  await app.register(async (scope) => openRosa(scope, product), { prefix: '/v1' })
}

/** Any error as the door says it, also for addresses that lead nowhere in it. */
export const refusing = (product: Product) => (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
  const language = languageOf(request.headers['accept-language'])
  const reference = newId().slice(-12)
  const { status, body } = told(error, language, reference)
  if (status >= 500) product.log?.(`${reference} ${request.method} /v1/… ${(error as Error).stack ?? String(error)}`)
  // without the challenge Collect never sends a user name and password
  if (status === 401) reply.header('www-authenticate', 'Basic realm="Pantau", charset="UTF-8"')
  if (!request.raw.complete) {
    // a client that is still sending reads the answer only when it is done: hung up on, it would know of no more than a lost connection
    if (Number(request.headers['content-length'] ?? Infinity) <= longest) request.raw.unpipe().resume()
    else reply.header('connection', 'close')
  }
  return reply.code(status).header('cache-control', 'no-store').type(xmlType).send(response(body.message, 'error'))
}

const openRosa = async (app: FastifyInstance, product: Product): Promise<void> => {
  const basic = basicSignIn(product)

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'x-openrosa-version': '1.0', 'x-openrosa-accept-content-length': String(acceptedLength), date: product.now().toUTCString(),
      'content-language': languageOf(request.headers['accept-language']), 'cache-control': 'private, no-cache', 'content-type': xmlType,
    })
  })
  const refuse = refusing(product)
  app.setErrorHandler(refuse)
  app.setNotFoundHandler((request, reply) => refuse(new Problem('request.unknown_route'), request, reply))
  // anything but multipart is refused by the handler, in XML
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined))
  await app.register(multipart, { throwFileSizeLimit: false })

  const visitor = async (request: FastifyRequest): Promise<Visitor> => {
    const { token, round } = request.params as { token?: string; round: string }
    const host = `${request.protocol}://${request.host}/v1`
    if (token === undefined) {
      const who = await basic(request)
      const found = await act(product, who, 'id', null, ({ db }) => keysStore(db).roundNamed(round))
      if (!found) throw new Problem('request.not_found')
      return { who, round: found, base: `${host}/projects/${encodeURIComponent(round)}` }
    }
    if (!/^[A-Za-z0-9!$]{64}$/.test(token)) throw new Problem('collection.credentials_needed')
    const keys = doorStore(product.database.auth)
    const key = await keys.key(tokenHash(token))
    const who = key && (await product.signIn.byMembership(key.membershipId))
    if (!key || !who || (round !== key.roundId && round !== key.roundCode)) throw new Problem('collection.key_refused')
    await keys.used(key.id, product.now())
    return { who, round: { id: key.roundId, code: key.roundCode }, base: `${host}/key/${token}/projects/${encodeURIComponent(round)}` }
  }
  const enter = async (request: FastifyRequest, verb: string): Promise<Visitor & { language: Language }> => {
    const version = request.headers['x-openrosa-version']
    const found = await visitor(request)
    if (version !== undefined && version !== '1.0') throw new Problem('collection.openrosa_version')
    if (!found.who.verbs.includes(verb)) throw new Problem('access.not_allowed', { verb })
    return { ...found, language: languageOf(request.headers['accept-language']) }
  }
  const open = ({ who, round, language }: Visitor & { language: Language }) => act(product, who, language, 'visit.task', (context) => openTasks(context, round.id))

  /** The classes a form may be filled in for: the open tasks that need it. A phone may hold drafts of a form that no task needs any more. */
  const classList = async (me: Visitor & { language: Language }, formId: string): Promise<string> => {
    const known = await act(product, me.who, me.language, 'visit.task', async ({ db }) => (await tasksStore(db).versions()).some((v) => v.formId === formId))
    if (!known) throw new Problem('collection.form_unknown', { formId })
    return classCsv((await open(me)).filter(({ version }) => version?.formId === formId).map(({ line }) => line))
  }

  for (const prefix of ['/key/:token/projects/:round', '/projects/:round']) {
    app.get(`${prefix}/formList`, async (request, reply) => {
      const me = await enter(request, 'visit.task')
      const wanted = (request.query as { formID?: string }).formID
      const versions = [...new Map((await open(me)).flatMap(({ version }) => (version && (wanted === undefined || wanted === version.formId) ? [[version.id, version] as const] : []))).values()]
        .sort((a, b) => a.title.localeCompare(b.title, 'id') || a.version.localeCompare(b.version))
      return reply.send(formList(versions.map((v) => ({
        formId: v.formId, version: v.version, name: v.title, md5: v.xformMd5, downloadUrl: `${me.base}/forms/${encodeURIComponent(v.formId)}/versions/${encodeURIComponent(v.version)}.xml`,
        manifestUrl: `${me.base}/forms/${encodeURIComponent(v.formId)}/manifest`,
      }))))
    })
    const form = async (request: FastifyRequest, reply: FastifyReply) => {
      const me = await enter(request, 'visit.task')
      const { id, file } = request.params as { id?: string; file: string }
      if (!file.endsWith('.xml')) throw new Problem('request.unknown_route')
      const name = file.slice(0, -4)
      const found = await act(product, me.who, me.language, 'visit.task', async ({ db }) => {
        const s = tasksStore(db)
        const versions = (await s.versions()).filter((v) => (id === undefined ? v.formId === name && v.status === 'published' : v.formId === id && v.version === name))
        return versions.length ? s.xform(versions.at(-1)!.id) : undefined
      })
      if (!found) throw new Problem('collection.form_unknown', { formId: id ?? name })
      return sendTagged(request, reply, found.xform, found.xformMd5)
    }
    app.get(`${prefix}/forms/:file`, form)
    app.get(`${prefix}/forms/:id/versions/:file`, form)
    app.get(`${prefix}/forms/:id/manifest`, async (request, reply) => {
      const me = await enter(request, 'visit.task')
      const { id } = request.params as { id: string }
      const csv = await classList(me, id)
      return reply.send(manifest([{ filename: 'kelas.csv', md5: md5(csv), downloadUrl: `${me.base}/forms/${encodeURIComponent(id)}/attachments/kelas.csv` }]))
    })
    app.get(`${prefix}/forms/:id/attachments/kelas.csv`, async (request, reply) => {
      const me = await enter(request, 'visit.task')
      const csv = await classList(me, (request.params as { id: string }).id)
      return sendTagged(request, reply.type('text/csv; charset=utf-8'), csv, md5(csv))
    })
    app.get(`${prefix}/submission`, async (request, reply) => {
      await enter(request, 'visit.submit')
      return reply.code(204).removeHeader('content-type').send()
    })
    app.post(`${prefix}/submission`, async (request, reply) => {
      const me = await enter(request, 'visit.submit')
      const { xml, files } = await readParts(request, acceptedLength)
      const readable = read(xml)
      const deviceId = deviceIdOf(request)
      const result = await act(product, me.who, me.language, 'visit.submit', (context) => receive(context, readable, {
        xml, via: 'door', deviceId,
        file: async (name, wanted): Promise<Arrived | undefined> => {
          // browsers and OkHttp write a quotation mark in a part's name as %22
          const bytes = files.get(name.normalize()) ?? files.get(name.normalize().replaceAll('"', '%22'))
          if (!bytes) return undefined
          if (bytes === 'too_large') return { state: 'refused', refusal: 'too_large' }
          const found = inspect(bytes, wanted)
          return found.ok ? { state: 'stored', sha256: await keep(context, bytes, found.mime), mime: found.mime, size: bytes.length } : { state: 'refused', refusal: found.refusal }
        },
      }))
      product.wake?.()
      // 201 in every case of success: Collect takes a 200 for a captive portal
      return reply.code(201).header('cache-control', 'no-store').send(response(receivedSentence(result, me.language), '', 1))
    })
  }
}

/** What a device calls itself, as far as it is text: the first of several, without control characters. */
const deviceIdOf = (request: FastifyRequest): string | null => [(request.query as { deviceID?: string | string[] }).deviceID].flat()[0]?.replace(/\p{Cc}/gu, '').slice(0, 255) || null
const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

/** Sends text under its MD5 as a tag, so that a client that has it already need not load it again. */
const sendTagged = (request: FastifyRequest, reply: FastifyReply, text: string, tag: string) => {
  reply.header('etag', `"${tag}"`)
  return request.headers['if-none-match'] === `"${tag}"` ? reply.code(304).send() : reply.send(text)
}
