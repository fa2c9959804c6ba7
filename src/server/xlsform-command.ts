import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { conform, type Case } from '#standards/xlsform/conform.ts'
import { convert } from '#standards/xlsform/convert.ts'
import { readForm } from '#standards/xlsform/file.ts'
import { formError, type FormError, type FormWarning } from '#standards/xlsform/problems.ts'
import { limits } from '#standards/xlsform/read.ts'

type Say = (line: string) => void

const use = 'use: xlsform convert FORM.xlsx|.md|.csv [OUT.xml], or xlsform conform CASES.jsonl'

/** `xlsform convert` and `xlsform conform`: need files only, no database. Returns the exit code: 0 done, 1 the form is refused, 2 nothing to work on. */
export const xlsformCommand = (words: readonly string[], say: Say, aside: Say = (line) => console.error(line)): number => {
  const [what, file, out, ...more] = words
  if ((what !== 'convert' && what !== 'conform') || file === undefined || more.length > 0 || (what === 'conform' && out !== undefined)) return say(use), 2
  const path = resolve(file)
  if (!existsSync(path) || !statSync(path).isFile()) return say(`there is no file ${file}`), 2
  return what === 'convert' ? convertFile(path, out, say, aside) : conformFile(path, say)
}

const place = ({ sheet, row, column }: FormError | FormWarning): string =>
  [sheet || 'file', ...(row === null ? [] : [`row ${row}`]), ...(column === null ? [] : [`column ${column}`])].join(', ')

const tell = (kind: 'error' | 'warning', problems: readonly (FormError | FormWarning)[], say: Say): void => {
  for (const p of problems) say(`${kind} ${place(p)}: ${p.message.en}\n  ${p.message.id}`)
}

/** The XForm goes to OUT.xml, or is printed when none is named; then what a person should know goes to the error stream. */
const convertFile = (path: string, out: string | undefined, say: Say, aside: Say): number => {
  if (statSync(path).size > limits.packedMB * 1e6) return tell('error', [formError('file.too_large', { sheet: '' }, { limit: limits.packedMB })], say), 1
  const read = readForm(basename(path), new Uint8Array(readFileSync(path)))
  if (!read.ok) return tell('error', read.errors, say), 1
  const form = convert(read.workbook, { formId: basename(path).replace(/\.\w+$/, '') })
  if (!form.ok) {
    tell('warning', form.warnings, say)
    tell('error', form.errors, say)
    say(`${basename(path)} is refused: ${form.errors.length} error${form.errors.length === 1 ? '' : 's'}`)
    return 1
  }
  tell('warning', form.warnings, out === undefined ? aside : say)
  if (out === undefined) return say(form.xform), 0
  writeFileSync(resolve(out), form.xform)
  if (form.itemsets !== null) writeFileSync(join(dirname(resolve(out)), 'itemsets.csv'), form.itemsets)
  say(`${out}: form ${form.formId}, version ${form.version || 'none'}, ${form.items.length} items, ${form.warnings.length} warnings`)
  if (form.files.length > 0) say(`the form needs beside it: ${form.files.join(', ')}`)
  return 0
}

/** Every case on a line, a summary for each kind of source, and the sum at the end. */
const conformFile = (path: string, say: Say): number => {
  const lines = readFileSync(path, 'utf8').split('\n').filter((line) => line.trim() !== '')
  let cases: Case[]
  try {
    cases = lines.map((line) => JSON.parse(line) as Case)
  } catch (error) {
    return say(`${basename(path)} is not one JSON object a line: ${(error as Error).message}`), 2
  }
  const sums = new Map<string, { converts: number; refuses: number; differs: number }>()
  let same = 0
  for (const c of cases) {
    const v = conform(c)
    const sum = sums.get(v.source) ?? { converts: 0, refuses: 0, differs: 0 }
    sums.set(v.source, sum)
    sum[v.outcome]++
    if (v.outcome !== 'differs') same++
    say(`${v.outcome.padEnd(8)} ${v.id}${v.difference === null ? '' : `: ${v.difference}`}`)
  }
  for (const [source, { converts, refuses, differs }] of sums) say(`${source}: ${converts} converts, ${refuses} refuses, ${differs} differs`)
  say(`${same} of ${cases.length} as the reference`)
  return 0
}
