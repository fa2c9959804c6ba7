import { Type, type Static } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import type { Problems } from '#base/problem.ts'
import { Done, Id, Instant, Nullable, OneOf } from '#base/schema.ts'

export const Language = OneOf('id', 'en')
export const OrganisationKind = OneOf('programme_office', 'university', 'ngo', 'training_provider', 'digital_platform', 'payment_partner', 'job_portal')
export const Scope = OneOf('office', 'coordinator', 'monitor', 'provider', 'platform', 'partner')
export const TwoLanguages = Type.Object({ id: Type.String(), en: Type.String() })

export const Membership = Type.Object({
  id: Id, organisationId: Id, organisationName: Type.String(), organisationShortName: Type.String(), kind: OrganisationKind,
  role: Type.String(), roleName: TwoLanguages, scope: Scope, verbs: Type.Array(Type.String()),
})
export type Membership = Static<typeof Membership>

export const Me = Type.Object({
  signedIn: Type.Boolean(),
  person: Nullable(Type.Object({ id: Id, name: Type.String(), email: Type.String() })),
  membership: Nullable(Membership),
  memberships: Type.Array(Membership),
  language: Nullable(Language),
  sampleData: Type.Boolean(),
  version: Type.String(),
})
export type Me = Static<typeof Me>

export const Organisation = Type.Object({
  id: Id, kind: OrganisationKind, code: Type.String(), name: Type.String(), shortName: Type.String(),
  origin: OneOf('real', 'unknown', 'sample', 'entered'), source: Nullable(Type.String()), status: OneOf('active', 'inactive'),
})
export const Role = Type.Object({
  code: Type.String(), name: TwoLanguages, scope: Scope, kinds: Type.Array(OrganisationKind), verbs: Type.Array(Type.String()), members: Type.Integer(),
})
export const Member = Type.Object({
  membershipId: Id, personId: Id, name: Type.String(), email: Type.String(), organisationId: Id, organisationName: Type.String(),
  role: Type.String(), roleName: TwoLanguages, since: Instant, endedAt: Nullable(Instant), handedOverTo: Nullable(Id),
})
export const Invitation = Type.Object({
  id: Id, email: Type.String(), organisationId: Id, organisationName: Type.String(), role: Type.String(), createdAt: Instant, expiresAt: Instant,
  acceptedAt: Nullable(Instant), withdrawnAt: Nullable(Instant),
})

export const access = {
  me: endpoint({ call: 'GET /me', verb: 'public', input: Type.Object({}), reply: Me }),
  chooseLanguage: endpoint({ call: 'PUT /me/language', verb: 'signed_in', input: Type.Object({ language: Language }), reply: Done }),
  organisations: endpoint({
    call: 'GET /organisations', verb: 'organisation.read', input: Type.Object({ kind: Type.Optional(OrganisationKind), search: Type.Optional(Type.String({ maxLength: 100 })) }),
    reply: Type.Array(Organisation),
  }),
  addOrganisation: endpoint({
    call: 'POST /organisations', verb: 'organisation.write',
    input: Type.Object({ kind: OrganisationKind, code: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,40}$' }), name: Type.String({ minLength: 2, maxLength: 200 }), shortName: Type.String({ minLength: 1, maxLength: 60 }) }),
    reply: Organisation,
  }),
  members: endpoint({
    call: 'GET /members', verb: 'member.read', input: Type.Object({ organisationId: Type.Optional(Id), scope: Type.Optional(Scope), past: Type.Optional(Type.Boolean()) }), reply: Type.Array(Member),
  }),
  invitations: endpoint({ call: 'GET /invitations', verb: 'member.invite', input: Type.Object({}), reply: Type.Array(Invitation) }),
  invite: endpoint({
    call: 'POST /invitations', verb: 'member.invite',
    input: Type.Object({ email: Type.String({ format: 'email', maxLength: 200 }), organisationId: Id, role: Type.String({ maxLength: 60 }) }), reply: Invitation,
  }),
  withdrawInvitation: endpoint({ call: 'POST /invitations/:id/withdraw', verb: 'member.invite', input: Type.Object({ id: Id }), reply: Done }),
  /** Ends a membership; open work goes to `handOverTo` (a membership of the same organisation). */
  endMembership: endpoint({
    call: 'POST /members/:membershipId/end', verb: 'member.end', input: Type.Object({ membershipId: Id, handOverTo: Type.Optional(Id) }), reply: Done,
  }),
  roles: endpoint({ call: 'GET /roles', verb: 'signed_in', input: Type.Object({}), reply: Type.Array(Role) }),
  saveRole: endpoint({
    call: 'PUT /roles/:code', verb: 'role.write',
    input: Type.Object({ code: Type.String({ pattern: '^[a-z][a-z_]{2,40}$' }), name: TwoLanguages, scope: Scope, kinds: Type.Array(OrganisationKind, { minItems: 1 }), verbs: Type.Array(Type.String({ maxLength: 60 })) }),
    reply: Done,
  }),
}

/** Answered by the server's own sign-in door, not by a room handler: it creates the account (server/signin.ts). */
export const acceptance = {
  acceptInvitation: endpoint({
    call: 'POST /invitations/accept', verb: 'public',
    input: Type.Object({ token: Type.String({ minLength: 20, maxLength: 200 }), name: Type.String({ minLength: 2, maxLength: 120 }), password: Type.String({ minLength: 10, maxLength: 128 }) }),
    reply: Done,
  }),
}

export const problems = {
  'access.sign_in_needed': [401, 'Anda belum masuk. Masuk dulu, lalu coba lagi.', 'You are not signed in. Sign in, then try again.'],
  'access.not_allowed': [403, 'Peran Anda tidak boleh melakukan ini ({verb}).', 'Your role may not do this ({verb}).'],
  'access.refused_by_database': [403, 'Data ini bukan milik Anda untuk diubah.', 'This is not yours to change.'],
  'access.request_not_from_here': [403, 'Permintaan ini tidak datang dari halaman Pantau.', 'This request did not come from a Pantau page.'],
  'access.role_unknown': [400, 'Peran {role} tidak ada.', 'There is no role {role}.'],
  'access.role_not_for_kind': [400, 'Peran {role} tidak berlaku untuk jenis organisasi ini.', 'Role {role} does not fit this kind of organisation.'],
  'access.verb_unknown': [400, 'Kata kerja {verb} tidak dikenal.', 'The verb {verb} is unknown.'],
  'access.last_office': [409, 'Peran ini harus tetap bisa mengatur peran; kalau tidak, tidak ada yang bisa.', 'This role must keep the right to set roles, or nobody could.'],
  'access.last_role_keeper': [409, 'Ini keanggotaan terakhir yang bisa mengatur peran. Undang penggantinya dulu.', 'This is the last membership that can set roles. Invite a successor first.'],
  'access.already_member': [409, '{email} sudah menjadi anggota dengan peran ini.', '{email} is a member in this role already.'],
  'access.invitation_unknown': [404, 'Undangan ini tidak berlaku lagi. Minta undangan baru.', 'This invitation is no longer valid. Ask for a new one.'],
  'access.membership_ended': [409, 'Keanggotaan ini sudah berakhir.', 'This membership has ended already.'],
  'access.hand_over_needed': [409, 'Masih ada {n} tugas terbuka. Pilih kepada siapa tugas itu diserahkan.', '{n} assignments are still open. Choose who takes them over.'],
  'access.hand_over_elsewhere': [400, 'Serah terima hanya kepada anggota organisasi yang sama.', 'Hand over to a member of the same organisation only.'],
  'access.password_weak': [400, 'Kata sandi paling sedikit 10 huruf.', 'The password must have at least 10 characters.'],
  'access.code_taken': [409, 'Kode {code} sudah dipakai.', 'The code {code} is taken.'],
} as const satisfies Problems
