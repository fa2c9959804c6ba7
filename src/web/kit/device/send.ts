import { membership } from '../client.ts'
import type { AttachmentRow, FileRow, OutboxRow, Refusal } from './database.ts'

/**
 * One attempt to hand one queued visit to the server. Every step may be repeated: files are addressed by their content,
 * the answers by their own id, so an answer of the server that got lost on the way costs a repetition and nothing else.
 */

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export type Outcome =
  | { readonly kind: 'sent'; readonly attachments: readonly AttachmentRow[] }
  /** The server holds other answers under this id. */
  | { readonly kind: 'conflict'; readonly refusal: Refusal; readonly attachments: readonly AttachmentRow[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly attachments: readonly AttachmentRow[] }
  | { readonly kind: 'signed-out' }
  /** Try again later: no connection (`status` 0), or the server is in trouble. */
  | { readonly kind: 'later'; readonly status: number; readonly attachments: readonly AttachmentRow[] }

/** Refusals that concern one file and not the visit: too large, of a wrong kind, not what it says it is. */
const aboutTheFile = new Set([413, 415, 422])
/** Answers in the 4xx range that say "not now" rather than "no". */
const notNow = new Set([408, 421, 423, 425, 429])
const longest = 120_000

class Stop extends Error {
  readonly outcome: 'signed-out' | 'later' | 'refused'
  readonly refusal: Refusal
  constructor(outcome: 'signed-out' | 'later' | 'refused', refusal: Refusal) {
    super(refusal.message)
    this.outcome = outcome
    this.refusal = refusal
  }
}

const refusalOf = async (response: Response): Promise<Refusal> => {
  const said = (await response.json().catch(() => null)) as { code?: unknown; message?: unknown } | null
  return {
    status: response.status,
    code: typeof said?.code === 'string' ? said.code : '',
    message: typeof said?.message === 'string' ? said.message : '',
  }
}

const stopFor = (refusal: Refusal): Stop =>
  refusal.status === 401
    ? new Stop('signed-out', refusal)
    : refusal.status >= 500 || refusal.status < 400 || notNow.has(refusal.status)
      ? new Stop('later', refusal)
      : new Stop('refused', refusal)

/** @returns the refusal of this one file, or null when the server has it */
const sendFile = async (call: Fetch, headers: Record<string, string>, attachment: AttachmentRow, file: FileRow | undefined): Promise<Refusal | null> => {
  const url = `/api/blobs/${attachment.sha256}`
  const known = await call(url, { method: 'HEAD', headers })
  if (known.ok) return null
  if (known.status !== 404) throw stopFor({ status: known.status, code: '', message: '' })
  if (!file) return { status: 0, code: 'device.file_lost', message: '' }
  const put = await call(url, { method: 'PUT', headers: { ...headers, 'content-type': attachment.mime }, body: file.blob })
  if (put.ok) return null
  const refusal = await refusalOf(put)
  if (aboutTheFile.has(put.status)) return refusal
  throw stopFor(refusal)
}

/** @param files the bytes of the attachments by name @param call `fetch`, or the test's own */
export const sendVisit = async (row: OutboxRow, files: ReadonlyMap<string, FileRow>, call: Fetch): Promise<Outcome> => {
  const chosen = membership.get()
  const headers = {
    'x-requested-with': 'pantau',
    // Lets the server notice that somebody else has signed in meanwhile in another tab.
    'x-pantau-person': row.personId,
    ...(chosen ? { 'x-pantau-membership': chosen } : {}),
  }
  const ask: Fetch = (url, init) => call(url, { ...init, credentials: 'same-origin', signal: AbortSignal.timeout(longest) })
  let attachments = row.attachments
  try {
    for (const attachment of row.attachments) {
      if (attachment.refusal) continue
      const refusal = await sendFile(ask, headers, attachment, files.get(attachment.name))
      if (refusal) attachments = attachments.map((other) => (other.name === attachment.name ? { ...other, refusal } : other))
    }
    const body = {
      xml: row.xml,
      assignmentId: row.assignmentId,
      attachments: attachments.filter(({ refusal }) => !refusal).map(({ name, sha256, mime }) => ({ name, sha256, mime })),
      ...(row.deprecatedId ? { deprecatedId: row.deprecatedId } : {}),
    }
    const response = await ask(`/api/submissions/${encodeURIComponent(row.instanceId)}`, {
      method: 'PUT',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.ok) return { kind: 'sent', attachments }
    const refusal = await refusalOf(response)
    if (response.status === 409) return { kind: 'conflict', refusal, attachments }
    throw stopFor(refusal)
  } catch (error) {
    if (!(error instanceof Stop)) return { kind: 'later', status: 0, attachments }
    if (error.outcome === 'signed-out') return { kind: 'signed-out' }
    if (error.outcome === 'refused') return { kind: 'refused', refusal: error.refusal, attachments }
    return { kind: 'later', status: error.refusal.status, attachments }
  }
}

/** Milliseconds to wait after the n-th failed attempt (n from 1): 2 s doubling up to 5 min, spread by ±25 % so that a server coming back is not met by everybody at once. */
export const backoff = (tries: number, random: number): number => Math.round(Math.min(300_000, 2_000 * 2 ** (tries - 1)) * (0.75 + random / 2))
