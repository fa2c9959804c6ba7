import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Problem } from '#base/problem.ts'
import type { Who } from '#base/room.ts'
import type { Product } from './act.ts'

/** How long a checked password holds, so that its slow hash is not computed for every request of one synchronisation. */
const holds = 5 * 60_000
const most = 500

/**
 * E-mail and password over HTTP Basic, for clients that cannot carry a key. The check is better-auth's own sign-in with its rate
 * limit; the session it opens is closed at once.
 */
export const basicSignIn = (product: Product) => {
  const known = new Map<string, { membershipId: string; until: number }>()
  return async (request: FastifyRequest): Promise<Who> => {
    const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? '')?.[1]
    const [, email, password] = /^([^:]*):([\s\S]*)$/.exec(encoded ? Buffer.from(encoded, 'base64').toString('utf8') : '') ?? []
    // a password never travels in the clear, but for a server on this machine
    const safe = request.protocol === 'https' || /^(127\.0\.0\.1|::1|::ffff:127\.0\.0\.1)$/.test(request.ip)
    if (!email || !password || !safe) throw new Problem('collection.credentials_needed')
    const digest = createHash('sha256').update(`${email.toLowerCase()}\0${password}`).digest('hex')
    const now = product.now().getTime()
    const cached = known.get(digest)
    const membershipId = cached && cached.until > now ? cached.membershipId : await check(product, request, email, password)
    const who = membershipId && (await product.signIn.byMembership(membershipId))
    if (!membershipId || !who) {
      known.delete(digest)
      throw new Problem('collection.credentials_needed')
    }
    if (known.size >= most) known.clear()
    known.set(digest, { membershipId, until: cached && cached.until > now ? cached.until : now + holds })
    return who
  }
}

const check = async (product: Product, request: FastifyRequest, email: string, password: string): Promise<string | undefined> => {
  const origin = `${request.protocol}://${request.host}`
  const post = (path: string, body: object, cookie?: string) =>
    product.signIn.handler(new Request(`${origin}/api/auth/${path}`, {
      method: 'POST', headers: { 'content-type': 'application/json', origin, 'x-forwarded-for': request.ip, ...(cookie ? { cookie } : {}) }, body: JSON.stringify(body),
    }))
  const answer = await post('sign-in/email', { email, password })
  if (!answer.ok) return undefined
  const cookie = answer.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ')
  const found = await product.signIn.resolve(new Headers({ cookie }))
  await post('sign-out', {}, cookie)
  return found?.person.memberships.find((m) => m.verbs.includes('visit.submit'))?.id
}
