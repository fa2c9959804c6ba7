import { shallowReactive } from 'vue'
import { access, acceptance, type Me, type Membership } from '#access/contract.ts'
import type { Language } from '#base/messages.ts'
import { client, membership, onSignedOut, problemOf, request } from './client.ts'
import { languageChosen, setLanguage } from './text.ts'

const api = client(access)
const accept = client(acceptance)
const key = 'pantau.me'

const remembered = (): Me | null => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Me | null
  } catch {
    return null
  }
}
const remember = (me: Me): void => (me.signedIn ? localStorage.setItem(key, JSON.stringify(me)) : localStorage.removeItem(key))

/** Who uses this device, as far as the server last said. Offline the last answer holds: the field app must open without a network. */
export const session = shallowReactive<{ me: Me | null; stale: boolean }>({ me: null, stale: false })

/** Whether the person's role holds the verb. The server checks again; this only decides what is offered. */
export const may = (verb: string): boolean => session.me?.membership?.verbs.includes(verb) ?? false

export const loadMe = async (): Promise<void> => {
  try {
    session.me = await api.me()
    session.stale = false
    remember(session.me)
    if (session.me.language && !languageChosen()) setLanguage(session.me.language)
  } catch (error) {
    const problem = problemOf(error)
    // Any answer other than "no network" is the server's own trouble; the remembered person may look at what is on the device.
    session.me = remembered()
    session.stale = true
    if (!session.me) throw problem
  }
}

// What was remembered is checked again as soon as there is a network.
addEventListener('online', () => {
  if (session.stale) void loadMe().catch(() => undefined)
})

/** Signing in and out is better-auth's; the session is a cookie that scripts cannot read. */
export const signIn = async (email: string, password: string): Promise<void> => {
  await request('POST', '/auth/sign-in/email', { body: { email, password } })
  membership.set(null)
  await loadMe()
}
export const signOut = async (): Promise<void> => {
  await request('POST', '/auth/sign-out', { body: {} })
  forget()
}
const forget = (): void => {
  localStorage.removeItem(key)
  membership.set(null)
  session.me = session.me && { ...session.me, signedIn: false, person: null, membership: null, memberships: [] }
}
onSignedOut(() => {
  // While signing in, 401 means a wrong password, and there is nobody to forget.
  if (session.me?.signedIn) forget()
})
export const requestPasswordReset = (email: string): Promise<Response> =>
  request('POST', '/auth/request-password-reset', { body: { email, redirectTo: `${location.origin}/atur-ulang` } })
export const resetPassword = (token: string, newPassword: string): Promise<Response> =>
  request('POST', '/auth/reset-password', { body: { token, newPassword } })
export const acceptInvitation = accept.acceptInvitation

/** Acts from now on for another organisation or in another role. */
export const actAs = async (chosen: Membership): Promise<void> => {
  membership.set(chosen.id)
  await loadMe()
}

/** The person's choice: on this device at once, and in their account when signed in. */
export const chooseLanguage = (language: Language): void => {
  setLanguage(language)
  // The choice holds on this device whether or not the account could be reached.
  if (session.me?.signedIn) void api.chooseLanguage({ language }).catch(() => undefined)
}
