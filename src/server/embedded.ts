import { createHash } from 'node:crypto'
import { chmodSync, existsSync, fsyncSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type pg from 'pg'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'

/** The embedded PostgreSQL (PGlite). What it lacks and we add: a lock on its directory, and fsync (docs/decisions/0003). */
export const embedded = async (dataDir: string | undefined, seed?: Blob) => {
  if (!dataDir) {
    const db = await PGlite.create(seed ? { loadDataDir: seed } : {})
    return { config: asPool(db), close: () => db.close() }
  }
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  chmodSync(dataDir, 0o700) // PGlite writes its files world-readable
  const lock = await lockFolder(dataDir)
  const path = join(dataDir, 'postgres')
  const db = await PGlite.create(path, {
    startParams: [...PGlite.defaultStartParams.filter((p) => p !== '-F'), '-c', 'fsync=on', '-c', 'wal_sync_method=fsync'],
    ...(seed && !existsSync(join(path, 'PG_VERSION')) ? { loadDataDir: seed } : {}),
  })
  const calls = withFsync(db)
  await db.exec('create temp table fsync_probe (a int); checkpoint')
  if (calls() === 0) throw new Error('the embedded database does not reach the disk: the fsync hook was not called')
  return { config: asPool(db), close: async () => { await db.close(); lock.release() } }
}

/** The driver's settings for a pool of the one connection there is. */
const asPool = (db: PGlite): pg.PoolConfig => Object.assign(createPgConfig(db), { max: 1 }) as unknown as pg.PoolConfig

/** Gives PGlite's file system a real fsync (internal API, hence the exact version pin); returns a counter for the self-test. */
const withFsync = (db: PGlite): (() => number) => {
  let calls = 0
  const inner = db as unknown as { Module: { FS: { lookupPath: (path: string) => { node: { mount: { type: { stream_ops: Record<string, unknown> } } } } } } }
  inner.Module.FS.lookupPath('/pglite/data').node.mount.type.stream_ops['fsync'] = (stream: { nfd: number }) => {
    calls++
    fsyncSync(stream.nfd)
  }
  return () => calls
}

/** One process per data directory: two lost 70 of 300 rows. An abstract socket (Linux) is freed even by kill -9; elsewhere a file with the process id. */
export const lockFolder = async (dataDir: string): Promise<{ release: () => void }> => {
  if (process.platform === 'linux') {
    const name = '\0pantau-' + createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 24)
    const server = await new Promise<Server>((done, fail) => {
      const s = createServer((c) => c.end(String(process.pid)))
      s.unref()
      s.once('error', (e: NodeJS.ErrnoException) => fail(e.code === 'EADDRINUSE' ? new Error(`the data directory ${dataDir} is in use by another process`) : e))
      s.listen(name, () => done(s))
    })
    return { release: () => void server.close() }
  }
  const file = join(dataDir, 'lock')
  if (existsSync(file)) {
    const pid = Number(readFileSync(file, 'utf8'))
    let alive = true
    try { process.kill(pid, 0) } catch { alive = false }
    if (alive) throw new Error(`the data directory ${dataDir} is in use by process ${pid}`)
  }
  writeFileSync(file, String(process.pid), { mode: 0o600 })
  return { release: () => rmSync(file, { force: true }) }
}
