import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createServer, request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { runCommand, type Say } from './commands.ts'
import type { OpenProduct } from './product.ts'
import type { Settings } from './settings.ts'

/** Where the running server listens for its own command line. The folder is 0700, so only its owner gets in. */
const place = (dataDir: string): string =>
  process.platform === 'win32' ? `\\\\.\\pipe\\pantau-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}` : join(dataDir, 'command.sock')

/** Opens the local socket: one POST per command, answered line by line as it proceeds; the last line is the exit code. */
export const openCommandDoor = async (product: OpenProduct, settings: Settings, log: (line: string) => void) => {
  const path = place(settings.dataDir)
  if (process.platform !== 'win32') rmSync(path, { force: true }) // left behind by a kill; the data directory's lock says we are the only server
  const door = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const { words } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { words: string[] }
      response.writeHead(200, { 'content-type': 'application/x-ndjson' })
      const stop = new AbortController()
      response.on('close', () => stop.abort())
      const say: Say = (line) => void response.write(JSON.stringify({ line }) + '\n')
      const code = await runCommand(product, settings, words, say, stop.signal)
      response.end(JSON.stringify({ code }) + '\n')
    })().catch((error: Error) => {
      log(`command: ${error.stack}`)
      response.end(JSON.stringify({ line: error.message }) + '\n' + JSON.stringify({ code: 1 }) + '\n')
    })
  })
  await new Promise<void>((resolve, reject) => door.once('error', reject).listen(path, resolve))
  return { close: () => new Promise<void>((resolve) => { door.closeAllConnections(); door.close(() => resolve()) }) }
}

/** Hands the words to a running server; undefined when none runs on this data directory. */
export const askServer = (settings: Settings, words: readonly string[], say: Say): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({ socketPath: place(settings.dataDir), method: 'POST', path: '/' }, (response) => {
      let rest = ''
      let code = 1
      response.setEncoding('utf8')
      response.on('data', (text: string) => {
        const lines = (rest + text).split('\n')
        rest = lines.pop()!
        for (const line of lines) {
          const said = JSON.parse(line) as { line?: string; code?: number }
          if (said.line !== undefined) say(said.line)
          if (said.code !== undefined) code = said.code
        }
      })
      response.on('end', () => resolve(code))
      response.on('error', reject)
    })
    request.on('error', (e: NodeJS.ErrnoException) => (e.code === 'ENOENT' || e.code === 'ECONNREFUSED' ? resolve(undefined) : reject(e)))
    request.end(JSON.stringify({ words }))
  })
