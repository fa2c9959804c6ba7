import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { differenceLine, verifyDraw } from '#sampling/rules/verify.ts'
import { verifyRound } from '#sampling/api.ts'
import { asCaller, system } from './database.ts'
import { importFile } from './import-command.ts'
import type { OpenProduct } from './product.ts'
import { printSignIns, sample } from './sample.ts'
import type { Settings } from './settings.ts'
import { xlsformCommand } from './xlsform-command.ts'

export type Say = (line: string) => void
type Values = Readonly<Record<string, string | boolean | undefined>>
interface At { readonly product: OpenProduct; readonly settings: Settings; readonly values: Values; readonly say: Say; readonly stop: AbortSignal }

/** One command. It may be long: it says how far it is and stops at a safe point when the signal says so. Returns the exit code. */
interface Command {
  readonly use: string
  readonly help: string
  readonly options: ParseArgsOptionsConfig
  /** Runs without the database when it can (a published file); undefined = it cannot. `words` are what stands beside the options. */
  readonly alone?: (values: Values, say: Say, words: readonly string[]) => Promise<number> | undefined
  readonly takesWords?: true
  readonly run: (at: At) => Promise<number>
}

const list: Readonly<Record<string, Command>> = {
  sample: {
    use: 'sample --seed N --size small|national [--people]',
    help: 'Writes a fictitious sample programme; what is hidden in it goes to a truth file, never into the product. --people adds one sign-in per stakeholder, a closed and an open round.',
    options: { seed: { type: 'string', default: '1' }, size: { type: 'string', default: 'small' }, people: { type: 'boolean', default: false } },
    run: async ({ product, settings, values, say, stop }) => {
      const seed = Number(values['seed'])
      const size = values['size']
      if (!Number.isSafeInteger(seed)) return say(`--seed must be a whole number, not ${String(values['seed'])}`), 2
      if (size !== 'small' && size !== 'national') return say(`--size is small or national, not ${String(size)}`), 2
      await sample(product, settings, { seed, size, people: values['people'] === true }, say, stop)
      printSignIns(settings, values['people'] === true ? say : () => {})
      return stop.aborted ? 130 : 0
    },
  },
  import: {
    use: 'import --file FILE --kind class_runs|sessions [--take-good-rows]',
    help: 'Imports class runs or sessions from CSV (docs/class-run-csv.md); names every fault by line and loads nothing then, unless told to take the good rows.',
    options: { file: { type: 'string' }, kind: { type: 'string', default: 'class_runs' }, 'take-good-rows': { type: 'boolean', default: false } },
    run: async ({ product, values, say, stop }) => {
      const [file, kind] = [values['file'], values['kind']]
      if (typeof file !== 'string' || !existsSync(resolve(file))) return say(`--file must name a file; there is none at ${String(file)}`), 2
      if (kind !== 'class_runs' && kind !== 'sessions') return say(`--kind is class_runs or sessions, not ${String(kind)}`), 2
      return importFile(product, resolve(file), kind, values['take-good-rows'] === true, say, stop)
    },
  },
  draw: {
    use: 'draw --verify ROUND|FILE',
    help: 'Draws a round again from its stored frame and seed (or from its published file alone) and compares.',
    options: { verify: { type: 'string' } },
    alone: (values, say) => {
      const path = resolve(String(values['verify'] ?? ''))
      if (!values['verify'] || !existsSync(path)) return undefined
      return (async () => {
        const { ok, differences } = verifyDraw(JSON.parse(readFileSync(path, 'utf8')))
        return report({ ok, differences: differences.map(differenceLine) }, String(values['verify']), say)
      })()
    },
    run: async ({ product, values, say }) => {
      if (!values['verify']) return say('name the round: draw --verify ROUND'), 2
      const found = await asCaller(product.database, system, (tx) => verifyRound(tx, String(values['verify'])))
      if (!found) return say(`there is no drawn round ${String(values['verify'])}`), 2
      return report({ ok: found.ok, differences: found.differences.map(differenceLine) }, String(values['verify']), say)
    },
  },
  xlsform: {
    use: 'xlsform convert FORM.xlsx|.md|.csv [OUT.xml] | xlsform conform CASES.jsonl',
    help: 'Converts an XLSForm to an XForm and names every fault by sheet, row and column; or compares with recorded results of pyxform, case by case.',
    options: {},
    takesWords: true,
    alone: async (_values, say, words) => xlsformCommand(words, say),
    run: async () => 2,
  },
}

const report = (found: { ok: boolean; differences: readonly string[] }, name: string, say: Say): number => {
  for (const line of found.differences.slice(0, 50)) say(line)
  say(found.ok ? `${name}: the draw is as the frame and the seed say` : `${name}: NOT as the frame and the seed say (${found.differences.length} differences)`)
  return found.ok ? 0 : 1
}

const usage = (say: Say): void => {
  say('npm run pantau -- COMMAND')
  for (const c of Object.values(list)) say(`  ${c.use}\n      ${c.help}`)
}

/** Reads the words; says what is wrong with them and returns undefined when they are no command. */
const parse = (words: readonly string[], say: Say): { command: Command; values: Values; positionals: readonly string[] } | undefined => {
  const [name, ...args] = words
  const command = name === undefined ? undefined : list[name]
  if (!command) {
    if (name !== undefined && name !== 'help') say(`there is no command ${name}`)
    usage(say)
    return undefined
  }
  try {
    const { values, positionals } = parseArgs({ args, options: command.options, allowPositionals: command.takesWords ?? false })
    return { command, values: values as Values, positionals }
  } catch (error) {
    say(`${(error as Error).message}\nuse: ${command.use}`)
    return undefined
  }
}

/** Runs a command that needs no database; undefined when it needs one. */
export const runAlone = async (words: readonly string[], say: Say): Promise<number | undefined> => {
  const parsed = parse(words, say)
  if (!parsed) return words[0] === 'help' ? 0 : 2
  return parsed.command.alone?.(parsed.values, say, parsed.positionals)
}

export const runCommand = async (product: OpenProduct, settings: Settings, words: readonly string[], say: Say, stop: AbortSignal): Promise<number> => {
  const parsed = parse(words, say)
  return parsed ? parsed.command.run({ product, settings, values: parsed.values, say, stop }) : 2
}
