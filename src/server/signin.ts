import { randomBytes } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { uuidv7 } from '#base/ids.ts'
import { fill } from '#base/messages.ts'
import { Problem } from '#base/problem.ts'
import type { Who } from '#base/room.ts'
import { tokenHash } from '#access/api.ts'
import { messages } from '#access/messages.ts'
import { signInStore } from '#access/store.ts'
import type { Database } from './database.ts'

export const newId = (): string => uuidv7(Date.now(), randomBytes(16))

/** Sign-in by better-auth on its own tables; people, memberships and verbs are ours. */
export const signIn = (database: Database, settings: { secret: string; origin: string }) => {
  const people = signInStore(database.auth)
  const auth = betterAuth({
    appName: 'Pantau',
    baseURL: settings.origin,
    basePath: '/api/auth',
    secret: settings.secret,
    // the page may be opened under any of this machine's names (localhost, 127.0.0.1); the same-origin guard is in server/http.ts
    trustedOrigins: (request) => [settings.origin, new URL(request?.url ?? settings.origin).origin],
    database: { db: database.auth.withSchema('auth'), type: 'postgres' },
    emailAndPassword: {
      enabled: true, autoSignIn: false, minPasswordLength: 10, maxPasswordLength: 128, resetPasswordTokenExpiresIn: 3600, revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => {
        const texts = messages.id
        const link = `{origin}/atur-ulang?token=${token}`
        await people.queueMail({ id: newId(), address: user.email, subject: `${texts.resetSubject} / ${messages.en.resetSubject}`, body: `${fill(texts.resetBody, { link })}\n\n---\n\n${fill(messages.en.resetBody, { link })}`, now: new Date() })
      },
    },
    session: { expiresIn: 60 * 60 * 24 * 14, updateAge: 60 * 60 * 24 },
    rateLimit: { enabled: true, window: 60, max: 300, customRules: { '/sign-in/email': { window: 60, max: 20 }, '/request-password-reset': { window: 300, max: 5 } } },
    advanced: { cookiePrefix: 'pantau', useSecureCookies: settings.origin.startsWith('https://'), database: { generateId: () => newId() } },
    telemetry: { enabled: false },
    logger: { disabled: true },
  })

  /** Makes an account (better-auth's password hash) without signing in. */
  const makeAccount = async (email: string, name: string, password: string): Promise<string> => {
    const made = await auth.api.signUpEmail({ body: { email, name, password } })
    return made.user.id
  }

  return {
    handler: (request: Request) => auth.handler(request),
    /** The person behind a request's cookie, with the chosen membership as `who`; undefined when nobody is signed in. */
    resolve: async (headers: Headers, membershipId?: string | undefined) => {
      if (!headers.get('cookie')?.includes('pantau.session_token')) return undefined
      const session = await auth.api.getSession({ headers })
      const person = session && (await people.person(session.user.id))
      if (!person) return undefined
      const membership = person.memberships.find((m) => m.id === membershipId) ?? person.memberships[0]
      const who: Who | undefined = membership && {
        personId: person.id, organisationId: membership.organisationId, membershipId: membership.id, role: membership.role, scope: membership.scope, verbs: membership.verbs, name: person.name,
      }
      return { person, membership, who }
    },
    /** Identity of a key of the OpenRosa door. */
    byMembership: async (membershipId: string): Promise<Who | undefined> => {
      const m = await people.membership(membershipId)
      return m && { personId: m.personId, organisationId: m.organisationId, membershipId, role: m.role, scope: m.scope as Who['scope'], verbs: m.verbs, name: m.name }
    },
    /** An invitation becomes a membership; a person who has an account already keeps it (and signs in with the old password). */
    accept: async (input: { token: string; name: string; password: string }): Promise<void> => {
      const now = new Date()
      const invitation = await people.openInvitation(tokenHash(input.token), now)
      if (!invitation) throw new Problem('access.invitation_unknown')
      let person = await people.personByEmail(invitation.email)
      if (!person?.userId) {
        const userId = await makeAccount(invitation.email, input.name, input.password)
        if (person) await people.linkPerson(person.id, userId)
        else {
          person = { id: newId(), userId }
          await people.addPerson({ id: person.id, userId, name: input.name, email: invitation.email })
        }
      }
      await people.addMembership({ id: newId(), personId: person.id, organisationId: invitation.organisationId, role: invitation.role })
      await people.acceptInvitation(invitation.id, now)
    },
    makeAccount,
    people,
  }
}
export type SignIn = ReturnType<typeof signIn>
