import type { Kysely } from 'kysely'
import type { Tables as Files } from '#files/store.ts'
import type { Tables as Registry } from '#registry/store.ts'
import type { InstrumentItem } from '#standards/rules/items.ts'
import type { Returned } from './contract.ts'

type At = string | Date
/** The room's own tables, and what it reads of the rooms above. */
export interface Tables extends Omit<Registry, 'access.organisation'>, Omit<Files, keyof Registry> {
  'access.organisation': Files['access.organisation']
  'collection.doorKey': {
    id: string; tokenHash: string; personId: string; membershipId: string; roundId: string; roundCode: string; organisationId: string; createdBy: string
    createdAt: At; revokedAt: At | null; lastUsedAt: At | null
  }
  'collection.visit': {
    id: string; roundId: string; assignmentId: string | null; classRunId: string; sessionId: string | null; organisationId: string; personId: string; layer: string
    versionId: string; outcome: string | null; status: string; sessionDay: string | null; flags: readonly string[]; instanceId: string
    returned: string | Returned | null; submittedAt: At; updatedAt: At; approvedAt: At | null
  }
  'collection.submission': {
    instanceId: string; visitId: string; versionNo: number; deprecatedId: string | null; formId: string; formVersion: string; xml: string; xmlSha256: string
    via: string; deviceId: string | null; personId: string; organisationId: string; receivedAt: At; startedAt: At | null; endedAt: At | null
  }
  'collection.answer': {
    instanceId: string; path: string; ordinal: number; name: string; item: string | null; kind: string; value: string
    number: number | null; latitude: number | null; longitude: number | null; accuracy: number | null
  }
  'collection.evidence': {
    id: string; visitId: string; instanceId: string; name: string; item: string | null; path: string | null; sha256: string | null; mime: string | null; size: number | null
    receivedAt: At | null; state: string; refusal: string | null; organisationId: string
  }
  'collection.claim': {
    id: string; visitId: string; classRunId: string; sessionId: string | null; instanceId: string; layer: string; organisationId: string; item: string; versionId: string
    tag: string; result: string; severity: string | null; score: number | null; normId: string | null; value: unknown; reason: string | null; current: boolean
  }
  'assignments.assignment': {
    id: string; roundId: string; drawnId: string; classRunId: string; sessionId: string | null; organisationId: string; personId: string | null; status: string; dueOn: string
  }
  'sampling.round': { id: string; code: string; title: string; status: string }
  'standards.instrument': { code: string; mode: string; titleId: string; titleEn: string }
  'standards.instrumentVersion': {
    id: string; instrument: string; formId: string; version: string; title: string; xform: string; xformMd5: string; inForceFrom: string; inForceTo: string | null; status: string
  }
  'standards.item': {
    versionId: string; code: string; position: number; tag: string; norm: string | null; criterion: string | null; severityRule: string | null; layers: string[]
    labelId: string; labelEn: string; names: string[]; definition: InstrumentItem
  }
  'standards.norm': { id: string; code: string; ruleSet: string; mode: string; titleId: string; titleEn: string; value: number | null; unit: string; status: string }
  'standards.ruleSet': { code: string; inForceFrom: string; inForceTo: string | null }
}
export type Db = Kysely<Tables>

/** What the rooms below (verification, findings) do with visits. Everything else of the room stands in the stores beside this one. */
export const store = (db: Db) => ({
  visit: (id: string) =>
    db.selectFrom('collection.visit').select(['id', 'roundId', 'assignmentId', 'classRunId', 'sessionId', 'organisationId', 'personId', 'layer', 'versionId', 'outcome', 'status', 'sessionDay', 'flags', 'instanceId', 'submittedAt', 'approvedAt'])
      .where('id', '=', id).executeTakeFirst(),
  /**
   * A reviewer's decision. Returned: the note and comments lie with the visit until the next version, for the collector's task.
   * Moves the visit only from `from`; false when it stands elsewhere by now.
   */
  review: async (id: string, from: string, to: 'returned' | 'approved_by_coordinator' | 'approved', now: Date, returned: Omit<Returned, 'at'> | null = null): Promise<boolean> => {
    const done = await db.updateTable('collection.visit')
      .set({ status: to, updatedAt: now, returned: returned ? JSON.stringify({ at: now.toISOString(), ...returned }) : null, ...(to === 'approved' ? { approvedAt: now } : {}) })
      .where('id', '=', id).where('status', '=', from).executeTakeFirst()
    return Number(done.numUpdatedRows) > 0
  },
  /** The claims that stand for a visit, in the order of the instrument. */
  claims: (visitId: string) =>
    db.selectFrom('collection.claim as c').innerJoin('standards.item as i', (j) => j.onRef('i.versionId', '=', 'c.versionId').onRef('i.code', '=', 'c.item'))
      .leftJoin('standards.norm as n', 'n.id', 'c.normId')
      .select(['c.id', 'c.instanceId', 'c.item', 'c.tag', 'c.result', 'c.severity', 'c.score', 'c.reason', 'c.value', 'c.normId', 'i.labelId', 'i.labelEn', 'i.names',
        'n.code as normCode', 'n.titleId as normTitleId', 'n.titleEn as normTitleEn', 'n.ruleSet as normRuleSet', 'n.value as normValue', 'n.unit as normUnit', 'n.status as normStatus'])
      .where('c.visitId', '=', visitId).where('c.current', '=', true).orderBy('i.position').execute(),
  evidence: (visitId: string, instanceId: string) =>
    db.selectFrom('collection.evidence').selectAll().where('visitId', '=', visitId).where('instanceId', '=', instanceId).orderBy('path').orderBy('name').execute(),
  /** One piece of evidence, as far as the caller may see it (a provider: after release). */
  evidenceById: (id: string) => db.selectFrom('collection.evidence').selectAll().where('id', '=', id).executeTakeFirst(),
})
