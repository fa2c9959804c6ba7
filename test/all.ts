import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { buildWeb } from '#server/build.ts'

/**
 * Everything: types, lint, dead code, then all tests; with DATABASE_URL set, the tests that talk to a database run on that PostgreSQL instead
 * (types and lint do not depend on it and ran before). Ends with one line a person and a machine can read.
 */
const onServer = Boolean(process.env['DATABASE_URL'])
const run = (command: string, args: readonly string[]) =>
  new Promise<{ code: number; out: string }>((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], shell: false })
    let out = ''
    child.stdout.on('data', (text: Buffer) => { out += text; process.stdout.write(text) })
    child.on('close', (code) => resolve({ code: code ?? 1, out }))
  })

if (!onServer) {
  const { code } = await run(process.execPath, ['test/check.ts'])
  if (code !== 0) process.exit(code)
}
await buildWeb((line) => console.log(line))
const files = globSync(['src/**/*.test.ts', 'test/**/*.test.ts']).sort()
const { code, out } = await run(process.execPath, ['--test', '--test-concurrency=2', ...files])
const count = (name: string) => Number(new RegExp(`^ℹ ${name} (\\d+)$`, 'm').exec(out)?.[1] ?? 0)
console.log(`${count('pass')} passed, ${count('fail') + count('cancelled')} failed, ${count('skipped') + count('todo')} skipped`)
process.exit(code !== 0 || count('pass') === 0 ? 1 : 0)
