import { addDays } from '#base/days.ts'
import { Problem } from '#base/problem.ts'
import { byText } from '#sampling/rules/frame.ts'
import { randomNumber } from '#sampling/rules/random.ts'

/** `returned`: sent back with comments, with its collector again. `replaced`: went to another organisation under a new assignment. */
export type Status = 'offered' | 'assigned' | 'submitted' | 'returned' | 'done' | 'cancelled' | 'replaced'

/** What the transitions read and write; a stored assignment may hold more. */
export interface Assignment {
  readonly status: Status
  readonly organisationId: string
  /** null while the organisation's coordinator has not named anybody. */
  readonly personId: string | null
  /** Calendar day by which the visit is to be submitted. */
  readonly dueOn: string
  /** Day of the sitting to be visited; null when the class run has none. */
  readonly visitOn: string | null
  /** Why it was cancelled or replaced. */
  readonly reason: string | null
  readonly assignedAt: Date | null
  readonly endedAt: Date | null
  readonly updatedAt: Date
}

export type Act =
  /** The organisation names who goes; also re-assigns, a returned visit too. `organisationId` is the person's own. */
  | { readonly kind: 'assign'; readonly personId: string; readonly organisationId: string }
  /** Back to the organisation, e.g. when the person leaves it. */
  | { readonly kind: 'release' }
  | { readonly kind: 'submit' }
  | { readonly kind: 'return' }
  | { readonly kind: 'approve' }
  | { readonly kind: 'cancel'; readonly reason: string }
  /** Ends this assignment in favour of a new one at another organisation; `affiliated` = that organisation with the class run's provider. */
  | { readonly kind: 'replace'; readonly organisationId: string; readonly affiliated: boolean; readonly reason: string }
  | { readonly kind: 'postpone'; readonly dueOn: string }

/** From which status an act may be taken. A submission to a cancelled or replaced assignment is kept by collection and flagged; it does not pass here. */
const allowed: Readonly<Record<Act['kind'], readonly Status[]>> = {
  assign: ['offered', 'assigned', 'returned'],
  release: ['assigned', 'returned'],
  submit: ['assigned', 'returned'],
  return: ['submitted'],
  approve: ['submitted'],
  cancel: ['offered', 'assigned', 'returned'],
  replace: ['offered', 'assigned', 'returned'],
  postpone: ['offered', 'assigned', 'returned'],
}

export const mayTake = (status: Status, act: Act['kind']): boolean => allowed[act].includes(status)

/**
 * The assignment after an act. Throws `assignment.not_allowed` and the other problems of this room.
 * `replace` only ends this one; the caller opens the new one as `offered`.
 */
export const next = <A extends Assignment>(assignment: A, act: Act, now: Date): A => {
  if (!mayTake(assignment.status, act.kind)) throw new Problem('assignment.not_allowed', { status: assignment.status, act: act.kind })
  const after = (change: Partial<Assignment>): A => ({ ...assignment, ...change, updatedAt: now })
  switch (act.kind) {
    case 'assign':
      if (act.organisationId !== assignment.organisationId) throw new Problem('assignment.other_organisation')
      if (act.personId === assignment.personId) throw new Problem('assignment.same_person')
      // A returned visit stays returned with its new collector: the comments still have to be answered.
      return after({ status: assignment.status === 'returned' ? 'returned' : 'assigned', personId: act.personId, assignedAt: now })
    case 'release':
      return after({ status: assignment.status === 'returned' ? 'returned' : 'offered', personId: null, assignedAt: null })
    case 'submit':
      if (assignment.personId === null) throw new Problem('assignment.not_allowed', { status: assignment.status, act: act.kind })
      return after({ status: 'submitted' })
    case 'return':
      return after({ status: 'returned' })
    case 'approve':
      return after({ status: 'done', endedAt: now })
    case 'cancel':
      return after({ status: 'cancelled', reason: reasonOf(act.reason), endedAt: now })
    case 'replace':
      if (act.organisationId === assignment.organisationId) throw new Problem('assignment.same_organisation')
      if (act.affiliated) throw new Problem('assignment.affiliated')
      return after({ status: 'replaced', reason: reasonOf(act.reason), endedAt: now })
    case 'postpone':
      if (assignment.visitOn !== null && act.dueOn < assignment.visitOn) throw new Problem('assignment.due_before_visit', { dueOn: act.dueOn, visitOn: assignment.visitOn })
      return after({ dueOn: act.dueOn })
  }
}

const reasonOf = (reason: string): string => {
  const text = reason.trim()
  if (text === '') throw new Problem('assignment.reason_missing')
  return text
}

/** Due day: the day of the sitting to be visited (the class run's last day when it has no sitting) plus the configured days, in calendar days. */
export const dueOn = (visit: { readonly sessionDay: string | null; readonly endsOn: string }, days: number): string => {
  if (!Number.isInteger(days) || days < 0) throw new RangeError('the days until the due date must be a whole number, not below zero')
  return addDays(visit.sessionDay ?? visit.endsOn, days)
}

/** A drawn class run that needs an expert organisation. */
export interface DrawnVisit {
  readonly drawRowId: string
  readonly classRunId: string
  readonly regencyCode: string
  readonly provinceCode: string
  readonly providerId: string
}

/** An expert organisation as it stands for this round. */
export interface ExpertTeam {
  readonly organisationId: string
  /** Provinces of its service area. */
  readonly provinces: readonly string[]
  readonly homeProvince: string
  /** Visits it can still take. */
  readonly capacity: number
  /** Providers it is affiliated with, its own institute included. */
  readonly affiliatedProviderIds: readonly string[]
}

export interface AssignedVisit {
  readonly drawRowId: string
  readonly organisationId: string
  readonly reason:
    | { readonly code: 'service_area'; readonly detail: { readonly province: string } }
    /** From outside, because no team serves the province, or those that do are affiliated or full. `distance` in the unit of `provinceDistance`. */
    | { readonly code: 'nearest'; readonly detail: { readonly province: string; readonly distance: number; readonly because: 'none_serves' | 'serving_affiliated' | 'serving_full' } }
}

export interface UnassignedVisit {
  readonly drawRowId: string
  readonly reason: {
    readonly code: 'no_teams' | 'all_affiliated' | 'out_of_reach' | 'no_capacity'
    readonly detail: { readonly teams: number; readonly affiliated: number; readonly capacity: number }
  }
}

// Weights of the preferences, each large enough that the next never outweighs it for one visit.
const outside = 1000
const farthest = 100
const crowding = 0.5
const nearer = 0.001
const tie = 1e-5
/** Costs are whole multiples of 1e-9, so that sums are exact: with rounded sums two paths could each seem cheaper than the other and the search would go in circles. */
const exact = (cost: number): number => Math.round(cost * 1e9)

/**
 * Gives every drawn class run to an expert organisation: as many as the capacities allow; to a team that serves the province before any other; outside the service
 * areas to the nearest; among teams alike by share of capacity used, so that the load is balanced; ties by a hash of both ids, which providers cannot foresee.
 * Never to a team affiliated with the provider. Minimum-cost flow by successive shortest paths (methods §9), visit by visit in the order of a hash of their ids:
 * when capacity runs short, those left over are a chance selection and not the last stratum. The order of the arguments does not matter.
 * @param provinceDistance any unit; Infinity = cannot be reached
 */
export const distribute = (input: {
  readonly drawn: readonly DrawnVisit[]
  readonly experts: readonly ExpertTeam[]
  readonly provinceDistance: (a: string, b: string) => number
}): { assigned: AssignedVisit[]; unassigned: UnassignedVisit[] } => {
  const experts = [...input.experts].sort((a, b) => byText(a.organisationId, b.organisationId))
  const order = new Map(input.drawn.map((visit) => [visit.drawRowId, randomNumber('', visit.drawRowId)]))
  const visits = [...input.drawn].sort((a, b) => order.get(a.drawRowId)! - order.get(b.drawRowId)! || byText(a.drawRowId, b.drawRowId))
  const serves = experts.map((team) => new Set(team.provinces))
  const affiliated = experts.map((team) => new Set(team.affiliatedProviderIds))
  const distance = visits.map((visit) => experts.map((team) => input.provinceDistance(team.homeProvince, visit.provinceCode)))
  const most = distance.flat().reduce((m, d) => (Number.isFinite(d) ? Math.max(m, d) : m), 0) || 1
  const cost = visits.map((visit, v) =>
    experts.map((team, t) => {
      const far = distance[v]![t]! / most
      if (affiliated[t]!.has(visit.providerId)) return Infinity
      const chance = tie * randomNumber(visit.drawRowId, team.organisationId)
      return exact((serves[t]!.has(visit.provinceCode) ? nearer * Math.min(1, far) : outside + farthest * far) + chance)
    }),
  )
  const { held, team } = shortestPaths(cost, experts.map((e) => Math.max(0, Math.floor(e.capacity))))

  const assigned: AssignedVisit[] = []
  const unassigned: UnassignedVisit[] = []
  visits.forEach((visit, v) => {
    const { drawRowId, provinceCode: province } = visit
    const t = team[v]!
    if (t >= 0) {
      const serving = experts.map((_, k) => k).filter((k) => serves[k]!.has(province))
      const because = serving.length === 0 ? 'none_serves' : serving.every((k) => affiliated[k]!.has(visit.providerId)) ? 'serving_affiliated' : 'serving_full'
      const reason = serves[t]!.has(province)
        ? ({ code: 'service_area', detail: { province } } as const)
        : ({ code: 'nearest', detail: { province, distance: distance[v]![t]!, because } } as const)
      assigned.push({ drawRowId, organisationId: experts[t]!.organisationId, reason })
      return
    }
    const conflicts = affiliated.filter((set) => set.has(visit.providerId)).length
    const open = cost[v]!.some(Number.isFinite)
    const code = experts.length === 0 ? 'no_teams' : conflicts === experts.length ? 'all_affiliated' : open ? 'no_capacity' : 'out_of_reach'
    const capacity = held.reduce((s, n) => s + n, 0)
    unassigned.push({ drawRowId, reason: { code, detail: { teams: experts.length, affiliated: conflicts, capacity } } })
  })
  const byRow = (a: { drawRowId: string }, b: { drawRowId: string }) => byText(a.drawRowId, b.drawRowId)
  return { assigned: assigned.sort(byRow), unassigned: unassigned.sort(byRow) }
}

/**
 * Assigns rows to columns of limited capacity at least cost, most rows first. A row without a path to spare capacity stays out (−1).
 * Columns are the only nodes of the search: the arc t → s is the cheapest row of t to be moved to s, so one step costs |columns|², not |rows|·|columns|.
 */
const shortestPaths = (cost: readonly (readonly number[])[], capacity: readonly number[]): { team: number[]; held: number[] } => {
  const teams = capacity.map((_, t) => t)
  const team = cost.map(() => -1)
  const rows = teams.map(() => new Set<number>())
  const move = teams.map(() => teams.map(() => ({ price: Infinity, row: -1 })))
  const review = (t: number) => {
    for (const s of teams) {
      let best = { price: Infinity, row: -1 }
      for (const row of rows[t]!) {
        const price = cost[row]![s]! - cost[row]![t]!
        if (s !== t && price < best.price) best = { price, row }
      }
      move[t]![s] = best
    }
  }
  cost.forEach((prices, row) => {
    const price = [...prices]
    const from = teams.map(() => -1)
    for (let pass = 0, changed = true; changed && pass < teams.length; pass++) {
      changed = false
      for (const t of teams)
        for (const s of teams) {
          const via = price[t]! + move[t]![s]!.price
          if (via < price[s]!) {
            price[s] = via
            from[s] = t
            changed = true
          }
        }
    }
    const total = (t: number) => price[t]! + exact((crowding * (rows[t]!.size + 0.5)) / capacity[t]!)
    const open = teams.filter((t) => rows[t]!.size < capacity[t]! && price[t]! < Infinity)
    if (open.length === 0) return
    let at = open.reduce((a, b) => (total(b) < total(a) ? b : a))
    const touched = [at]
    for (let before = from[at]!; before >= 0; before = from[at]!) {
      const moved = move[before]![at]!.row
      rows[before]!.delete(moved)
      rows[at]!.add(moved)
      team[moved] = at
      at = before
      touched.push(at)
    }
    rows[at]!.add(row)
    team[row] = at
    for (const t of touched) review(t)
  })
  return { team, held: rows.map((set) => set.size) }
}
