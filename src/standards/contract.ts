import { Type, type Static } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import type { Problems } from '#base/problem.ts'
import { Day, Done, Id, Instant, Mode, Nullable, OneOf, Severity } from '#base/schema.ts'

const Unit = OneOf('working_day', 'calendar_day', 'hour')
export const RuleSet = Type.Object({ code: Type.String(), titleId: Type.String(), titleEn: Type.String(), source: Type.String(), inForceFrom: Day, inForceTo: Nullable(Day) })
export const Norm = Type.Object({
  id: Id, code: Type.String(), ruleSet: Type.String(), mode: Mode, titleId: Type.String(), titleEn: Type.String(), value: Nullable(Type.Number()), unit: Type.String(),
  status: OneOf('known', 'unknown', 'configured'), source: Type.String(), severity: Severity, replyN: Nullable(Type.Integer()), replyUnit: Nullable(Unit), correctionN: Nullable(Type.Integer()), correctionUnit: Nullable(Unit), updatedAt: Instant,
})
export type Norm = Static<typeof Norm>
export const Holiday = Type.Object({ day: Day, nameId: Type.String(), nameEn: Type.String(), kind: OneOf('national', 'collective_leave', 'local'), certainty: OneOf('decree', 'expected', 'entered'), source: Type.String() })
export const Version = Type.Object({
  id: Id, instrument: Type.String(), instrumentId: Type.String(), instrumentEn: Type.String(), mode: Mode, formId: Type.String(), version: Type.String(), title: Type.String(), items: Type.Integer(),
  inForceFrom: Day, inForceTo: Nullable(Day), status: OneOf('published', 'withdrawn'), publishedAt: Instant, workbookSha256: Type.String(),
})
export const Item = Type.Object({
  code: Type.String(), position: Type.Integer(), tag: OneOf('compliance', 'quality', 'none'), norm: Nullable(Type.String()), criterion: Nullable(Type.String()), severityRule: Nullable(Type.String()),
  layers: Type.Array(Type.String()), labelId: Type.String(), labelEn: Type.String(),
})
/** Largest workbook taken, in bytes before base64. */
export const largestWorkbook = 10 * 1024 * 1024

export const standards = {
  ruleSets: endpoint({ call: 'GET /rule-sets', verb: 'standards.read', input: Type.Object({}), reply: Type.Array(RuleSet) }),
  norms: endpoint({ call: 'GET /norms', verb: 'standards.read', input: Type.Object({ ruleSet: Type.Optional(Type.String({ maxLength: 60 })), mode: Type.Optional(Mode) }), reply: Type.Array(Norm) }),
  /**
   * Sets a norm's value and allowances; it is `configured` from then on. A value of null makes it unknown again: it is not judged then.
   * A requirement has no number; `holds` says whether it is in force (absent = as it was) or unknown.
   */
  saveNorm: endpoint({
    call: 'PUT /norms/:id', verb: 'standards.write',
    input: Type.Object({ id: Id, value: Nullable(Type.Number()), holds: Type.Optional(Type.Boolean()), source: Type.String({ minLength: 3, maxLength: 500 }), reply: Nullable(Type.Object({ n: Type.Integer({ minimum: 0, maximum: 365 }), unit: Unit })), correction: Nullable(Type.Object({ n: Type.Integer({ minimum: 0, maximum: 365 }), unit: Unit })) }),
    reply: Norm,
  }),
  holidays: endpoint({ call: 'GET /holidays', verb: 'standards.read', input: Type.Object({ year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2100 })) }), reply: Type.Array(Holiday) }),
  addHoliday: endpoint({ call: 'PUT /holidays/:day', verb: 'standards.write', input: Type.Object({ day: Day, nameId: Type.String({ minLength: 3, maxLength: 120 }), nameEn: Type.String({ minLength: 3, maxLength: 120 }), kind: OneOf('national', 'collective_leave', 'local'), source: Type.String({ minLength: 3, maxLength: 300 }) }), reply: Done }),
  removeHoliday: endpoint({ call: 'DELETE /holidays/:day', verb: 'standards.write', input: Type.Object({ day: Day }), reply: Done }),
  versions: endpoint({ call: 'GET /instruments', verb: 'standards.read', input: Type.Object({}), reply: Type.Array(Version) }),
  items: endpoint({ call: 'GET /instruments/:id/items', verb: 'standards.read', input: Type.Object({ id: Id }), reply: Type.Array(Item) }),
  /** Publishes a workbook (base64 of .xlsx) as a new version; every fault is told with sheet, row and column. */
  publish: endpoint({
    call: 'POST /instruments/:instrument/versions', verb: 'instrument.publish', bodyLimit: 2 * largestWorkbook,
    input: Type.Object({ instrument: Type.String({ pattern: '^[a-z]{3,30}$' }), workbook: Type.String({ minLength: 8, maxLength: Math.ceil(largestWorkbook / 3) * 4 + 4, pattern: '^[A-Za-z0-9+/]+=*$' }), inForceFrom: Day }), reply: Done,
  }),
}
export const problems = {
  'standards.workbook_faulty': [400, 'Ada {n} kesalahan dalam buku kerja. Perbaiki lalu unggah lagi.', 'The workbook has {n} faults. Correct them and upload it again.'],
  'standards.version_exists': [409, 'Versi ini sudah terbit dan tidak dapat diubah. Naikkan nomor versi di lembar settings.', 'This version is published and cannot be changed. Raise the version on the settings sheet.'],
  'standards.instrument_unknown': [404, 'Instrumen {instrument} tidak ada.', 'There is no instrument {instrument}.'],
  'standards.form_of_other': [409, 'form_id {formId} milik instrumen lain.', 'form_id {formId} belongs to another instrument.'],
} as const satisfies Problems
