import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What the pages are made of; the digest of it tells whether a build is still good. */
const sources = (): string[] => [
  'index.html', 'vite.config.ts', 'package-lock.json',
  ...(readdirSync(join(root, 'src'), { recursive: true }) as string[])
    .filter((p) => !p.endsWith('.test.ts') && (/^web[\\/]/.test(p) || /[\\/]screens[\\/]/.test(p) || /(contract|messages|rules|problems)[\w-]*\.ts$/.test(p) || /[\\/]rules[\\/].*\.ts$/.test(p) || /^base[\\/]/.test(p) || /[\\/]data[\\/]/.test(p)))
    .filter((p) => /\.\w+$/.test(p))
    .map((p) => join('src', p)).sort(),
  ...(existsSync(join(root, 'public')) ? (readdirSync(join(root, 'public'), { recursive: true }) as string[]).filter((p) => /\.\w+$/.test(p)).map((p) => join('public', p)).sort() : []),
]

const digest = (): string => {
  const hash = createHash('sha256')
  for (const path of sources()) if (existsSync(join(root, path))) hash.update(path).update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

/** Builds the web side into dist/ when its sources changed since the last build. Returns whether it built. */
export const buildWeb = async (log: (line: string) => void): Promise<boolean> => {
  const mark = join(root, 'dist', '.built-from')
  const now = digest()
  if (existsSync(mark) && readFileSync(mark, 'utf8') === now) return false
  log('web: building the pages')
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  const { build } = await import('vite')
  await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(mark, now)
  return true
}

if (import.meta.main) await buildWeb((line) => console.log(line))
