import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { basename } from 'node:path'

/** `npm run bench -- NAME …` runs bench/NAME.ts with the words that follow; without a name it lists what there is. */
const [name, ...words] = process.argv.slice(2)
const there = globSync('bench/*.ts').map((path) => basename(path, '.ts')).filter((n) => n !== 'run').sort()
if (name === undefined || !there.includes(name)) {
  console.log(`npm run bench -- NAME, with NAME one of: ${there.join(', ')}`)
  process.exit(name === undefined ? 0 : 2)
}
process.exit(spawnSync(process.execPath, [`bench/${name}.ts`, ...words], { stdio: 'inherit' }).status ?? 1)
