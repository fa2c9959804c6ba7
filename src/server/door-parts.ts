import type { FastifyRequest } from 'fastify'
import { Problem } from '#base/problem.ts'
import { limits as fileLimits } from '#files/inspect.ts'
import { limits as xmlLimits } from '#collection/xml.ts'

/** Interop.md §4: at most 100 files a POST; a few fields beside them (`*isIncomplete*`). */
const most = { files: 101, fields: 20, parts: 121 } as const
/** A file above its limit is read to its end and refused alone; a stream longer than this is broken off. */
const longest = 64_000_000
/** Bodies held in memory at the same time; others wait with their bytes unread. */
const atOnce = 6

let busy = 0
const waiting: (() => void)[] = []
const take = async (): Promise<void> => {
  if (busy >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
  else busy++
}
const give = (): void => {
  const next = waiting.shift()
  if (next) next()
  else busy--
}

export interface Parts {
  readonly xml: Uint8Array
  /** By file name, normalised (NFC); `too_large` for one that was read past and not kept. */
  readonly files: ReadonlyMap<string, Uint8Array | 'too_large'>
}

/** Reads a submission's multipart body. Throws Problems for an empty, malformed or too large one. */
export const readParts = async (request: FastifyRequest, limit: number): Promise<Parts> => {
  if (!request.isMultipart()) throw new Problem('collection.submission_missing')
  if (Number(request.headers['content-length'] ?? 0) > longest) throw new Problem('collection.too_large', { limit })
  await take()
  try {
    return await collect(request, limit)
  } catch (error) {
    throw asProblem(error)
  } finally {
    give()
  }
}

const collect = async (request: FastifyRequest, limit: number): Promise<Parts> => {
  let streamed = 0
  request.raw.on('data', (chunk: Buffer) => {
    // only a body without a stated length gets here
    if ((streamed += chunk.length) > longest) request.raw.destroy()
  })
  let xml: Uint8Array | undefined
  let kept = 0
  const files = new Map<string, Uint8Array | 'too_large'>()
  const parts = request.parts({ limits: { ...most, fileSize: fileLimits.bytes + 1, fieldSize: xmlLimits.bytes + 1, fieldNameSize: 1000, headerPairs: 50 } })
  for await (const part of parts) {
    if (part.type === 'field') {
      if (part.fieldname === 'xml_submission_file' && typeof part.value === 'string') xml = Buffer.from(part.value, 'utf8')
      continue
    }
    const pieces: Buffer[] = []
    const isXml = part.fieldname === 'xml_submission_file'
    const own = isXml ? xmlLimits.bytes : fileLimits.bytes
    let size = 0
    for await (const piece of part.file as AsyncIterable<Buffer>) {
      size += piece.length
      if (size <= own) pieces.push(piece)
      else pieces.length = 0
    }
    if (isXml) {
      if (size > own) throw new Problem('collection.xml_too_large', { limit: own })
      xml = Buffer.concat(pieces)
      continue
    }
    const tooLarge = size > own || part.file.truncated
    if (!tooLarge && (kept += size) > limit) throw new Problem('collection.too_large', { limit })
    const bytes = tooLarge ? ('too_large' as const) : Buffer.concat(pieces)
    // the part's name and its file name are both what the answer says; clients differ in which they escape
    for (const name of [part.filename, part.fieldname]) if (name) files.set(name.normalize(), bytes)
  }
  if (!xml) throw new Problem('collection.submission_missing')
  return { xml, files }
}

const tooMany = new Set(['FST_PARTS_LIMIT', 'FST_FILES_LIMIT', 'FST_FIELDS_LIMIT'])
const asProblem = (error: unknown): unknown => {
  if (error instanceof Problem) return error
  const code = (error as { code?: string }).code ?? ''
  if (tooMany.has(code)) return new Problem('collection.too_many_parts', { limit: most.parts })
  // whatever else the parser says is about the bytes that were sent
  return new Problem('collection.multipart_malformed')
}
