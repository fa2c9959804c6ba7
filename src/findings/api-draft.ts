import { dayIn, type Allowance } from '#base/days.ts'
import type { Context, Event } from '#base/room.ts'
import { parseRule } from '#standards/rules/expression.ts'
import { readForm } from '#collection/form.ts'
import { sectionsOf, type Shown } from '#collection/rules/showing.ts'
import { store as collection } from '#collection/store.ts'
import { visitsStore } from '#collection/store-visits.ts'
import { allowancesFor, dues, type NormAllowances } from './rules/clock.ts'
import { brokenSentence, computed, normText, numberOf, type Seen } from './rules/wording.ts'
import { store } from './store.ts'

const drafted: readonly (string | null)[] = ['critical', 'major', 'minor']
type Norm = Awaited<ReturnType<ReturnType<typeof store>['norms']>>[number]
const allowance = (n: number | null, unit: Allowance['unit'] | null): Allowance | null => (n === null || unit === null ? null : { n, unit })
const allowancesOf = (n: Norm): NormAllowances => ({ severity: n.severity, reply: allowance(n.replyN, n.replyUnit), correction: allowance(n.correctionN, n.correctionUnit) })

/** Drafts a finding for every compliance item that the approved visit says was broken, with the norm in force on the session's day. */
export const draft = async (event: Event, context: Context): Promise<void> => {
  const { db, now } = context
  const s = store(db)
  const visit = await collection(db).visit(event.id)
  if (!visit || visit.flags.includes('superseded')) return
  const broken = (await collection(db).claims(visit.id)).filter((c) => c.tag === 'compliance' && c.result === 'fail' && drafted.includes(c.severity))
  const run = broken.length ? await s.classRun(visit.classRunId) : undefined
  if (!run) return
  const day = visit.sessionDay ?? run.startsOn
  const norms = await s.norms(run.mode, day)
  const answers = await observed(visit.versionId, visit.instanceId, context)
  const rules = await s.severityRules(visit.versionId)
  for (const claim of broken) {
    const norm = norms.find((n) => n.id === claim.normId)
    const text = norm ? normText({ title: { id: norm.titleId, en: norm.titleEn }, value: norm.value, unit: norm.unit }) : null
    const allowed = allowancesFor(norm ? allowancesOf(norm) : null, claim.severity!, norms.map(allowancesOf))
    const label = { id: claim.labelId, en: claim.labelEn }
    const deciding = decidingNames(rules.get(claim.item), claim.severity!, claim.names)
    const seen: Seen[] = answers.filter((a) => deciding.has(a.name))
    const value = seen.length ? null : computed(claim.value, norm?.unit ?? null)
    const sentence = brokenSentence(label, value ? [{ label, value: value.id, shown: value, kind: 'decimal' }] : seen, text, visit.outcome)
    const id = context.id()
    await s.add({
      id, number: numberOf(dayIn('WIB', now).slice(0, 4), await s.nextNumber()), classRunId: visit.classRunId, providerId: run.providerId, platformId: run.platformId, sessionDay: day,
      item: claim.item, itemLabelId: label.id, itemLabelEn: label.en, normId: claim.normId, ruleSet: claim.normRuleSet, normTextId: text?.id ?? null, normTextEn: text?.en ?? null,
      brokenId: sentence.id, brokenEn: sentence.en, severity: claim.severity, status: 'draft', replyAllowed: allowed.reply && JSON.stringify(allowed.reply), correctionAllowed: allowed.correction && JSON.stringify(allowed.correction),
      zone: run.zone, createdAt: now, updatedAt: now,
    })
    await s.addOrigin({ findingId: id, visitId: visit.id, claimId: claim.id, instanceId: claim.instanceId, organisationId: visit.organisationId })
    // nobody's name and no organisation: this row is one day read by the provider
    await s.addEvent({ id: context.id(), findingId: id, at: now, act: 'drafted', note: null, byPerson: null, organisationId: null })
    await context.emit({ kind: 'finding.changed', id, detail: { providerId: run.providerId } })
  }
}

/** Names of the answers that the clause of this severity looks at; the item's own when the rule says nothing. */
const decidingNames = (rule: string | undefined, severity: string, own: readonly string[]): ReadonlySet<string> => {
  const parsed = rule === undefined ? undefined : parseRule(rule)
  const names = parsed?.ok ? parsed.clauses.filter((c) => c.severity === severity).flatMap((c) => c.names) : []
  return new Set(names.length ? names : own)
}

const observed = async (versionId: string, instanceId: string, { db }: Context): Promise<readonly Shown[]> => {
  const s = visitsStore(db)
  return sectionsOf(readForm((await s.version(versionId)).xform).fields, await s.answers(instanceId), null).flatMap((section) => section.answers)
}

/** Starts the clock of the finding whose news has just been delivered. */
export const startClock = async (event: Event, context: Context): Promise<void> => {
  if (event.detail?.['aboutKind'] !== 'finding') return
  const { db, now, who } = context
  const s = store(db)
  for (const f of await s.awaitingDelivery(event.id)) {
    await s.start(f.id, { deliveredAt: now, ...dues(now, { reply: f.replyAllowed, correction: f.correctionAllowed }, f.zone, await s.holidays()) })
    const byProvider = who.scope === 'provider'
    await s.addEvent({ id: context.id(), findingId: f.id, at: now, act: 'delivered', note: null, byPerson: byProvider ? who.personId : null, organisationId: byProvider ? who.organisationId : null })
  }
}
