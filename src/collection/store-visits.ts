import { sql } from 'kysely'
import type { Db } from './store.ts'

interface Wanted {
  readonly roundId?: string | undefined; readonly status?: string | undefined; readonly outcome?: string | undefined; readonly organisationId?: string | undefined
  readonly mode?: string | undefined; readonly classRunId?: string | undefined; readonly id?: string | undefined
}
const joined = (db: Db) =>
  db.selectFrom('collection.visit as v').innerJoin('sampling.round as o', 'o.id', 'v.roundId').innerJoin('registry.classRun as c', 'c.id', 'v.classRunId')
    .innerJoin('registry.training as t', 't.id', 'c.trainingId').innerJoin('access.organisation as p', 'p.id', 'c.providerId').innerJoin('access.organisation as u', 'u.id', 'v.organisationId')
    .innerJoin('registry.regency as g', 'g.code', 'c.regencyCode').innerJoin('registry.province as z', 'z.code', 'g.provinceCode')
    .leftJoin('access.person as h', 'h.id', 'v.personId').leftJoin('registry.session as s', 's.id', 'v.sessionId')

/** Visits as lists and pages show them; row-level security decides which. */
export const visitsStore = (db: Db) => {
  const wanted = (want: Wanted) =>
    joined(db)
      .$if(want.id !== undefined, (q) => q.where('v.id', '=', want.id!))
      .$if(want.roundId !== undefined, (q) => q.where('v.roundId', '=', want.roundId!))
      .$if(want.status !== undefined, (q) => q.where('v.status', '=', want.status!))
      .$if(want.outcome !== undefined, (q) => q.where('v.outcome', '=', want.outcome!))
      .$if(want.organisationId !== undefined, (q) => q.where('v.organisationId', '=', want.organisationId!))
      .$if(want.mode !== undefined, (q) => q.where('c.mode', '=', want.mode as 'webinar'))
      .$if(want.classRunId !== undefined, (q) => q.where('v.classRunId', '=', want.classRunId!))
  const rows = (want: Wanted) =>
    wanted(want).select((e) => ['v.id', 'v.roundId', 'o.code as roundCode', 'v.assignmentId', 'v.status', 'v.outcome', 'v.layer', 'c.mode', 'v.classRunId', 'c.scheduleCode', 't.title as trainingTitle',
      'p.name as providerName', 'g.name as regencyName', 'v.organisationId', 'u.name as organisationName', 'h.name as personName', 'v.sessionDay', 'v.submittedAt', 'v.flags',
      'v.versionId', 'v.instanceId', 'v.returned', 'z.zone', 's.beginsAt', 's.endsAt', 'c.venue', 'c.address', 'c.latitude', 'c.longitude',
      e.selectFrom('collection.claim as k').whereRef('k.visitId', '=', 'v.id').where('k.current', '=', true).where('k.result', '=', 'fail')
        .select(sql<Record<'critical' | 'major' | 'minor' | 'observation', number>>`json_build_object('critical', count(*) filter (where k.severity = 'critical'), 'major', count(*) filter (where k.severity = 'major'), 'minor', count(*) filter (where k.severity = 'minor'), 'observation', count(*) filter (where k.severity = 'observation'))`.as('failed')).as('failed')])
  return {
    page: async (want: Wanted, page: number, size: number) => ({
      total: (await wanted(want).select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n,
      rows: await rows(want).orderBy('v.submittedAt', 'desc').orderBy('v.id').limit(size).offset((page - 1) * size).execute(),
    }),
    one: (id: string) => rows({ id }).executeTakeFirst(),
    submissions: (visitId: string) =>
      db.selectFrom('collection.submission').select(['instanceId', 'versionNo', 'deprecatedId', 'formId', 'formVersion', 'xmlSha256', 'via', 'receivedAt', 'startedAt', 'endedAt'])
        .where('visitId', '=', visitId).orderBy('versionNo').execute(),
    answers: (instanceId: string) => db.selectFrom('collection.answer').selectAll().where('instanceId', '=', instanceId).orderBy('ordinal').execute(),
    version: (id: string) => db.selectFrom('standards.instrumentVersion').select(['title', 'formId', 'version', 'xform']).where('id', '=', id).executeTakeFirstOrThrow(),
    original: (visitId: string, instanceId: string) =>
      db.selectFrom('collection.submission').select(['xml', 'versionNo']).where('visitId', '=', visitId).where('instanceId', '=', instanceId).executeTakeFirst(),
    identity: (visitId: string) =>
      db.selectFrom('collection.visit as v').innerJoin('access.person as p', 'p.id', 'v.personId').innerJoin('collection.submission as s', 's.instanceId', 'v.instanceId')
        .select(['p.id as personId', 'p.name', 'p.email', 's.deviceId']).where('v.id', '=', visitId).executeTakeFirst(),
  }
}
export type VisitFull = NonNullable<Awaited<ReturnType<ReturnType<typeof visitsStore>['one']>>>
