import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import tailwind from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'

/** A page with the form renderer alone, and a small server that keeps the submission contract and can be told to fail. */

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' }
/** As strict as the product's own, so that the form is known to work under it; `data:` and `blob:` under connect-src are for the tests' own reading of pictures. */
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self' data: blob:; worker-src 'self' blob:; base-uri 'self'"
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** A form for the page: its XML, its files and what the task fills in. */
export interface TestForm {
  readonly xml: string
  /** Text, or a `data:` address that becomes a Blob in the page. */
  readonly media: Readonly<Record<string, string>>
  readonly prefill: Readonly<Record<string, string>>
}

export interface Kept {
  readonly body: string
  readonly type: string
}

export interface FormServer {
  readonly url: string
  readonly blobs: Map<string, { size: number; type: string }>
  readonly submissions: Map<string, Kept>
  /** What happened, one line each: `PUT /api/… 201`. */
  readonly log: string[]
  /** Requests without the header that proves that our own page made them. */
  readonly unguarded: string[]
  /** The server keeps what it is sent but this many of its next answers get lost. */
  loseAnswers: number
  signedIn: boolean
  /** True: no file is taken. */
  refuseFiles: boolean
  /** Status to answer submissions with instead of keeping them. */
  trouble: number | null
  close(): Promise<void>
}

const cities = ['Kota Pontianak', 'Kab. Kubu Raya', 'Kab. Mempawah', ...Array.from({ length: 511 }, (_, i) => `Kabupaten contoh ${i + 1}`)]
/** A red square of 2 x 2 pixels. */
const picture = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGNYJi0NRAwQCgAaSgNxWYns2gAAAABJRU5ErkJggg=='
const example: TestForm = {
  xml: readFileSync(join(import.meta.dirname, 'instrument.xml'), 'utf8'),
  media: { 'kelas.csv': 'name,label\nk1,Barista Dasar\nk2,Menjahit Pakaian\n', 'kota.csv': `name,label\n${cities.map((name, i) => `${i},${name}`).join('\n')}\n`, 'denah.png': picture },
  prefill: { '/data/a/kelas': 'k1', '/data/sesi': 'sesi-3' },
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** @param forms more forms by name, opened with `?form=name` */
export const serveForm = async (forms: Readonly<Record<string, TestForm>> = {}): Promise<FormServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'pantau-form-'))
  const root = join(import.meta.dirname, 'page')
  await build({ root, configFile: false, logLevel: 'error', plugins: [vue(), tailwind()], build: { outDir: folder, target: 'es2023', chunkSizeWarningLimit: 4000 } })

  const api = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request)
    const path = decodeURIComponent(request.url ?? '')
    const answer = (status: number, said?: object): void => {
      const lost = state.loseAnswers > 0 && request.method === 'PUT'
      state.log.push(`${request.method} ${path} ${status}${lost ? ' lost' : ''}`)
      if (lost) {
        state.loseAnswers--
        response.destroy()
        return
      }
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(said && request.method !== 'HEAD' ? JSON.stringify(said) : undefined)
    }
    if (request.headers['x-requested-with'] !== 'pantau') state.unguarded.push(path)
    if (!state.signedIn) return answer(401)
    const id = path.split('/').at(-1) ?? ''
    if (path.startsWith('/api/blobs/')) {
      if (request.method === 'HEAD') return answer(state.blobs.has(id) ? 204 : 404)
      if (state.refuseFiles || hash(body) !== id) return answer(422, { code: 'blob.unusable', message: 'Berkas tidak dapat dibaca.' })
      const known = state.blobs.has(id)
      state.blobs.set(id, { size: body.length, type: request.headers['content-type'] ?? '' })
      return answer(known ? 200 : 201)
    }
    if (state.trouble) return answer(state.trouble, { code: 'test.trouble', message: 'Uji' })
    const before = state.submissions.get(id)
    if (before) return answer(before.body === body.toString() ? 200 : 409, { code: 'submission.differs', message: 'Sudah ada isian lain.' })
    state.submissions.set(id, { body: body.toString(), type: request.headers['content-type'] ?? '' })
    return answer(201)
  }
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (path.startsWith('/forms/')) return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(forms[path.slice(7)] ?? example))
    if (path.startsWith('/api/')) return void api(request, response)
    const file = join(folder, path === '/' ? 'index.html' : path)
    readFile(file).then(
      (bytes) => response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy }).end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const state: FormServer = {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    blobs: new Map(),
    submissions: new Map(),
    log: [],
    unguarded: [],
    loseAnswers: 0,
    signedIn: true,
    refuseFiles: false,
    trouble: null,
    close: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      await rm(folder, { recursive: true, force: true })
    },
  }
  return state
}
