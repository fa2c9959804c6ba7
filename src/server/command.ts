import { askServer } from './command-door.ts'
import { runAlone, runCommand } from './commands.ts'
import { openProduct } from './product.ts'
import { settingsOf } from './settings.ts'

// `npm run pantau -- …`: asks the running server, or opens the database itself when no server runs on this data directory.
const settings = settingsOf(process.env)
const words = process.argv.slice(2)
const say = (line: string) => console.log(line)

const run = async (): Promise<number> => {
  const code = (await runAlone(words, say)) ?? (await askServer(settings, words, say))
  if (code !== undefined) return code
  const stop = new AbortController()
  process.on('SIGINT', () => stop.abort())
  const product = await openProduct(settings, say)
  try {
    return await runCommand(product, settings, words, say, stop.signal)
  } finally {
    await product.close()
  }
}
process.exitCode = await run().catch((error: Error) => (console.error(error.message), 1))
