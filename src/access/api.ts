import { createHash, randomBytes } from 'node:crypto'
import { Problem } from '#base/problem.ts'
import { room } from '#base/room.ts'
import { fill } from '#base/messages.ts'
import { access } from './contract.ts'
import { messages } from './messages.ts'
import { invitationDays, verbs } from './rules.ts'
import { store, type Tables } from './store.ts'

const role = (r: Awaited<ReturnType<ReturnType<typeof store>['roles']>>[number]) => ({ code: r.code, name: { id: r.nameId, en: r.nameEn }, scope: r.scope as never, kinds: r.kinds as never, verbs: r.verbs, members: r.members ?? 0 })

export const api = room<Tables, typeof access>(access, {
  // `me` is answered for everybody, so it is served by the mount, which knows the session (server/http.ts); this is its signed-out form.
  me: async () => ({ signedIn: false, person: null, membership: null, memberships: [], language: null, sampleData: false, version: '' }),
  chooseLanguage: async ({ language }, { db, who }) => {
    await store(db).chooseLanguage(who.personId, language)
    return { ok: true }
  },
  organisations: async (want, { db }) => (await store(db).organisations(want)) as never,
  addOrganisation: async (input, { db, id, now }) =>
    (await store(db).addOrganisation({ id: id(), ...input, origin: 'entered', source: null, status: 'active', createdAt: now })) as never,
  members: async (want, { db }) => (await store(db).members(want)).map(({ nameId, nameEn, ...m }) => ({ ...m, roleName: { id: nameId, en: nameEn } })) as never,
  invitations: async (_, { db }) => (await store(db).invitations()) as never,
  invite: async ({ email, organisationId, role: code }, context) => {
    const { db, id, now, who } = context
    const s = store(db)
    const [organisation, wanted] = [await s.organisation(organisationId), await s.role(code)]
    if (!organisation) throw new Problem('request.not_found')
    if (!wanted) throw new Problem('access.role_unknown', { role: code })
    if (!wanted.kinds.includes(organisation.kind)) throw new Problem('access.role_not_for_kind', { role: code })
    if (await s.isMember(email, organisationId, code)) throw new Problem('access.already_member', { email })
    const token = randomBytes(32).toString('base64url')
    const row = { id: id(), email, organisationId, role: code, tokenHash: tokenHash(token), invitedBy: who.personId, createdAt: now, expiresAt: new Date(now.getTime() + invitationDays * 86_400_000), acceptedAt: null, withdrawnAt: null }
    await s.addInvitation(row)
    const texts = messages[context.language]
    const values = { organisation: organisation.name, role: context.language === 'id' ? wanted.nameId : wanted.nameEn, days: invitationDays, link: `{origin}/undangan?token=${token}` }
    await s.queueLetter({ id: id(), address: email, subject: fill(texts.invitationSubject, values), body: fill(texts.invitationBody, values), nextAt: now })
    return { id: row.id, email, organisationId, organisationName: organisation.name, role: code, createdAt: now.toISOString(), expiresAt: row.expiresAt.toISOString(), acceptedAt: null, withdrawnAt: null }
  },
  withdrawInvitation: async ({ id }, { db, now }) => {
    const { numUpdatedRows } = (await store(db).withdrawInvitation(id, now))!
    if (!numUpdatedRows) throw new Problem('access.invitation_unknown')
    return { ok: true }
  },
  endMembership: async ({ membershipId, handOverTo }, { db, now, emit }) => {
    const s = store(db)
    const [ending, next] = [await s.membership(membershipId), handOverTo ? await s.membership(handOverTo) : undefined]
    if (!ending) throw new Problem('request.not_found')
    if (ending.endedAt) throw new Problem('access.membership_ended')
    if (handOverTo && (!next || next.endedAt || next.organisationId !== ending.organisationId || next.id === ending.id)) throw new Problem('access.hand_over_elsewhere')
    if ((await s.role(ending.role))?.verbs.includes('role.write') && !(await s.otherRoleKeeper(membershipId))) throw new Problem('access.last_role_keeper')
    const { numUpdatedRows } = (await s.endMembership(membershipId, now, next?.id ?? null))!
    if (!numUpdatedRows) throw new Problem('access.refused_by_database') // seen (a membership of one's own elsewhere), but not theirs to end
    await emit({ kind: 'membership.ended', id: membershipId, detail: { personId: ending.personId, organisationId: ending.organisationId, toPersonId: next?.personId ?? null } })
    return { ok: true }
  },
  roles: async (_, { db }) => (await store(db).roles()).map(role),
  saveRole: async ({ code, name, scope, kinds, verbs: wanted }, { db, now, who }) => {
    const unknown = wanted.find((v) => !(v in verbs))
    if (unknown) throw new Problem('access.verb_unknown', { verb: unknown })
    if (code === who.role && (!wanted.includes('role.write') || scope !== 'office')) throw new Problem('access.last_office')
    await store(db).saveRole({ code, nameId: name.id, nameEn: name.en, scope, kinds, verbs: [...new Set(wanted)].sort(), updatedAt: now })
    return { ok: true }
  },
})

/** Only the hash of a secret link is kept. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')
