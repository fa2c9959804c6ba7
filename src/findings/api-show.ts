import { Problem } from '#base/problem.ts'
import type { Context } from '#base/room.ts'
import { store as collection } from '#collection/store.ts'
import { store as notices } from '#notices/store.ts'
import type { Finding, FindingRow } from './contract.ts'
import { nextDue } from './rules/clock.ts'
import { store, type FindingStored } from './store.ts'

export const row = (f: FindingStored, now: Date): FindingRow => ({
  id: f.id, number: f.number, version: f.version, status: f.status, severity: f.severity, item: f.item, itemLabel: { id: f.itemLabelId, en: f.itemLabelEn }, broken: { id: f.brokenId, en: f.brokenEn },
  providerId: f.providerId, providerName: f.providerName, trainingTitle: f.trainingTitle, scheduleCode: f.scheduleCode, mode: f.mode, sessionDay: f.sessionDay, zone: f.zone,
  createdAt: f.createdAt, confirmedAt: f.confirmedAt, deliveredAt: f.deliveredAt, replyDueAt: f.replyDueAt, correctionDueAt: f.correctionDueAt, closedAt: f.closedAt, due: nextDue(f, now),
})

/** Kinds of evidence that can be freed of metadata, so the only ones that can be released. */
export const releasable: readonly string[] = ['image/jpeg', 'image/png', 'image/webp']

/** A finding in full, as far as the caller's scope may see it. Row-level security decides the rows; this decides what is asked for at all. */
export const shown = async (id: string, { db, who, now }: Context): Promise<Finding> => {
  const s = store(db)
  const f = await s.one(id, now)
  if (!f) throw new Problem('request.not_found')
  const knowsOrigin = who.scope === 'office' || who.scope === 'coordinator' || who.scope === 'monitor'
  const origin = knowsOrigin ? await s.origin(id) : undefined
  const platform = who.scope === 'platform'
  const evidence = who.scope === 'office' && f.status === 'draft' && origin ? await collection(db).evidence(origin.visitId, origin.instanceId) : []
  return {
    ...row(f, now),
    norm: f.normTextId && f.normTextEn ? { code: f.normCode, text: { id: f.normTextId, en: f.normTextEn }, source: f.normSource, ruleSet: f.ruleSetId && f.ruleSetEn ? { id: f.ruleSetId, en: f.ruleSetEn } : null } : null,
    replyAllowed: f.replyAllowed, correctionAllowed: f.correctionAllowed, dismissedReason: platform ? null : f.dismissedReason, closingNote: platform ? null : f.closingNote,
    released: (await s.released(id)).map(({ sha256: _sha256, ...e }) => e),
    replies: await s.replies(id),
    // what office and provider write to each other is theirs; a platform sees how far it has come
    events: (await s.events(id)).map((e) => ({ ...e, note: platform ? null : e.note })),
    origin: origin ? { visitId: origin.visitId, organisationName: origin.organisationName } : null,
    candidates: evidence.filter((e) => e.state === 'stored' && releasable.includes(e.mime ?? '')).map((e) => ({ evidenceId: e.id, name: e.name, item: e.item, mime: e.mime!, size: e.size ?? 0, sameItem: e.item === f.item })),
    letters: who.scope === 'office' && f.clockNoticeId ? await notices(db).letters(f.clockNoticeId) : [],
  }
}
