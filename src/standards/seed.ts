import { readFileSync } from 'node:fs'
import type { Kysely } from 'kysely'
import { publicationOf } from './api-publish.ts'
import holidays from './data/holidays.json' with { type: 'json' }
import norms from './data/norms.json' with { type: 'json' }
import { publish } from './store-publish.ts'

const instruments = [
  { code: 'webinar', mode: 'webinar', titleId: 'Instrumen webinar', titleEn: 'Webinar instrument', file: 'webinar.xlsx' },
  { code: 'onsite', mode: 'onsite', titleId: 'Instrumen luring', titleEn: 'Face-to-face instrument', file: 'onsite.xlsx' },
  { code: 'selfpaced', mode: 'selfPaced', titleId: 'Instrumen SPL', titleEn: 'Self-paced instrument', file: 'selfpaced.xlsx' },
]
/** The day from which this project's drafts of the instruments count: the first day of the normal scheme. */
const firstDay = '2023-01-06'

/** Rule sets, norms, holidays and the three instruments, from the room's own data and workbooks. */
export const seedStandards = async (tx: Kysely<any>, id: () => string, now: Date): Promise<void> => {
  await tx.insertInto('standards.ruleSet').values(norms.ruleSets.map((r) => ({ code: r.code, titleId: r.title.id, titleEn: r.title.en, source: r.source, inForceFrom: r.from, inForceTo: r.to }))).execute()
  await tx.insertInto('standards.norm').values(norms.norms.map((n) => ({
    id: id(), code: n.code, ruleSet: n.ruleSet, mode: n.mode, titleId: n.title.id, titleEn: n.title.en, value: n.value, unit: n.unit, status: n.status, source: n.source, severity: n.severity,
    replyN: n.reply?.n ?? null, replyUnit: n.reply?.unit ?? null, correctionN: n.correction?.n ?? null, correctionUnit: n.correction?.unit ?? null,
  }))).execute()
  await tx.insertInto('standards.holiday').values(holidays.holidays.map((h) => ({ day: h.day, nameId: h.name.id, nameEn: h.name.en, kind: h.kind, certainty: h.certainty, source: h.source }))).onConflict((c) => c.doNothing()).execute()
  const known = new Set(norms.norms.map((n) => n.code))
  for (const { file, ...instrument } of instruments) {
    await tx.insertInto('standards.instrument').values(instrument).execute()
    await publish(tx, id(), publicationOf(readFileSync(new URL(`./instruments/${file}`, import.meta.url)), instrument.code, known, 'en'), firstDay, now, null)
  }
}
