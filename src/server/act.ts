import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { languageOf, type Language } from '#base/messages.ts'
import type { Attachment, Context, FileShelf, Who } from '#base/room.ts'
import { store as ledger } from '#ledger/store.ts'
import { asCaller, nobody, type Database } from './database.ts'
import { reactions, rooms } from './rooms.ts'
import { newId, type SignIn } from './signin.ts'

/** What stands behind every door of the product, and the one way in: as somebody, in one transaction. */
export interface Product {
  readonly database: Database
  readonly signIn: SignIn
  readonly files: FileShelf
  readonly version: string
  readonly sampleData: () => boolean
  /** The product's clock; a test may set it. */
  readonly now: () => Date
  readonly log?: (line: string) => void
  /** Called after a transaction that wrote something, so that waiting letters and imports start at once. */
  readonly wake?: () => void
}

/** Runs work as somebody in one transaction, with everything a handler may touch. The only way handlers, jobs and doors reach the database. */
export const act = <T>(product: Product, who: Who, language: Language, verb: string | null, work: (context: Context) => Promise<T>): Promise<T> =>
  asCaller(product.database, who, (db) => {
    const now = product.now()
    const context: Context = {
      db, who, now, language, id: newId, files: product.files,
      record: async (entry) => void (await ledger(db).record(newId(), now, who, verb, entry)),
      emit: async (event) => {
        for (const room of reactions) await room[event.kind]?.(event, context)
      },
    }
    return work(context)
  })

/** One operation of a room as the mount runs it: as somebody, in one transaction, on record when it writes. */
export const perform = (product: Product, who: Who, language: Language, roomName: string, name: string, input: Record<string, unknown>): Promise<unknown> => {
  const { contract, on } = rooms[roomName]!
  const { call, verb } = contract[name]!
  return act(product, who, language, verb, async (context) => {
    const answer = await on[name]!(input, context)
    if (!call.startsWith('GET ')) await context.record(acted(`${roomName}.${name}`, roomName, input, answer))
    return answer
  })
}

/** Identity of a request: chosen membership, language. Resolved before any transaction opens. */
export const caller = async (product: Product, request: FastifyRequest) => {
  const headers = new Headers()
  for (const name of ['cookie', 'user-agent'] as const) if (request.headers[name]) headers.set(name, String(request.headers[name]))
  const found = await product.signIn.resolve(headers, request.headers['x-pantau-membership'] as string | undefined)
  const asked = request.headers['accept-language']
  const language: Language = found?.person.language ?? languageOf(asked)
  return { found, who: found?.who ?? nobody, language }
}

/** What the ledger says of a writing request: on what, and a digest of what was sent (never the content: it may be personal). */
const acted = (name: string, roomName: string, input: Record<string, unknown>, answer: unknown) => {
  const ids = [...Object.entries(input), ...Object.entries((answer as Record<string, unknown> | null) ?? {})].filter(([k, v]) => typeof v === 'string' && /(^id|Id|code)$/.test(k))
  const own = ids.find(([k]) => k === 'id') ?? ids[0]
  return { act: name, on: roomName, id: String(own?.[1] ?? ''), detail: { input: createHash('sha256').update(JSON.stringify(input)).digest('hex') } }
}

export const send = (reply: FastifyReply, { bytes, mime, name }: Attachment) => {
  reply.type(mime)
  // whatever was uploaded is shown as what we found it to be, and may never run as a page of ours
  reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox")
  if (name) reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  return reply.send(typeof bytes === 'string' ? bytes : Buffer.from(bytes))
}
