import { announce } from './channel.ts'
import { database, under, type OutboxRow, type SentRow } from './database.ts'
import { fileRows } from './files.ts'
import { backoff, sendVisit, type Fetch, type Outcome } from './send.ts'

/** Finished visits on their way to the server. Nothing leaves the device's memory before the server has acknowledged it. */

interface Submission {
  readonly instanceId: string
  readonly assignmentId: string
  readonly title: string
  readonly xml: string
  readonly files: readonly File[]
  readonly deprecatedId: string | null
}

export type Entry = Omit<OutboxRow, 'personId' | 'xml'>
export type Sent = Omit<SentRow, 'personId'>

export interface Flushed {
  /** `busy`: another tab is at it. */
  readonly result: 'done' | 'busy' | 'signed-out' | 'offline' | 'server-trouble'
  readonly sent: number
}

/**
 * Queues a finished visit; in the same transaction its draft goes. To queue the same instance again replaces what waits.
 * @throws DOMException `QuotaExceededError` when the device is full; the draft then stays
 */
export const enqueue = async (personId: string, submission: Submission, now = new Date()): Promise<void> => {
  const { instanceId, assignmentId, title, xml, deprecatedId } = submission
  const rows = await fileRows(personId, instanceId, submission.files)
  const transaction = (await database()).transaction(['drafts', 'draftForms', 'files', 'outbox'], 'readwrite')
  const files = transaction.objectStore('files')
  for (const [, , name] of await files.getAllKeys(under(personId, instanceId)))
    if (!rows.some((row) => row.name === name)) void files.delete([personId, instanceId, name])
  for (const row of rows) void files.put(row)
  void transaction.objectStore('outbox').put({
    personId,
    instanceId,
    assignmentId,
    title,
    xml,
    deprecatedId,
    attachments: rows.map(({ name, sha256, mime, blob }) => ({ name, sha256, mime, size: blob.size, refusal: null })),
    state: 'waiting',
    refusal: null,
    queuedAt: now.toISOString(),
    tries: 0,
    notBefore: 0,
  })
  void transaction.objectStore('drafts').delete([personId, instanceId])
  void transaction.objectStore('draftForms').delete([personId, instanceId])
  await transaction.done
  announce()
}

/** What waits on this device for a person, the oldest first. */
export const listOutbox = async (personId: string): Promise<Entry[]> => {
  const rows = await (await database()).getAll('outbox', under(personId))
  return rows.map(({ personId: _person, xml: _xml, ...entry }) => entry).sort((a, b) => a.queuedAt.localeCompare(b.queuedAt))
}

/** What was acknowledged lately, the newest first; entries with refused files stay until `dismissSent`. */
export const listSent = async (personId: string): Promise<Sent[]> => {
  const rows = await (await database()).getAll('sent', under(personId))
  return rows.map(({ personId: _person, ...sent }) => sent).sort((a, b) => b.sentAt.localeCompare(a.sentAt))
}

/** Forgets a sent entry and the files the server refused. The screen asks first. */
export const dismissSent = async (personId: string, instanceId: string): Promise<void> => {
  const transaction = (await database()).transaction(['sent', 'files'], 'readwrite')
  void transaction.objectStore('sent').delete([personId, instanceId])
  void transaction.objectStore('files').delete(under(personId, instanceId))
  await transaction.done
  announce()
}

/** True while the row still is what was sent; somebody may have queued a newer state of the same instance meanwhile. */
const isSame = (now: OutboxRow | undefined, sent: OutboxRow): boolean => now?.queuedAt === sent.queuedAt && now.xml === sent.xml

const acknowledged = async (row: OutboxRow, attachments: OutboxRow['attachments'], now: Date): Promise<void> => {
  const { personId, instanceId, assignmentId, title } = row
  const refused = attachments.filter(({ refusal }) => refusal)
  const transaction = (await database()).transaction(['outbox', 'files', 'sent'], 'readwrite')
  if (!isSame(await transaction.objectStore('outbox').get([personId, instanceId]), row)) return
  void transaction.objectStore('outbox').delete([personId, instanceId])
  for (const { name, refusal } of attachments) if (!refusal) void transaction.objectStore('files').delete([personId, instanceId, name])
  void transaction.objectStore('sent').put({ personId, instanceId, assignmentId, title, sentAt: now.toISOString(), refused })
  await transaction.done
}

/** Notes what came of an attempt. */
const settle = async (row: OutboxRow, outcome: Exclude<Outcome, { kind: 'signed-out' }>, now: Date): Promise<void> => {
  if (outcome.kind === 'sent') return acknowledged(row, outcome.attachments, now)
  const tries = row.tries + 1
  const transaction = (await database()).transaction('outbox', 'readwrite')
  if (!isSame(await transaction.store.get([row.personId, row.instanceId]), row)) return
  void transaction.store.put({
    ...row,
    attachments: outcome.attachments,
    tries,
    state: outcome.kind === 'later' ? 'waiting' : outcome.kind,
    refusal: outcome.kind === 'later' ? null : outcome.refusal,
    notBefore: outcome.kind === 'later' ? now.getTime() + backoff(tries, Math.random()) : 0,
  })
  await transaction.done
}

/** Sent entries without anything to tell are forgotten after two weeks. */
const forgetOld = async (personId: string, now: Date): Promise<void> => {
  const db = await database()
  const before = new Date(now.getTime() - 14 * 86_400_000).toISOString()
  for (const row of await db.getAll('sent', under(personId)))
    if (row.refused.length === 0 && row.sentAt < before) await db.delete('sent', [personId, row.instanceId])
}

interface FlushOptions {
  /** True for "send now" and after coming online: waiting times are ignored. With `refusedToo`, what was refused is tried again as well. */
  readonly atOnce?: boolean
  readonly refusedToo?: boolean
  readonly fetch?: Fetch
}

/**
 * Sends what waits, one visit after the other. One tab at a time does it; a visit that is queued meanwhile is taken along.
 * It stops at the first sign of a lost connection or session and leaves the rest as it is. A visit that the server
 * stumbles over does not hold up the others: those tried least go first.
 */
export const flushOutbox = (personId: string, options: FlushOptions = {}): Promise<Flushed> =>
  navigator.locks.request('pantau-outbox', { ifAvailable: true }, async (lock): Promise<Flushed> => {
    if (!lock) return { result: 'busy', sent: 0 }
    const call: Fetch = options.fetch ?? ((url, init) => fetch(url, init))
    const db = await database()
    const tried = new Set<string>()
    let sent = 0
    let trouble = false
    await forgetOld(personId, new Date())
    for (;;) {
      const rows = await db.getAll('outbox', under(personId))
      const row = rows
        .filter(({ instanceId, state, notBefore }) => !tried.has(instanceId) && (state === 'waiting' ? options.atOnce || notBefore <= Date.now() : options.refusedToo))
        .sort((a, b) => a.tries - b.tries || a.queuedAt.localeCompare(b.queuedAt))[0]
      if (!row) return { result: trouble ? 'server-trouble' : 'done', sent }
      tried.add(row.instanceId)
      const files = new Map((await db.getAll('files', under(personId, row.instanceId))).map((file) => [file.name, file]))
      const outcome = await sendVisit(row, files, call)
      if (outcome.kind === 'signed-out') return { result: 'signed-out', sent }
      await settle(row, outcome, new Date())
      announce()
      if (outcome.kind === 'sent') sent++
      if (outcome.kind === 'later') {
        if (outcome.status === 0) return { result: 'offline', sent }
        trouble = true
      }
    }
  })
