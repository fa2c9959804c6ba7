import type { Media } from '../form/engine.ts'
import type { Progress } from '../form/nodes.ts'
import { announce } from './channel.ts'
import { database, plain, under, type DraftRow } from './database.ts'
import { fileRows } from './files.ts'

interface DraftInput {
  readonly instanceId: string
  readonly assignmentId: string
  readonly formId: string
  readonly version: string
  /** What the person knows it by, in lists: the class and the provider. */
  readonly title: string
  readonly form: { readonly xml: string; readonly media: Media }
  readonly xml: string
  readonly files: readonly File[]
  readonly progress: Progress
  readonly deprecatedId?: string | null
  readonly comments?: Readonly<Record<string, string>>
  readonly locked?: readonly string[]
}

export type DraftSummary = Omit<DraftRow, 'xml' | 'fileNames' | 'personId'> & { readonly files: number }
interface Draft extends Required<DraftInput> {
  readonly savedAt: string
  /** Files that the XML names but this device no longer has. */
  readonly missing: readonly string[]
}

const summary = ({ xml: _xml, fileNames, personId: _person, ...row }: DraftRow): DraftSummary => ({ ...row, files: fileNames.length })

/**
 * Keeps a draft, replacing the former one of the same instance. The form itself is kept once, with the first draft.
 * @returns when it was kept, ISO 8601
 * @throws DOMException `QuotaExceededError` when the device is full; the former draft then stays
 */
export const saveDraft = async (personId: string, draft: DraftInput, now = new Date()): Promise<string> => {
  const { instanceId } = draft
  const rows = await fileRows(personId, instanceId, draft.files)
  const row: DraftRow = {
    personId,
    instanceId,
    assignmentId: draft.assignmentId,
    formId: draft.formId,
    version: draft.version,
    title: draft.title,
    xml: draft.xml,
    fileNames: rows.map(({ name }) => name),
    progress: plain(draft.progress),
    deprecatedId: draft.deprecatedId ?? null,
    comments: plain(draft.comments ?? {}),
    locked: plain(draft.locked ?? []),
    savedAt: now.toISOString(),
  }
  const transaction = (await database()).transaction(['drafts', 'draftForms', 'files', 'outbox', 'sent'], 'readwrite')
  // A save that was under way when the answers were queued must not bring the draft back or touch the queued files.
  for (const store of ['outbox', 'sent'] as const) if (await transaction.objectStore(store).getKey([personId, instanceId])) return row.savedAt
  const files = transaction.objectStore('files')
  const kept = new Set(await files.getAllKeys(under(personId, instanceId)).then((keys) => keys.map(([, , name]) => name)))
  for (const file of rows) if (!kept.has(file.name)) void files.put(file)
  for (const name of kept) if (!row.fileNames.includes(name)) void files.delete([personId, instanceId, name])
  if (!(await transaction.objectStore('draftForms').getKey([personId, instanceId])))
    void transaction.objectStore('draftForms').put({ personId, instanceId, xml: draft.form.xml, media: plain(draft.form.media) })
  void transaction.objectStore('drafts').put(row)
  await transaction.done
  announce()
  return row.savedAt
}

/** A draft with its form and files, ready for `Instrument` (`start: { kind: 'draft', xml, files }`). */
export const openDraft = async (personId: string, instanceId: string): Promise<Draft | undefined> => {
  const db = await database()
  const [row, form, files] = await Promise.all([
    db.get('drafts', [personId, instanceId]),
    db.get('draftForms', [personId, instanceId]),
    db.getAll('files', under(personId, instanceId)),
  ])
  if (!row || !form) return undefined
  const { fileNames, personId: _person, ...rest } = row
  const found = files.filter(({ name }) => fileNames.includes(name))
  return {
    ...rest,
    form: { xml: form.xml, media: form.media },
    files: found.map(({ name, blob, mime }) => new File([blob], name, { type: mime })),
    missing: fileNames.filter((name) => !found.some((file) => file.name === name)),
  }
}

/** All drafts of a person, the newest first. */
export const listDrafts = async (personId: string): Promise<DraftSummary[]> => {
  const rows = await (await database()).getAll('drafts', under(personId))
  return rows.map(summary).sort((a, b) => b.savedAt.localeCompare(a.savedAt))
}

/** The newest draft for a task, if there is one. */
export const draftOfAssignment = async (personId: string, assignmentId: string): Promise<DraftSummary | undefined> =>
  (await listDrafts(personId)).find((draft) => draft.assignmentId === assignmentId)

/** Throws a draft away, with its files. The screen asks first. */
export const discardDraft = async (personId: string, instanceId: string): Promise<void> => {
  const transaction = (await database()).transaction(['drafts', 'draftForms', 'files', 'outbox'], 'readwrite')
  void transaction.objectStore('drafts').delete([personId, instanceId])
  void transaction.objectStore('draftForms').delete([personId, instanceId])
  // The files of queued answers belong to the outbox.
  if (!(await transaction.objectStore('outbox').getKey([personId, instanceId])))
    void transaction.objectStore('files').delete(under(personId, instanceId))
  await transaction.done
  announce()
}
