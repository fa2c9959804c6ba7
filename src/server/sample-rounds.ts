import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { deflateSync, crc32 } from 'node:zlib'
import { addDays, dayIn, zones } from '#base/days.ts'
import type { Attachment, Who } from '#base/room.ts'
import type { Assignment } from '#assignments/contract.ts'
import { openTasks } from '#collection/api-tasks.ts'
import { read, receive } from '#collection/intake.ts'
import { keep } from '#files/api.ts'
import { inspect } from '#files/inspect.ts'
import type { Finding, FindingRow } from '#findings/contract.ts'
import type { Static } from 'typebox'
import type { ClassRun as ClassRunSchema } from '#registry/contract.ts'
import type { Round } from '#sampling/contract.ts'
import { programme, type SampleRun, type Size } from '#twin/rules/generate.ts'
import { randomOf } from '#twin/rules/random.ts'
import { submissionOf } from '#twin/rules/submission.ts'
import { visitAnswers } from '#twin/rules/visit.ts'
import { act, perform, type Product } from './act.ts'
import { mailer } from './mail.ts'
import type { Settings } from './settings.ts'
import { newId } from './signin.ts'

/** The people of the sample by organisation; those with a sign-in are among them. */
export interface Cast {
  readonly office: Who
  /** Expert organisations. */
  readonly teams: ReadonlyMap<string, { readonly coordinator: Who; readonly monitors: readonly Who[] }>
  readonly providers: ReadonlyMap<string, Who>
  /** Those with a sign-in, for whom something is left to do in the open round. */
  readonly trying: { readonly monitor: string | null; readonly team: string | null; readonly provider: string | null }
}
interface Spec { readonly title: string; readonly from: string; readonly to: string; readonly total: number; readonly closeOn?: string }
type ClassRun = Static<typeof ClassRunSchema>
interface Step { readonly at: Date; readonly run: (product: Product) => Promise<void> }

const at = (day: string, hour: number): Date => new Date(Date.parse(`${day}T00:00:00Z`) + (hour - zones.WIB) * 3_600_000)
const hours = (from: Date, n: number): Date => new Date(from.getTime() + n * 3_600_000)
const chunk = (kind: string, data: Uint8Array): Buffer => {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  const body = Buffer.concat([Buffer.from(kind), data])
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
/** A picture that cannot be taken for a real one: stripes in the colours of the name's digest. */
const picture = (name: string): Buffer => {
  const [width, height] = [480, 320]
  const colours = createHash('sha256').update(name).digest()
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width); header.writeUInt32BE(height, 4); header.set([8, 2], 8)
  const lines = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) lines.set(colours.subarray((Math.floor((x + y) / 80) % 4) * 3, (Math.floor((x + y) / 80) % 4) * 3 + 3), y * (1 + width * 3) + 1 + x * 3)
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', header), chunk('IDAT', deflateSync(lines)), chunk('IEND', new Uint8Array())])
}

/**
 * One closed and one open round, taken through the product's own operations by the people of the sample, on a clock that runs through the
 * last weeks: what would happen later than now has not happened. Nothing is written past the rules.
 */
export const sampleRounds = async (product: Product, settings: Settings, cast: Cast, want: { seed: number; size: Size; regencyNames: ReadonlyMap<string, string> }, say: (line: string) => void): Promise<void> => {
  const now = product.now()
  const today = dayIn('WIB', now)
  const runs = new Map<string, SampleRun>()
  for (const run of programme({ ...want, today }).classRuns()) runs.set(run.row.scheduleCode, run)
  const random = randomOf(want.seed, 'rounds')
  const as = <T>(p: Product, who: Who, room: string, name: string, input: Record<string, unknown>) => perform(p, who, 'id', room, name, input) as Promise<T>

  const queue: Step[] = []
  const later = (when: Date, run: Step['run']): void => void queue.push({ at: when, run })
  let did = 0

  const visit = (spec: Spec, a: Assignment, who: Who, replaces?: { instanceId: string }): Step['run'] => async (p) => {
    const run = runs.get(a.scheduleCode)!
    const instanceId = `uuid:${newId()}`
    const wanted = replaces ? 'returned' : 'assigned'
    const task = await act(p, who, 'id', 'visit.submit', async (context) => (await openTasks(context, a.roundId)).find((t) => t.row.assignmentId === a.id && t.row.status === wanted))
    if (!task?.version) return // cancelled or moved meanwhile
    const { row, line } = task
    const form = await as<Attachment>(p, who, 'collection', 'xform', { versionId: task.version.id })
    const begins = row.beginsAt ? new Date(row.beginsAt) : at(row.startsOn, 9)
    const session = { beginsAt: begins.toISOString(), endsAt: (row.endsAt ? new Date(row.endsAt) : hours(begins, 3)).toISOString() }
    const position: [number, number] | null = run.row.latitude === null || run.row.longitude === null ? null : [run.row.latitude, run.row.longitude]
    const seen = visitAnswers({ truth: run.truth, layer: 'expert', seed: want.seed, session, zone: row.zone, price: run.row.price, trainerName: run.row.trainerName, computers: false, position })
    const xml = submissionOf({
      xform: String(form.bytes), mode: row.mode as 'onsite', visit: seen, line, zone: row.zone, position, began: begins, ended: p.now(), instanceId, photo: (code) => `${code.toLowerCase()}-contoh.png`,
      ...(replaces ? { deprecatedId: replaces.instanceId } : {}),
    })
    const bytes = Buffer.from(xml)
    const { visitId } = await act(p, who, 'id', 'visit.submit', (context) => receive(context, read(bytes), {
      xml: bytes, via: 'browser', deviceId: null, assignmentId: a.id,
      file: async (name) => {
        const image = picture(`${a.id} ${name}`)
        const found = inspect(image, 'image')
        return found.ok ? { state: 'stored', sha256: await keep(context, image, found.mime), mime: found.mime, size: image.length } : { state: 'refused', refusal: found.refusal }
      },
    }))
    did++
    later(hours(p.now(), random.int(14, 40)), review(spec, a, who, { visitId, instanceId }, !replaces))
  }

  const review = (spec: Spec, a: Assignment, monitor: Who, v: { visitId: string; instanceId: string }, first: boolean): Step['run'] => async (p) => {
    const coordinator = cast.teams.get(a.organisationId)!.coordinator
    const input = { id: v.visitId, instanceId: v.instanceId }
    const left = !spec.closeOn && monitor.personId === cast.trying.monitor
    if (!spec.closeOn && !left && a.organisationId === cast.trying.team && random.chance(0.6)) return // waits for the coordinator
    if (first && (left || random.chance(0.1))) {
      const path = a.mode === 'onsite' ? '/data/instrumen/a/l02_note' : a.mode === 'webinar' ? '/data/instrumen/a/w02_note' : '/data/instrumen/a/s01_note'
      await as(p, coordinator, 'verification', 'coordinate', { ...input, decision: 'returned', note: 'Mohon dilengkapi (data contoh).', comments: [{ path, text: 'Jelaskan dari mana angka ini diperoleh.' }] })
      if (!left) later(hours(p.now(), random.int(5, 30)), visit(spec, a, monitor, v))
      return
    }
    await as(p, coordinator, 'verification', 'coordinate', { ...input, decision: 'approved' })
    later(hours(p.now(), random.int(10, 60)), async (q) => {
      await as(q, cast.office, 'verification', 'decide', { ...input, decision: 'approved' })
      const { rows } = await as<{ rows: FindingRow[] }>(q, cast.office, 'findings', 'list', { status: 'draft', classRunId: a.classRunId, size: 50 })
      for (const f of rows) later(hours(q.now(), spec.closeOn ? random.int(20, 90) : f.providerId === cast.trying.provider ? 12 : random.int(60, 240)), decide(spec, f))
    })
  }

  const decide = (spec: Spec, f: FindingRow): Step['run'] => async (p) => {
    const draft = await as<Finding>(p, cast.office, 'findings', 'show', { id: f.id })
    if (draft.status !== 'draft') return
    if (spec.closeOn && random.chance(0.08)) return void (await as(p, cast.office, 'findings', 'dismiss', { id: f.id, version: draft.version, reason: 'Bukti tidak cukup untuk menyatakan pelanggaran (data contoh).' }))
    await as(p, cast.office, 'findings', 'confirm', { id: f.id, version: draft.version, evidenceIds: draft.candidates.filter((c) => c.sameItem).map((c) => c.evidenceId) })
    later(hours(p.now(), 1), post)
    if (random.chance(0.85) && (spec.closeOn || f.providerId !== cast.trying.provider)) later(hours(p.now(), random.int(20, 110)), reply(f, true))
  }
  // letters leave by the product's own mailer: their delivery starts the clocks
  const post = async (p: Product): Promise<void> => void (await mailer(p, { outboxDir: join(settings.dataDir, 'outbox'), origin: settings.origin, from: settings.mailFrom }).run())

  const reply = (f: FindingRow, first: boolean): Step['run'] => async (p) => {
    const provider = cast.providers.get(f.providerId)
    if (!provider) return
    const shown = await as<Finding>(p, provider, 'findings', 'show', { id: f.id })
    if (shown.status !== 'confirmed' && shown.status !== 'returned') return
    await as(p, provider, 'findings', 'reply', { id: f.id, version: shown.version, text: 'Kami sudah memperbaiki pelaksanaan dan memberi tahu pelatih; jadwal berikutnya mengikuti ketentuan (data contoh).', files: [] })
    later(hours(p.now(), random.int(20, 100)), async (q) => {
      const { version } = await as<Finding>(q, cast.office, 'findings', 'show', { id: f.id })
      if (first && random.chance(0.2)) {
        await as(q, cast.office, 'findings', 'return', { id: f.id, version, note: 'Lampirkan bukti perbaikan (data contoh).' })
        later(hours(q.now(), 1), post)
        later(hours(q.now(), random.int(20, 80)), reply(f, false))
      } else await as(q, cast.office, 'findings', 'close', { id: f.id, version, note: 'Perbaikan diperiksa dan diterima (data contoh).' })
    })
  }

  const round = (spec: Spec): void => {
    later(at(addDays(spec.from, -6), 9), async (p) => {
      const design = { stratifyBy: ['mode', 'regionGroup'], floor: 0.3, allocation: { kind: 'proportional', total: spec.total, minimum: 2 }, dueDays: 3 }
      const { id } = await as<Round>(p, cast.office, 'sampling', 'plan', { title: spec.title, periodFrom: spec.from, periodTo: spec.to, filter: { modes: [], provinces: [], providerIds: [] }, design })
      await as(p, cast.office, 'sampling', 'draw', { id, seed: `contoh-${want.seed}-${spec.from}` })
      const drawn = new Set((await as<{ scheduleCode: string }[]>(p, cast.office, 'sampling', 'drawn', { id })).map((d) => d.scheduleCode))
      // people complain where something is wrong: a class that broke a norm, one of them of the provider that is tried
      const { rows } = await as<{ rows: ClassRun[] }>(p, cast.office, 'registry', 'classRuns', { from: spec.from, to: addDays(spec.from, 9), size: 100 })
      const bad = rows.filter((c) => !drawn.has(c.scheduleCode) && runs.get(c.scheduleCode)!.truth.violations.some((v) => v.severity !== 'minor'))
      const grave = bad.find((c) => runs.get(c.scheduleCode)!.truth.violations.some((v) => v.severity === 'critical'))
      for (const c of new Set([grave, bad.find((c) => c.providerId === cast.trying.provider) ?? bad[0]]))
        if (c) await as(p, cast.office, 'sampling', 'target', { id, classRunId: c.id, reason: 'Lonjakan pengaduan peserta (data contoh)' })
      await as(p, cast.office, 'sampling', 'send', { id })
      later(hours(p.now(), 26), assignAll(id, spec))
      if (spec.closeOn)
        later(at(spec.closeOn, 16), async (q) => {
          await as(q, cast.office, 'sampling', 'close', { id })
          await as(q, cast.office, 'insight', 'publish', { roundId: id }).catch(() => say('sample: too few visits to publish a figure'))
        })
    })
  }

  const assignAll = (roundId: string, spec: Spec): Step['run'] => async (p) => {
    const list = await as<Assignment[]>(p, cast.office, 'assignments', 'list', { roundId })
    let left = 0
    for (const [organisationId, { coordinator, monitors }] of cast.teams) {
      const own = list.filter((a) => a.organisationId === organisationId)
      for (const [i, a] of own.entries()) {
        // some of what is far off is not assigned yet: the coordinator who tries the product has something to do
        if (!spec.closeOn && a.startsOn > addDays(today, 7) && i % 2 === 0) continue
        const who = monitors[i % monitors.length]!
        await as(p, coordinator, 'assignments', 'assign', { ids: [a.id], personId: who.personId })
        const ends = a.sessionBeginsAt ? hours(new Date(a.sessionBeginsAt), random.int(4, 20)) : hours(at(a.startsOn, 9), random.int(6, 40))
        const leave = !spec.closeOn && who.personId === cast.trying.monitor
        if (leave ? left++ === 0 : random.chance(0.95)) later(ends, visit(spec, a, who))
      }
    }
  }

  round({ title: 'Putaran contoh I (selesai)', from: addDays(today, -84), to: addDays(today, -29), total: 96, closeOn: addDays(today, -12) })
  round({ title: 'Putaran contoh II (berjalan)', from: addDays(today, -16), to: addDays(today, 26), total: 96 })
  for (;;) {
    queue.sort((a, b) => b.at.getTime() - a.at.getTime())
    const next = queue.at(-1)
    if (!next || next.at > now) break
    queue.pop()
    await next.run({ ...product, now: () => next.at, wake: () => {} })
  }
  say(`sample: two rounds, one closed, with ${did} visits, reviewed and answered as far as today`)
}
