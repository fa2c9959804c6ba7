import type { Context } from '#base/room.ts'
import { store } from './store.ts'

/** Puts bytes that were found good (`inspect`) on the shelf and notes them for the caller's organisation. Returns their SHA-256. */
export const keep = async ({ db, who, now, files }: Context, bytes: Uint8Array, mime: string): Promise<string> => {
  const sha256 = await files.put(bytes)
  await store(db).add({ sha256, organisationId: who.organisationId, size: bytes.length, mime, storedBy: who.personId, storedAt: now })
  return sha256
}
