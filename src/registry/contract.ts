import { Type, type Static } from 'typebox'
import { endpoint } from '#base/endpoint.ts'
import type { Problems } from '#base/problem.ts'
import { Day, Done, Id, Instant, Mode, Nullable, OneOf } from '#base/schema.ts'

const Zone = OneOf('WIB', 'WITA', 'WIT')
export const Regions = Type.Object({
  provinces: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), regionGroup: Type.String(), zone: Zone })),
  regencies: Type.Array(Type.Object({ code: Type.String(), provinceCode: Type.String(), name: Type.String() })),
})
export const ClassRun = Type.Object({
  id: Id, scheduleCode: Type.String(), courseCode: Type.String(), title: Type.String(), mode: Mode, providerId: Id, providerName: Type.String(), platformName: Nullable(Type.String()),
  regencyCode: Type.String(), regencyName: Type.String(), provinceName: Type.String(), zone: Zone, startsOn: Day, endsOn: Day, plannedParticipants: Type.Integer(),
  status: OneOf('scheduled', 'cancelled'), origin: Type.String(),
})
export const ClassRunDetail = Type.Object({
  ...ClassRun.properties, quota: Nullable(Type.Integer()), price: Nullable(Type.Integer()), venue: Nullable(Type.String()), address: Nullable(Type.String()),
  latitude: Nullable(Type.Number()), longitude: Nullable(Type.Number()), meetingUrl: Nullable(Type.String()), contactName: Nullable(Type.String()), contactPhone: Nullable(Type.String()), trainerName: Nullable(Type.String()),
  sessions: Type.Array(Type.Object({ id: Id, sequence: Type.Integer(), beginsAt: Instant, endsAt: Instant })),
})
export const ImportKind = OneOf('class_runs', 'sessions')
export const ImportBatch = Type.Object({
  id: Id, kind: ImportKind, fileName: Type.String(), sha256: Type.String(), createdAt: Instant, finishedAt: Nullable(Instant),
  status: OneOf('staging', 'checking', 'checked', 'merging', 'merged', 'refused', 'abandoned'), takeGoodRows: Type.Boolean(),
  rowsTotal: Nullable(Type.Integer()), rowsStaged: Type.Integer(), rowsGood: Type.Integer(), rowsBad: Type.Integer(),
  rowsNew: Nullable(Type.Integer()), rowsChanged: Nullable(Type.Integer()), rowsSame: Nullable(Type.Integer()), error: Nullable(Type.String()),
})
export type ImportBatch = Static<typeof ImportBatch>
export const ImportFault = Type.Object({ line: Type.Integer(), column: Nullable(Type.String()), code: Type.String(), message: Type.String() })
export const Affiliation = Type.Object({
  id: Id, organisationId: Id, organisationName: Type.String(), affiliateId: Id, affiliateName: Type.String(), kind: Type.String(), source: Type.String(), since: Nullable(Day), until: Nullable(Day),
})

/** Longest file taken in one piece: 100,000 class runs are about 25 MB. */
export const largestFile = 64 * 1024 * 1024

export const registry = {
  regions: endpoint({ call: 'GET /regions', verb: 'registry.read', input: Type.Object({}), reply: Regions }),
  classRuns: endpoint({
    call: 'GET /class-runs', verb: 'registry.read',
    input: Type.Object({
      mode: Type.Optional(Mode), province: Type.Optional(Type.String({ pattern: '^\\d\\d$' })), providerId: Type.Optional(Id), provider: Type.Optional(Type.String({ maxLength: 100 })), search: Type.Optional(Type.String({ maxLength: 100 })),
      from: Type.Optional(Day), to: Type.Optional(Day), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })), size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    }),
    reply: Type.Object({ rows: Type.Array(ClassRun), total: Type.Integer() }),
  }),
  classRun: endpoint({ call: 'GET /class-runs/:id', verb: 'registry.read', input: Type.Object({ id: Id }), reply: ClassRunDetail }),
  imports: endpoint({ call: 'GET /imports', verb: 'registry.import', input: Type.Object({}), reply: Type.Array(ImportBatch) }),
  importBatch: endpoint({
    call: 'GET /imports/:id', verb: 'registry.import', input: Type.Object({ id: Id, page: Type.Optional(Type.Integer({ minimum: 1 })) }),
    reply: Type.Object({ batch: ImportBatch, faults: Type.Array(ImportFault), faultsTotal: Type.Integer(), preview: Type.Array(Type.Record(Type.String(), Type.Unknown())) }),
  }),
  /** Takes a file; its rows are read and judged by the worker. Nothing is merged before `mergeImport`. */
  startImport: endpoint({
    call: 'POST /imports', verb: 'registry.import', bodyLimit: 2 * largestFile,
    input: Type.Object({ kind: ImportKind, fileName: Type.String({ minLength: 1, maxLength: 200 }), content: Type.String({ minLength: 1, maxLength: largestFile }) }), reply: ImportBatch,
  }),
  /** Merges a judged file in one transaction. With bad rows only when `takeGoodRows` asks for it. */
  mergeImport: endpoint({ call: 'POST /imports/:id/merge', verb: 'registry.import', input: Type.Object({ id: Id, takeGoodRows: Type.Optional(Type.Boolean()) }), reply: ImportBatch }),
  abandonImport: endpoint({ call: 'POST /imports/:id/abandon', verb: 'registry.import', input: Type.Object({ id: Id }), reply: Done }),
  affiliations: endpoint({ call: 'GET /affiliations', verb: 'registry.read', input: Type.Object({}), reply: Type.Array(Affiliation) }),
  addAffiliation: endpoint({
    call: 'POST /affiliations', verb: 'registry.write',
    input: Type.Object({ organisationId: Id, affiliateId: Id, kind: Type.String({ minLength: 2, maxLength: 60 }), source: Type.String({ minLength: 3, maxLength: 400 }) }), reply: Done,
  }),
  endAffiliation: endpoint({ call: 'POST /affiliations/:id/end', verb: 'registry.write', input: Type.Object({ id: Id, until: Day }), reply: Done }),
}

export const problems = {
  'registry.file_header': [400, 'Baris judul berkas tidak dapat dipakai: {reason}', 'The header of the file cannot be used: {reason}'],
  'registry.file_encoding': [400, 'Berkas bukan teks UTF-8. Simpan sebagai "CSV UTF-8", lalu kirim lagi.', 'The file is not UTF-8 text. Save it as "CSV UTF-8" and send it again.'],
  'registry.import_not_checked': [409, 'Berkas ini belum selesai diperiksa, atau sudah selesai diproses ({status}).', 'This file is not judged yet, or done already ({status}).'],
  'registry.import_has_faults': [409, '{n} baris salah. Perbaiki berkasnya, atau pilih memasukkan baris yang benar saja.', '{n} rows are wrong. Correct the file, or choose to take the good rows only.'],
  'registry.affiliation_exists': [409, 'Afiliasi ini sudah tercatat.', 'This affiliation is recorded already.'],
  'registry.affiliation_self': [400, 'Pilih dua organisasi yang berbeda.', 'Choose two different organisations.'],
} as const satisfies Problems
