import type { FrameRow } from './frame.ts'

/** What is known about a class run's provider and plan when the frame is frozen. */
export interface RiskInput {
  readonly mode: FrameRow['mode']
  readonly startsOn: string
  readonly plannedParticipants: number
  /** Trainers announced; null when not known, which counts as the one trainer the norm demands at least. */
  readonly trainers: number | null
  /** Day the provider was listed; null when not known, which is no reason by itself. */
  readonly providerListedOn: string | null
  /** Handed over by the edge from earlier rounds; null when there is none. */
  readonly history: { readonly visited: number; readonly failed: number; readonly openCritical: number } | null
}

export type RiskReason = 'provider_new' | 'near_ratio_limit' | 'open_critical_finding' | 'failed_before'

export interface RiskRules {
  /** Class given by each reason; the first class of `order` that any reason gives is the row's. */
  readonly classOf: Readonly<Record<RiskReason, string>>
  /** Risk classes, highest first; the last is given when no reason applies. */
  readonly order: readonly string[]
  readonly newProviderDays: number
  /** Participants per trainer by mode; null = the mode has no such norm. */
  readonly ratioLimit: Readonly<Record<FrameRow['mode'], number | null>>
  /** Share of the limit from which a plan counts as near it. */
  readonly nearShare: number
  /** Share of failed visits, judged from `minimumVisits` on. */
  readonly failedShare: number
  readonly minimumVisits: number
}

/** Limits 1:50 and 1:30 are the norms of webinar and luring classes (domain §2.3); the other figures are this project's proposal and configurable. */
export const defaultRiskRules: RiskRules = {
  classOf: { provider_new: 'high', near_ratio_limit: 'high', open_critical_finding: 'high', failed_before: 'high' },
  order: ['high', 'normal'],
  newProviderDays: 90,
  ratioLimit: { webinar: 50, onsite: 30, selfPaced: null },
  nearShare: 0.9,
  failedShare: 0.25,
  minimumVisits: 4,
}

const days = (from: string, to: string): number => (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000

/** Risk class of a class run with the reasons for it. A provider is new when it was listed fewer than `newProviderDays` before the class run starts. */
export const riskClass = (row: RiskInput, rules: RiskRules = defaultRiskRules): { riskClass: string; riskReasons: RiskReason[] } => {
  const limit = rules.ratioLimit[row.mode]
  const { history } = row
  const holds: Record<RiskReason, boolean> = {
    provider_new: row.providerListedOn !== null && days(row.providerListedOn, row.startsOn) < rules.newProviderDays,
    near_ratio_limit: limit !== null && row.plannedParticipants >= rules.nearShare * limit * (row.trainers ?? 1),
    open_critical_finding: history !== null && history.openCritical > 0,
    failed_before: history !== null && history.visited >= rules.minimumVisits && history.failed >= rules.failedShare * history.visited,
  }
  const riskReasons = (Object.keys(holds) as RiskReason[]).filter((reason) => holds[reason])
  const given = new Set(riskReasons.map((reason) => rules.classOf[reason]))
  return { riskClass: rules.order.find((name) => given.has(name)) ?? rules.order.at(-1) ?? 'normal', riskReasons }
}
