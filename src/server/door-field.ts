import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Language } from '#base/messages.ts'
import { Problem } from '#base/problem.ts'
import type { Who } from '#base/room.ts'
import { Submitted } from '#collection/contract.ts'
import { read, receive } from '#collection/intake.ts'
import { limits as xmlLimits } from '#collection/xml.ts'
import { refusalWord } from '#collection/rules/sentences.ts'
import { keep } from '#files/api.ts'
import { inspect, limits } from '#files/inspect.ts'
import { store as filesStore } from '#files/store.ts'
import { act, caller, type Product } from './act.ts'

/** What the browser's outbox calls: files by content first, then the answers under their own id. Every step may be repeated. */
export const fieldRoutes = async (app: FastifyInstance, product: Product): Promise<void> => {
  const callers = new WeakMap<FastifyRequest, { who: Who; language: Language }>()
  // before the body is read: who may not send, need not be listened to
  app.addHook('onRequest', async (request) => {
    const { who, language } = await caller(product, request)
    request.headers['accept-language'] = language
    if (request.method !== 'HEAD' && request.headers['x-requested-with'] !== 'pantau') throw new Problem('access.request_not_from_here')
    const meant = request.headers['x-pantau-person']
    // on a shared phone: one tab must not send a visit under the person who signed in meanwhile in another
    if (who.scope === 'public' || (meant !== undefined && meant !== who.personId)) throw new Problem('access.sign_in_needed')
    if (!who.verbs.includes('visit.submit')) throw new Problem('access.not_allowed', { verb: 'visit.submit' })
    callers.set(request, { who, language })
  })
  const address = { type: 'object', properties: { sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' } }, required: ['sha256'] }

  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: limits.bytes }, (_request, body, done) => done(null, body))
    scope.head('/blobs/:sha256', { schema: { params: address } }, async (request, reply) => {
      const { who, language } = callers.get(request)!
      const { sha256 } = request.params as { sha256: string }
      const known = await act(product, who, language, 'visit.submit', ({ db }) => filesStore(db).find(sha256, who.organisationId))
      return reply.code(known ? 204 : 404).header('cache-control', 'no-store').send()
    })
    scope.put('/blobs/:sha256', { schema: { params: address }, bodyLimit: limits.bytes }, async (request, reply) => {
      const { who, language } = callers.get(request)!
      const { sha256 } = request.params as { sha256: string }
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const found = inspect(bytes)
      if (!found.ok) throw new Problem('collection.file_refused', { reason: refusalWord(found.refusal, language) })
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Problem('collection.file_hash_differs')
      const created = await act(product, who, language, 'visit.submit', async (context) => {
        if (await filesStore(context.db).find(sha256, who.organisationId)) return false
        await keep(context, bytes, found.mime)
        await context.record({ act: 'files.keep', on: 'file', id: sha256, detail: { size: bytes.length, mime: found.mime } })
        return true
      })
      return reply.code(created ? 201 : 200).header('cache-control', 'no-store').send({ sha256, mime: found.mime, size: bytes.length })
    })
  })

  // JSON spends up to six characters on one of XML's; attachments' names come on top
  app.put('/submissions/:instanceId', { schema: { body: Submitted }, bodyLimit: xmlLimits.bytes * 2 }, async (request, reply) => {
    const { who, language } = callers.get(request)!
    const body = request.body as Submitted
    const xml = Buffer.from(body.xml, 'utf8')
    const readable = read(xml)
    if (readable.identity.instanceId !== (request.params as { instanceId: string }).instanceId) throw new Problem('collection.instance_differs')
    const result = await act(product, who, language, 'visit.submit', (context) => receive(context, readable, {
      xml, via: 'browser', deviceId: null, assignmentId: body.assignmentId,
      file: async (name, wanted) => {
        const sent = body.attachments.find((a) => a.name === name)
        // the outbox sends the files first and leaves out what was refused, so nothing more will come
        if (!sent) return { state: 'refused', refusal: 'not_sent' }
        const stored = await filesStore(context.db).find(sent.sha256, who.organisationId)
        if (!stored) return undefined
        return wanted === 'image' && !stored.mime.startsWith('image/') ? { state: 'refused', refusal: 'not_an_image' } : { state: 'stored', sha256: stored.sha256, mime: stored.mime, size: stored.size }
      },
    }))
    product.wake?.()
    const { visitId, created, waiting, refused } = result
    return reply.code(created ? 201 : 200).header('cache-control', 'no-store').send({ visitId, waiting, refused: refused.map((r) => ({ ...r, message: refusalWord(r.refusal, language) })) })
  })
}
