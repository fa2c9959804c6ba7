import { join } from 'node:path'
import { importNext } from '#registry/api-import.ts'
import { system } from './database.ts'
import { act, type Product } from './act.ts'
import { mailer } from './mail.ts'
import type { Settings } from './settings.ts'
import type { Job } from './worker.ts'

/** Everything that outlives a request. */
export const jobs = (product: Product, settings: Settings): readonly Job[] => {
  const letters = mailer(product, { smtpUrl: settings.smtpUrl, outboxDir: join(settings.dataDir, 'outbox'), origin: settings.origin, from: settings.mailFrom })
  return [
    { name: 'letters', run: () => letters.run() },
    { name: 'import', run: () => importNext((work) => act(product, system, 'id', null, work)) },
  ]
}
