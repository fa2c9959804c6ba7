import type { Scope } from '#base/room.ts'

/** Every verb there is, with what it allows. A role is a set of these; an endpoint names exactly one. */
export const verbs = {
  'organisation.read': 'see organisations', 'organisation.write': 'add and change organisations',
  'member.read': 'see members', 'member.invite': 'invite members', 'member.end': 'end a membership and hand over', 'role.write': 'change roles',
  'ledger.read': 'see the record of acts',
  'notice.read': 'see own notices',
  'registry.read': 'see regions, providers, trainings, class runs', 'registry.import': 'import class runs and sessions', 'registry.write': 'change affiliations, home regions, service areas',
  'standards.read': 'see norms, instruments, holidays', 'standards.write': 'change norms and holidays', 'instrument.publish': 'publish instruments',
  'round.read': 'see rounds', 'round.plan': 'plan, freeze and draw rounds', 'round.send': 'send and close rounds', 'round.target': 'add targeted visits',
  'assignment.read': 'see assignments', 'assignment.distribute': 'give drawn class runs to organisations', 'assignment.assign': 'assign people, re-assign, cancel',
  'visit.task': 'see own tasks', 'visit.submit': 'submit visits', 'visit.read': 'see submitted visits', 'visit.key': 'make keys for ODK Collect',
  'review.coordinate': 'review as coordinator', 'review.office': 'review as programme office', 'review.read': 'see the history of reviews', 'identity.read': 'see who visited (logged)',
  'finding.read': 'see findings', 'finding.decide': 'confirm, dismiss, verify and close findings', 'finding.reply': 'reply to findings',
  'insight.overview': 'see the overview', 'insight.scorecard': 'see scorecards', 'insight.platform': 'see own listings', 'insight.publish': 'publish figures',
} as const
export type Verb = keyof typeof verbs

const all = Object.keys(verbs) as Verb[]
const everyone: Verb[] = ['organisation.read', 'notice.read', 'standards.read']
const adminOf: Verb[] = ['member.read', 'member.invite', 'member.end']

/** The roles a new installation starts with; the settings screen changes them. */
export const initialRoles: readonly { code: string; nameId: string; nameEn: string; scope: Scope; kinds: string[]; verbs: Verb[] }[] = [
  { code: 'office', nameId: 'Kantor program', nameEn: 'Programme office', scope: 'office', kinds: ['programme_office'],
    verbs: all.filter((v) => !['visit.task', 'visit.submit', 'visit.key', 'review.coordinate', 'finding.reply', 'insight.platform', 'assignment.assign'].includes(v)).concat('assignment.assign') },
  { code: 'coordinator', nameId: 'Koordinator tim ahli', nameEn: 'Expert team coordinator', scope: 'coordinator', kinds: ['university', 'ngo'],
    verbs: [...everyone, ...adminOf, 'registry.read', 'round.read', 'assignment.read', 'assignment.assign', 'visit.read', 'visit.key', 'review.coordinate', 'review.read', 'identity.read', 'finding.read', 'insight.scorecard', 'ledger.read'] },
  { code: 'monitor', nameId: 'Pemantau lapangan', nameEn: 'Field monitor', scope: 'monitor', kinds: ['university', 'ngo'],
    verbs: [...everyone, 'registry.read', 'assignment.read', 'visit.task', 'visit.submit', 'visit.read', 'visit.key', 'review.read', 'finding.read', 'insight.scorecard'] },
  { code: 'provider', nameId: 'Lembaga pelatihan', nameEn: 'Training provider', scope: 'provider', kinds: ['training_provider'],
    verbs: [...everyone, ...adminOf, 'registry.read', 'finding.read', 'finding.reply', 'insight.scorecard'] },
  { code: 'platform', nameId: 'Platform digital', nameEn: 'Digital platform', scope: 'platform', kinds: ['digital_platform'],
    verbs: [...everyone, ...adminOf, 'registry.read', 'finding.read', 'insight.platform', 'insight.scorecard'] },
  { code: 'partner', nameId: 'Mitra program', nameEn: 'Programme partner', scope: 'partner', kinds: ['payment_partner', 'job_portal'], verbs: [...everyone, ...adminOf] },
]

/** Days an invitation stays open. */
export const invitationDays = 7
