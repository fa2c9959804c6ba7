import { buildWeb } from './build.ts'
import { openCommandDoor } from './command-door.ts'
import { server } from './http.ts'
import { jobs } from './jobs.ts'
import { openProduct } from './product.ts'
import { firstSample, printSignIns } from './sample.ts'
import { settingsOf } from './settings.ts'
import { worker } from './worker.ts'

const started = performance.now()
const log = (line: string) => console.log(line)
const settings = settingsOf(process.env)

await buildWeb(log)
const product = await openProduct(settings, log).catch((error: Error) => {
  console.error(error.message)
  process.exit(1)
})
// sample data fills an empty embedded database; on a server it is only made on request (README)
if (product.database.kind === 'embedded') await firstSample(product, settings, log)
const work = worker(jobs(product, settings), log)
product.wakeWith(work.wake)
const app = await server(product, { trustProxy: settings.trustProxy })
const door = await openCommandDoor(product, settings, log)

let stopping = false
const stop = async (signal: string) => {
  if (stopping) return
  stopping = true
  log(`\n${signal}: finishing open requests, then closing the database`)
  await door.close()
  await app.close()
  await work.stop()
  await product.close()
  process.exit(0)
}
process.on('SIGINT', () => void stop('SIGINT'))
process.on('SIGTERM', () => void stop('SIGTERM'))

try {
  await app.listen({ port: settings.port, host: settings.host })
} catch (error) {
  console.error((error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? `port ${settings.port} is in use; set PORT to another one` : (error as Error).message)
  await product.close()
  process.exit(1)
}
const address = app.server.address()
log(`\nPantau ${product.version} on http://localhost:${typeof address === 'object' && address ? address.port : settings.port}  (${((performance.now() - started) / 1000).toFixed(1)} s)`)
printSignIns(settings, log)
