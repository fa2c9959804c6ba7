import { createWriteStream, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { dayIn } from '#base/days.ts'
import type { Reply } from '#base/endpoint.ts'
import type { Who } from '#base/room.ts'
import type { notices } from '#notices/contract.ts'
import { programme, type SampleRun, type Size } from '#twin/rules/generate.ts'
import { randomOf } from '#twin/rules/random.ts'
import { truthLine } from '#twin/rules/truth.ts'
import { personName } from '#twin/rules/words.ts'
import { sampleSeed } from '#twin/seed.ts'
import { asCaller, system } from './database.ts'
import { act, perform } from './act.ts'
import type { OpenProduct } from './product.ts'
import type { Settings } from './settings.ts'
import { sampleRounds } from './sample-rounds.ts'
import { newId } from './signin.ts'

type Say = (line: string) => void

/** Class runs written in one transaction. */
const step = 1_000

/** Writes a fictitious programme, step by step; the truth goes to a file beside the data, never into the product's tables. */
const sampleProgramme = async (product: OpenProduct, settings: Settings, want: { seed: number; size: Size }, say: Say, stop: AbortSignal): Promise<void> => {
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
interface Person { readonly role: string; readonly name: string; readonly email: string; readonly organisation: { readonly id: string; readonly name: string }; readonly signsIn: boolean }

/** Who takes part in the sample: one person with a sign-in per stakeholder, and without one a team for each expert organisation and somebody at each provider. */
const sampleCast = async (product: OpenProduct): Promise<readonly Person[]> =>
  asCaller(product.database, system, async (tx) => {
    const s = sampleSeed(tx)
    const of = async (code: string) => (await s.organisation(code))!
    const own = (role: string, name: string, email: string, organisation: Person['organisation']): Person => ({ role, name, email: `${email}@contoh.example`, organisation, signsIn: true })
    const [undip, busiest] = [await of('undip'), await s.busiestProvider()]
    const people = [
      own('office', 'Sari Wulandari', 'kantor', await of('mppkp')), own('coordinator', 'Budi Santoso', 'koordinator', undip), own('monitor', 'Rina Kartika', 'pemantau', undip),
      ...(busiest ? [own('provider', 'Agus Prasetyo', 'lembaga', busiest)] : []), own('platform', 'Dewi Lestari', 'platform', await of('pintar')),
    ]
    const random = randomOf('people')
    const extra = (role: string, n: number, o: { id: string; code: string; name: string }): Person =>
      ({ role, name: personName(random.next(), random.next()), email: `${role}${n}.${o.code.toLowerCase()}@contoh.example`, organisation: o, signsIn: false })
    for (const o of await s.experts()) for (const [role, n] of [['coordinator', 1], ['monitor', 1], ['monitor', 2]] as const) if (o.id !== undip.id || n === 2) people.push(extra(role, n, o))
    for (const o of await s.providers()) if (o.id !== busiest?.id) people.push(extra('provider', 1, o))
    return people
  })

/** Passwords are kept before the accounts are made, under another name until all is there: a start that was stopped goes on with the same ones. */
const unfinished = (settings: Settings) => `${signInFile(settings)}.part`

/** Adds the people of the sample, with a random password of this data directory for those who sign in, and takes two rounds through the product. */
const samplePeople = async (product: OpenProduct, settings: Settings, want: { seed: number; size: Size }, say: Say): Promise<void> => {
  const { people } = product.signIn
  const cast = await sampleCast(product)
  const kept = existsSync(unfinished(settings)) ? (JSON.parse(readFileSync(unfinished(settings), 'utf8')) as SignIn[]) : []
  const made = cast.filter((p) => p.signsIn).map((p): SignIn => kept.find((k) => k.email === p.email) ?? { role: p.role, name: p.name, organisation: p.organisation.name, email: p.email, password: randomBytes(9).toString('base64url') })
  writeFileSync(unfinished(settings), JSON.stringify(made, null, 2), { mode: 0o600 })
  const members: { person: Person; who: Who }[] = []
  for (const person of cast) {
    let id = (await people.personByEmail(person.email))?.id
    if (!id) {
      const password = made.find((m) => m.email === person.email)?.password
      const userId = password ? await product.signIn.makeAccount(person.email, person.name, password) : null
      await people.addPerson({ id: (id = newId()), userId, name: person.name, email: person.email })
      await people.addMembership({ id: newId(), personId: id, organisationId: person.organisation.id, role: person.role })
    }
    const membership = await asCaller(product.database, system, (tx) => sampleSeed(tx).membership(id))
    members.push({ person, who: (await product.signIn.byMembership(membership!.id))! })
  }
  const of = (role: string) => members.filter((m) => m.person.role === role)
  const trying = (role: string) => of(role).find((m) => m.person.signsIn)?.who
  const regencyNames = new Map((await asCaller(product.database, system, (tx) => sampleSeed(tx).regencyNames())).map((r) => [r.code, r.name]))
  // a round that a stopped start left half-way stays as it is: each of its acts was whole
  if (!(await asCaller(product.database, system, (tx) => sampleSeed(tx).anyRound()))) await sampleRounds(product, settings, {
    office: of('office')[0]!.who,
    teams: new Map(of('coordinator').map(({ who }) => [who.organisationId, { coordinator: who, monitors: of('monitor').map((m) => m.who).filter((m) => m.organisationId === who.organisationId) }])),
    providers: new Map(of('provider').map(({ who }) => [who.organisationId, who])),
    trying: { monitor: trying('monitor')?.personId ?? null, team: trying('coordinator')?.organisationId ?? null, provider: trying('provider')?.organisationId ?? null },
  }, { ...want, regencyNames }, say)
  for (const { person, who } of members) if (person.signsIn) await readOld(product, who)
  renameSync(unfinished(settings), signInFile(settings))
}

/** A person who has worked for weeks has read what is older than one: the bell shows what is new. */
const readOld = async (product: OpenProduct, who: Who): Promise<void> => {
  const week = new Date(product.now().getTime() - 7 * 86_400_000).toISOString()
  for (let before = week; ; ) {
    const { rows } = (await perform(product, who, 'id', 'notices', 'inbox', { before })) as Reply<typeof notices.inbox>
    for (const notice of rows) if (!notice.readAt) await perform(product, who, 'id', 'notices', 'open', { id: notice.id })
    const last = rows.at(-1)?.at
    if (!last || last === before) return
    before = last
  }
}

/** Fills an installation with a sample programme; with people also one sign-in per stakeholder, a closed and an open round. */
export const sample = async (product: OpenProduct, settings: Settings, want: { seed: number; size: Size; people: boolean }, say: Say, stop: AbortSignal): Promise<void> => {
  await sampleProgramme(product, settings, want, say, stop)
  if (want.people && !stop.aborted && !existsSync(signInFile(settings))) await samplePeople(product, settings, want, say)
}

/** Fills an empty installation with the small sample programme, its people and two rounds. */
export const firstSample = async (product: OpenProduct, settings: Settings, log: Say): Promise<void> => {
  if (existsSync(signInFile(settings))) return
  log('sample: a fictitious programme (marked "data contoh" on every screen)')
  await sample(product, settings, { seed: 1, size: 'small', people: true }, log, new AbortController().signal)
}

/** The sample sign-ins, printed at each start; nothing when there are none. */
export const printSignIns = (settings: Settings, log: Say): void => {
  if (!existsSync(signInFile(settings))) return
  const list = JSON.parse(readFileSync(signInFile(settings), 'utf8')) as SignIn[]
  log('\nSign-ins to try (fictitious people of this data directory only):')
  for (const s of list) log(`  ${s.role.padEnd(12)} ${s.email.padEnd(28)} ${s.password.padEnd(14)} ${s.name}, ${s.organisation}`)
}
