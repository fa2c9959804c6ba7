import { onScopeDispose, shallowRef } from 'vue'
import { collection, type Task, type Tasks } from '../contract.ts'
import { problemOf, client, request, type ApiProblem } from '#web/kit/client.ts'
import { instrumentsHere, recall, recallInstrument, remember, rememberInstrument } from '#web/kit/device/cache.ts'
import { formCodeHere, keepFormCode } from '#web/kit/device/code.ts'
import { onDeviceChange } from '#web/kit/device/channel.ts'
import { listDrafts, type DraftSummary } from '#web/kit/device/drafts.ts'
import { listOutbox, listSent, type Entry, type Sent } from '#web/kit/device/outbox.ts'
import { session } from '#web/kit/session.ts'

/** What this device holds of a person's field work, and the list of tasks whether or not there is a network. */

const api = client(collection)
export const personId = (): string => session.me?.person?.id ?? ''

/** The tasks as the server says, else as last kept on the device (`rememberedAt`). */
export const readTasks = async (): Promise<{ tasks: Tasks; rememberedAt: string | null }> => {
  try {
    const tasks = await api.tasks()
    // A full device must not keep the person from seeing the list.
    await remember(personId(), tasks).catch(() => undefined)
    return { tasks, rememberedAt: null }
  } catch (error) {
    const problem = problemOf(error)
    const kept = problem.status === 0 || problem.status >= 500 ? await recall<Tasks>(personId()) : undefined
    if (!kept) throw problem
    return { tasks: kept.tasks, rememberedAt: kept.at }
  }
}

type Instrument = NonNullable<Task['instrument']>

/** An instrument's XForm: from the device, else fetched and kept there. A published version never changes. */
export const instrumentXml = async ({ versionId, formId, version }: Instrument): Promise<string> => {
  const here = await recallInstrument(personId(), formId, version)
  if (here) return here.xml
  const xml = await (await request('GET', `/instruments/${versionId}/xform`)).text()
  await rememberInstrument(personId(), { formId, version, xml, media: {} }).catch(() => undefined)
  return xml
}

/** Fetches what a task needs to be filled in without a network: its instrument and the code of the form. */
export const prepare = async (instrument: Instrument): Promise<void> => {
  await Promise.all([instrumentXml(instrument), keepFormCode()])
}

/** The person's field work on this device, kept current while the screen is open. */
export const useDevice = (changed: () => void = () => {}) => {
  const drafts = shallowRef<readonly DraftSummary[]>([])
  const waiting = shallowRef<readonly Entry[]>([])
  const sent = shallowRef<readonly Sent[]>([])
  const ready = shallowRef<ReadonlySet<string>>(new Set())
  const problem = shallowRef<ApiProblem | null>(null)
  const read = async (): Promise<void> => {
    const person = personId()
    try {
      const before = waiting.value.length
      const [d, w, s, r, code] = await Promise.all([listDrafts(person), listOutbox(person), listSent(person), instrumentsHere(person), formCodeHere()])
      drafts.value = d
      waiting.value = w
      sent.value = s
      ready.value = new Set((code ? r : []).map((i) => `${i.formId} ${i.version}`))
      if (w.length < before) changed()
    } catch (error) {
      problem.value = problemOf(error)
    }
  }
  onScopeDispose(onDeviceChange(() => void read()))
  void read()
  return { drafts, waiting, sent, ready, problem, read, isReady: (i: Instrument): boolean => ready.value.has(`${i.formId} ${i.version}`) }
}
