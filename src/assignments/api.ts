import { dayIn } from '#base/days.ts'
import { Problem } from '#base/problem.ts'
import { room, type Context, type Event } from '#base/room.ts'
import { tell } from '#notices/api.ts'
import { provinceDistance, provinceOf } from '#registry/rules/regions.ts'
import { assignments } from './contract.ts'
import { distribute, dueOn, next, type Act } from './rules.ts'
import { store, type Stored, type Waiting } from './store.ts'

/** Visits of one organisation in one round when nothing else is set: 200 a semester in three periods (one university's known load). */
const usualCapacity = 67
const usualDueDays = 3

const plan = async ({ db }: Context, roundId: string, drawnIds?: readonly string[]) => {
  const s = store(db)
  const [waiting, teams] = [await s.waiting(roundId, drawnIds), await s.teams(roundId)]
  const capacityOf = new Map(teams.map((t) => [t.organisationId, t.capacity ?? usualCapacity]))
  const found = distribute({
    drawn: waiting, provinceDistance,
    experts: teams.filter((t) => t.homeRegency).map((t) => ({ ...t, homeProvince: provinceOf(t.homeRegency!), capacity: Math.max(0, capacityOf.get(t.organisationId)! - t.given) })),
  })
  return { waiting: new Map(waiting.map((w) => [w.drawRowId, w])), teams: teams.map((t) => ({ ...t, capacity: capacityOf.get(t.organisationId)! })), ...found }
}

/** Stores the offers of a sent round and tells each organisation's coordinators once. What nobody can take stays waiting and is shown with its reason. */
const offer = async (context: Context, roundId: string, drawnIds?: readonly string[]): Promise<{ offered: number; waiting: number }> => {
  const { db, now, id, who } = context
  const s = store(db)
  const round = (await s.round(roundId))!
  const { assigned, unassigned, waiting } = await plan(context, roundId, drawnIds)
  const told = new Map<string, number>()
  for (const a of assigned) {
    const w: Waiting = waiting.get(a.drawRowId)!
    const made = id()
    await s.add({ id: made, roundId, drawnId: w.drawRowId, classRunId: w.classRunId, sessionId: w.sessionId, organisationId: a.organisationId, status: 'offered', dueOn: dueOn(w, round.dueDays ?? usualDueDays), offeredAt: now, updatedAt: now })
    await s.note({ id: id(), assignmentId: made, at: now, act: 'offer', byPerson: who.scope === 'system' ? null : who.personId, detail: a.reason })
    told.set(a.organisationId, (told.get(a.organisationId) ?? 0) + 1)
  }
  for (const [organisationId, n] of told)
    await tell(context, { kind: 'visits_offered', to: { organisationId, scope: 'coordinator' }, about: { kind: 'round', id: roundId }, link: '/penugasan', params: { n, round: round.title } })
  return { offered: assigned.length, waiting: unassigned.length }
}

const known = async (context: Context, id: string): Promise<Stored> => {
  const found = await store(context.db).byId(id)
  if (!found) throw new Problem('request.not_found')
  return found
}
const take = async (context: Context, a: Stored, act: Act, toPerson: string | null = null, detail: object = {}): Promise<Stored> => {
  const changed = next(a, act, context.now)
  const s = store(context.db)
  await s.save(changed)
  await s.note({ id: context.id(), assignmentId: a.id, at: context.now, act: act.kind, byPerson: context.who.personId, toPerson, detail })
  return changed
}
const tellPerson = async (context: Context, a: Stored, kind: 'visit_assigned' | 'visit_withdrawn', personId: string | null, params: Record<string, string>) => {
  if (personId) await tell(context, { kind, to: { personId, organisationId: a.organisationId }, about: { kind: 'assignment', id: a.id }, link: '/tugas', params: { training: a.title, ...params } })
}

export const api = room<any, typeof assignments>(assignments, {
  coverage: (_, { db, now }) => store(db).coverage(dayIn('WIB', now)),
  list: async (want, { db, now }) => (await store(db).list(want, dayIn('WIB', now))) as never,
  proposal: async ({ id }, context) => {
    const { teams, assigned, unassigned, waiting } = await plan(context, id)
    return {
      teams: teams.map((t) => ({ organisationId: t.organisationId, name: t.name, shortName: t.shortName, capacity: t.capacity, given: t.given, proposed: assigned.filter((a) => a.organisationId === t.organisationId).length, affiliatedProviders: t.affiliatedProviderIds.length })),
      conflicts: teams.reduce((n, t) => n + [...waiting.values()].filter((w) => t.affiliatedProviderIds.includes(w.providerId)).length, 0),
      unassigned: unassigned.map((u) => ({ drawnId: u.drawRowId, scheduleCode: waiting.get(u.drawRowId)!.scheduleCode, providerName: waiting.get(u.drawRowId)!.providerName, reason: u.reason.code })),
    }
  },
  offer: async ({ id, drawnIds }, context) => {
    await store(context.db).lockRound(id)
    const round = await store(context.db).round(id)
    if (!round) throw new Problem('request.not_found')
    if (round.status !== 'sent') throw new Problem('assignment.round_not_sent')
    return offer(context, id, drawnIds)
  },
  capacity: async ({ id, organisationId, visits }, { db }) => {
    await store(db).setCapacity(id, organisationId, visits)
    return { ok: true }
  },
  workload: (_, { db }) => store(db).workload(),
  assign: async ({ ids, personId }, context) => {
    const s = store(context.db)
    const person = await s.workload(personId)
    const found = await s.byIds(ids)
    if (found.length !== ids.length) throw new Problem('request.not_found')
    for (const a of found) {
      if (!person.some((p) => p.organisationId === a.organisationId)) throw new Problem('assignment.not_a_monitor')
      await take(context, a, { kind: 'assign', personId, organisationId: a.organisationId }, personId)
      await tellPerson(context, a, 'visit_assigned', personId, { day: a.visitOn ?? a.dueOn, due: a.dueOn })
      await tellPerson(context, a, 'visit_withdrawn', a.personId, { reason: `→ ${person[0]!.name}` })
    }
    return { ok: true }
  },
  cancel: async ({ id, reason }, context) => {
    const a = await known(context, id)
    await take(context, a, { kind: 'cancel', reason }, null, { reason })
    await tellPerson(context, a, 'visit_withdrawn', a.personId, { reason })
    return { ok: true }
  },
  postpone: async ({ id, dueOn: day }, context) => {
    await take(context, await known(context, id), { kind: 'postpone', dueOn: day }, null, { dueOn: day })
    return { ok: true }
  },
  move: async ({ id, organisationId, reason }, context) => {
    const { db, now } = context
    const s = store(db)
    const a = await known(context, id)
    await take(context, a, { kind: 'replace', organisationId, affiliated: await s.affiliated(organisationId, a.providerId), reason }, null, { organisationId, reason })
    const made = context.id()
    await s.add({ id: made, roundId: a.roundId, drawnId: a.drawnId, classRunId: a.classRunId, sessionId: a.sessionId, organisationId, status: 'offered', dueOn: a.dueOn, offeredAt: now, updatedAt: now })
    await s.note({ id: context.id(), assignmentId: made, at: now, act: 'offer', byPerson: context.who.personId, detail: { from: a.id, reason } })
    await tellPerson(context, a, 'visit_withdrawn', a.personId, { reason })
    await tell(context, { kind: 'visits_offered', to: { organisationId, scope: 'coordinator' }, about: { kind: 'round', id: a.roundId }, link: '/penugasan', params: { n: 1, round: (await s.round(a.roundId))!.title } })
    return { ok: true }
  },
  history: async ({ id }, { db }) => store(db).history(id),
})

/** Open tasks of somebody who leaves go to the named person, or the leaving is refused. */
const handOver = async (event: Event, context: Context): Promise<void> => {
  const { personId, organisationId, toPersonId } = event.detail as { personId: string; organisationId: string; toPersonId: string | null }
  const s = store(context.db)
  const open = await s.openOf(personId, organisationId)
  if (open.length === 0) return
  if (!toPersonId) throw new Problem('access.hand_over_needed', { n: open.length })
  if (!(await s.workload(toPersonId)).some((p) => p.organisationId === organisationId)) throw new Problem('assignment.not_a_monitor')
  for (const a of open) await take(context, a, { kind: 'assign', personId: toPersonId, organisationId }, toPersonId, { handedOverFrom: personId })
  await tell(context, { kind: 'handed_over', to: { personId: toPersonId, organisationId }, about: { kind: 'assignment', id: open[0]!.id }, link: '/tugas', params: { n: open.length } })
}

export const reactions = {
  'round.sent': async (event: Event, context: Context) => void (await offer(context, event.id)),
  'round.targeted': async (event: Event, context: Context) => {
    if ((await store(context.db).round(event.id))?.status === 'sent') await offer(context, event.id, [String((event.detail as { drawnId: string }).drawnId)])
  },
  'membership.ended': handOver,
}
