import { unzipSync, zipSync } from 'fflate'

/** The same archive with its parts in order of name and fixed times, so that unchanged content is an unchanged file. */
export const stableZip = (bytes: Uint8Array): Uint8Array => {
  const parts = Object.entries(unzipSync(bytes)).sort(([a], [b]) => (a < b ? -1 : 1))
  return zipSync(Object.fromEntries(parts), { mtime: new Date(2026, 0, 1), level: 9 })
}
