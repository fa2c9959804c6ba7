import { database, sha256, under, type FileRow } from './database.ts'

/**
 * Rows for the files of an instance, each with its hash. A file keeps its random name for life, so a known name is not
 * hashed and written again: autosave stays cheap with many photos.
 */
export const fileRows = async (personId: string, instanceId: string, files: readonly File[]): Promise<FileRow[]> => {
  const known = new Map((await (await database()).getAll('files', under(personId, instanceId))).map((row) => [row.name, row]))
  return Promise.all(
    files.map(async (file) => {
      const before = known.get(file.name)
      if (before && before.blob.size === file.size) return before
      // Bytes of its own: a File may point at something on disk that is moved or changed later.
      const blob = new Blob([await file.arrayBuffer()], { type: file.type })
      return { personId, instanceId, name: file.name, blob, mime: file.type || 'application/octet-stream', sha256: await sha256(blob) }
    }),
  )
}
