/** A reply that is being written, kept on this device until it is sent. Files are on the server already; only their names are kept here. */
export interface ReplyDraft {
  readonly text: string
  readonly files: readonly { readonly sha256: string; readonly name: string; readonly size: number }[]
}
const key = (findingId: string, personId: string): string => `pantau.reply.${personId}.${findingId}`

export const readDraft = (findingId: string, personId: string): ReplyDraft | null => {
  try {
    const kept = JSON.parse(localStorage.getItem(key(findingId, personId)) ?? 'null') as Partial<ReplyDraft> | null
    return kept && { text: String(kept.text ?? ''), files: Array.isArray(kept.files) ? kept.files : [] }
  } catch {
    return null
  }
}
/** @returns false when the device keeps nothing (full, or forbidden by its owner) */
export const keepDraft = (findingId: string, personId: string, draft: ReplyDraft): boolean => {
  try {
    localStorage.setItem(key(findingId, personId), JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}
export const dropDraft = (findingId: string, personId: string): void => {
  try {
    localStorage.removeItem(key(findingId, personId))
  } catch {
    // a device that keeps nothing has nothing to drop
  }
}
