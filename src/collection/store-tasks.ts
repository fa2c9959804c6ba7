import { sql } from 'kysely'
import type { Zone } from '#base/days.ts'
import type { Db } from './store.ts'

/** A person's open work and the instruments for it. */
export const tasksStore = (db: Db) => ({
  tasks: (personId: string, roundId?: string) =>
    db.selectFrom('assignments.assignment as a')
      .innerJoin('sampling.round as o', 'o.id', 'a.roundId')
      .innerJoin('registry.classRun as c', 'c.id', 'a.classRunId').innerJoin('registry.training as t', 't.id', 'c.trainingId')
      .innerJoin('access.organisation as p', 'p.id', 'c.providerId').innerJoin('registry.regency as g', 'g.code', 'c.regencyCode').innerJoin('registry.province as v', 'v.code', 'g.provinceCode')
      .leftJoin('registry.session as s', 's.id', 'a.sessionId')
      .leftJoin('collection.visit as w', (j) => j.onRef('w.assignmentId', '=', 'a.id').on('w.status', '=', 'returned').on(sql<boolean>`not ('superseded' = any (w.flags))`))
      .select(['a.id as assignmentId', 'a.status', 'a.dueOn', 'a.roundId', 'o.code as roundCode', 'o.title as roundTitle', 'c.id as classRunId', 'c.scheduleCode', 't.title as trainingTitle',
        't.plannedMinutes', 'p.name as providerName', 'c.mode', 'g.name as regencyName', 'v.zone', 'c.startsOn', 'c.endsOn', 's.id as sessionId', 's.beginsAt', 's.endsAt', 's.sequence as sessionNumber',
        'c.plannedParticipants', 'c.venue', 'c.address', 'c.latitude', 'c.longitude', 'c.meetingUrl', 'c.contactName', 'c.contactPhone', 'c.trainerName',
        'w.id as visitId', 'w.instanceId', 'w.returned', 'w.versionId'])
      .where('a.personId', '=', personId).where('a.status', 'in', ['assigned', 'returned'])
      .$if(roundId !== undefined, (q) => q.where('a.roundId', '=', roundId!))
      // a stable order: kelas.csv and its hash must not change by themselves
      .orderBy(sql`coalesce(s.begins_at, c.starts_on::timestamptz)`).orderBy('a.id').execute(),
  /** Every published version, without its XForm. */
  versions: () =>
    db.selectFrom('standards.instrumentVersion as v').innerJoin('standards.instrument as i', 'i.code', 'v.instrument')
      .select((e) => ['v.id', 'v.formId', 'v.version', 'v.title', 'v.xformMd5', 'v.inForceFrom', 'v.inForceTo', 'v.status', 'i.mode', sql<number>`octet_length(v.xform)`.as('bytes'),
        e.selectFrom('standards.item as n').select(e.fn.countAll<number>().as('n')).whereRef('n.versionId', '=', 'v.id').as('items')])
      .orderBy('v.inForceFrom').orderBy('v.version').execute(),
  xform: (versionId: string) => db.selectFrom('standards.instrumentVersion').select(['xform', 'xformMd5']).where('id', '=', versionId).executeTakeFirst(),
  organisationKind: async (id: string) => (await db.selectFrom('access.organisation').select('kind').where('id', '=', id).executeTakeFirst())?.kind ?? 'university',
  storedEvidence: async (instanceIds: readonly string[]) =>
    instanceIds.length === 0 ? [] : db.selectFrom('collection.evidence').select(['id', 'instanceId', 'name', 'mime', 'size']).where('instanceId', 'in', instanceIds).where('state', '=', 'stored').orderBy('name').execute(),
})
export type TaskRow = Awaited<ReturnType<ReturnType<typeof tasksStore>['tasks']>>[number] & { readonly zone: Zone }
export type VersionRow = Awaited<ReturnType<ReturnType<typeof tasksStore>['versions']>>[number]
