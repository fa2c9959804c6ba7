import { parse } from 'csv-parse/sync'
import type { Context } from '#base/room.ts'
import { classRunReader, platformWords, type Mode } from './rules/csv-class-runs.ts'
import { detectDelimiter, parserError, parserOptions, startLine, type ImportError, type RawRecord } from './rules/csv-fields.ts'
import { sessionReader } from './rules/csv-sessions.ts'
import { importStore, type StagedRow } from './store-imports.ts'
import { store } from './store.ts'
import type { ImportBatch } from './contract.ts'

/** Rows judged and stored in one step; after each the progress is visible and the work can be interrupted. */
const step = 2_000

/** The embedded database works in this thread and never lets it rest by itself: between steps, requests (asking for the progress, or to stop) get their turn. */
const rest = (): Promise<void> => new Promise((done) => setTimeout(done, 10))

/** Records of a CSV text with the line each begins on, or the fault at which the parser gave up. */
const records = (text: string, delimiter: ',' | ';'): { records: RawRecord[]; fault: ImportError | undefined } => {
  const found: RawRecord[] = []
  try {
    for (const { record, info } of parse(text, { ...parserOptions, delimiter }) as unknown as { record: string[]; info: { lines: number } }[]) found.push({ line: startLine(info.lines, record), cells: record })
    return { records: found, fault: undefined }
  } catch (error) {
    const e = error as { code?: string; lines?: number }
    if (!e.code?.startsWith('CSV_')) throw error
    return { records: found, fault: parserError(e.code, e.lines ?? 1) }
  }
}

/** The reader that fits the file, with what the registry knows now. */
const readerOf = async (context: Context, kind: ImportBatch['kind'], header: readonly string[]) => {
  const s = store(context.db)
  if (kind === 'sessions') {
    const runs = await s.sessionLookups()
    const { errors, read } = sessionReader(header, { classRuns: new Map(runs.map((r) => [r.scheduleCode, r])) })
    return { errors, read: (record: RawRecord) => { const r = read(record); return { key: r.row && `${r.row.scheduleCode}#${r.row.sequence}`, ...r } } }
  }
  const known = await s.classRunLookups()
  const { errors, read } = classRunReader(header, {
    providers: new Map(known.providers.map((p) => [p.code, { homeRegency: p.homeRegency }])),
    platforms: platformWords(known.platforms),
    regencies: new Set(known.regencies.map((r) => r.code)),
    trainings: new Map(known.trainings.map((t) => [t.courseCode, { providerCode: t.providerCode, mode: t.mode as Mode }])),
  })
  return { errors, read: (record: RawRecord) => { const r = read(record); return { key: r.row?.scheduleCode ?? null, ...r } } }
}

/** What a worker does with the next import: `within` opens a transaction with full rights. Returns 1 when it did something. */
export const importNext = async (within: <T>(work: (context: Context) => Promise<T>) => Promise<T>): Promise<number> => {
  const batch = await within(({ db }) => importStore(db).next())
  if (!batch) return 0
  if (batch.status === 'merging') await merge(batch, within)
  else await judge(batch, within)
  return 1
}

const judge = async (batch: ImportBatch, within: <T>(work: (context: Context) => Promise<T>) => Promise<T>): Promise<void> => {
  const plan = await within(async (context) => {
    const bytes = await context.files.get(batch.sha256)
    if (!bytes) return { refuse: 'file_gone' }
    const text = new TextDecoder().decode(bytes)
    const parsed = records(text, detectDelimiter(text.slice(0, 20_000).split(/\r\n|\n|\r/, 1)[0] ?? ''))
    const header = parsed.records[0]
    if (!header) return { refuse: parsed.fault ? parsed.fault.code : 'file_empty', faults: parsed.fault ? [parsed.fault] : [] }
    const reader = await readerOf(context, batch.kind, header.cells)
    if (reader.errors.length) return { refuse: 'header', faults: reader.errors }
    const rows = parsed.records.slice(1)
    await importStore(context.db).set(batch.id, { rowsTotal: rows.length })
    return { rows, reader, fault: parsed.fault }
  })
  if ('refuse' in plan) {
    await within(async ({ db, now }) => {
      if (plan.faults?.length) await importStore(db).stage(batch.id, [{ line: plan.faults[0]!.line, key: null, row: null, digest: null, errors: plan.faults }])
      await importStore(db).set(batch.id, { status: 'refused', error: plan.refuse, rowsBad: plan.faults?.length ? 1 : 0, finishedAt: now })
    })
    return
  }
  let [good, bad] = [0, 0]
  // an interrupted import starts over with the reader (duplicates are found over the whole file); rows staged before are kept as they are
  for (let i = 0; i < plan.rows.length || (i === 0 && plan.fault); i += step) {
    const staged: StagedRow[] = plan.rows.slice(i, i + step).map((record) => {
      const r = plan.reader.read(record)
      return { line: record.line, key: r.key, row: r.row, digest: r.row ? r.digest : null, errors: r.row ? null : r.errors }
    })
    if (plan.fault && i + step >= plan.rows.length) staged.push({ line: plan.fault.line, key: null, row: null, digest: null, errors: [plan.fault] })
    for (const r of staged) if (r.errors) bad++; else good++
    const going = await within(async ({ db }) => {
      const s = importStore(db)
      const now = await s.one(batch.id)
      if (now?.status !== 'staging') return false
      await s.stage(batch.id, staged)
      await s.set(batch.id, { rowsStaged: Math.min(i + step, plan.rows.length), rowsGood: good, rowsBad: bad })
      return true
    })
    if (!going) return // abandoned meanwhile
    await rest()
  }
  await within(async ({ db }) => {
    const s = importStore(db)
    const counts = await s.compare(batch.id, batch.kind)
    await s.set(batch.id, { status: 'checked', rowsNew: counts.fresh, rowsChanged: counts.changed, rowsSame: counts.same })
  })
}

/** One transaction for all rows: either the whole file is in, or nothing of it. */
const merge = (batch: ImportBatch, within: <T>(work: (context: Context) => Promise<T>) => Promise<T>): Promise<void> =>
  within(async ({ db, now, record }) => {
    const s = importStore(db)
    const { first, last } = await s.lines(batch.id)
    for (let line = first; line <= last; line += 5_000)
      await (batch.kind === 'class_runs' ? s.mergeClassRuns(batch.id, line, line + 4_999, 'entered', now) : s.mergeSessions(batch.id, line, line + 4_999))
    await s.set(batch.id, { status: 'merged', finishedAt: now })
    await record({ act: 'registry.import_merged', on: 'import', id: batch.id, detail: { kind: batch.kind, sha256: batch.sha256, good: batch.rowsGood, new: batch.rowsNew, changed: batch.rowsChanged, same: batch.rowsSame } })
    if (batch.rowsBad === 0) await s.dropRows(batch.id)
  })
