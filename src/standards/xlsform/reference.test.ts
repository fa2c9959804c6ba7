import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { SaxesParser } from 'saxes'
import { convert } from './convert.ts'
import { readMarkdown, sheetFromGrid, type Workbook } from './workbook.ts'

/** One recorded case: a form as pyxform's tests write it, and what pyxform made of it. The cases are not part of this repository. */
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
    out.push(
      `<${t.name} ${Object.entries(t.attributes)
        .map(([k, v]) => `${k}=${JSON.stringify(String(v).replace(/\n/g, ' '))}`)
        .sort()
        .join(' ')}>`,
    )
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
  const sheets = Object.entries(c.sheets ?? {}).filter(
    ([name, v]) => Array.isArray(v) && !name.endsWith('_header') && name !== 'sheet_names',
  )
  return {
    sheets: sheets.map(([name, rows]) => {
      const header = [
        ...new Set([
          ...Object.keys((c.sheets![`${name}_header`] as Record<string, unknown>[] | undefined)?.[0] ?? {}),
          ...(rows as object[]).flatMap((r) => Object.keys(r)),
        ]),
      ]
      return sheetFromGrid(name, [
        header,
        ...(rows as Record<string, unknown>[]).map((r) =>
          header.map((h) => (r[h] === undefined || r[h] === null ? undefined : String(r[h]))),
        ),
      ])
    }),
  }
}

type Verdict = 'same' | 'refused, as the reference' | 'refused, not supported yet' | 'different' | 'accepted, the reference refuses'
const verdict = (c: Case): Verdict => {
  const fallback = c.sheets?.fallback_form_name
  const made = convert(workbookOf(c), { root: c.form_name ?? 'data', formId: typeof fallback === 'string' ? fallback : 'data' })
  if (!made.ok) return c.xml === null ? 'refused, as the reference' : 'refused, not supported yet'
  if (c.xml === null) return 'accepted, the reference refuses'
  return canonical(made.xform) === canonical(c.xml) ? 'same' : 'different'
}

const path = process.env.XLSFORM_CASES

test(
  'recorded results of pyxform: what is converted is converted the same',
  { skip: path === undefined && 'XLSFORM_CASES names no file of cases' },
  (t) => {
    const cases = readFileSync(path!, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Case)
    const found = new Map<Verdict, string[]>()
    for (const c of cases) found.set(verdict(c), [...(found.get(verdict(c)) ?? []), c.id])
    for (const [what, ids] of found) t.diagnostic(`${what}: ${ids.length}`)
    const agreed = (found.get('same')?.length ?? 0) + (found.get('refused, as the reference')?.length ?? 0)
    t.diagnostic(`${agreed} of ${cases.length} as the reference`)
    assert.deepEqual(found.get('different') ?? [], [])
    // The one known exception: a header row that only a caller of pyxform's Python interface can leave incomplete.
    assert.deepEqual(
      (found.get('accepted, the reference refuses') ?? []).filter((id) => !id.includes('bad_header_info')),
      [],
    )
  },
)
