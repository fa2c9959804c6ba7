import { readFileSync } from 'node:fs'
import { SaxesParser } from 'saxes'
import { convert } from './convert.ts'
import { readMarkdown, sheetFromGrid, type Workbook } from './workbook.ts'

/** Compares this converter with recorded results of pyxform: `node src/standards/xlsform/measure.ts CASES.jsonl [--list]`. */
interface Case {
  readonly id: string
  readonly md: string | null
  readonly sheets: Readonly<Record<string, unknown>> | null
  readonly form_name: string | null
  readonly error: string | null
  readonly xml: string | null
}

/** Canonical form: attributes sorted, white space between elements dropped, empty text dropped. */
const canonical = (xml: string): string => {
  const out: string[] = []
  let text = ''
  const flush = (): void => {
    if (text.trim() !== '' || (text !== '' && !text.includes('\n'))) out.push(JSON.stringify(text))
    text = ''
  }
  const parser = new SaxesParser()
  parser.on('opentag', (t) => {
    flush()
    out.push(`<${t.name} ${Object.entries(t.attributes).map(([k, v]) => `${k}=${JSON.stringify(String(v).replace(/\n/g, ' '))}`).sort().join(' ')}>`)
  })
  parser.on('text', (t) => (text += t))
  parser.on('closetag', (t) => {
    flush()
    out.push(`</${t.name}>`)
  })
  parser.write(xml).close()
  return out.join('\n')
}

const workbookOf = (c: Case): Workbook => {
  if (c.md) return readMarkdown(c.md)
  const sheets = Object.entries(c.sheets ?? {}).filter(([name, v]) => Array.isArray(v) && !name.endsWith('_header') && name !== 'sheet_names')
  return {
    sheets: sheets.map(([name, rows]) => {
      const header = [...new Set([...Object.keys((c.sheets![`${name}_header`] as Record<string, unknown>[] | undefined)?.[0] ?? {}), ...(rows as object[]).flatMap((r) => Object.keys(r))])]
      return sheetFromGrid(name, [header, ...(rows as Record<string, unknown>[]).map((r) => header.map((h) => (r[h] === undefined || r[h] === null ? undefined : String(r[h]))))])
    }),
  }
}

const cases = readFileSync(process.argv[2]!, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Case)
const tally = { same: 0, identical: 0, refusedRightly: 0, refusedUnsupported: 0, different: 0, acceptedWrongly: 0, threw: 0 }
cases.forEach((c, i) => {
  const say = (what: string): void => {
    if (process.argv.includes('--list')) console.log(i, what, c.id)
  }
  try {
    const fallback = c.sheets?.fallback_form_name
    const made = convert(workbookOf(c), { root: c.form_name ?? 'data', formId: typeof fallback === 'string' ? fallback : 'data' })
    if (!made.ok) {
      if (c.xml === null) tally.refusedRightly++
      else {
        tally.refusedUnsupported++
        say(`refused ${[...new Set(made.errors.map((e) => `${e.code}(${e.message.en})`))].join(' ')}`)
      }
    } else if (c.xml === null) {
      tally.acceptedWrongly++
      say(`accepted, pyxform says: ${c.error?.slice(0, 120)}`)
    } else if (canonical(made.xform) === canonical(c.xml)) {
      tally.same++
      if (made.xform === c.xml) tally.identical++
    } else {
      tally.different++
      say('different')
      if (process.argv.includes('--show')) console.log(made.xform, c.xml)
    }
  } catch (e) {
    tally.threw++
    say(`threw ${e instanceof Error ? (e.stack ?? '').split('\n').slice(0, 3).join(' | ') : e}`)
  }
})
console.log(`${tally.same + tally.refusedRightly} of ${cases.length} as the reference`, tally)
