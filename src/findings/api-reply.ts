import { Problem } from '#base/problem.ts'
import type { Context } from '#base/room.ts'
import { keep } from '#files/api.ts'
import { inspect } from '#files/inspect.ts'
import { store as filesStore } from '#files/store.ts'
import { noteDelivery, tell } from '#notices/api.ts'
import { prepare, write } from './api-decide.ts'
import { officeDocument, safeName } from './rules/office-document.ts'
import { mayTake } from './rules/transitions.ts'
import { store } from './store.ts'

const accepted: readonly string[] = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp']

/** Stores a file of a reply that is being written. What it is, its own bytes say. */
export const addFile = async (id: string, content: string, limit: number, context: Context): Promise<{ sha256: string; mime: string; size: number }> => {
  const f = await store(context.db).one(id, context.now)
  if (!f) throw new Problem('request.not_found')
  if (!mayTake(f.status, 'reply')) throw new Problem('finding.not_allowed', { status: f.status, act: 'reply' })
  const bytes = Buffer.from(content, 'base64')
  if (bytes.length > limit) throw new Problem('finding.file_too_large', { limit: limit / 1e6 })
  const mime = officeDocument(bytes) ?? kindOf(bytes)
  if (!mime) throw new Problem('finding.file_kind')
  return { sha256: await keep(context, bytes, mime), mime, size: bytes.length }
}
const kindOf = (bytes: Uint8Array): string | undefined => {
  const found = inspect(bytes)
  return found.ok && accepted.includes(found.mime) ? found.mime : undefined
}

/** The provider's answer. Who answers has read it: if the letter is still on its way, this is the delivery. */
export const reply = async (input: { id: string; version: number; text: string; files: readonly { sha256: string; name: string }[] }, context: Context): Promise<{ ok: true }> => {
  const { db, who, now } = context
  const s = store(db)
  const { f, to } = await prepare(input.id, input.version, 'reply', context)
  const files = []
  for (const { sha256, name } of new Map(input.files.map((x) => [x.sha256, x])).values()) {
    const stored = await filesStore(db).find(sha256, who.organisationId)
    if (!stored) throw new Problem('finding.file_unknown', { name })
    files.push({ sha256, name: safeName(name), mime: stored.mime, size: stored.size })
  }
  if (!f.deliveredAt && f.clockNoticeId) await noteDelivery(context, f.clockNoticeId, { kind: 'finding', id: f.id })
  await s.addReply({ id: context.id(), findingId: f.id, at: now, text: input.text.trim(), byPerson: who.personId, organisationId: who.organisationId }, files)
  const office = await s.confirmedBy(f.id)
  if (office) await tell(context, { kind: 'finding_answered', to: { organisationId: office, scope: 'office' }, about: { kind: 'finding', id: f.id }, link: `/temuan/${f.id}`, params: { number: f.number } })
  return write(f, { status: to }, { act: 'replied', note: null }, context)
}
