import { Problem } from '#base/problem.ts'
import { room, type Context } from '#base/room.ts'
import { mayTake, next as moved } from '#assignments/rules.ts'
import { store as assignments } from '#assignments/store.ts'
import { store as collection } from '#collection/store.ts'
import { tell } from '#notices/api.ts'
import { verification, type Decision, type Stage } from './contract.ts'
import { decide, nameOf, waitsAs } from './rules.ts'
import { store } from './store.ts'

interface Judged { readonly id: string; readonly instanceId: string; readonly decision: Decision; readonly note?: string; readonly comments?: readonly { readonly path: string; readonly text: string }[] }

/** One decision at one stage: the visit and its task move, the review stays, the collector is told, lower rooms react. */
const judge = async (stage: Stage, input: Judged, context: Context): Promise<{ ok: true }> => {
  const { db, who, now, id } = context
  const s = store(db)
  const visit = await s.visit(input.id)
  if (!visit) throw new Problem('request.not_found')
  const note = input.note?.trim() ?? ''
  const comments = input.comments ?? []
  const next = decide(visit, { stage, decision: input.decision, instanceId: input.instanceId, note, comments: comments.length }, who.personId)
  // the database wants a note with every return; comments alone are one
  const kept = note || (next === 'returned' ? comments.map((c) => c.text).join('; ').slice(0, 4000) : null)
  if (!(await collection(db).review(visit.id, visit.status, next, now, next === 'returned' ? { note: note || null, comments: [...comments] } : null))) throw new Problem('review.not_waiting', { status: visit.status })
  await s.add(
    { id: id(), visitId: visit.id, instanceId: visit.instanceId, stage, decision: input.decision, note: kept, at: now, byPerson: who.personId, organisationId: who.organisationId },
    comments.map((c) => ({ id: id(), path: c.path, text: c.text })),
  )
  await moveTask(visit.assignmentId, next, context)
  await announce(visit, stage, next, kept, context)
  if (next === 'returned') await context.emit({ kind: 'visit.returned', id: visit.id })
  if (next === 'approved') await context.emit({ kind: 'visit.approved', id: visit.id })
  return { ok: true }
}

/** The task follows the visit, unless it was cancelled or went to somebody else meanwhile. */
const moveTask = async (assignmentId: string | null, next: string, { db, who, now, id }: Context): Promise<void> => {
  const act = next === 'returned' ? 'return' : next === 'approved' ? 'approve' : undefined
  const task = act && assignmentId ? await assignments(db).plain(assignmentId) : undefined
  if (!act || !task || !mayTake(task.status, act)) return
  await assignments(db).save(moved(task, { kind: act }, now))
  await assignments(db).note({ id: id(), assignmentId: task.id, at: now, act, byPerson: who.personId })
}

const announce = async (visit: { id: string; personId: string; organisationId: string; trainingTitle: string }, stage: Stage, next: string, note: string | null, context: Context): Promise<void> => {
  const about = { kind: 'visit', id: visit.id }
  if (next === 'approved_by_coordinator') {
    for (const office of await store(context.db).offices())
      await tell(context, { kind: 'visit_forwarded', to: { organisationId: office.id, scope: 'office' }, about, link: `/tinjauan/${visit.id}`, params: { training: visit.trainingTitle } })
    return
  }
  const params = { training: visit.trainingTitle, note: note ?? '' }
  const link = next === 'returned' ? '/tugas' : `/kunjungan/${visit.id}`
  await tell(context, { kind: next === 'returned' ? 'visit_returned' : 'visit_approved', to: { personId: visit.personId, organisationId: visit.organisationId }, about, link, params })
  if (stage === 'office')
    await tell(context, { kind: next === 'returned' ? 'visit_returned_by_office' : 'visit_approved_by_office', to: { organisationId: visit.organisationId, scope: 'coordinator' }, about, link: `/kunjungan/${visit.id}`, params })
}

export const api = room<any, typeof verification>(verification, {
  queue: async ({ page, size, ...want }, { db, who }) => {
    const stage = who.scope === 'office' ? 'office' : who.scope === 'coordinator' ? 'coordinator' : undefined
    if (!stage) return { total: 0, oldest: null, rows: [], rounds: [], organisations: [] }
    const s = store(db)
    const { rows, ...counted } = await s.queue({ ...want, status: waitsAs[stage] }, page ?? 1, size ?? 50)
    return { ...counted, ...(await s.choices(waitsAs[stage])), rows: rows.map((r) => ({ ...r, personName: stage === 'office' ? null : r['personName'] })) as never }
  },
  coordinate: (input, context) => judge('coordinator', input, context),
  decide: (input, context) => judge('office', input, context),
  history: async ({ id }, { db, who }) => {
    const s = store(db)
    const [entries, items] = [await s.history(id), await s.items(id)]
    if (entries.length === 0) throw new Problem('request.not_found')
    const itemAt = (path: string) => {
      const item = items.find((i) => i.names.includes(nameOf(path)))
      return item ? { code: item.code, label: { id: item.labelId, en: item.labelEn } } : null
    }
    return entries.map((e) => ({
      ...e, comments: e.comments.map((c) => ({ ...c, item: itemAt(c.path) })),
      // who went is asked for on record; who decided is no secret
      personName: who.scope === 'office' && e.kind === 'submitted' ? null : e.personName,
    }))
  },
})
