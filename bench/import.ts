import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { CompiledQuery } from 'kysely'
import { join } from 'node:path'
import { classRunColumns, classRunLine } from '#registry/rules/csv-class-runs.ts'
import { programme } from '#twin/rules/generate.ts'
import { importFile } from '#server/import-command.ts'
import { openProduct } from '#server/product.ts'
import { sampleSeed } from '#twin/seed.ts'
import { asCaller, system } from '#server/database.ts'
import { settingsOf } from '#server/settings.ts'
import { newId } from '#server/signin.ts'

/**
 * Rows a second of importing a national file of 100,000 class runs, first and again, against a plain multi-row insert of the same number of
 * small rows in the same run. `npm run bench -- import`
 */
const dataDir = mkdtempSync(join(tmpdir(), 'pantau-bench-'))
const settings = settingsOf({ ...process.env, DATA_DIR: dataDir })
const quiet = () => {}
const product = await openProduct(settings, quiet)
const made = programme({ seed: 1, size: 'national', today: '2026-11-23' })
await asCaller(product.database, system, (tx) => sampleSeed(tx).programme(made, made.window, newId))
const file = join(dataDir, 'class-runs.csv')
writeFileSync(file, [classRunColumns.join(','), ...[...made.classRuns()].map((r) => classRunLine(r.row))].join('\n'))
const timed = async (work: () => Promise<unknown>) => { const t = performance.now(); await work(); return (performance.now() - t) / 1000 }
const seconds = {
  plain: await timed(() => asCaller(product.database, system, async (tx) => {
    const { rows } = await tx.executeQuery<{ id: string }>(CompiledQuery.raw(`insert into registry.import_batch (id, kind, file_name, sha256, organisation_id, started_by, created_at, status)
      select gen_random_uuid(), 'class_runs', 'bench', '', gen_random_uuid(), gen_random_uuid(), now(), 'abandoned' returning id`))
    for (let i = 0; i < made.count; i += 500)
      await tx.insertInto('registry.importRow').values(Array.from({ length: 500 }, (_, k) => ({ batchId: rows[0]!.id, line: i + k, key: `k${i + k}`, digest: 'd' }))).execute()
  })),
  first: await timed(() => importFile(product, file, 'class_runs', false, quiet, new AbortController().signal)),
  again: await timed(() => importFile(product, file, 'class_runs', false, quiet, new AbortController().signal)),
}
for (const [name, s] of Object.entries(seconds)) console.log(`${name.padEnd(6)} ${s.toFixed(1)} s  ${Math.round(made.count / s)} rows/s  ${(s / seconds.plain).toFixed(2)} x plain insert`)
await product.close()
rmSync(dataDir, { recursive: true })
