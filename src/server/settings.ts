import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ensureFolder } from './database.ts'

/** What the environment says; the README lists every name. */
export interface Settings {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly ownerUrl: string | undefined
  readonly origin: string
  readonly smtpUrl: string | undefined
  readonly mailFrom: string
  readonly trustProxy: boolean
}

export const settingsOf = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const port = Number(env['PORT'] ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`PORT must be a number between 0 and 65535, not ${env['PORT']}`)
  return {
    port,
    host: env['HOST'] ?? '127.0.0.1',
    dataDir: resolve(env['DATA_DIR'] ?? 'data'),
    databaseUrl: env['DATABASE_URL'] || undefined,
    ownerUrl: env['DATABASE_OWNER_URL'] || env['DATABASE_URL'] || undefined,
    origin: (env['PUBLIC_ORIGIN'] ?? `http://localhost:${port}`).replace(/\/$/, ''),
    smtpUrl: env['SMTP_URL'] || undefined,
    mailFrom: env['MAIL_FROM'] ?? 'Pantau <pantau@localhost>',
    trustProxy: env['TRUST_PROXY'] === '1',
  }
}

/** A value kept in the data directory, made once, readable by its owner only. */
export const kept = (dataDir: string, name: string, make: () => string): string => {
  ensureFolder(dataDir)
  const path = join(dataDir, name)
  if (!existsSync(path)) writeFileSync(path, make(), { mode: 0o600, flag: 'wx' })
  return readFileSync(path, 'utf8')
}
