import { dayIn } from '#base/days.ts'
import type { Context } from '#base/room.ts'
import type { Returned, Task } from './contract.ts'
import { classCsv, type ClassLine } from './rules/openrosa.ts'
import { layerOf } from './rules/placing.ts'
import { classLine, versionOn } from './rules/tasks.ts'
import { tasksStore, type TaskRow, type VersionRow } from './store-tasks.ts'

export interface OpenTask {
  readonly row: TaskRow
  readonly version: VersionRow | undefined
  readonly line: ClassLine
}

/** The caller's open tasks with the instrument each needs: a returned visit its own version, the others the one in force on the session's day. */
export const openTasks = async ({ db, who, now }: Context, roundId?: string): Promise<OpenTask[]> => {
  const s = tasksStore(db)
  const [rows, versions, kind] = [await s.tasks(who.personId, roundId), await s.versions(), await s.organisationKind(who.organisationId)]
  return rows.map((row) => {
    const today = dayIn(row.zone, now)
    const day = row.beginsAt ? dayIn(row.zone, new Date(row.beginsAt)) : today < row.startsOn ? row.startsOn : today > row.endsOn ? row.endsOn : today
    return { row, version: versions.find((v) => v.id === row.versionId) ?? versionOn(versions, row.mode, day), line: classLine(row, layerOf(kind)) }
  })
}

export const tasks = async (context: Context): Promise<{ tasks: Task[]; media: Record<string, string> }> => {
  const open = await openTasks(context)
  const files = await tasksStore(context.db).storedEvidence(open.flatMap(({ row }) => row.instanceId ?? []))
  return {
    media: { 'kelas.csv': classCsv(open.map((t) => t.line)) },
    tasks: open.map(({ row: { plannedMinutes: _minutes, sessionId: _session, versionId: _version, visitId, instanceId, returned, ...row }, version }) => ({
      ...row,
      status: row.status as Task['status'],
      beginsAt: row.beginsAt as string | null, endsAt: row.endsAt as string | null,
      instrument: version ? { versionId: version.id, formId: version.formId, version: version.version, title: version.title, items: version.items ?? 0, bytes: version.bytes } : null,
      returned: visitId && instanceId
        ? {
            visitId, instanceId, ...((returned as Returned | null) ?? { at: context.now.toISOString(), note: null, comments: [] }),
            evidence: files.filter((e) => e.instanceId === instanceId).map((e) => ({ id: e.id, name: e.name, mime: e.mime ?? '', size: e.size ?? 0 })),
          }
        : null,
    })),
  }
}
