import { Problem } from '#base/problem.ts'
import { room } from '#base/room.ts'
import { registry } from './contract.ts'
import { importMessage } from './rules/import-messages.ts'
import type { ImportError } from './rules/csv-fields.ts'
import { importStore } from './store-imports.ts'
import { store, type Tables } from './store.ts'

export const api = room<Tables, typeof registry>(registry, {
  regions: (_, { db }) => store(db).regions(),
  classRuns: async ({ page, size, ...want }, { db }) => (await store(db).classRuns({ ...want, page: page ?? 1, size: size ?? 25 })) as never,
  classRun: async ({ id }, { db }) => {
    const found = await store(db).classRun(id)
    if (!found) throw new Problem('request.not_found')
    return found as never
  },
  imports: (_, { db }) => importStore(db).list(),
  importBatch: async ({ id, page }, { db, language }) => {
    const s = importStore(db)
    const batch = await s.one(id)
    if (!batch) throw new Problem('request.not_found')
    const faults = (await s.faults(id, page ?? 1)).flatMap((r) => (r.errors as ImportError[]).map((e) => ({ line: e.line, column: e.column, code: e.code, message: importMessage(e, language) })))
    return { batch, faults, faultsTotal: batch.rowsBad, preview: (await s.preview(id)).map((r) => ({ line: r.line, ...r.row })) }
  },
  startImport: async ({ kind, fileName, content }, { db, id, now, who, files }) => {
    if (content.includes('\uFFFD') || content.includes('\0')) throw new Problem('registry.file_encoding')
    const sha256 = await files.put(new TextEncoder().encode(content))
    return importStore(db).add({ id: id(), kind, fileName: fileName.replace(/^.*[\\/]/, ''), sha256, organisationId: who.organisationId, startedBy: who.personId, createdAt: now })
  },
  mergeImport: async ({ id, takeGoodRows }, { db }) => {
    const s = importStore(db)
    const batch = await s.one(id)
    if (!batch) throw new Problem('request.not_found')
    if (batch.status !== 'checked') throw new Problem('registry.import_not_checked', { status: batch.status })
    if (batch.rowsBad > 0 && !takeGoodRows) throw new Problem('registry.import_has_faults', { n: batch.rowsBad })
    return (await s.set(id, { status: 'merging', takeGoodRows: takeGoodRows ?? false }))!
  },
  abandonImport: async ({ id }, { db, now }) => {
    const s = importStore(db)
    const batch = await s.one(id)
    if (!batch) throw new Problem('request.not_found')
    if (batch.status !== 'checked' && batch.status !== 'staging') throw new Problem('registry.import_not_checked', { status: batch.status })
    await s.set(id, { status: 'abandoned', finishedAt: now })
    await s.dropRows(id)
    return { ok: true }
  },
  affiliations: (_, { db }) => store(db).affiliations(),
  addAffiliation: async (input, { db, id }) => {
    if (input.organisationId === input.affiliateId) throw new Problem('registry.affiliation_self')
    await store(db).addAffiliation({ id: id(), ...input, since: null, until: null })
    return { ok: true }
  },
  endAffiliation: async ({ id, until }, { db }) => {
    const { numUpdatedRows } = await store(db).endAffiliation(id, until)
    if (!numUpdatedRows) throw new Problem('request.not_found')
    return { ok: true }
  },
})
