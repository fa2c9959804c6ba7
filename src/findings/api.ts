import { Problem } from '#base/problem.ts'
import { Attachment, room } from '#base/room.ts'
import { findings, largestFile } from './contract.ts'
import { confirm, settle } from './api-decide.ts'
import { draft, startClock } from './api-draft.ts'
import { addFile, reply } from './api-reply.ts'
import { row, shown } from './api-show.ts'
import { store } from './store.ts'

export const api = room<any, typeof findings>(findings, {
  list: async ({ page, size, ...want }, { db, who, now }) => {
    const s = store(db)
    const first = who.scope === 'provider' ? ['confirmed', 'returned'] : who.scope === 'office' ? ['answered', 'draft'] : []
    const { total, rows } = await s.list(want, now, first, page ?? 1, size ?? 25)
    const [urgent] = (await s.list({}, now, first, 1, 1)).rows
    return { total, rows: rows.map((f) => row(f, now)), urgent: urgent && first.includes(urgent.status) ? urgent.id : null, counts: await s.counts(now) }
  },
  show: ({ id }, context) => shown(id, context),
  confirm,
  dismiss: ({ id, version, reason }, context) => settle(id, version, 'dismiss', reason, context),
  return: ({ id, version, note }, context) => settle(id, version, 'return', note, context),
  close: ({ id, version, note }, context) => settle(id, version, 'close', note, context),
  addFile: ({ id, content }, context) => addFile(id, content, largestFile, context),
  reply,
  evidence: async ({ id, evidenceId }, { db, files }) => {
    const found = (await store(db).released(id)).find((e) => e.evidenceId === evidenceId)
    const bytes = found && (await files.get(found.sha256))
    if (!bytes) throw new Problem('request.not_found')
    return new Attachment(bytes, found.mime)
  },
  file: async ({ id, replyId, sha256 }, { db, files }) => {
    const found = await store(db).replyFile(id, replyId, sha256)
    const bytes = found && (await files.get(sha256))
    if (!bytes) throw new Problem('request.not_found')
    // only a picture is ever shown in place; everything else is a download under its own name
    return new Attachment(bytes, found.mime, found.mime.startsWith('image/') ? undefined : found.name)
  },
})

/** What this room does when something happened above, in the same transaction. */
export const reactions = { 'visit.approved': draft, 'notice.delivered': startClock }
