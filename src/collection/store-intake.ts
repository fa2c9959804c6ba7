import { sql } from 'kysely'
import type { Task } from './rules/placing.ts'
import type { Db, Tables } from './store.ts'

export interface OwnAssignment extends Task {
  readonly roundId: string
  readonly roundStatus: string
  readonly classRunId: string
  readonly sessionId: string | null
  readonly organisationId: string
  readonly scheduleCode: string
  readonly trainingTitle: string
  readonly kind: string
}
const standing = ['id as visitId', 'assignmentId', 'status', 'instanceId', 'flags'] as const

/** What the intake of a submission reads and writes, inside its one transaction. */
export const intakeStore = (db: Db) => ({
  /** Two posts of the same submission, or two submissions for the same task, wait for each other. Always in this order, so never in a circle. */
  lock: async (...keys: string[]) => {
    for (const key of keys) await sql`select pg_advisory_xact_lock(hashtextextended(${`collection ${key}`}, 0))`.execute(db)
  },
  version: (formId: string, version: string) =>
    db.selectFrom('standards.instrumentVersion as v').innerJoin('standards.instrument as i', 'i.code', 'v.instrument')
      .select(['v.id', 'v.formId', 'v.version', 'v.title', 'v.xform', 'v.status', 'v.inForceFrom', 'v.inForceTo', 'i.mode'])
      .where('v.formId', '=', formId).where('v.version', '=', version).executeTakeFirst(),
  hasForm: async (formId: string) => !!(await db.selectFrom('standards.instrumentVersion').select('id').where('formId', '=', formId).limit(1).executeTakeFirst()),
  /** The task, if it is or ever was the caller's own; undefined tells nothing about whose it is. */
  ownAssignment: async (id: string): Promise<OwnAssignment | undefined> =>
    (await sql<OwnAssignment>`select * from collection.own_assignment(${id}::uuid)`.execute(db)).rows[0],
  submission: (instanceId: string) =>
    db.selectFrom('collection.submission').select(['instanceId', 'visitId', 'versionNo', 'xmlSha256', 'organisationId']).where('instanceId', '=', instanceId).executeTakeFirst(),
  standing: (visitId: string) => db.selectFrom('collection.visit').select(standing).where('id', '=', visitId).executeTakeFirst(),
  /** The visit that stands for the task: not superseded. */
  countingVisit: (assignmentId: string) =>
    db.selectFrom('collection.visit').select(standing).where('assignmentId', '=', assignmentId).where(sql<boolean>`not ('superseded' = any (flags))`).executeTakeFirst(),
  addVisit: (row: Tables['collection.visit']) => db.insertInto('collection.visit').values(row).execute(),
  /** The next version becomes current; the review begins again. */
  renewVisit: (id: string, change: Pick<Tables['collection.visit'], 'personId' | 'versionId' | 'outcome' | 'sessionDay' | 'flags' | 'instanceId' | 'submittedAt' | 'updatedAt'>) =>
    db.updateTable('collection.visit').set({ ...change, status: 'submitted', returned: null }).where('id', '=', id).executeTakeFirstOrThrow(),
  addSubmission: (row: Tables['collection.submission']) => db.insertInto('collection.submission').values(row).execute(),
  nextNumber: async (visitId: string) =>
    ((await db.selectFrom('collection.submission').select((e) => e.fn.max('versionNo').as('n')).where('visitId', '=', visitId).executeTakeFirst())?.n ?? 0) + 1,
  addAnswers: async (rows: Tables['collection.answer'][]) => {
    // PostgreSQL takes 65,535 parameters in one statement
    for (let at = 0; at < rows.length; at += 1000) await db.insertInto('collection.answer').values(rows.slice(at, at + 1000)).execute()
  },
  evidenceOf: (instanceId: string) => db.selectFrom('collection.evidence').selectAll().where('instanceId', '=', instanceId).execute(),
  addEvidence: async (rows: Tables['collection.evidence'][]) => {
    for (let at = 0; at < rows.length; at += 1000) await db.insertInto('collection.evidence').values(rows.slice(at, at + 1000)).execute()
  },
  fillEvidence: (id: string, change: Pick<Tables['collection.evidence'], 'state' | 'refusal' | 'sha256' | 'mime' | 'size' | 'receivedAt'>) =>
    db.updateTable('collection.evidence').set(change).where('id', '=', id).execute(),
  items: (versionId: string) => db.selectFrom('standards.item').selectAll().where('versionId', '=', versionId).orderBy('position').execute(),
  /** The norms of the rule set in force on a day, for a mode. */
  norms: (mode: string, day: string) =>
    db.selectFrom('standards.norm as n').innerJoin('standards.ruleSet as r', 'r.code', 'n.ruleSet').select(['n.id', 'n.code', 'n.value'])
      .where('n.mode', '=', mode).where('r.inForceFrom', '<=', day).where((e) => e.or([e('r.inForceTo', 'is', null), e('r.inForceTo', '>=', day)]))
      .orderBy('r.inForceFrom').execute(),
  retireClaims: (visitId: string) => db.updateTable('collection.claim').set({ current: false }).where('visitId', '=', visitId).execute(),
  addClaims: async (rows: Tables['collection.claim'][]) => {
    if (rows.length > 0) await db.insertInto('collection.claim').values(rows).execute()
  },
})
