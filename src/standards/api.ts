import { Problem } from '#base/problem.ts'
import { room } from '#base/room.ts'
import { publicationOf } from './api-publish.ts'
import { standards } from './contract.ts'
import { publish } from './store-publish.ts'
import { store } from './store.ts'

export const api = room<any, typeof standards>(standards, {
  ruleSets: async (_, { db }) => (await store(db).ruleSets()) as never,
  norms: (want, { db }) => store(db).norms(want),
  saveNorm: async ({ id, value, holds, source, reply, correction }, { db, now }) => {
    const was = await store(db).norm(id)
    if (!was) throw new Problem('request.not_found')
    const known = was.unit === 'requirement' ? (holds ?? was.status !== 'unknown') : value !== null
    const saved = await store(db).saveNorm(id, {
      value: was.unit === 'requirement' ? null : value, source, status: known ? 'configured' : 'unknown', updatedAt: now,
      replyN: reply?.n ?? null, replyUnit: reply?.unit ?? null, correctionN: correction?.n ?? null, correctionUnit: correction?.unit ?? null,
    })
    return saved!
  },
  holidays: async ({ year }, { db }) => (await store(db).holidays(year)) as never,
  addHoliday: async (row, { db }) => {
    await store(db).putHoliday({ ...row, certainty: 'entered' })
    return { ok: true }
  },
  removeHoliday: async ({ day }, { db }) => {
    const { numDeletedRows } = await store(db).removeHoliday(day)
    if (!numDeletedRows) throw new Problem('request.not_found')
    return { ok: true }
  },
  versions: async (_, { db }) => (await store(db).versions()) as never,
  items: async ({ id }, { db }) => (await store(db).items(id)) as never,
  publish: async ({ instrument, workbook, inForceFrom }, { db, id, now, who, language, files, record }) => {
    const s = store(db)
    if (!(await s.hasInstrument(instrument))) throw new Problem('standards.instrument_unknown', { instrument })
    const bytes = new Uint8Array(Buffer.from(workbook, 'base64'))
    const made = publicationOf(bytes, instrument, await s.normCodes(), language)
    const owner = await s.ownerOfForm(made.formId)
    if (owner !== undefined && owner !== instrument) throw new Problem('standards.form_of_other', { formId: made.formId })
    await files.put(bytes)
    await s.endBefore(instrument, inForceFrom)
    const versionId = id()
    await publish(db, versionId, made, inForceFrom, now, who.personId)
    await record({ act: 'standards.published', on: 'instrument_version', id: versionId, detail: { instrument, formId: made.formId, version: made.version, workbook: made.workbookSha256, xform: made.xformMd5 } })
    return { ok: true }
  },
})
