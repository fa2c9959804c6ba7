import { createHash } from 'node:crypto'
import { isUuid } from '#base/ids.ts'
import { Problem } from '#base/problem.ts'
import type { Context } from '#base/room.ts'
import type { Refusal } from '#files/inspect.ts'
import { mayTake, next } from '#assignments/rules.ts'
import { store as assignments } from '#assignments/store.ts'
import { tell } from '#notices/api.ts'
import { judgeVisit } from '#standards/rules/judge.ts'
import { readForm, type Form } from './form.ts'
import { byName, flatten, identityOf, typed, type Answer, type Element, type Identity, type Leaf } from './rules/answers.ts'
import { circumstanceFlags, clientInstant, layerOf, outcomes, place, safeName, sessionDay, type Outcome, type Placing } from './rules/placing.ts'
import { intakeStore, type OwnAssignment } from './store-intake.ts'
import { readXml } from './xml.ts'

/** A file that came with (or before) a submission. */
export type Arrived =
  | { readonly state: 'stored'; readonly sha256: string; readonly mime: string; readonly size: number }
  | { readonly state: 'refused'; readonly refusal: Refusal | 'bad_name' | 'not_sent' }
export interface Incoming {
  readonly xml: Uint8Array
  readonly via: 'browser' | 'door'
  readonly deviceId: string | null
  /** Looks up the file an answer names; called inside the transaction, once per name. Undefined = not here (yet). */
  readonly file: (name: string, wanted: 'image' | 'any') => Promise<Arrived | undefined>
  /** Used when the form itself has no `kelas` answer. */
  readonly assignmentId?: string | undefined
}
export interface Received {
  readonly visitId: string
  /** False when the very same submission was here already. */
  readonly created: boolean
  /** What the person knows the class by. */
  readonly title: string
  /** How many files are still to come. */
  readonly waiting: number
  readonly refused: readonly { readonly name: string; readonly refusal: string }[]
}
/** A submission that can be read; nothing of it is known to be true yet. Made before any transaction opens. */
export interface Readable {
  readonly root: Element
  readonly identity: Identity
}

/** Reads a submission's XML and who it says it is. Throws the Problems of malformed and hostile input. */
export const read = (xml: Uint8Array): Readable => {
  const root = readXml(xml)
  const identity = identityOf(root)
  if ('missing' in identity) throw new Problem('collection.identity_missing', { what: identity.missing })
  return { root, identity }
}

/**
 * The one way in, for the browser and the door. Field work is never thrown away: what can be read, belongs to a published form and to a
 * task that is or was the caller's is stored, and flagged when something about it is odd. The same submission again changes nothing but
 * takes in files that were missing.
 */
export const receive = async (context: Context, { root, identity }: Readable, incoming: Incoming): Promise<Received> => {
  const { db } = context
  const s = intakeStore(db)
  const version = await s.version(identity.formId, identity.version)
  if (!version) throw new Problem((await s.hasForm(identity.formId)) ? 'collection.version_unknown' : 'collection.form_unknown', { formId: identity.formId, version: identity.version })
  const form = readForm(version.xform)
  const leaves = flatten(root, form.repeats)
  const task = await ownTask(context, leaves, incoming.assignmentId)
  await s.lock(identity.instanceId, task.id)

  const xmlSha256 = createHash('sha256').update(incoming.xml).digest('hex')
  const before = await s.submission(identity.instanceId)
  if (before) {
    if (before.xmlSha256 !== xmlSha256) throw new Problem('collection.changed')
    await takeMissing(context, before.instanceId, form, incoming)
    return { visitId: before.visitId, created: false, title: task.trainingTitle, ...(await stateOfFiles(context, before.instanceId)) }
  }

  const placing = place(task, (await s.countingVisit(task.id)) ?? null, await deprecated(context, identity))
  if (placing.kind === 'refuse') throw new Problem(placing.code)
  const visit = await store(context, { root, identity, incoming, version, form, leaves, task, placing, xmlSha256 })
  return { visitId: visit.id, created: true, title: task.trainingTitle, ...(await stateOfFiles(context, identity.instanceId)) }
}

const ownTask = async ({ db }: Context, leaves: readonly Leaf[], fallback: string | undefined): Promise<OwnAssignment> => {
  const named = leaves.find((l) => l.name === 'kelas')?.value ?? fallback
  if (!named) throw new Problem('collection.class_missing')
  const task = isUuid(named) ? await intakeStore(db).ownAssignment(named) : undefined
  if (!task) throw new Problem('collection.class_not_yours')
  return task
}

const deprecated = async ({ db }: Context, { deprecatedId }: Identity) => {
  if (deprecatedId === null) return undefined
  const s = intakeStore(db)
  const old = await s.submission(deprecatedId)
  const visit = old && (await s.standing(old.visitId))
  return visit ? { instanceId: deprecatedId, visit } : null
}

interface Arriving extends Readable {
  readonly incoming: Incoming
  readonly version: NonNullable<Awaited<ReturnType<ReturnType<typeof intakeStore>['version']>>>
  readonly form: Form
  readonly leaves: readonly Leaf[]
  readonly task: OwnAssignment
  readonly placing: Exclude<Placing, { kind: 'refuse' }>
  readonly xmlSha256: string
}

const store = async (context: Context, a: Arriving): Promise<{ id: string }> => {
  const { db, who, now, id } = context
  const s = intakeStore(db)
  const { task, version, identity, placing } = a
  const answers = typed(a.leaves, a.form.fields)
  const top = (name: string): string | undefined => a.leaves.find((l) => l.name === name && l.path === `/${a.form.root}/${name}`)?.value
  const [began, ended] = [clientInstant(top('start'), now), clientInstant(top('end'), now)]
  const said = a.leaves.find((l) => l.name === 'outcome')?.value
  const outcome = outcomes.find((o) => o === said) ?? null
  const day = sessionDay(task, began, now)
  const flags = [...new Set<string>([
    ...(placing.kind === 'new' ? placing.flags : placing.visit.flags.filter((f) => f === 'superseded' || f.startsWith('assignment_'))),
    ...circumstanceFlags(task, day, {
      outcome, began, now, roundClosed: task.roundStatus === 'closed', version,
      untyped: answers.some((x) => ((x.kind === 'int' || x.kind === 'decimal') && x.number === null) || (x.kind === 'geopoint' && x.latitude === null)),
      unknown: answers.some((x) => x.kind === 'unknown'),
    }),
  ])]
  const visitId = placing.kind === 'next' ? placing.visit.visitId : id()
  const versionNo = placing.kind === 'next' ? await s.nextNumber(visitId) : 1
  const current = { personId: who.personId, versionId: version.id, outcome, sessionDay: day, flags, instanceId: identity.instanceId, submittedAt: now, updatedAt: now }
  if (placing.kind === 'new')
    await s.addVisit({
      id: visitId, roundId: task.roundId, assignmentId: task.id, classRunId: task.classRunId, sessionId: task.sessionId, organisationId: task.organisationId,
      layer: layerOf(task.kind), status: 'submitted', returned: null, approvedAt: null, ...current,
    })
  await s.addSubmission({
    instanceId: identity.instanceId, visitId, versionNo, deprecatedId: placing.kind === 'next' ? placing.replaces : null, formId: identity.formId, formVersion: identity.version,
    xml: new TextDecoder('utf-8', { ignoreBOM: true }).decode(a.incoming.xml), xmlSha256: a.xmlSha256, via: a.incoming.via, deviceId: a.incoming.deviceId ?? top('deviceid')?.slice(0, 255) ?? null,
    personId: who.personId, organisationId: task.organisationId, receivedAt: now, startedAt: began, endedAt: ended,
  })
  if (placing.kind === 'next') await s.renewVisit(visitId, current)
  const items = await s.items(version.id)
  const itemOf = new Map(items.flatMap((i) => i.names.map((n) => [n, i.code] as const)))
  await s.addAnswers(answers.map((x) => ({
    instanceId: identity.instanceId, path: x.path, ordinal: x.ordinal, name: x.name, item: itemOf.get(x.name) ?? null, kind: x.kind, value: x.value,
    number: x.number, latitude: x.latitude, longitude: x.longitude, accuracy: x.accuracy,
  })))
  await addEvidence(context, a, answers, visitId, itemOf, placing.kind === 'next' ? placing.replaces : null)
  await judge(context, a, items, outcome, day, visitId)
  await settle(context, a, visitId, versionNo, flags)
  return { id: visitId }
}

/** One slot per file the answers name. What the version before already had under the same name is taken over. */
const addEvidence = async (context: Context, a: Arriving, answers: readonly Answer[], visitId: string, itemOf: ReadonlyMap<string, string>, replaces: string | null): Promise<void> => {
  const s = intakeStore(context.db)
  const old = new Map(replaces === null ? [] : (await s.evidenceOf(replaces)).filter((e) => e.state === 'stored').map((e) => [e.name, e]))
  const named = new Map(answers.filter((x) => x.kind === 'binary').map((x) => [x.value.slice(0, 255), x]))
  const rows = []
  for (const [name, answer] of named) {
    const arrived = await arrival(a.incoming, name, wantedFor(a.form, answer.plain))
    const kept = old.get(name)
    rows.push({
      id: context.id(), visitId, instanceId: a.identity.instanceId, name, item: itemOf.get(answer.name) ?? null, path: answer.path, organisationId: a.task.organisationId,
      ...(arrived ? evidenceState(arrived, context.now) : kept
        ? { state: 'stored', refusal: null, sha256: kept.sha256, mime: kept.mime, size: kept.size, receivedAt: kept.receivedAt }
        : { state: 'expected', refusal: null, sha256: null, mime: null, size: null, receivedAt: null }),
    })
  }
  await s.addEvidence(rows)
}

const wantedFor = (form: Form, plain: string): 'image' | 'any' => (form.fields.find((f) => f.path === plain)?.mediatype?.startsWith('image/') ? 'image' : 'any')

/** A name that is a path is no name: refused alone, whatever comes with it. */
const arrival = async (incoming: Incoming, name: string, wanted: 'image' | 'any'): Promise<Arrived | undefined> =>
  safeName(name) !== name ? { state: 'refused', refusal: 'bad_name' } : incoming.file(name, wanted)

const evidenceState = (arrived: Arrived, now: Date) =>
  arrived.state === 'stored'
    ? { state: 'stored', refusal: null, sha256: arrived.sha256, mime: arrived.mime, size: arrived.size, receivedAt: now }
    : { state: 'refused', refusal: arrived.refusal, sha256: null, mime: null, size: null, receivedAt: now }

/** Files that came after the answers. What is stored stays as it is; a refused one may be replaced by a good one. */
const takeMissing = async (context: Context, instanceId: string, form: Form, incoming: Incoming): Promise<void> => {
  const s = intakeStore(context.db)
  for (const e of await s.evidenceOf(instanceId)) {
    if (e.state === 'stored') continue
    const arrived = await arrival(incoming, e.name, wantedFor(form, (e.path ?? '').replace(/\[\d+\]/g, '')))
    if (arrived && (arrived.state === 'stored' || e.state === 'expected')) await s.fillEvidence(e.id, evidenceState(arrived, context.now))
  }
}

const stateOfFiles = async ({ db }: Context, instanceId: string): Promise<Pick<Received, 'waiting' | 'refused'>> => {
  const all = await intakeStore(db).evidenceOf(instanceId)
  return { waiting: all.filter((e) => e.state === 'expected').length, refused: all.filter((e) => e.state === 'refused').map((e) => ({ name: e.name, refusal: e.refusal ?? '' })) }
}

const judge = async (context: Context, a: Arriving, rows: Awaited<ReturnType<ReturnType<typeof intakeStore>['items']>>, outcome: Outcome | null, day: string, visitId: string): Promise<void> => {
  const s = intakeStore(context.db)
  const norms = await s.norms(a.task.mode, day)
  const ids = new Map(norms.map((n) => [n.code, n.id]))
  const layer = layerOf(a.task.kind)
  const items = rows.map((r) => r.definition)
  const answers = { ...byName(a.root, a.leaves, a.form.fields), outcome: outcome ?? '' }
  // without an outcome nothing says that there was a class to judge
  const claims = outcome === null ? [] : judgeVisit(items, answers, new Map(norms.map((n) => [n.code, n.value])), layer)
  await s.retireClaims(visitId)
  await s.addClaims(claims.map((c) => ({
    id: context.id(), visitId, classRunId: a.task.classRunId, sessionId: a.task.sessionId, instanceId: a.identity.instanceId, layer, organisationId: a.task.organisationId, item: c.code,
    versionId: a.version.id, tag: c.tag, result: c.result, severity: c.severity, score: c.score, normId: ids.get(c.norms[0] ?? c.norm ?? '') ?? null,
    value: c.value === null ? null : JSON.stringify(c.value), reason: c.reason, current: true,
  })))
}

/** Tells the rest of the house: the task is done for now, the coordinator has something to review, the ledger knows. */
const settle = async (context: Context, a: Arriving, visitId: string, versionNo: number, flags: readonly string[]): Promise<void> => {
  const { task, identity, incoming } = a
  if (task.mine && !flags.includes('superseded') && mayTake(task.status, 'submit')) await markSubmitted(context, task.id)
  await context.record({ act: 'collection.submit', on: 'visit', id: visitId, detail: { instanceId: identity.instanceId, version: versionNo, xml: a.xmlSha256, via: incoming.via, flags } })
  await context.emit({ kind: 'visit.submitted', id: visitId, detail: { instanceId: identity.instanceId, version: versionNo } })
  await tell(context, { kind: 'visit_submitted', to: { organisationId: task.organisationId, scope: 'coordinator' }, about: { kind: 'visit', id: visitId }, link: `/tinjauan/${visitId}`, params: { training: task.trainingTitle } })
}

const markSubmitted = async ({ db, who, now, id }: Context, assignmentId: string): Promise<void> => {
  const s = assignments(db)
  const assignment = await s.plain(assignmentId)
  if (!assignment) return
  await s.save(next(assignment, { kind: 'submit' }, now))
  await s.note({ id: id(), assignmentId, at: now, act: 'submit', byPerson: who.personId })
}
