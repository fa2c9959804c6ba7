import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'

/** The programme's own sentence. A room imports only from rooms above it; the edges join them. */
const rooms = ['base', 'statistics', 'access', 'ledger', 'files', 'notices', 'registry', 'standards', 'sampling', 'assignments', 'collection', 'verification', 'findings', 'insight', 'twin']
const edges = ['server', 'web']

/** What each part of a room may see of rooms (its own and upper ones), and which packages. */
const parts: Readonly<Record<string, { sees: readonly string[]; packages: RegExp }>> = {
  contract: { sees: ['contract', 'rules', 'problems', 'base'], packages: /^typebox$/ },
  problems: { sees: ['problems', 'base'], packages: /^$/ },
  messages: { sees: ['messages', 'base'], packages: /^$/ },
  rules: { sees: ['rules', 'contract', 'problems', 'messages', 'data', 'base', 'statistics'], packages: /^$/ },
  statistics: { sees: ['statistics', 'base'], packages: /^$/ },
  xlsform: { sees: ['xlsform', 'rules', 'messages', 'base'], packages: /^(saxes|fflate)$/ },
  store: { sees: ['store', 'contract', 'rules', 'data', 'base'], packages: /^kysely$/ },
  seed: { sees: ['seed', 'api', 'store', 'contract', 'rules', 'data', 'base'], packages: /^(kysely|node:(fs|crypto|url|path))$/ },
  instruments: { sees: ['instruments', 'rules', 'xlsform', 'data', 'base'], packages: /^(write-excel-file.*|node:.*)$/ },
  api: { sees: ['api', 'store', 'contract', 'rules', 'messages', 'xlsform', 'data', 'base', 'statistics'], packages: /^(node:(crypto|stream|buffer|path)|kysely|saxes|csv-parse.*|image-size.*|typebox.*)$/ },
  screens: { sees: ['screens', 'contract', 'rules', 'messages', 'base', 'web'], packages: /^(vue|vue-router|reka-ui|@tanstack\/vue-virtual|d3-.*|typebox)$/ },
}

const place = (path: string): { room: string; part: string } => {
  const [, room = '', ...rest] = path.split('/')
  const head = rest[0]?.replace(/(\.test)?\.\w+$/, '') ?? ''
  if (room === 'base' || room === 'statistics' || edges.includes(room)) return { room, part: room }
  if (['rules', 'screens', 'data', 'xlsform', 'instruments', 'messages'].includes(head)) return { room, part: head }
  if (rest.length > 1) return { room, part: rest[0]! }
  // a room's part that grew is split by noun: store-visits.ts is still a store
  const known = Object.keys(parts).find((p) => head === p || head.startsWith(`${p}-`))
  return { room, part: known ?? 'api' }
}
const source = (path: string) => readFileSync(path, 'utf8')
const importsOf = (path: string) => [...source(path).matchAll(/(?:^\s*(?:import|export)\b[^'"`]*?\bfrom\s*|^\s*import\s*|\bimport\()['"]([^'"]+)['"]/gm)].map((m) => m[1]!)
const files = () => globSync(['src/**/*.ts', 'src/**/*.vue']).filter((p) => !p.endsWith('.test.ts')).sort()

export const violations = (path: string, imports: readonly string[]): string[] => {
  const from = place(path)
  const bad = (to: string, why: string) => `${path} -> ${to}: ${why}`
  return imports.flatMap((to) => {
    const local = to.startsWith('#') ? `src/${to.slice(1)}` : to.startsWith('.') ? normalize(join(dirname(path), to)) : undefined
    const rule = parts[from.part]
    if (!local) return rule && !rule.packages.test(to) ? [bad(to, `${from.part} uses no such package`)] : []
    if (!local.startsWith('src/')) return [bad(to, 'imports stay inside src')]
    const target = place(local)
    const seen = target.part === target.room ? target.room : target.part
    if (rule && target.room !== from.room && !rule.sees.includes(seen)) return [bad(to, `${from.part} never sees ${seen}`)]
    if (rule && target.room === from.room && !rule.sees.includes(seen) && !edges.includes(from.room)) return [bad(to, `${from.part} never sees ${seen}`)]
    if (edges.includes(from.room)) return from.room === 'web' && path.includes('/web/kit/') && !['base', 'web', 'access', 'registry'].includes(target.room) ? [bad(to, 'the kit knows the ground floor only')] : []
    if (edges.includes(target.room)) return from.part === 'screens' && target.room === 'web' ? [] : [bad(to, 'rooms do not know the edges')]
    if (rooms.indexOf(target.room) > rooms.indexOf(from.room)) return [bad(to, 'imports point up the list only')]
    return []
  })
}

test('imports point one way, and each part sees only what it may', () => {
  assert.deepEqual(files().flatMap((path) => violations(path, importsOf(path))), [])
})

test('the rule notices what it is there for', () => {
  assert.equal(violations('src/sampling/api.ts', ['#findings/store.ts']).length, 1)
  assert.equal(violations('src/findings/rules.ts', ['node:fs']).length, 1)
  assert.equal(violations('src/findings/screens/list.vue', ['#findings/store.ts']).length, 1)
  assert.equal(violations('src/findings/store.ts', ['#server/http.ts']).length, 1)
  assert.equal(violations('src/findings/api.ts', ['#collection/store.ts', '#base/problem.ts', './store.ts']).length, 0)
})

test('every room is in the list and holds its README', () => {
  const there = [...new Set(globSync('src/*/*').map((p) => p.split('/')[1]!))].filter((r) => !edges.includes(r))
  assert.deepEqual(there.filter((r) => !rooms.includes(r)), [])
  assert.deepEqual([...there, ...edges].filter((r) => !globSync(`src/${r}/README.md`).length), [])
})

test('SQL stands in stores, seeds and the database edge only', () => {
  const sqlText = /\bsql(<[^`]*>)?`|\.(selectFrom|insertInto|updateTable|deleteFrom)\(/
  const allowed = /\/(store|seed)(-[\w-]+)?\.ts$|^src\/server\//
  assert.deepEqual(files().filter((p) => !allowed.test(p) && !p.startsWith('src/web/') && sqlText.test(source(p))), [])
})

test('rules are pure: no clock, no chance, no outside world', () => {
  const impure = /\bDate\.now\(|new Date\(\)|Math\.random\(|crypto\.(randomUUID|getRandomValues)|process\.env|\bfetch\(/
  assert.deepEqual(files().filter((p) => ['rules', 'statistics', 'base', 'xlsform'].includes(place(p).part) && impure.test(source(p))), [])
})
