import { Problem } from '#base/problem.ts'
import type { Context } from '#base/room.ts'
import { store as collection } from '#collection/store.ts'
import { store as filesStore } from '#files/store.ts'
import { tell } from '#notices/api.ts'
import { releasable, shown } from './api-show.ts'
import type { FindingEvent } from './contract.ts'
import { wording } from './messages.ts'
import { redact } from './rules/redact.ts'
import { after, type Act } from './rules/transitions.ts'
import { store, type Change, type FindingStored } from './store.ts'

type Done = { ok: true }

/** Loads for an act: there, unchanged since the caller looked, and in a status that takes the act. Returns it with the status it gets. */
export const prepare = async (id: string, version: number, act: Act, context: Context): Promise<{ f: FindingStored; to: FindingStored['status'] }> => {
  const s = store(context.db)
  await s.lock(id)
  const f = await s.one(id, context.now)
  if (!f) throw new Problem('request.not_found')
  if (f.version !== version) throw await stale(f, version, context)
  return { f, to: after(f.status, act) }
}
/** Both versions: the one that was looked at by its number, the present one in full. */
const stale = async (f: FindingStored, version: number, context: Context): Promise<Problem> =>
  new Problem('finding.changed_meanwhile', { number: f.number, version, current: await shown(f.id, context) })

/** Writes a decision with its entry in the history, and tells lower rooms. */
export const write = async (f: FindingStored, change: Change, event: { act: FindingEvent['act']; note: string | null }, context: Context): Promise<Done> => {
  const { db, now, who } = context
  const s = store(db)
  if (!(await s.change(f.id, f.version, change, now))) throw await stale(f, f.version, context)
  await s.addEvent({ id: context.id(), findingId: f.id, at: now, ...event, byPerson: who.personId, organisationId: who.organisationId })
  await context.emit({ kind: 'finding.changed', id: f.id, detail: { providerId: f.providerId } })
  return { ok: true }
}

/** Confirms a draft: released evidence, and the notice whose delivery starts the clock. */
export const confirm = async (input: { id: string; version: number; evidenceIds: readonly string[]; broken?: { id: string; en: string } }, context: Context): Promise<Done> => {
  const { f, to } = await prepare(input.id, input.version, 'confirm', context)
  for (const evidenceId of input.evidenceIds) await release(f, evidenceId, context)
  const word = `severity_${f.severity}` as const
  const clockNoticeId = await tell(context, {
    kind: 'finding_confirmed', to: { organisationId: f.providerId, scope: 'provider' }, about: { kind: 'finding', id: f.id }, link: `/temuan/${f.id}`,
    params: { number: f.number, severity: { id: wording.id[word], en: wording.en[word] }, item: { id: f.itemLabelId, en: f.itemLabelEn } },
  })
  const sentence = input.broken ? { brokenId: input.broken.id.trim(), brokenEn: input.broken.en.trim() } : {}
  return write(f, { status: to, confirmedAt: context.now, clockNoticeId, ...sentence }, { act: 'confirmed', note: null }, context)
}

/** Files a copy without metadata under the provider; the original and where it came from stay out of its sight. */
const release = async (f: FindingStored, evidenceId: string, { db, files, now, who }: Context): Promise<void> => {
  const [origin, evidence] = [await store(db).origin(f.id), await collection(db).evidenceById(evidenceId)]
  const refuse = (reason: string) => new Problem('finding.evidence_not_releasable', { reason, evidenceId })
  if (!evidence || !origin || evidence.visitId !== origin.visitId) throw refuse('not_of_this_visit')
  if (evidence.state !== 'stored' || !evidence.sha256 || !releasable.includes(evidence.mime ?? '')) throw refuse('no_picture')
  const original = await files.get(evidence.sha256)
  const copy = original && redact(original)
  if (!copy) throw refuse('unreadable')
  const sha256 = await files.put(copy.bytes)
  await filesStore(db).add({ sha256, organisationId: f.providerId, size: copy.bytes.length, mime: copy.mime, storedBy: who.personId, storedAt: now.toISOString() })
  await store(db).addReleased({ findingId: f.id, evidenceId, releasedAt: now, releasedBy: who.personId, sha256, mime: copy.mime, size: copy.bytes.length })
}

/** Dismisses, returns or closes with a reason. What the provider knows of, it is told. */
export const settle = async (id: string, version: number, act: 'dismiss' | 'return' | 'close', reason: string, context: Context): Promise<Done> => {
  const { f, to } = await prepare(id, version, act, context)
  const note = reason.trim()
  const provider = { to: { organisationId: f.providerId, scope: 'provider' as const }, about: { kind: 'finding', id: f.id }, link: `/temuan/${f.id}` }
  if (act === 'return') {
    const clockNoticeId = await tell(context, { kind: 'finding_returned', ...provider, params: { number: f.number, note } })
    // a new allowance, and again none before delivery
    return write(f, { status: to, clockNoticeId, deliveredAt: null, replyDueAt: null, correctionDueAt: null }, { act: 'returned', note }, context)
  }
  if (act === 'close') {
    await tell(context, { kind: 'finding_closed', ...provider, params: { number: f.number } })
    return write(f, { status: to, closedAt: context.now, closingNote: note }, { act: 'closed', note }, context)
  }
  if (f.status !== 'draft') await tell(context, { kind: 'finding_withdrawn', ...provider, params: { number: f.number, reason: note } })
  return write(f, { status: to, dismissedReason: note }, { act: f.status === 'draft' ? 'dismissed' : 'withdrawn', note }, context)
}
