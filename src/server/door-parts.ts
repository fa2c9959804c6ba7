import type { FastifyRequest } from 'fastify'
import { Problem } from '#base/problem.ts'
import { limits as fileLimits } from '#files/inspect.ts'
import { limits as xmlLimits } from '#collection/xml.ts'

/** ODK Collect splits after its 101st file; with the answers' own part that is 102, and a few fields beside them (`*isIncomplete*`). */
const most = { files: 102, fields: 20, parts: 122 } as const
/** A file above its limit is read to its end and refused alone; a stream longer than this is broken off. */
export const longest = 64_000_000
/** Milliseconds without a byte after which a phone has lost its network and its place goes to others. A test may shorten it. */
export const patience = { silence: 60_000 }

/**
 * Bytes of bodies held in memory at the same time; who finds no room waits with the bytes unread. Counted in bytes, because a slow
 * phone with one small photo must not keep out others for as long as a slow phone with sixteen megabytes.
 */
const room = 108_000_000
let held = 0
const queue: { readonly bytes: number; readonly enter: () => void }[] = []
const take = async (bytes: number): Promise<void> => {
  if (queue.length === 0 && held + bytes <= room) held += bytes
  else await new Promise<void>((enter) => queue.push({ bytes, enter }))
}
const give = (bytes: number): void => {
  held -= bytes
  for (let next = queue[0]; next && held + next.bytes <= room; next = queue[0]) {
    held += next.bytes
    queue.shift()
    next.enter()
  }
}

export interface Parts {
  readonly xml: Uint8Array
  /** By file name, normalised (NFC); `too_large` for one that was read past and not kept. */
  readonly files: ReadonlyMap<string, Uint8Array | 'too_large'>
}

/** Reads a submission's multipart body. Throws Problems for an empty, malformed or too large one. */
export const readParts = async (request: FastifyRequest, limit: number): Promise<Parts> => {
  if (!request.isMultipart()) throw new Problem('collection.submission_missing')
  const announced = Number(request.headers['content-length'] ?? longest)
  if (announced > longest) throw new Problem('collection.too_large', { limit })
  const own = Math.min(announced, limit + xmlLimits.bytes)
  await take(own)
  const silent = setTimeout(() => request.raw.destroy(), patience.silence)
  request.raw.on('data', () => silent.refresh())
  try {
    // gone while it waited: nothing would ever say so any more
    if (request.raw.destroyed) throw new Problem('collection.multipart_malformed')
    return await collect(request, limit)
  } catch (error) {
    throw asProblem(error)
  } finally {
    clearTimeout(silent)
    give(own)
  }
}

const collect = async (request: FastifyRequest, limit: number): Promise<Parts> => {
  let streamed = 0
  request.raw.on('data', (chunk: Buffer) => {
    // only a body without a stated length gets here
    if ((streamed += chunk.length) > longest) request.raw.destroy()
  })
  let xml: Uint8Array | undefined
  // which of two would be meant, nobody knows
  const submission = (bytes: Uint8Array): void => {
    if (xml) throw new Problem('collection.multipart_malformed')
    xml = bytes
  }
  let kept = 0
  const files = new Map<string, Uint8Array | 'too_large'>()
  const parts = request.parts({ limits: { ...most, fileSize: fileLimits.bytes + 1, fieldSize: xmlLimits.bytes + 1, fieldNameSize: 1000, headerPairs: 50 } })
  for await (const part of parts) {
    if (part.type === 'field') {
      if (part.fieldname === 'xml_submission_file' && typeof part.value === 'string') submission(Buffer.from(part.value, 'utf8'))
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
      submission(Buffer.concat(pieces))
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
