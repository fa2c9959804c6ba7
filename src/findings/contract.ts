import { Type, type Static } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import type { Problems } from '#base/problem.ts'
import { Day, Done, Id, Instant, Mode, Nullable, OneOf, Severity } from '#base/schema.ts'

export const FindingStatus = OneOf('draft', 'dismissed', 'confirmed', 'answered', 'returned', 'closed')
export type FindingStatus = Static<typeof FindingStatus>
const Zone = OneOf('WIB', 'WITA', 'WIT')
const Words = Type.Object({ id: Type.String(), en: Type.String() })
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
export const Allowed = Type.Object({ n: Type.Integer({ minimum: 0 }), unit: OneOf('working_day', 'calendar_day', 'hour') })

export const FindingRow = Type.Object({
  id: Id, number: Type.String(), version: Type.Integer(), status: FindingStatus, severity: Severity,
  item: Type.String(), itemLabel: Words, broken: Words, providerId: Id, providerName: Type.String(),
  trainingTitle: Type.String(), scheduleCode: Type.String(), mode: Mode, sessionDay: Day, zone: Zone,
  createdAt: Instant, confirmedAt: Nullable(Instant), deliveredAt: Nullable(Instant), replyDueAt: Nullable(Instant), correctionDueAt: Nullable(Instant), closedAt: Nullable(Instant),
  /** What runs out next for the provider; null while nothing is asked of it or the clock has not started. */
  due: Nullable(Type.Object({ at: Instant, of: OneOf('reply', 'correction'), overdue: Type.Boolean() })),
})
export type FindingRow = Static<typeof FindingRow>

export const Released = Type.Object({ evidenceId: Id, mime: Type.String(), size: Type.Integer(), releasedAt: Instant })
/** A picture of the visit that the office may release; seen through the visit itself (`GET /visits/:id/evidence/:evidenceId`). */
export const Candidate = Type.Object({ evidenceId: Id, name: Type.String(), item: Nullable(Type.String()), mime: Type.String(), size: Type.Integer(), sameItem: Type.Boolean() })
export const Reply = Type.Object({
  id: Id, at: Instant, text: Type.String(), organisationName: Type.String(),
  files: Type.Array(Type.Object({ sha256: Sha256, name: Type.String(), mime: Type.String(), size: Type.Integer() })),
})
export const FindingEvent = Type.Object({
  at: Instant, act: OneOf('drafted', 'confirmed', 'delivered', 'replied', 'returned', 'closed', 'dismissed', 'withdrawn'),
  /** Which organisation did it; null = the product itself. */
  organisationName: Nullable(Type.String()), note: Nullable(Type.String()),
})
export type FindingEvent = Static<typeof FindingEvent>
export const Finding = Type.Object({
  ...FindingRow.properties,
  norm: Nullable(Type.Object({ code: Nullable(Type.String()), text: Words, source: Nullable(Type.String()), ruleSet: Nullable(Words) })),
  replyAllowed: Nullable(Allowed), correctionAllowed: Nullable(Allowed), dismissedReason: Nullable(Type.String()), closingNote: Nullable(Type.String()),
  released: Type.Array(Released), replies: Type.Array(Reply), events: Type.Array(FindingEvent),
  /** Where it came from; null for provider and platform, always. */
  origin: Nullable(Type.Object({ visitId: Id, organisationName: Type.String() })),
  /** For the office while it decides; else empty. */
  candidates: Type.Array(Candidate),
  /** The letters that carry the news, for the office; else empty. */
  letters: Type.Array(Type.Object({ status: OneOf('queued', 'sent', 'failed'), attempts: Type.Integer(), sentAt: Nullable(Instant), error: Nullable(Type.String()) })),
})
export type Finding = Static<typeof Finding>

/** Largest file of a reply, in bytes. */
export const largestFile = 10_000_000
/** Most files of one reply. */
export const mostFiles = 10
const Version = Type.Integer({ minimum: 1 })
const Note = Type.String({ minLength: 1, maxLength: 4000, pattern: '\\S' })

export const findings = {
  list: endpoint({
    call: 'GET /findings', verb: 'finding.read',
    input: Type.Object({
      /** `open`: confirmed and not yet settled. */
      status: Type.Optional(OneOf('open', 'draft', 'dismissed', 'confirmed', 'answered', 'returned', 'closed')), severity: Type.Optional(Severity), overdue: Type.Optional(Type.Boolean()), providerId: Type.Optional(Id), classRunId: Type.Optional(Id),
      search: Type.Optional(Type.String({ maxLength: 100 })), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })), size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    }),
    reply: Type.Object({
      total: Type.Integer(), rows: Type.Array(FindingRow),
      /** Of everything that waits for the caller (whatever the filters), the most urgent; null when nothing does. */
      urgent: Nullable(Id),
      /** Over everything the caller may see: drafts and replies that wait for the office; findings that wait for the provider; of these overdue. */
      counts: Type.Object({ drafts: Type.Integer(), answered: Type.Integer(), open: Type.Integer(), overdue: Type.Integer() }),
    }),
  }),
  show: endpoint({ call: 'GET /findings/:id', verb: 'finding.read', input: Type.Object({ id: Id }), reply: Finding }),
  confirm: endpoint({
    call: 'POST /findings/:id/confirm', verb: 'finding.decide',
    /** `broken`: the sentence as the office words it; absent = as drafted. */
    input: Type.Object({ id: Id, version: Version, evidenceIds: Type.Array(Id, { maxItems: 20, uniqueItems: true }), broken: Type.Optional(Type.Object({ id: Note, en: Note })) }), reply: Done,
  }),
  dismiss: endpoint({ call: 'POST /findings/:id/dismiss', verb: 'finding.decide', input: Type.Object({ id: Id, version: Version, reason: Note }), reply: Done }),
  return: endpoint({ call: 'POST /findings/:id/return', verb: 'finding.decide', input: Type.Object({ id: Id, version: Version, note: Note }), reply: Done }),
  close: endpoint({ call: 'POST /findings/:id/close', verb: 'finding.decide', input: Type.Object({ id: Id, version: Version, note: Note }), reply: Done }),
  /** Stores one file (base64) of the reply that is being written; `reply` names it by its hash. */
  addFile: endpoint({
    call: 'POST /findings/:id/files', verb: 'finding.reply', bodyLimit: Math.ceil(largestFile * 1.4) + 10_000,
    input: Type.Object({ id: Id, content: Type.String({ minLength: 4, maxLength: Math.ceil(largestFile / 3) * 4 + 4 }) }), reply: Type.Object({ sha256: Sha256, mime: Type.String(), size: Type.Integer() }),
  }),
  reply: endpoint({
    call: 'POST /findings/:id/replies', verb: 'finding.reply',
    input: Type.Object({ id: Id, version: Version, text: Type.String({ minLength: 1, maxLength: 10_000, pattern: '\\S' }), files: Type.Array(Type.Object({ sha256: Sha256, name: Type.String({ minLength: 1, maxLength: 200 }) }), { maxItems: mostFiles }) }), reply: Done,
  }),
  evidence: endpoint({ call: 'GET /findings/:id/evidence/:evidenceId', verb: 'finding.read', input: Type.Object({ id: Id, evidenceId: Id }), reply: Type.Any() }),
  file: endpoint({ call: 'GET /findings/:id/replies/:replyId/files/:sha256', verb: 'finding.read', input: Type.Object({ id: Id, replyId: Id, sha256: Sha256 }), reply: Type.Any() }),
}

export const problems = {
  'finding.not_allowed': [409, 'Temuan berstatus {status} tidak dapat menerima tindakan ini ({act}).', 'A finding that is {status} cannot take this act ({act}).'],
  'finding.changed_meanwhile': [409, 'Temuan {number} sudah berubah sejak Anda membukanya. Muat ulang, bandingkan, lalu kirim lagi.', 'Finding {number} has changed since you opened it. Reload, compare and send again.'],
  'finding.evidence_not_releasable': [400, 'Bukti ini tidak dapat dilepas: {reason}.', 'This evidence cannot be released: {reason}.'],
  'finding.file_kind': [422, 'Jenis berkas ini tidak diterima. Kirim PDF, JPEG, PNG, WebP, XLSX, atau DOCX tanpa makro.', 'This kind of file is not accepted. Send PDF, JPEG, PNG, WebP, or XLSX or DOCX without macros.'],
  'finding.file_too_large': [413, 'Berkas lebih dari {limit} MB.', 'The file is larger than {limit} MB.'],
  'finding.file_unknown': [400, 'Berkas {name} belum diunggah.', 'The file {name} has not been uploaded.'],
} as const satisfies Problems
