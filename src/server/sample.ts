import { createWriteStream, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { dayIn } from '#base/days.ts'
import { programme, type SampleRun, type Size } from '#twin/rules/generate.ts'
import { truthLine } from '#twin/rules/truth.ts'
import { sampleSeed } from '#twin/seed.ts'
import { asCaller, system } from './database.ts'
import { act } from './http.ts'
import type { OpenProduct } from './product.ts'
import type { Settings } from './settings.ts'
import { newId } from './signin.ts'

type Say = (line: string) => void

/** Class runs written in one transaction. */
const step = 1_000

/** Writes a fictitious programme, step by step; the truth goes to a file beside the data, never into the product's tables. */
export const sampleProgramme = async (product: OpenProduct, settings: Settings, want: { seed: number; size: Size }, say: Say, stop: AbortSignal): Promise<void> => {
  const write = <T>(work: (s: ReturnType<typeof sampleSeed>) => Promise<T>) => asCaller(product.database, system, (tx) => work(sampleSeed(tx)))
  const regencyNames = new Map((await write((s) => s.regencyNames())).map((r) => [r.code, r.name]))
  const made = programme({ ...want, today: dayIn('WIB', product.now()), regencyNames })
  await act(product, system, 'id', null, async (context) => {
    await sampleSeed(context.db).programme(made, made.window, newId)
    await context.record({ act: 'twin.sample', on: 'programme', id: `${want.size}-${want.seed}`, detail: { ...want, window: made.window } })
  })
  const truth = createWriteStream(join(settings.dataDir, `truth-${want.size}-${want.seed}.jsonl`), { mode: 0o600 })
  for (let from = 0; from < made.count && !stop.aborted; from += step) {
    const runs: SampleRun[] = [...made.classRuns(from, from + step)]
    await write((s) => s.runs(runs, product.now()))
    for (const run of runs) if (!truth.write(truthLine(run.truth))) await once(truth, 'drain')
    if (made.count > 10 * step || from + step >= made.count) say(`sample: ${Math.min(from + step, made.count)} of ${made.count} class runs`)
  }
  truth.end()
  await once(truth, 'finish')
  await product.noteSample()
}

interface SignIn { readonly role: string; readonly name: string; readonly organisation: string; readonly email: string; readonly password: string }
const signInFile = (settings: Settings) => join(settings.dataDir, 'sample-sign-ins.json')

/** One person per stakeholder, with a random password of this data directory alone. */
const sampleSignIns = async (product: OpenProduct, settings: Settings): Promise<readonly SignIn[]> => {
  const found = await asCaller(product.database, system, async (tx) => {
    const s = sampleSeed(tx)
    const provider = await s.busiestProvider()
    const of = async (code: string) => (await s.organisation(code))!
    return [
      { role: 'office', name: 'Sari Wulandari', email: 'kantor@contoh.example', organisation: await of('mppkp') },
      { role: 'coordinator', name: 'Budi Santoso', email: 'koordinator@contoh.example', organisation: await of('undip') },
      { role: 'monitor', name: 'Rina Kartika', email: 'pemantau@contoh.example', organisation: await of('undip') },
      ...(provider ? [{ role: 'provider', name: 'Agus Prasetyo', email: 'lembaga@contoh.example', organisation: provider }] : []),
      { role: 'platform', name: 'Dewi Lestari', email: 'platform@contoh.example', organisation: await of('pintar') },
    ]
  })
  const made: SignIn[] = []
  for (const p of found) {
    const password = randomBytes(9).toString('base64url')
    const userId = await product.signIn.makeAccount(p.email, p.name, password)
    const id = newId()
    await product.signIn.people.addPerson({ id, userId, name: p.name, email: p.email })
    await product.signIn.people.addMembership({ id: newId(), personId: id, organisationId: p.organisation.id, role: p.role })
    made.push({ role: p.role, name: p.name, organisation: p.organisation.name, email: p.email, password })
  }
  writeFileSync(signInFile(settings), JSON.stringify(made, null, 2), { mode: 0o600 })
  return made
}

/** Fills an empty installation with the small sample programme and one sign-in per stakeholder. */
export const firstSample = async (product: OpenProduct, settings: Settings, log: Say): Promise<void> => {
  if (product.sampleData() || existsSync(signInFile(settings))) return
  log('sample: a fictitious programme (marked "data contoh" on every screen)')
  await sampleProgramme(product, settings, { seed: 1, size: 'small' }, log, new AbortController().signal)
  await sampleSignIns(product, settings)
}

/** The sample sign-ins, printed at each start; nothing when there are none. */
export const printSignIns = (settings: Settings, log: Say): void => {
  if (!existsSync(signInFile(settings))) return
  const list = JSON.parse(readFileSync(signInFile(settings), 'utf8')) as SignIn[]
  log('\nSign-ins to try (fictitious people of this data directory only):')
  for (const s of list) log(`  ${s.role.padEnd(12)} ${s.email.padEnd(28)} ${s.password.padEnd(14)} ${s.name}, ${s.organisation}`)
}
