import type { Zone } from '#base/days.ts'
import { Problem } from '#base/problem.ts'
import { Attachment, type Context } from '#base/room.ts'
import type { Claim, Evidence, Returned, Visit, VisitRow } from './contract.ts'
import { readForm } from './form.ts'
import { metres, sectionsOf } from './rules/showing.ts'
import { store } from './store.ts'
import { visitsStore, type VisitFull } from './store-visits.ts'

/** Who went is no business of the office's daily work; it asks for it on record (domain.md §1.2). */
const row = ({ versionId: _1, instanceId: _2, returned: _3, zone: _4, beginsAt: _5, endsAt: _6, venue: _7, address: _8, latitude: _9, longitude: _10, ...v }: VisitFull, { who }: Context): VisitRow =>
  ({ ...v, personName: who.scope === 'office' ? null : v.personName, flags: [...v.flags] }) as VisitRow

export const visits = async (want: Parameters<ReturnType<typeof visitsStore>['page']>[0] & { page?: number; size?: number }, context: Context): Promise<{ total: number; rows: VisitRow[] }> => {
  const { total, rows } = await visitsStore(context.db).page(want, want.page ?? 1, want.size ?? 50)
  return { total, rows: rows.map((v) => row(v, context)) }
}

export const claimShown = (c: Awaited<ReturnType<ReturnType<typeof store>['claims']>>[number]): Claim => ({
  id: c.id, item: c.item, label: { id: c.labelId, en: c.labelEn }, tag: c.tag as Claim['tag'], result: c.result as Claim['result'], severity: c.severity as Claim['severity'],
  score: c.score, reason: c.reason, value: c.value as Claim['value'],
  norm: c.normId ? { id: c.normId, code: c.normCode!, title: { id: c.normTitleId!, en: c.normTitleEn! }, ruleSet: c.normRuleSet!, value: c.normValue, unit: c.normUnit!, status: c.normStatus! } : null,
})
export const evidenceShown = (e: Awaited<ReturnType<ReturnType<typeof store>['evidence']>>[number]): Evidence => ({
  id: e.id, name: e.name, item: e.item, path: e.path, state: e.state as Evidence['state'], refusal: e.refusal, mime: e.mime, size: e.size, receivedAt: e.receivedAt as string | null,
})

/** A visit in full, as far as the caller may see it. */
export const visit = async (id: string, context: Context): Promise<Visit> => {
  const { db } = context
  const s = visitsStore(db)
  const found = await s.one(id)
  if (!found) throw new Problem('request.not_found')
  const versions = await s.submissions(id)
  const current = versions.find((v) => v.instanceId === found.instanceId)!
  const [form, answers, earlier] = [await s.version(found.versionId), await s.answers(found.instanceId), current.deprecatedId ? await s.answers(current.deprecatedId) : null]
  const evidence = await store(db).evidence(id, found.instanceId)
  const idOf = new Map(evidence.map((e) => [e.path, e.id]))
  const here = answers.find((a) => a.latitude !== null && a.longitude !== null)
  const place = here ? { latitude: here.latitude!, longitude: here.longitude!, accuracy: here.accuracy } : null
  return {
    ...row(found, context),
    formTitle: form.title, formId: form.formId, formVersion: form.version, instanceId: found.instanceId, zone: found.zone as Zone,
    beginsAt: found.beginsAt as string | null, endsAt: found.endsAt as string | null, venue: found.venue, address: found.address,
    startedAt: current.startedAt as string | null, endedAt: current.endedAt as string | null, place,
    distance: place && found.latitude !== null && found.longitude !== null ? Math.round(metres(place, { latitude: found.latitude, longitude: found.longitude })) : null,
    returned: found.returned as Returned | null,
    sections: sectionsOf(readForm(form.xform).fields, answers, earlier).map((section) => ({ ...section, answers: section.answers.map((a) => ({ ...a, evidenceId: idOf.get(a.path) ?? null })) })),
    claims: (await store(db).claims(id)).map(claimShown),
    evidence: evidence.map(evidenceShown),
    versions: versions.map((v) => ({ instanceId: v.instanceId, number: v.versionNo, receivedAt: v.receivedAt as string, via: v.via as 'browser' | 'door', sha256: v.xmlSha256 })),
  }
}

/** The bytes of a piece of evidence the caller may see; findings shows released ones to the provider through it. */
export const evidenceFile = async (evidenceId: string, { db, files }: Context): Promise<Attachment> => {
  const e = await store(db).evidenceById(evidenceId)
  const bytes = e?.sha256 ? await files.get(e.sha256) : undefined
  if (!e || !bytes) throw new Problem('request.not_found')
  return new Attachment(bytes, e.mime ?? 'application/octet-stream')
}

export const original = async (id: string, instanceId: string, context: Context): Promise<Attachment> => {
  const found = await visitsStore(context.db).original(id, instanceId)
  if (!found) throw new Problem('request.not_found')
  // the XML may name who filled it in, so for the office it is a look at the identity
  if (context.who.scope === 'office') {
    if (!context.who.verbs.includes('identity.read')) throw new Problem('access.not_allowed', { verb: 'identity.read' })
    await context.record({ act: 'collection.original', on: 'visit', id, detail: { instanceId } })
  }
  return new Attachment(found.xml, 'text/xml; charset=utf-8', `kunjungan-${id}-v${found.versionNo}.xml`)
}

export const identity = async (id: string, context: Context): Promise<{ personId: string; name: string; email: string; deviceId: string | null }> => {
  const found = await visitsStore(context.db).identity(id)
  if (!found) throw new Problem('request.not_found')
  await context.record({ act: 'collection.identity', on: 'visit', id, detail: { personId: found.personId } })
  return found
}
