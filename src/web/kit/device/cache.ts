import type { Media } from '../form/engine.ts'
import { database, plain, under } from './database.ts'

/** What was last read from the server, so that tasks and instruments open without a connection. It may be lost without harm. */

interface Remembered<T> {
  /** When it was read, ISO 8601. */
  readonly at: string
  readonly tasks: T
}

/** Keeps a person's latest task list. */
export const remember = async <T>(personId: string, tasks: T, now = new Date()): Promise<void> => {
  await (await database()).put('tasks', { personId, at: now.toISOString(), tasks: plain(tasks) })
}

/** The task list as last kept. The caller names its type; it is what `remember` was given. */
export const recall = async <T>(personId: string): Promise<Remembered<T> | undefined> => {
  const row = await (await database()).get('tasks', personId)
  return row && { at: row.at, tasks: row.tasks as T }
}

export interface Instrument {
  readonly formId: string
  readonly version: string
  readonly xml: string
  readonly media: Media
}

/** Keeps an instrument for use without a connection. */
export const rememberInstrument = async (personId: string, instrument: Instrument): Promise<void> => {
  const { formId, version, xml, media } = instrument
  await (await database()).put('forms', { personId, formId, version, xml, media: plain(media) })
}

export const recallInstrument = async (personId: string, formId: string, version: string): Promise<Instrument | undefined> => {
  const row = await (await database()).get('forms', [personId, formId, version])
  return row && { formId: row.formId, version: row.version, xml: row.xml, media: row.media }
}

/** `formId` and `version` of every instrument on the device: what can be marked as ready for offline work. */
export const instrumentsHere = async (personId: string): Promise<{ formId: string; version: string }[]> =>
  (await (await database()).getAllKeys('forms', under(personId))).map(([, formId, version]) => ({ formId, version }))

/** Forgets tasks and instruments, for example at sign-out on a shared phone. Drafts and unsent visits stay. */
export const forget = async (personId: string): Promise<void> => {
  const transaction = (await database()).transaction(['tasks', 'forms'], 'readwrite')
  void transaction.objectStore('tasks').delete(personId)
  void transaction.objectStore('forms').delete(under(personId))
  await transaction.done
}
