import { randomBytes } from 'node:crypto'
import { Problem } from '#base/problem.ts'
import { Attachment, room } from '#base/room.ts'
import { tokenHash } from '#access/api.ts'
import { tasks } from './api-tasks.ts'
import { evidenceFile, identity, original, visit, visits } from './api-visits.ts'
import { collection } from './contract.ts'
import type { Tables } from './store.ts'
import { keysStore } from './store-keys.ts'
import { tasksStore } from './store-tasks.ts'

/** 64 characters of the alphabet other OpenRosa servers use in addresses: 48 random bytes. */
const newToken = (): string => randomBytes(48).toString('base64').replaceAll('+', '!').replaceAll('/', '$')

export const api = room<Tables, typeof collection>(collection, {
  tasks: async (_, context) => tasks(context),
  xform: async ({ versionId }, { db }) => {
    const found = await tasksStore(db).xform(versionId)
    if (!found) throw new Problem('request.not_found')
    return new Attachment(found.xform, 'text/xml; charset=utf-8')
  },
  visits: async (want, context) => visits(want, context),
  visit: async ({ id }, context) => visit(id, context),
  evidence: async ({ evidenceId }, context) => evidenceFile(evidenceId, context),
  original: async ({ id, instanceId }, context) => original(id, instanceId, context),
  identity: async ({ id }, context) => identity(id, context),
  keys: async (_, { db, who }) => {
    const s = keysStore(db)
    const people = (await s.collectors(who.organisationId)).map((m) => ({ id: m.personId, name: m.name }))
    return { keys: (await s.list()) as never, rounds: await s.rounds(), people: who.scope === 'coordinator' ? people : people.filter((p) => p.id === who.personId) }
  },
  makeKey: async ({ roundId, personId }, { db, who, id, now }) => {
    const s = keysStore(db)
    const wanted = personId ?? who.personId
    const member = (await s.collectors(who.organisationId)).find((m) => m.personId === wanted)
    if (!member || (wanted !== who.personId && who.scope !== 'coordinator')) throw new Problem('collection.key_person')
    const round = await s.round(roundId)
    if (!round) throw new Problem('request.not_found')
    const [token, key] = [newToken(), id()]
    await s.add({
      id: key, tokenHash: tokenHash(token), personId: wanted, membershipId: member.membershipId, roundId, roundCode: round.code, organisationId: who.organisationId,
      createdBy: who.personId, createdAt: now, revokedAt: null, lastUsedAt: null,
    })
    return { id: key, path: `/v1/key/${token}/projects/${encodeURIComponent(round.code)}` }
  },
  revokeKey: async ({ id }, { db, now }) => {
    if (!Number((await keysStore(db).revoke(id, now))?.numUpdatedRows ?? 0)) throw new Problem('collection.key_unknown')
    return { ok: true }
  },
})
