import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { toRaw } from 'vue'
import type { Media } from '../form/engine.ts'
import type { Progress } from '../form/nodes.ts'

/** What the device keeps. Every key begins with the person: several people may share a phone and see only their own. */

export interface DraftRow {
  readonly personId: string
  readonly instanceId: string
  readonly assignmentId: string
  readonly formId: string
  readonly version: string
  readonly title: string
  readonly xml: string
  /** Names of the files that belong to this XML, in its order; the bytes stand in `files`. */
  readonly fileNames: readonly string[]
  readonly progress: Progress
  readonly deprecatedId: string | null
  readonly comments: Readonly<Record<string, string>>
  /** Question paths that the task fixed. */
  readonly locked: readonly string[]
  readonly savedAt: string
}

/** The form that a draft was begun with, so that it reopens on its own version. */
interface DraftFormRow {
  readonly personId: string
  readonly instanceId: string
  readonly xml: string
  readonly media: Media
}

export interface FileRow {
  readonly personId: string
  readonly instanceId: string
  readonly name: string
  readonly blob: Blob
  readonly mime: string
  readonly sha256: string
}

/** Why the server did not take something, as it said it. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
}

export interface AttachmentRow {
  readonly name: string
  readonly sha256: string
  readonly mime: string
  readonly size: number
  readonly refusal: Refusal | null
}

export interface OutboxRow {
  readonly personId: string
  readonly instanceId: string
  readonly assignmentId: string
  readonly title: string
  readonly xml: string
  readonly deprecatedId: string | null
  readonly attachments: readonly AttachmentRow[]
  /** `waiting`: goes by itself. `conflict`: the server holds other answers under this id. `refused`: it said no. Nothing is dropped. */
  readonly state: 'waiting' | 'conflict' | 'refused'
  readonly refusal: Refusal | null
  readonly queuedAt: string
  readonly tries: number
  /** Milliseconds since 1970 before which no attempt is made by itself. */
  readonly notBefore: number
}

/** What the server has acknowledged. Kept while an attachment was refused, so that the person learns of it and keeps the file. */
export interface SentRow {
  readonly personId: string
  readonly instanceId: string
  readonly assignmentId: string
  readonly title: string
  readonly sentAt: string
  readonly refused: readonly AttachmentRow[]
}

interface TasksRow {
  readonly personId: string
  readonly at: string
  readonly tasks: unknown
}

interface FormRow {
  readonly personId: string
  readonly formId: string
  readonly version: string
  readonly xml: string
  readonly media: Media
}

interface Schema extends DBSchema {
  drafts: { key: [string, string]; value: DraftRow }
  draftForms: { key: [string, string]; value: DraftFormRow }
  files: { key: [string, string, string]; value: FileRow }
  outbox: { key: [string, string]; value: OutboxRow }
  sent: { key: [string, string]; value: SentRow }
  tasks: { key: string; value: TasksRow }
  forms: { key: [string, string, string]; value: FormRow }
}
type Database = IDBPDatabase<Schema>

let opening: Promise<Database> | undefined

/** The device's database, opened once per page. A newer page of the product may upgrade it: this one then closes its own. */
export const database = (): Promise<Database> =>
  (opening ??= openDB<Schema>('pantau', 1, {
    upgrade: (db) => {
      db.createObjectStore('drafts', { keyPath: ['personId', 'instanceId'] })
      db.createObjectStore('draftForms', { keyPath: ['personId', 'instanceId'] })
      db.createObjectStore('files', { keyPath: ['personId', 'instanceId', 'name'] })
      db.createObjectStore('outbox', { keyPath: ['personId', 'instanceId'] })
      db.createObjectStore('sent', { keyPath: ['personId', 'instanceId'] })
      db.createObjectStore('tasks', { keyPath: 'personId' })
      db.createObjectStore('forms', { keyPath: ['personId', 'formId', 'version'] })
    },
    blocking: (_current, _next, event) => {
      opening = undefined
      ;(event.target as IDBDatabase).close()
    },
    terminated: () => (opening = undefined),
  }).catch((error: unknown) => {
    opening = undefined
    throw error
  }))

/** All keys that begin with these parts: arrays sort after every text in IndexedDB. */
export const under = (...parts: string[]): IDBKeyRange => IDBKeyRange.bound(parts, [...parts, []])

/** A copy without Vue's proxies, which IndexedDB cannot store; files stay the files they are. */
export const plain = <T>(value: T): T => {
  const raw: unknown = toRaw(value)
  if (Array.isArray(raw)) return raw.map(plain) as T
  if (raw !== null && typeof raw === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(raw)))
    return Object.fromEntries(Object.entries(raw).map(([name, inner]) => [name, plain(inner)])) as T
  return raw as T
}

/** SHA-256 as 64 hexadecimal digits: the address under which the server keeps a file. */
export const sha256 = async (blob: Blob): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
