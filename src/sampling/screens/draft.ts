import { computed, reactive, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { sampling, type Design, type Filter, type Stratum } from '../contract.ts'
import { useLoad, type Loaded } from '#web/kit/action.ts'
import { client } from '#web/kit/client.ts'
import { session } from '#web/kit/session.ts'

export interface Draft {
  title: string
  periodFrom: string
  periodTo: string
  modes: Filter['modes']
  provinces: string[]
  providers: { id: string; name: string }[]
  stratifyBy: Design['stratifyBy']
  kind: 'proportional' | 'given'
  total: number | null
  minimum: number | null
  /** By stratum code; kept when a stratum goes away for a while. */
  sizes: Record<string, number | null>
  /** In per cent. */
  floor: number | null
  dueDays: number | null
}
/** Strata, floor and minimum as in the design of the sampling room; three days is what the office asks for usually. */
const empty = (): Draft => ({
  title: '', periodFrom: '', periodTo: '', modes: [], provinces: [], providers: [],
  stratifyBy: ['mode', 'regionGroup', 'riskClass'], kind: 'proportional', total: null, minimum: 2, sizes: {}, floor: 30, dueDays: 3,
})

/** The plan as it is typed; kept in this tab until it is saved, so that neither going back nor a reload loses it. */
export const useDraft = () => {
  const key = `pantau.plan.${session.me?.membership?.id ?? ''}`
  const stored = sessionStorage.getItem(key)
  const draft = reactive<Draft>({ ...empty(), ...(stored ? (JSON.parse(stored) as Partial<Draft>) : {}) })
  watch(draft, () => sessionStorage.setItem(key, JSON.stringify(draft)))
  const forget = (): void => sessionStorage.removeItem(key)
  const restart = (): void => {
    Object.assign(draft, empty())
    // after the watcher, which would store the empty plan
    setTimeout(forget)
  }
  return { draft, restored: stored !== null, restart, forget }
}

const whole = (n: number | null, low: number, high: number): n is number => n !== null && Number.isInteger(n) && n >= low && n <= high
export const filterOf = (d: Draft): Filter => ({ modes: [...d.modes], provinces: [...d.provinces], providerIds: d.providers.map((p) => p.id) })

/** The first thing wrong with each field of a step, as keys of the plan's messages; empty when the step is complete. */
export const scopeFaults = (d: Draft): Partial<Record<'title' | 'periodFrom' | 'periodTo', 'titleShort' | 'dayMissing' | 'dayOrder'>> => ({
  ...(d.title.trim().length < 3 ? { title: 'titleShort' as const } : {}),
  ...(d.periodFrom ? {} : { periodFrom: 'dayMissing' as const }),
  ...(d.periodTo ? (d.periodFrom && d.periodTo < d.periodFrom ? { periodTo: 'dayOrder' as const } : {}) : { periodTo: 'dayMissing' as const }),
})
export const sampleFaults = (d: Draft, strata: readonly Stratum[]): Partial<Record<'total' | 'minimum' | 'sizes' | 'floor' | 'dueDays', 'totalMissing' | 'minimumBad' | 'sizeBad' | 'floorBad' | 'dueBad'>> => ({
  ...(d.kind === 'proportional' && !whole(d.total, 1, 50_000) ? { total: 'totalMissing' as const } : {}),
  ...(d.kind === 'proportional' && !whole(d.minimum, 0, 100) ? { minimum: 'minimumBad' as const } : {}),
  ...(d.kind === 'given' && !strata.every((s) => whole(d.sizes[s.code] ?? null, 0, 50_000)) ? { sizes: 'sizeBad' as const } : {}),
  ...(d.floor !== null && d.floor >= 1 && d.floor <= 100 ? {} : { floor: 'floorBad' as const }),
  ...(whole(d.dueDays, 0, 60) ? {} : { dueDays: 'dueBad' as const }),
})
export const designOf = (d: Draft, strata: readonly Stratum[]): Design => ({
  stratifyBy: [...d.stratifyBy],
  floor: (d.floor ?? 30) / 100,
  allocation: d.kind === 'given'
    ? { kind: 'given', sizes: Object.fromEntries(strata.map((s) => [s.code, d.sizes[s.code] ?? 0])) }
    : { kind: 'proportional', total: d.total ?? 1, minimum: d.minimum ?? 0 },
  dueDays: d.dueDays ?? 3,
})

export interface Preview {
  /** Population and strata of the scope, whatever the sizes are. */
  readonly scope: Loaded<{ population: number; strata: readonly Stratum[] } | null>
  readonly shared: Loaded<{ strata: readonly Stratum[] } | null>
  /** The strata with their sample; null while it cannot be told. */
  readonly strata: ComputedRef<readonly Stratum[] | null>
}
/** What would be drawn now. Asked anew a moment after the last change. */
export const usePreview = (d: Draft): Preview => {
  const api = client(sampling)
  const scopeReady = computed(() => Boolean(d.periodFrom && d.periodTo && d.periodTo >= d.periodFrom))
  const scopeKey = settled(computed(() => JSON.stringify(scopeReady.value && [d.periodFrom, d.periodTo, filterOf(d), d.stratifyBy])))
  const sharedKey = settled(computed(() => JSON.stringify(scopeReady.value && d.kind === 'proportional' && !sampleFaults(d, []).total && !sampleFaults(d, []).minimum && [d.periodFrom, d.periodTo, filterOf(d), d.stratifyBy, d.total, d.minimum])))
  const ask = (design: Partial<Design>, signal: AbortSignal) =>
    api.preview({ periodFrom: d.periodFrom, periodTo: d.periodTo, filter: filterOf(d), design: { ...designOf(d, []), floor: 0.3, dueDays: 3, ...design } }, signal)
  const scope = useLoad(async (signal) => (scopeKey.value === 'false' ? null : ask({ allocation: { kind: 'proportional', total: 1, minimum: 0 } }, signal)), [scopeKey])
  const shared = useLoad(async (signal) => (sharedKey.value === 'false' ? null : ask({}, signal)), [sharedKey])
  const strata = computed(() => {
    const found = scope.data.value
    if (!found || scope.problem.value) return null
    if (d.kind === 'given') return found.strata.map((s) => ({ ...s, sample: Math.min(d.sizes[s.code] ?? 0, s.population) }))
    return shared.problem.value || sharedKey.value === 'false' ? null : (shared.data.value?.strata ?? null)
  })
  return { scope, shared, strata }
}

/** A value once it has not changed for a third of a second. */
const settled = (source: ComputedRef<string>): Ref<string> => {
  const value = shallowRef(source.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(source, (next) => {
    clearTimeout(timer)
    timer = setTimeout(() => (value.value = next), 350)
  })
  return value
}
