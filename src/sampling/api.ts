import { randomBytes } from 'node:crypto'
import { Problem } from '#base/problem.ts'
import { Attachment, room, type Context } from '#base/room.ts'
import { sampling, type Design, type Deviation, type Filter, type Round } from './contract.ts'
import { draw } from './rules/draw.ts'
import { frameDigest, type FrameRow } from './rules/frame.ts'
import { checkSeed, seedCommitment } from './rules/random.ts'
import { riskClass } from './rules/risk.ts'
import { sampleSizes, stratify } from './rules/strata.ts'
import { verifyDraw, type Difference } from './rules/verify.ts'
import { store, type Candidate, type StoredRound } from './store.ts'

const frameRow = ({ listedOn, ...c }: Candidate): FrameRow => ({
  ...c, size: c.plannedParticipants,
  // history comes from the edge with the next rounds (findings steer the draw, but sampling does not know findings)
  ...riskClass({ mode: c.mode, startsOn: c.startsOn, plannedParticipants: c.plannedParticipants, trainers: null, providerListedOn: listedOn, history: null }),
})
const frameOf = async ({ db }: Context, periodFrom: string, periodTo: string, filter: Filter): Promise<FrameRow[]> => {
  if (periodTo < periodFrom) throw new Problem('sampling.period_invalid')
  const rows: FrameRow[] = []
  for await (const part of store(db).candidates({ from: periodFrom, to: periodTo }, filter)) rows.push(...part.map(frameRow))
  if (rows.length === 0) throw new Problem('sampling.frame_empty')
  return rows
}
const strataOf = (frame: readonly FrameRow[], design: Design) => {
  const strata = stratify(frame, design)
  const sizes = sampleSizes(strata.map((s) => ({ code: s.code, population: s.rows.length })), design.allocation as never)
  return strata.map((s, i) => ({ code: s.code, mode: s.mode, regionGroup: s.regionGroup, riskClass: s.riskClass, population: s.rows.length, sample: sizes[i]!, rows: s.rows }))
}
/** The seed is shown once the draw is made; before it only its commitment would be. */
const shown = (r: StoredRound): Round => ({ ...r, seedCommitment: r.seed && seedCommitment(r.seed) })
const known = async (context: Context, id: string): Promise<StoredRound> => {
  const round = await store(context.db).round(id)
  if (!round) throw new Problem('request.not_found')
  return round
}
const inStatus = (round: StoredRound, ...wanted: Round['status'][]): void => {
  if (!wanted.includes(round.status)) throw new Problem('sampling.not_in_status', { status: round.status })
}
const after = async (context: Context, id: string): Promise<Round> => shown(await known(context, id))

/** Everything needed to draw again, as stored. */
const publication = async (db: Context['db'], round: StoredRound) => {
  const s = store(db)
  const { dueDays: _, ...design } = round.design
  return { format: 'pantau-draw-1', round: round.code, seed: round.seed ?? '', commitment: seedCommitment(round.seed ?? ''), design, digest: round.frameDigest ?? '', frame: await s.frame(round.id), strata: await s.strata(round.id), rows: await s.randomRows(round.id) }
}

/** Draws a round again from its stored frame and seed and compares; undefined when there is no such drawn round. */
export const verifyRound = async (db: Context['db'], idOrCode: string): Promise<{ ok: boolean; differences: readonly Difference[] } | undefined> => {
  const round = await store(db).round(idOrCode)
  if (!round?.seed) return undefined
  return verifyDraw(await publication(db, round))
}

const deviation = (d: Difference): Deviation => {
  const text = (value: unknown): string | null => (value === undefined || value === null ? null : String(value))
  const { code, classRunId, stratum, field, problem, stored, computed } = { classRunId: null, stratum: null, field: null, problem: null, stored: null, computed: null, ...d } as Record<string, unknown>
  return { code: String(code), classRunId: text(classRunId), stratum: text(stratum), field: text(field ?? problem), stored: text(stored), computed: text(computed) }
}

export const api = room<any, typeof sampling>(sampling, {
  rounds: async (_, { db }) => (await store(db).rounds()).map(shown),
  round: async ({ id }, context) => ({ round: await after(context, id), strata: await store(context.db).strata(id), regionsUnvisited: await store(context.db).regionsUnvisited() }),
  drawn: async ({ id }, { db }) => (await store(db).drawn(id)) as never,
  preview: async ({ periodFrom, periodTo, filter, design }, context) => {
    const frame = await frameOf(context, periodFrom, periodTo, filter)
    const strata = strataOf(frame, design).map(({ rows: _rows, ...s }) => s)
    return { population: frame.length, sample: strata.reduce((n, s) => n + s.sample, 0), strata }
  },
  plan: async ({ title, periodFrom, periodTo, filter, design }, context) => {
    const { db, id, now, who } = context
    if (periodTo < periodFrom) throw new Problem('sampling.period_invalid')
    const year = Number(periodFrom.slice(0, 4))
    const made = id()
    await store(db).add({ id: made, code: `P${year}-${String(await store(db).nextNumber(year)).padStart(2, '0')}`, title, periodFrom, periodTo, filter: JSON.stringify(filter), design: JSON.stringify(design), status: 'planned', createdBy: who.personId, createdAt: now })
    return after(context, made)
  },
  draw: async ({ id, seed: given }, context) => {
    const { db, now, who, record, emit } = context
    const s = store(db)
    await s.lock(id)
    const round = await known(context, id)
    inStatus(round, 'planned')
    const seed = given ?? randomBytes(16).toString('hex')
    checkSeed(seed)
    const frame = await frameOf(context, round.periodFrom, round.periodTo, round.filter)
    const digest = frameDigest(frame)
    await record({ act: 'sampling.frame_frozen', on: 'round', id, detail: { digest, size: frame.length, seedCommitment: seedCommitment(seed) } })
    const { dueDays: _, ...design } = round.design
    const drawn = draw({ frame, seed, design: design as never })
    await s.addFrame(id, frame, new Map(strataOf(frame, round.design).flatMap((x) => x.rows.map((r) => [r.classRunId, x.code] as const))))
    await s.addStrata(id, drawn.strata)
    await s.addDrawn(id, drawn.rows.map((r) => ({ id: context.id(), ...r })), now, who.personId)
    await s.set(id, { status: 'drawn', seed, frameDigest: digest, frameSize: frame.length, frozenAt: now, drawnAt: now })
    await emit({ kind: 'round.drawn', id })
    return after(context, id)
  },
  target: async ({ id, classRunId, reason }, context) => {
    const { db, now, who } = context
    const s = store(db)
    inStatus(await known(context, id), 'drawn', 'sent')
    if (await s.isDrawn(id, classRunId)) throw new Problem('sampling.already_drawn')
    const drawnId = context.id()
    await s.addTargeted({ id: drawnId, roundId: id, classRunId, reason, sessionId: await s.nextSession(classRunId, now), drawnAt: now, drawnBy: who.personId })
    await context.emit({ kind: 'round.targeted', id, detail: { drawnId } })
    return { ok: true }
  },
  send: async ({ id }, context) => {
    await store(context.db).lock(id)
    inStatus(await known(context, id), 'drawn')
    await store(context.db).set(id, { status: 'sent', sentAt: context.now })
    await context.emit({ kind: 'round.sent', id })
    return after(context, id)
  },
  close: async ({ id }, context) => {
    inStatus(await known(context, id), 'sent')
    await store(context.db).set(id, { status: 'closed', closedAt: context.now })
    return after(context, id)
  },
  verify: async ({ id }, { db }) => {
    const found = await verifyRound(db, id)
    if (!found) throw new Problem('request.not_found')
    return { ok: found.ok, total: found.differences.length, differences: found.differences.slice(0, 200).map(deviation) }
  },
  published: async ({ id }, context) => {
    const round = await known(context, id)
    inStatus(round, 'drawn', 'sent', 'closed')
    return new Attachment(JSON.stringify(await publication(context.db, round)), 'application/json', `${round.code}.json`)
  },
})
