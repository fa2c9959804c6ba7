import type { Kysely } from 'kysely'
import type { Contract, Input, Reply } from './endpoint.ts'
import type { Language } from './messages.ts'

/** The columns of the visibility matrix (docs/visibility.json); row-level security speaks in these words. */
export type Scope = 'office' | 'coordinator' | 'monitor' | 'provider' | 'platform' | 'partner' | 'public' | 'system'

/** Who acts: one membership of one person. Resolved before the transaction opens. */
export interface Who {
  readonly personId: string
  readonly organisationId: string
  readonly membershipId: string
  readonly role: string
  readonly scope: Scope
  readonly verbs: readonly string[]
  readonly name: string
}

/** What the ledger keeps of an act beside who, when and from where. */
export interface Act {
  /** What was done, e.g. `findings.confirm`. */
  readonly act: string
  /** On what: the row's kind and id. */
  readonly on: string
  readonly id: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** What may happen in a room that lower rooms react to, in the same transaction. The edge wires them (server/reactions.ts). */
export interface Event {
  readonly kind: string
  readonly id: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** What a handler may touch: the open transaction, who asks, and the clock. There is no other way to the database. */
export interface Context<Tables = any> {
  readonly db: Kysely<Tables>
  readonly who: Who
  readonly now: Date
  readonly language: Language
  /** A new time-ordered id (UUIDv7). */
  readonly id: () => string
  /** Adds an entry to the ledger in this transaction. Every writing endpoint is recorded by the mount already; use this for more detail. */
  readonly record: (act: Act) => Promise<void>
  /** Tells lower rooms that something happened; they react in this same transaction. */
  readonly emit: (event: Event) => Promise<void>
  /** Evidence and attachments by content address. */
  readonly files: FileShelf
}

/** Files by SHA-256 (hex). The room `files` keeps who may see one; this is only where the bytes lie. */
export interface FileShelf {
  readonly put: (bytes: Uint8Array) => Promise<string>
  readonly get: (sha256: string) => Promise<Uint8Array | undefined>
}

/** A reply that is not JSON: a file to look at or download. */
export class Attachment {
  readonly bytes: Uint8Array | string
  readonly mime: string
  readonly name: string | undefined
  /** @param name given = download under this name; absent = show in place */
  constructor(bytes: Uint8Array | string, mime: string, name?: string) {
    this.bytes = bytes
    this.mime = mime
    this.name = name
  }
}

export interface Room {
  readonly contract: Contract
  readonly on: Readonly<Record<string, (input: any, context: Context) => Promise<unknown>>>
}
/** Joins a contract with its handlers; a missing or surplus handler does not compile. */
export const room = <Tables, C extends Contract>(
  contract: C,
  on: { [K in keyof C]: (input: Input<C[K]>, context: Context<Tables>) => Promise<Reply<C[K]> | Attachment> },
): Room => ({ contract, on: on as unknown as Room['on'] })
