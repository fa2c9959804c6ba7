import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Context } from '#base/room.ts'
import type { ImportBatch } from '#registry/contract.ts'
import { importNext } from '#registry/api-import.ts'
import { importMessage } from '#registry/rules/import-messages.ts'
import type { ImportError } from '#registry/rules/csv-fields.ts'
import { importStore } from '#registry/store-imports.ts'
import { nobody, system } from './database.ts'
import { act } from './act.ts'
import type { OpenProduct } from './product.ts'

/**
 * Imports a CSV file from the command line: the same rows, rules and merge as on the screen. Prints every fault with its line.
 * Stopped in the middle, it goes on at the next start of the server or of this command.
 */
export const importFile = async (product: OpenProduct, path: string, kind: ImportBatch['kind'], takeGoodRows: boolean, say: (line: string) => void, stop: AbortSignal): Promise<number> => {
  const within = <T>(work: (context: Context) => Promise<T>) => act(product, system, 'en', null, work)
  const bytes = readFileSync(path)
  const sha256 = await product.files.put(bytes)
  const id = await within(async (context) => {
    const made = await importStore(context.db).add({ id: context.id(), kind, fileName: basename(path), sha256, organisationId: nobody.organisationId, startedBy: nobody.personId, createdAt: context.now })
    await context.record({ act: 'registry.import_started', on: 'import', id: made.id, detail: { kind, sha256, from: 'command line' } })
    return made.id
  })
  const state = () => within(({ db }) => importStore(db).one(id)) as Promise<ImportBatch>
  const until = async (busy: readonly string[]): Promise<ImportBatch> => {
    let told = -1
    for (;;) {
      await importNext(async (work) => {
        const result = await within(work)
        const b = await state()
        if (b.rowsStaged !== told && b.rowsTotal) say(`${b.rowsStaged} of ${b.rowsTotal} rows read, ${b.rowsBad} with faults`)
        told = b.rowsStaged
        return result
      })
      const b = await state()
      if (!busy.includes(b.status) || stop.aborted) return b
    }
  }
  const judged = await until(['staging'])
  if (judged.rowsBad > 0 || judged.status === 'refused') {
    for (let page = 1; ; page++) {
      const rows = await within(({ db }) => importStore(db).faults(id, page))
      for (const e of rows.flatMap((r) => r.errors as ImportError[])) say(`line ${e.line}${e.column ? `, ${e.column}` : ''}: ${importMessage(e, 'en')}`)
      if (rows.length < 100) break
    }
    if (judged.status === 'refused' || !takeGoodRows) return say(`${judged.rowsBad} rows are wrong; nothing was loaded`), 1
  }
  say(`${judged.rowsNew} new, ${judged.rowsChanged} changed, ${judged.rowsSame} unchanged`)
  await within(({ db }) => importStore(db).set(id, { status: 'merging', takeGoodRows }))
  const done = await until(['merging'])
  say(`import ${done.status}: ${done.rowsGood} rows`)
  return done.status === 'merged' ? 0 : 1
}
