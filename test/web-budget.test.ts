import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/** Budgets of design.md §5, counted in bytes of the built files (kB = 1000 bytes, gzip). */
const firstLoad = 90_000
const engine = 350_000
const screen = 150_000

const root = fileURLToPath(new URL('../', import.meta.url))
let dist = join(root, 'dist')
let made: string | undefined

before(async () => {
  if (existsSync(join(dist, 'index.html'))) return
  made = mkdtempSync(join(tmpdir(), 'pantau-budget-'))
  dist = made
  const { build } = await import('vite')
  await build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'error', build: { outDir: dist, emptyOutDir: true } })
})
after(() => {
  if (made) rmSync(made, { recursive: true, force: true })
})

const zipped = (path: string): number => gzipSync(readFileSync(join(dist, path))).length
const scripts = (): readonly string[] => readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.js')).map((name) => `assets/${name}`)

/** A script and all it imports at once (not what it may import later). */
const closure = (entries: Iterable<string>): Set<string> => {
  const found = new Set(entries)
  for (const path of found) {
    const text = readFileSync(join(dist, path), 'utf8')
    for (const match of text.matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) found.add(`assets/${match[1]}`)
  }
  return found
}
/** What a browser fetches before it shows anything. */
const first = (): Set<string> =>
  closure([...readFileSync(join(dist, 'index.html'), 'utf8').matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]!))
const weight = (paths: Iterable<string>): number => [...paths].reduce((sum, path) => sum + zipped(path), 0)
const isEngine = (path: string): boolean => path.includes('/engine-')

test('the first load stays within 90 kB of JavaScript', () => {
  const paths = [...first()]
  assert.ok(paths.length > 1, 'the page and the framework are separate files')
  assert.ok(weight(paths) <= firstLoad, `${weight(paths)} bytes: ${paths.map((path) => `${path} ${zipped(path)}`).join(', ')}`)
})

test('the form engine is never in the first load, and within 350 kB', () => {
  assert.deepEqual([...first()].filter(isEngine), [])
  assert.ok(weight(scripts().filter(isEngine)) <= engine, `${weight(scripts().filter(isEngine))} bytes`)
})

test('no screen, with the shell and without the form engine, needs more than 150 kB of JavaScript', () => {
  const shell = first()
  for (const path of scripts()) {
    const all = [...new Set([...shell, ...closure([path])])].filter((one) => !isEngine(one))
    assert.ok(weight(all) <= screen, `${path}: ${weight(all)} bytes`)
  }
})

test('the pages carry their own fonts and ask no other site for anything', () => {
  const styles = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.css')).map((name) => readFileSync(join(dist, 'assets', name), 'utf8')).join('')
  assert.match(styles, /Source Sans 3/)
  const foreign = [...`${styles}${readFileSync(join(dist, 'index.html'), 'utf8')}`.matchAll(/(?:url\(|src=|href=)["']?(https?:)?\/\/[^"')]+/g)].map((match) => match[0])
  assert.deepEqual(foreign, [])
  assert.ok(readdirSync(join(dist, 'assets')).filter((name) => name.endsWith('.woff2')).length >= 2)
})

test('the service worker keeps the shell and leaves the API alone', () => {
  const worker = readFileSync(join(dist, 'sw.js'), 'utf8')
  assert.match(worker, /index\.html/)
  assert.match(worker, /\\\/api\\\//, 'the navigation fallback must not cover /api')
  assert.doesNotMatch(worker, /engine-[\w-]+\.js/, 'the form engine is fetched with the assignments, not with the shell')
})
