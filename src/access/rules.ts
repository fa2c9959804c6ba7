import type { Scope } from '#base/room.ts'

/** Every verb there is, with what it allows, as the roles screen says it. A role is a set of these; an endpoint names exactly one. */
export const verbs = {
  'organisation.read': { id: 'melihat organisasi', en: 'see organisations' },
  'organisation.write': { id: 'menambah dan mengubah organisasi', en: 'add and change organisations' },
  'member.read': { id: 'melihat anggota', en: 'see members' },
  'member.invite': { id: 'mengundang anggota', en: 'invite members' },
  'member.end': { id: 'mengakhiri keanggotaan dan menyerahkan tugasnya', en: 'end a membership and hand over' },
  'role.write': { id: 'mengubah peran', en: 'change roles' },
  'ledger.read': { id: 'melihat catatan peristiwa', en: 'see the record of acts' },
  'notice.read': { id: 'melihat pemberitahuan sendiri', en: 'see own notices' },
  'registry.read': { id: 'melihat wilayah, lembaga, pelatihan, jadwal kelas', en: 'see regions, providers, trainings, class runs' },
  'registry.import': { id: 'mengimpor jadwal kelas dan sesi', en: 'import class runs and sessions' },
  'registry.write': { id: 'mengubah keterkaitan, wilayah asal, wilayah layanan', en: 'change affiliations, home regions, service areas' },
  'standards.read': { id: 'melihat norma, instrumen, hari libur', en: 'see norms, instruments, holidays' },
  'standards.write': { id: 'mengubah norma dan hari libur', en: 'change norms and holidays' },
  'instrument.publish': { id: 'menerbitkan instrumen', en: 'publish instruments' },
  'round.read': { id: 'melihat putaran', en: 'see rounds' },
  'round.plan': { id: 'merencanakan, membekukan, dan mengundi putaran', en: 'plan, freeze and draw rounds' },
  'round.send': { id: 'mengirim dan menutup putaran', en: 'send and close rounds' },
  'round.target': { id: 'menambah kunjungan terarah', en: 'add targeted visits' },
  'assignment.read': { id: 'melihat penugasan', en: 'see assignments' },
  'assignment.distribute': { id: 'membagi jadwal terpilih kepada organisasi', en: 'give drawn class runs to organisations' },
  'assignment.assign': { id: 'menugaskan orang, mengganti, membatalkan', en: 'assign people, re-assign, cancel' },
  'visit.task': { id: 'melihat tugas sendiri', en: 'see own tasks' },
  'visit.submit': { id: 'mengirim kunjungan', en: 'submit visits' },
  'visit.read': { id: 'melihat kunjungan yang dikirim', en: 'see submitted visits' },
  'visit.key': { id: 'membuat kunci ODK Collect', en: 'make keys for ODK Collect' },
  'review.coordinate': { id: 'meninjau sebagai koordinator', en: 'review as coordinator' },
  'review.office': { id: 'meninjau sebagai kantor program', en: 'review as programme office' },
  'review.read': { id: 'melihat riwayat tinjauan', en: 'see the history of reviews' },
  'identity.read': { id: 'melihat siapa yang berkunjung (dicatat)', en: 'see who visited (logged)' },
  'finding.read': { id: 'melihat temuan', en: 'see findings' },
  'finding.decide': { id: 'menetapkan, menolak, memeriksa, dan menutup temuan', en: 'confirm, dismiss, verify and close findings' },
  'finding.reply': { id: 'menanggapi temuan', en: 'reply to findings' },
  'insight.overview': { id: 'melihat ikhtisar', en: 'see the overview' },
  'insight.scorecard': { id: 'melihat rapor lembaga', en: 'see scorecards' },
  'insight.platform': { id: 'melihat pelatihan di platform sendiri', en: 'see own listings' },
  'insight.publish': { id: 'menerbitkan angka', en: 'publish figures' },
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
