import { dayIn } from '#base/days.ts'
import { Problem } from '#base/problem.ts'
import { room, type Context, type Event } from '#base/room.ts'
import { insight, leastPublished, type Estimate } from './contract.ts'
import { complianceOf, gateOf, leastPeers, meanOf, median } from './rules.ts'
import { store } from './store.ts'

const counts = ({ critical, major, minor, closed, overdue }: { critical: number; major: number; minor: number; closed: number; overdue: number }) => ({ open: { critical, major, minor }, closed, overdue })

/** What a round's random sample says: all of it, by mode and by region group. */
const estimates = async ({ db, now }: Context, roundId: string) => {
  const s = store(db)
  const [visits, strata] = [await s.sampled(roundId), await s.strata(roundId)]
  const today = dayIn('WIB', now)
  const of = (domain?: Parameters<typeof complianceOf>[3]): Estimate => complianceOf(visits, strata, today, domain)
  const groups = (key: 'mode' | 'regionGroup') => [...new Set(visits.map((v) => v[key]))].sort().map((name) => ({ name, estimate: of((v) => v[key] === name) }))
  return { all: of(), byMode: groups('mode').map((g) => ({ mode: g.name, estimate: g.estimate })), byRegion: groups('regionGroup').map((g) => ({ regionGroup: g.name, estimate: g.estimate })) }
}

/** Writes one provider's rollup anew from what is approved now. */
const refreshScore = async ({ db, now }: Context, providerId: string): Promise<void> => {
  const s = store(db)
  const { visits, compliant } = await s.providerVisits(providerId)
  const scores = await s.providerQuality(providerId)
  const findings = counts(await s.findingCounts({ providerId }, now))
  const perVisit = [...Map.groupBy(scores, (x) => x.visitId).values()].map((list) => list.reduce((sum, x) => sum + x.score, 0) / list.length)
  const items = [...Map.groupBy(scores, (x) => x.item).values()].map((list) => ({ item: list[0]!.item, labelId: list[0]!.labelId, labelEn: list[0]!.labelEn, ...meanOf(list.map((x) => x.score)) }))
  await s.putScore({ providerId, asOf: now, visits, compliantVisits: compliant, gate: gateOf(visits, findings.open.critical), compliance: await s.providerCompliance(providerId), quality: { ...meanOf(perVisit), items }, findings, platformIds: await s.platformsOf(providerId) })
}

/** The middle of all providers with a visit, for a provider to compare with; kept because a provider may not read the others' rows. */
const refreshPeers = async (context: Context): Promise<void> => {
  const s = store(context.db)
  const all = (await s.scores({})) as { visits: number; compliantVisits: number; quality: { mean: number | null } }[]
  const seen = all.filter((x) => x.visits > 0)
  await s.put('peers', context.now, { providers: seen.length, quality: median(seen.flatMap((x) => (x.quality.mean === null ? [] : [x.quality.mean]))), compliantShare: median(seen.map((x) => x.compliantVisits / x.visits)) })
}

export const api = room<any, typeof insight>(insight, {
  overview: async ({ roundId }, context) => {
    const { db, now } = context
    const s = store(db)
    const rounds = (await s.rounds()).map(({ approved, ...r }) => ({ r, approved }))
    const chosen = roundId ? rounds.find((x) => x.r.id === roundId) : (rounds.find((x) => x.approved > 0) ?? rounds[0])
    if (roundId && !chosen) throw new Problem('request.not_found')
    const found = chosen && (await estimates(context, chosen.r.id))
    const trend = []
    for (const x of rounds.filter((y) => y.approved > 0).slice(0, 12)) trend.unshift({ code: x.r.code, periodTo: x.r.periodTo, estimate: x === chosen ? found!.all : (await estimates(context, x.r.id)).all })
    return {
      asOf: now.toISOString(), decisions: await s.decisions(now), rounds: rounds.map((x) => x.r), round: chosen?.r ?? null, compliance: found?.all ?? null,
      coverage: chosen ? { ...(await s.coverage(chosen.r.id)), nonresponse: await s.nonresponse(chosen.r.id) } : null,
      byMode: found?.byMode ?? [], byRegion: found?.byRegion ?? [], regencies: await s.regencies(), trend,
    }
  },
  providers: async (want, { db }) => (await store(db).scores(want)) as never,
  scorecard: async ({ providerId }, { db, who }) => {
    const s = store(db)
    const id = providerId ?? who.organisationId
    const name = await s.organisationName(id)
    if (name === undefined) throw new Problem('request.not_found')
    const peers = (await s.published(['peers']))[0]
    return { score: ((await s.scores({ providerId: id }))[0] ?? null) as never, name, peers: peers && Number(peers.value['providers']) >= leastPeers ? ({ ...peers.value, asOf: peers.asOf } as never) : null }
  },
  platform: async (_, { db, who, now }) => {
    const s = store(db)
    return { asOf: now.toISOString(), ...(await s.platformCounts(who.organisationId, dayIn('WIB', now))), findings: counts(await s.findingCounts({ platformId: who.organisationId }, now)), scores: (await s.scores({})) as never }
  },
  published: (_, { db }) => store(db).published(),
  publish: async ({ roundId }, context) => {
    const s = store(context.db)
    const round = (await s.rounds()).find((r) => r.id === roundId)
    if (!round) throw new Problem('request.not_found')
    const { all, byMode, byRegion } = await estimates(context, roundId)
    if (all.value === null || all.n < leastPublished) throw new Problem('insight.too_few', { n: all.n, least: leastPublished })
    const enough = <T extends { estimate: Estimate }>(rows: T[]) => rows.map((r) => (r.estimate.n < leastPublished ? { ...r, estimate: { ...r.estimate, value: null, low: null, high: null } } : r))
    await s.put('compliance', context.now, { round: { code: round.code, title: round.title, periodFrom: round.periodFrom, periodTo: round.periodTo }, draw: await s.drawOf(roundId), all, byMode: enough(byMode), byRegion: enough(byRegion) })
    return { ok: true }
  },
  refresh: async (_, context) => {
    for (const { id } of await store(context.db).watched()) await refreshScore(context, id)
    await refreshPeers(context)
    return { ok: true }
  },
})

/** Only who sees every row may write the rollup; a provider's reply changes no figure of it, and the office's next act refreshes it. */
const refresh = async (context: Context, providerId: string): Promise<void> => {
  if (context.who.scope !== 'office' && context.who.scope !== 'system') return
  await refreshScore(context, providerId)
  await refreshPeers(context)
}
export const reactions = {
  'visit.approved': async (event: Event, context: Context) => {
    const { provider } = await store(context.db).providerOfVisit(event.id)
    await refresh(context, provider)
  },
  'finding.changed': (event: Event, context: Context) => refresh(context, String(event.detail?.['providerId'])),
}
