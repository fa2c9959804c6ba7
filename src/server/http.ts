import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import fastifyStatic from '@fastify/static'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import type { Endpoint } from '#base/endpoint.ts'
import { languageOf, type Language } from '#base/messages.ts'
import { Problem } from '#base/problem.ts'
import { Attachment, type Who } from '#base/room.ts'
import { acceptance } from '#access/contract.ts'
import { caller, perform, send, type Product } from './act.ts'
import { answers } from './database.ts'
import { door, refusing } from './door.ts'
import { told } from './problems.ts'
import { publicPages } from './public.ts'
import { rooms } from './rooms.ts'
import { newId } from './signin.ts'

/** Splits one flat input schema into the parts of the request that Fastify validates. */
const parts = ({ call, input }: Endpoint) => {
  const [method = '', url = ''] = call.split(' ')
  const inPath = new Set([...url.matchAll(/:(\w+)/g)].map((m) => m[1]!))
  const pick = (keep: (key: string) => boolean) => ({
    type: 'object', additionalProperties: false, properties: Object.fromEntries(Object.entries(input.properties).filter(([k]) => keep(k))), required: (input.required ?? []).filter(keep),
  })
  const rest = pick((k) => !inPath.has(k))
  const inQuery = method === 'GET' || method === 'DELETE'
  return { method, url, schema: { params: pick((k) => inPath.has(k)), ...(inQuery ? { querystring: rest } : Object.keys(rest.properties).length ? { body: rest } : {}) } }
}

export const server = async (product: Product, options: { dist?: string; trustProxy?: boolean } = {}): Promise<FastifyInstance> => {
  const app = Fastify({
    bodyLimit: 1_048_576, trustProxy: options.trustProxy ?? false, routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    // an address that cannot be read reaches no room
    frameworkErrors: (error, request, reply) => void (request.url.startsWith('/v1/') ? refusing(product) : fail)(error, request, reply),
  })
  // Only addresses are text by nature; a body keeps the types it came with.
  const loose = formats.default(new Ajv({ coerceTypes: 'array', useDefaults: true, allErrors: true, strict: false }))
  const exact = formats.default(new Ajv({ useDefaults: true, allErrors: true, strict: false }))
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? exact : loose).compile(schema))

  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'same-origin').header('x-frame-options', 'DENY')
    if (!reply.hasHeader('content-security-policy'))
      // wasm-unsafe-eval: the form engine's XPath parser is WebAssembly (forms.md)
      reply.header('content-security-policy', "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; media-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'")
  })
  const fail = async (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const reference = newId().slice(-12)
    const { status, body } = told(error, languageOf(request.headers['accept-language']), reference, request.routeOptions?.bodyLimit)
    if (status >= 500) product.log?.(`${reference} ${request.method} ${request.url.split('?')[0]} ${(error as Error).stack ?? String(error)}`)
    return reply.code(status).header('cache-control', 'no-store').send(body)
  }
  app.setErrorHandler(fail)

  app.get('/healthz', async (_request, reply) => {
    const ok = await answers(product.database)
    return reply.code(ok ? 200 : 503).header('cache-control', 'no-store').send({ status: ok ? 'ok' : 'database does not answer', version: product.version })
  })

  /** A page of another site cannot set this header without our consent (CORS), so a cookie alone never writes. */
  const fromHere = (request: FastifyRequest) => {
    if (request.headers['x-requested-with'] !== 'pantau') throw new Problem('access.request_not_from_here')
  }

  // better-auth: only the doors the product uses; there is no open sign-up.
  for (const path of ['sign-in/email', 'sign-out', 'request-password-reset', 'reset-password'])
    app.post(`/api/auth/${path}`, async (request, reply) => {
      fromHere(request)
      const origin = `${request.protocol}://${request.host}`
      const headers = new Headers({ 'content-type': 'application/json', origin, 'x-forwarded-for': request.ip })
      for (const name of ['cookie', 'user-agent'] as const) if (request.headers[name]) headers.set(name, String(request.headers[name]))
      const answer = await product.signIn.handler(new Request(`${origin}/api/auth/${path}`, { method: 'POST', headers, body: JSON.stringify(request.body ?? {}) }))
      product.wake?.()
      for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
      return reply.code(answer.status).type('application/json').header('cache-control', 'no-store').send(await answer.text())
    })

  app.route({
    ...parts(acceptance.acceptInvitation), url: '/api/invitations/accept',
    handler: async (request) => {
      fromHere(request)
      await product.signIn.accept(request.body as { token: string; name: string; password: string })
      return { ok: true }
    },
  })

  app.get('/api/me', async (request, reply) => {
    const { found } = await caller(product, request)
    return reply.header('cache-control', 'no-store').send({
      signedIn: !!found, person: found ? { id: found.person.id, name: found.person.name, email: found.person.email } : null,
      membership: found?.membership ?? null, memberships: found?.person.memberships ?? [], language: found?.person.language ?? null, sampleData: product.sampleData(), version: product.version,
    })
  })

  await app.register(door(product))

  const callers = new WeakMap<FastifyRequest, { who: Who; language: Language }>()
  for (const [roomName, { contract }] of Object.entries(rooms))
    for (const [name, e] of Object.entries(contract)) {
      if (e.call === 'GET /me') continue
      const { method, url, schema } = parts(e)
      const clean = exact.compile(e.reply)
      app.route({
        method, url: `/api${url}`, schema, ...(e.bodyLimit ? { bodyLimit: e.bodyLimit } : {}),
        // before the body is read: who may not, learns nothing of what would have been valid
        onRequest: async (request) => {
          const { who, language } = await caller(product, request)
          request.headers['accept-language'] = language
          if (method !== 'GET') fromHere(request)
          const meant = request.headers['x-pantau-person']
          // on a shared phone: one tab must not send a visit under the person who signed in meanwhile in another
          if (meant !== undefined && meant !== who.personId) throw new Problem('access.sign_in_needed')
          if (e.verb !== 'public' && who.scope === 'public') throw new Problem('access.sign_in_needed')
          if (e.verb !== 'public' && e.verb !== 'signed_in' && !who.verbs.includes(e.verb)) throw new Problem('access.not_allowed', { verb: e.verb })
          callers.set(request, { who, language })
        },
        handler: async (request, reply) => {
          const { who, language } = callers.get(request)!
          const input = { ...(request.query as object), ...(request.body as object | null), ...(request.params as object) }
          const result = await perform(product, who, language, roomName, name, input)
          if (method !== 'GET') product.wake?.()
          reply.header('cache-control', 'no-store')
          if (result instanceof Attachment) return send(reply, result)
          // the contract is what clients rely on: a reply that breaks it is our bug, told in the log and never sent half-right
          if (!clean(result)) throw new Error(`${roomName}.${name} broke its own contract: ${JSON.stringify(clean.errors?.slice(0, 3))}`)
          return result
        },
      })
    }

  publicPages(app, product)

  const dist = options.dist ?? fileURLToPath(new URL('../../dist', import.meta.url))
  if (existsSync(dist)) {
    await app.register(fastifyStatic, {
      root: dist, wildcard: false, index: false,
      setHeaders: (reply, path) => void reply.header('cache-control', /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
    })
  }
  app.setNotFoundHandler(async (request, reply) => {
    const page = !request.url.startsWith('/assets/') && (request.method === 'GET' || request.method === 'HEAD') && !/^\/(api|v1)\//.test(request.url) && (request.headers.accept ?? '').includes('text/html')
    if (page && existsSync(dist)) return reply.header('cache-control', 'no-cache').sendFile('index.html')
    return fail(new Problem('request.unknown_route'), request, reply)
  })
  return app
}
