import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileShelf } from '#base/room.ts'

/** Files on local disk under their SHA-256: written to a temporary name, synced, renamed; checked when read. */
export const diskShelf = (root: string): FileShelf => {
  const place = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a content address')
    return join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  }
  return {
    put: async (bytes) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const path = place(sha256)
      if (await stat(path).then(() => true, () => false)) return sha256
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const temporary = `${path}.${randomBytes(6).toString('hex')}`
      const file = await open(temporary, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, path)
      return sha256
    },
    get: async (sha256) => {
      const bytes = await readFile(place(sha256)).catch((e: NodeJS.ErrnoException) => {
        if (e.code === 'ENOENT') return undefined
        throw e
      })
      if (bytes && createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error(`file ${sha256} is damaged on disk`)
      return bytes
    },
  }
}
