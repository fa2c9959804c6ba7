import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

/** The product as its user starts it: a process of its own, an empty data directory, the terminal's words. */
const dataDir = mkdtempSync(join(tmpdir(), 'pantau-start-'))
const env: Record<string, string | undefined> = { ...process.env, DATA_DIR: dataDir, PORT: '0' }
delete env['DATABASE_URL']
const running = new Set<ChildProcess>()
after(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

const start = (command: readonly string[]) => {
  const child = spawn(process.execPath, [...command], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let said = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => { said += text; for (const l of listeners) l() })
  const ended = new Promise<number | null>((done) => child.on('close', (code) => { running.delete(child); done(code); for (const l of listeners) l() }))
  return {
    child, ended, said: () => said,
    /** Waits until the terminal shows something; fails with everything it said when the process ends first. */
    until: (pattern: RegExp) => new Promise<RegExpExecArray>((done, fail) => {
      const look = () => {
        const found = pattern.exec(said)
        if (found) { listeners.delete(look); done(found) } else if (!running.has(child)) fail(new Error(`ended without ${pattern}: ${said}`))
      }
      listeners.add(look)
      look()
    }),
  }
}
const server = () => start(['src/server/main.ts'])
const command = async (...words: string[]) => {
  const ran = start(['src/server/command.ts', ...words])
  return { code: await ran.ended, said: ran.said() }
}
const addressOf = async (s: ReturnType<typeof server>): Promise<string> => (await s.until(/Pantau \S+ on (http:\/\/localhost:\d+)/))[1]!
const signIn = async (address: string, email: string, password: string) => {
  const answer = await fetch(`${address}/api/auth/sign-in/email`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-requested-with': 'pantau' }, body: JSON.stringify({ email, password }) })
  assert.equal(answer.status, 200)
  const cookie = answer.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ')
  return async (path: string) => (await fetch(`${address}/api${path}`, { headers: { cookie } })).json() as Promise<any>
}
const signInsOf = (said: string) => [...said.matchAll(/^ {2}(\w+) +(\S+@\S+) +(\S+)/gm)].map((m) => ({ role: m[1]!, email: m[2]!, password: m[3]! }))

test('a first start that is killed goes on at the next; sign-ins, two rounds, commands, a clean stop, and a start that keeps the data', async () => {
  const first = server()
  await first.until(/sample: 1500 of 1500/)
  first.child.kill('SIGKILL')
  await first.ended

  const second = server()
  const address = await addressOf(second)
  await second.until(/platform +\S+@/)
  const people = signInsOf(second.said())
  assert.deepEqual(people.map((p) => p.role), ['office', 'coordinator', 'monitor', 'provider', 'platform'])
  const health = await fetch(`${address}/healthz`)
  assert.deepEqual([health.status, (await health.json() as { version: string }).version], [200, (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version])

  const office = await signIn(address, people[0]!.email, people[0]!.password)
  const overview = await office('/overview')
  assert.deepEqual(overview.rounds.map((r: { status: string }) => r.status).sort(), ['closed', 'sent'])
  const closed = overview.rounds.find((r: { status: string }) => r.status === 'closed')
  const figures = await office(`/overview?roundId=${closed.id}`)
  assert.ok(figures.compliance.n >= 40 && figures.compliance.low < figures.compliance.value && figures.compliance.value < figures.compliance.high, JSON.stringify(figures.compliance))
  const found = await office('/findings?size=200')
  assert.ok(found.rows.some((f: { status: string }) => f.status === 'closed') && found.rows.some((f: { status: string }) => f.status !== 'closed'), 'findings at several stages')
  for (const person of people) assert.equal((await (await signIn(address, person.email, person.password))('/me')).membership.role, person.role)
  const monitor = await signIn(address, people[2]!.email, people[2]!.password)
  assert.ok((await monitor('/tasks')).tasks.length > 0, 'the monitor has something to do')

  // commands ask the running server; the data directory stays locked for anybody else
  const verified = await command('draw', '--verify', closed.code)
  assert.deepEqual([verified.code, /as the frame and the seed say/.test(verified.said)], [0, true], verified.said)
  assert.equal((await command('draw', '--verify', 'P1999-99')).code, 2)
  const rival = server()
  assert.notEqual(await rival.ended, 0)
  assert.match(rival.said(), /is in use/)

  second.child.kill('SIGINT')
  assert.equal(await second.ended, 0)

  // alone on the directory, a command opens it itself
  assert.equal((await command('draw', '--verify', closed.code)).code, 0)
  const third = server()
  const again = await addressOf(third)
  await third.until(/platform +\S+@/)
  assert.ok(!/sample:/.test(third.said()))
  assert.deepEqual(signInsOf(third.said()), people)
  assert.equal((await (await signIn(again, people[0]!.email, people[0]!.password))('/findings')).total, found.total)
  third.child.kill('SIGTERM')
  assert.equal(await third.ended, 0)
  assert.ok(!existsSync(join(dataDir, 'sample-sign-ins.json.part')))
})
