import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Types of both programs, lint, format, dead code: one line each, everything told before it fails. */
const bin = (name: string) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url))
const steps: readonly (readonly [string, string, ...string[]])[] = [
  ['types, server', 'tsc', '-p', 'tsconfig.json'],
  ['types, web', 'vue-tsc', '-p', 'tsconfig.web.json'],
  ['lint', 'oxlint', '--deny-warnings', 'src', 'test', 'bench'],
  ['dead code', 'knip'],
]
let failed = 0
for (const [name, command, ...args] of steps) {
  const { status, stdout, stderr } = spawnSync(bin(command), args, { encoding: 'utf8', shell: process.platform === 'win32' })
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}`)
  if (status !== 0) { failed++; console.log(stdout, stderr) }
}
process.exit(failed ? 1 : 0)
