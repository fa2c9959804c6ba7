import { onScopeDispose, ref, shallowRef, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'
import { sendNow, waiting } from '../online.ts'
import { onDeviceChange } from './channel.ts'
import { flushOutbox, listOutbox, listSent, type Entry, type Flushed, type Sent } from './outbox.ts'

/** Between attempts that nothing else sets off. */
const interval = 5 * 60_000

interface Outbox {
  /** How many visits the server does not have yet. */
  readonly unsent: Readonly<Ref<number>>
  readonly entries: Readonly<Ref<readonly Entry[]>>
  readonly sent: Readonly<Ref<readonly Sent[]>>
  readonly sending: Readonly<Ref<boolean>>
  /** Why the last attempt stopped; null when it went through. */
  readonly lastError: Readonly<Ref<Exclude<Flushed['result'], 'done' | 'busy'> | null>>
  /** True when the browser may clear what is kept here if space runs short: say so, and advise to send soon. */
  readonly mayBeCleared: Readonly<Ref<boolean>>
  /** Sends now; also what was refused before. */
  readonly flush: () => Promise<void>
}

/**
 * Keeps a person's outbox going while the screen is open: at the start, when the connection returns, after something was
 * queued, when a waiting time is over, every five minutes, and by hand. Nobody signed in: nothing happens.
 */
export const useOutbox = (personId: MaybeRefOrGetter<string | null | undefined>): Outbox => {
  const unsent = ref(0)
  const entries = shallowRef<readonly Entry[]>([])
  const sent = shallowRef<readonly Sent[]>([])
  const sending = ref(false)
  const lastError = ref<Exclude<Flushed['result'], 'done' | 'busy'> | null>(null)
  const mayBeCleared = ref(false)
  const tried = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let ended = false

  const read = async (): Promise<void> => {
    const person = toValue(personId)
    const [queued, gone] = person ? await Promise.all([listOutbox(person), listSent(person)]) : [[], []]
    if (ended || person !== toValue(personId)) return
    entries.value = queued
    sent.value = gone
    unsent.value = queued.length
    waiting.value = queued.length
    plan()
  }
  const run = async (options: { atOnce?: boolean; refusedToo?: boolean }): Promise<void> => {
    const person = toValue(personId)
    if (!person || sending.value) return
    sending.value = true
    try {
      const { result } = await flushOutbox(person, options)
      if (result !== 'busy') lastError.value = result === 'done' ? null : result
    } finally {
      sending.value = false
    }
    await read()
  }
  /** Wakes up when the next waiting time is over. */
  const plan = (): void => {
    clearTimeout(timer)
    const times = entries.value.filter(({ state }) => state === 'waiting').map(({ notBefore }) => notBefore)
    // Without a session only signing in, the regular tick or the person's own hand can help.
    if (times.length === 0 || ended || lastError.value === 'signed-out') return
    timer = setTimeout(() => void run({}), Math.min(interval, Math.max(1_000, Math.min(...times) - Date.now())))
  }
  /** Something was queued here or in another tab, or another tab has finished its run. */
  const changed = async (): Promise<void> => {
    await read()
    const fresh = entries.value.filter(({ instanceId, tries, state }) => state === 'waiting' && tries === 0 && !tried.has(instanceId))
    for (const { instanceId } of fresh) tried.add(instanceId)
    if (fresh.length && lastError.value !== 'signed-out') await run({})
  }
  const online = (): void => void run({ atOnce: true })
  const flush = (): Promise<void> => run({ atOnce: true, refusedToo: true })
  const manual = (): void => void flush()

  const release = onDeviceChange(() => void changed())
  addEventListener('online', online)
  const ticking = setInterval(() => void run({}), interval)
  sendNow.value = manual
  watch(
    () => toValue(personId),
    (person) => {
      tried.clear()
      lastError.value = null
      void read().then(() => (person ? run({}) : undefined))
    },
    { immediate: true },
  )
  // Asked for once; browsers that grant it keep the data until the person clears it.
  void (async () => {
    const kept = (await navigator.storage?.persisted?.()) || (await navigator.storage?.persist?.())
    mayBeCleared.value = !kept
  })()
  onScopeDispose(() => {
    ended = true
    clearTimeout(timer)
    clearInterval(ticking)
    removeEventListener('online', online)
    release()
    if (sendNow.value === manual) sendNow.value = null
  })
  return { unsent, entries, sent, sending, lastError, mayBeCleared, flush }
}
