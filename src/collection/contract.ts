import { Type, type Static } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import type { Problems } from '#base/problem.ts'
import { Day, Done, Id, Instant, Layer, Mode, Nullable, OneOf, Severity } from '#base/schema.ts'

export const Outcome = OneOf('took_place', 'class_absent', 'cancelled', 'access_refused', 'wrong_address', 'monitor_unsafe')
export const VisitStatus = OneOf('submitted', 'returned', 'approved_by_coordinator', 'approved')
export const Zone = OneOf('WIB', 'WITA', 'WIT')
const InstanceId = Type.String({ pattern: '^[!-~]{8,255}$' })
const Words = Type.Object({ id: Type.String(), en: Type.String() })
const Place = Type.Object({ latitude: Type.Number(), longitude: Type.Number(), accuracy: Nullable(Type.Number()) })

/** A reviewer's note and comments by question path, as verification gave them when it returned the visit. */
export const Returned = Type.Object({ at: Instant, note: Nullable(Type.String()), comments: Type.Array(Type.Object({ path: Type.String(), text: Type.String() })) })
export type Returned = Static<typeof Returned>

export const Task = Type.Object({
  assignmentId: Id, status: OneOf('assigned', 'returned'), dueOn: Day,
  roundId: Id, roundCode: Type.String(), roundTitle: Type.String(),
  classRunId: Id, scheduleCode: Type.String(), trainingTitle: Type.String(), providerName: Type.String(), mode: Mode,
  regencyName: Type.String(), zone: Zone, startsOn: Day, endsOn: Day, beginsAt: Nullable(Instant), endsAt: Nullable(Instant), sessionNumber: Nullable(Type.Integer()),
  plannedParticipants: Type.Integer(), venue: Nullable(Type.String()), address: Nullable(Type.String()),
  latitude: Nullable(Type.Number()), longitude: Nullable(Type.Number()),
  meetingUrl: Nullable(Type.String()), contactName: Nullable(Type.String()), contactPhone: Nullable(Type.String()), trainerName: Nullable(Type.String()),
  /** Null while no instrument for this mode is in force: the task is shown, and why it cannot begin. */
  instrument: Nullable(Type.Object({ versionId: Id, formId: Type.String(), version: Type.String(), title: Type.String(), items: Type.Integer(), bytes: Type.Integer() })),
  /** What came back and waits for a correction. */
  returned: Nullable(Type.Object({
    visitId: Id, instanceId: Type.String(), ...Returned.properties,
    evidence: Type.Array(Type.Object({ id: Id, name: Type.String(), mime: Type.String(), size: Type.Integer() })),
  })),
})
export type Task = Static<typeof Task>
export const Tasks = Type.Object({
  tasks: Type.Array(Task),
  /** Files of the forms: `kelas.csv` with this person's own classes. */
  media: Type.Record(Type.String(), Type.String()),
})
export type Tasks = Static<typeof Tasks>

export const VisitRow = Type.Object({
  id: Id, roundId: Id, roundCode: Type.String(), assignmentId: Nullable(Id), status: VisitStatus, outcome: Nullable(Outcome), layer: Layer, mode: Mode,
  classRunId: Id, scheduleCode: Type.String(), trainingTitle: Type.String(), providerName: Type.String(), regencyName: Type.String(),
  organisationId: Id, organisationName: Type.String(),
  /** Who went; null for the programme office, which asks for it on record (`GET /visits/:id/identity`). */
  personName: Nullable(Type.String()),
  sessionDay: Nullable(Day), submittedAt: Instant, flags: Type.Array(Type.String()),
  failed: Type.Object({ critical: Type.Integer(), major: Type.Integer(), minor: Type.Integer(), observation: Type.Integer() }),
})
export type VisitRow = Static<typeof VisitRow>

export const Claim = Type.Object({
  id: Id, item: Type.String(), label: Words, tag: OneOf('compliance', 'quality'), result: OneOf('pass', 'fail', 'not_observed', 'not_applicable'),
  severity: Nullable(Severity), score: Nullable(Type.Number()), reason: Nullable(Type.String()), value: Nullable(Type.Union([Type.String(), Type.Number()])),
  norm: Nullable(Type.Object({ id: Id, code: Type.String(), title: Words, ruleSet: Type.String(), value: Nullable(Type.Number()), unit: Type.String(), status: Type.String() })),
})
export type Claim = Static<typeof Claim>
export const Evidence = Type.Object({
  id: Id, name: Type.String(), item: Nullable(Type.String()), path: Nullable(Type.String()), state: OneOf('expected', 'stored', 'refused'), refusal: Nullable(Type.String()),
  mime: Nullable(Type.String()), size: Nullable(Type.Integer()), receivedAt: Nullable(Instant),
})
export type Evidence = Static<typeof Evidence>
export const AnswerShown = Type.Object({
  path: Type.String(), name: Type.String(), item: Nullable(Type.String()), kind: Type.String(), label: Words,
  /** As stored; for choices `shown` holds their labels. */
  value: Type.String(), shown: Nullable(Words), place: Nullable(Place), evidenceId: Nullable(Id),
  /** What the version before said; null when there was none or it said the same. */
  before: Nullable(Type.Object({ value: Type.String(), shown: Nullable(Words) })),
})
export type AnswerShown = Static<typeof AnswerShown>
export const Visit = Type.Object({
  ...VisitRow.properties,
  formTitle: Type.String(), formId: Type.String(), formVersion: Type.String(), instanceId: Type.String(), zone: Zone,
  beginsAt: Nullable(Instant), endsAt: Nullable(Instant), venue: Nullable(Type.String()), address: Nullable(Type.String()),
  startedAt: Nullable(Instant), endedAt: Nullable(Instant), place: Nullable(Place),
  /** Metres between where the form was filled in and the registered address; null when either is unknown. */
  distance: Nullable(Type.Integer()),
  returned: Nullable(Returned),
  sections: Type.Array(Type.Object({ path: Type.String(), label: Words, answers: Type.Array(AnswerShown) })),
  claims: Type.Array(Claim),
  evidence: Type.Array(Evidence),
  versions: Type.Array(Type.Object({ instanceId: Type.String(), number: Type.Integer(), receivedAt: Instant, via: OneOf('browser', 'door'), sha256: Type.String() })),
})
export type Visit = Static<typeof Visit>

export const Key = Type.Object({
  id: Id, roundId: Id, roundCode: Type.String(), personId: Id, personName: Type.String(), createdAt: Instant, revokedAt: Nullable(Instant), lastUsedAt: Nullable(Instant),
})
export type Key = Static<typeof Key>

export const collection = {
  tasks: endpoint({ call: 'GET /tasks', verb: 'visit.task', input: Type.Object({}), reply: Tasks }),
  /** The XForm of a published version, byte for byte as stored (text/xml). */
  xform: endpoint({ call: 'GET /instruments/:versionId/xform', verb: 'standards.read', input: Type.Object({ versionId: Id }), reply: Type.Any() }),
  visits: endpoint({
    call: 'GET /visits', verb: 'visit.read',
    input: Type.Object({
      roundId: Type.Optional(Id), status: Type.Optional(VisitStatus), outcome: Type.Optional(Outcome), organisationId: Type.Optional(Id), mode: Type.Optional(Mode), classRunId: Type.Optional(Id),
      page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })), size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    }),
    reply: Type.Object({ total: Type.Integer(), rows: Type.Array(VisitRow) }),
  }),
  visit: endpoint({ call: 'GET /visits/:id', verb: 'visit.read', input: Type.Object({ id: Id }), reply: Visit }),
  evidence: endpoint({ call: 'GET /visits/:id/evidence/:evidenceId', verb: 'visit.read', input: Type.Object({ id: Id, evidenceId: Id }), reply: Type.Any() }),
  /** The submission as received. It may name who filled it in, so the office's reading of it is recorded. */
  original: endpoint({ call: 'GET /visits/:id/submissions/:instanceId/xml', verb: 'visit.read', input: Type.Object({ id: Id, instanceId: InstanceId }), reply: Type.Any() }),
  /** Who went. Every look is recorded (domain.md §1.2: need-to-know, logged). */
  identity: endpoint({ call: 'GET /visits/:id/identity', verb: 'identity.read', input: Type.Object({ id: Id }), reply: Type.Object({ personId: Id, name: Type.String(), email: Type.String(), deviceId: Nullable(Type.String()) }) }),
  keys: endpoint({
    call: 'GET /keys', verb: 'visit.key', input: Type.Object({}),
    reply: Type.Object({
      keys: Type.Array(Key), rounds: Type.Array(Type.Object({ id: Id, code: Type.String(), title: Type.String() })),
      /** Whom the caller may make a key for: themselves; for a coordinator the organisation's monitors. */
      people: Type.Array(Type.Object({ id: Id, name: Type.String() })),
    }),
  }),
  /** `path` goes behind the product's own address; together they are Collect's server URL. The token is never shown again. */
  makeKey: endpoint({ call: 'POST /keys', verb: 'visit.key', input: Type.Object({ roundId: Id, personId: Type.Optional(Id) }), reply: Type.Object({ id: Id, path: Type.String() }) }),
  revokeKey: endpoint({ call: 'POST /keys/:id/revoke', verb: 'visit.key', input: Type.Object({ id: Id }), reply: Done }),
}

/** Served by the door, not by the mount: raw bytes, and a status that tells new (201) from known (200). */
export const Submitted = Type.Object({
  xml: Type.String({ maxLength: 2_000_000 }), assignmentId: Type.Optional(Id), deprecatedId: Type.Optional(Type.String({ maxLength: 255 })),
  attachments: Type.Array(Type.Object({ name: Type.String({ minLength: 1, maxLength: 255 }), sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }), mime: Type.String({ maxLength: 100 }) }), { maxItems: 100 }),
})
export type Submitted = Static<typeof Submitted>

export const problems = {
  'collection.xml_malformed': [400, 'Isi kiriman bukan XML yang sah ({reason}). Kirim ulang dari aplikasi.', 'The submission is not valid XML ({reason}). Send it again from the app.'],
  'collection.xml_doctype': [400, 'Kiriman memuat DOCTYPE, yang tidak diterima.', 'The submission holds a DOCTYPE, which is not accepted.'],
  'collection.xml_too_deep': [400, 'Isi kiriman bersarang lebih dari {limit} tingkat.', 'The submission is nested more than {limit} deep.'],
  'collection.xml_too_large': [413, 'Isi kiriman terlalu besar (batas {limit}).', 'The submission is too large (limit {limit}).'],
  'collection.submission_missing': [400, 'Kiriman kosong: bagian xml_submission_file tidak ada.', 'The submission is empty: there is no xml_submission_file part.'],
  'collection.multipart_malformed': [400, 'Kiriman tidak dapat dibaca. Kirim ulang dari aplikasi.', 'The submission could not be read. Send it again from the app.'],
  'collection.too_large': [413, 'Kiriman melebihi {limit} byte. Kirim berkas dalam beberapa bagian.', 'The submission exceeds {limit} bytes. Send the files in several parts.'],
  'collection.too_many_parts': [413, 'Kiriman memuat terlalu banyak bagian (batas {limit}).', 'The submission has too many parts (limit {limit}).'],
  'collection.identity_missing': [400, 'Kiriman tidak memuat {what}.', 'The submission has no {what}.'],
  'collection.instance_differs': [400, 'Nomor kiriman di alamat tidak sama dengan di isinya.', 'The id in the address is not the one in the submission.'],
  'collection.form_unknown': [404, 'Formulir {formId} tidak dikenal.', 'There is no form {formId}.'],
  'collection.version_unknown': [404, 'Formulir {formId} tidak punya versi {version} yang terbit. Ambil formulir terbaru lalu isi kembali.', 'Form {formId} has no published version {version}. Get the newest form and fill it in again.'],
  'collection.class_missing': [400, 'Kelas belum dipilih. Buka formulir, pilih kelas dari daftar tugas Anda, lalu kirim lagi.', 'No class was chosen. Open the form, choose the class from your tasks and send it again.'],
  'collection.class_not_yours': [403, 'Kelas ini bukan tugas Anda. Pilih kelas dari daftar tugas Anda sendiri.', 'This class is not your task. Choose a class from your own tasks.'],
  'collection.class_changed': [409, 'Perbaikan harus untuk kelas yang sama. Untuk kelas lain, isi formulir baru.', 'A correction must be for the same class. Fill in a new form for another class.'],
  'collection.changed': [409, 'Kiriman dengan nomor ini sudah ada dengan isi lain. Yang pertama tetap tersimpan.', 'There is a submission with this id and other answers already. The first one stays.'],
  'collection.deprecated_unknown': [404, 'Kiriman yang diperbaiki tidak ditemukan.', 'The submission that is corrected was not found.'],
  'collection.deprecated_not_current': [409, 'Kiriman yang diperbaiki sudah diganti versi yang lebih baru. Muat ulang lalu perbaiki versi itu.', 'The submission that is corrected has been replaced by a newer version. Reload and correct that one.'],
  'collection.key_refused': [403, 'Kunci ini tidak berlaku. Minta kunci baru kepada koordinator.', 'This key is not valid. Ask your coordinator for a new one.'],
  'collection.key_person': [400, 'Kunci hanya untuk pemantau di lembaga Anda.', 'A key is for a field monitor of your organisation only.'],
  'collection.key_unknown': [404, 'Kunci ini tidak ada.', 'There is no such key.'],
  'collection.credentials_needed': [401, 'Masukkan surel dan kata sandi Anda, atau pakai alamat server dengan kunci.', 'Give your e-mail and password, or use a server address with a key.'],
  'collection.openrosa_version': [400, 'Versi OpenRosa harus 1.0.', 'The OpenRosa version must be 1.0.'],
  'collection.file_hash_differs': [422, 'Berkas rusak di jalan. Kirim ulang.', 'The file was damaged on the way. Send it again.'],
  'collection.file_refused': [422, 'Berkas tidak dapat disimpan: {reason}.', 'The file cannot be kept: {reason}.'],
} as const satisfies Problems
