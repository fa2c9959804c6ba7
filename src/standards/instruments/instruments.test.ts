import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parseRule } from '../rules/expression.ts'
import { instrumentItems, itemFaults, type InstrumentItem } from '../rules/items.ts'
import { convert } from '../xlsform/convert.ts'
import { readXlsx } from '../xlsform/read.ts'
import { instruments, workbookBytes } from './author.ts'

const committed = (file: string): Uint8Array => new Uint8Array(readFileSync(new URL(file, import.meta.url)))
const converted = (file: string) => {
  const read = readXlsx(committed(file))
  assert.ok(read.ok, JSON.stringify(read))
  const form = convert(read.workbook)
  assert.ok(form.ok, JSON.stringify(form))
  return form
}
const { norms } = JSON.parse(readFileSync(new URL('../data/norms.json', import.meta.url), 'utf8')) as {
  norms: { code: string; ruleSet: string; mode: string }[]
}

/** Code, tag, severities and observers of every item, as the printed drafts have them; S01 carries the absent class of self-paced learning. */
const printed = {
  webinar: `W01 C c EIPD|W02 C jn EIPD|W03 C j ILD|W04 C n EIPD|W05 C j EILD|W06 C j EIL|W07 C n EIP|W08 C j EIPL|W09 C c ILDP|W10 C c EIL|W11 C n EI|W12 C j EIP|W13 C jn EIP
    |W14 C j EIP|W15 C c EIP|W16 C n ILPD|W17 C j EIPL|W18 C j ILP|W19 C j EIL|W20 C n EIL|W21 C j EID|W22 C c EIP|W23 C j EIP|W24 C j EPL|W25 C n EP|W26 Q o EP|W27 Q o EP
    |W28 Q o EPI|W29 Q o EP|W30 Q o EP`,
  onsite: `L01 C c EIP|L02 C jn EIPL|L03 C j ILE|L04 C c EIL|L05 C c EI|L06 C j EILP|L07 C j EIL|L08 C n EIP|L09 C j EIPL|L10 C j EIPL|L11 C j EIPL|L12 C j EPL|L13 C j EIL|L14 Q o EP
    |L15 C cn EIL|L16 Q o EP|L17 C jn EPL|L18 C j EIP|L19 C jn EIP|L20 C j EP|L21 C jn EIPL|L22 C j EIL|L23 C c EPI|L24 C j EIP|L25 C cn EP|L26 C n EI|L27 Q o EP|L28 Q o EP
    |L29 Q o EP|L30 - - EIL`,
  selfpaced: `S01 C cj IELD|S02 C j EIL|S03 C j ID|S04 C c EIP|S05 C j EIP|S06 C c ILD|S07 C c EI|S08 C j IDE|S09 C j EI|S10 C n EP|S11 C n ILE|S12 C j EIP|S13 C j EIPL|S14 C n LDP
    |S15 Q jn EP|S16 Q o EP|S17 C jn EPL|S18 C n EI|S19 C j EIP|S20 C c EP|S21 C j EPD|S22 C n DLPI|S23 Q o EP|S24 Q o EP|S25 Q o EP|S26 Q o EP`,
} as const
const letters: Readonly<Record<string, string>> = { expert: 'E', internal: 'I', participant: 'P', provider: 'L', platform: 'D' }
const signs: Readonly<Record<string, string>> = { critical: 'c', major: 'j', minor: 'n', observation: 'o' }
const inShort = (item: InstrumentItem): string => {
  const rule = item.severityRule === null ? undefined : parseRule(item.severityRule)
  const severity = rule?.ok ? rule.clauses.map((c) => signs[c.severity]).join('') : '-'
  return `${item.code} ${{ compliance: 'C', quality: 'Q', none: '-' }[item.tag]} ${severity} ${item.layers.map((l) => letters[l]).join('')}`
}

const modes = { webinar: 'webinar', onsite: 'onsite', selfpaced: 'selfPaced' } as const
for (const name of ['webinar', 'onsite', 'selfpaced'] as const) {
  test(`${name}: the committed workbook is what its tables say`, async () => {
    const authored = instruments.find((a) => a.file === `${name}.xlsx`)!
    assert.ok(
      Buffer.from(committed(`${name}.xlsx`)).equals(Buffer.from(await workbookBytes(authored))),
      'run: node src/standards/instruments/author.ts',
    )
  })

  test(`${name}: every item with its tag, severities and observers, in both languages`, () => {
    const form = converted(`${name}.xlsx`)
    const items = instrumentItems(form.items)
    assert.deepEqual(
      items.map(inShort).sort(),
      printed[name]
        .split('|')
        .map((s) => s.trim())
        .sort(),
    )
    assert.deepEqual([form.formId, form.version, form.files], [`pantau_${name}`, '2026010101', ['kelas.csv']])
    assert.deepEqual(form.languages, ['Indonesia (id)', 'English (en)'])
    for (const row of form.items) {
      if (!row.visible) continue
      for (const texts of [row.labels, ...(row.choices ?? []).map((c) => c.labels)])
        assert.deepEqual(Object.keys(texts), [...form.languages], row.name)
    }
    assert.ok(!form.xform.includes('<value>-</value>'), 'a text is missing in one language')
  })

  test(`${name}: rules name questions of the form and norms that every rule set of the mode lists`, () => {
    const form = converted(`${name}.xlsx`)
    for (const ruleSet of ['semi_bansos_2020', 'normal_handbook_1', 'normal_handbook_2']) {
      const known = new Set(norms.filter((n) => n.ruleSet === ruleSet && n.mode === modes[name]).map((n) => n.code))
      assert.deepEqual(itemFaults(instrumentItems(form.items), form.items, known), [])
    }
  })

  test(`${name}: photos are capped, items open only to their layers, and only when there was a class`, () => {
    const form = converted(`${name}.xlsx`)
    assert.deepEqual(form.warnings, [])
    const binds = [...form.xform.matchAll(/<bind nodeset="([^"]+)"([^>]*)>/g)].map((m) => ({ path: m[1]!, rest: m[2]! }))
    for (const { path, rest } of binds) if (rest.includes('type="binary"')) assert.match(rest, /orx:max-pixels="1600"/, path)
    const opened = new Set(binds.filter((b) => b.rest.includes('/data/tugas/layer')).map((b) => b.path))
    for (const item of form.items) if (item.code !== null && item.repeats.length === 0) assert.ok(opened.has(item.path), item.name)
    assert.match(form.xform, /<bind nodeset="\/data\/instrumen" relevant=" \/data\/tugas\/outcome {2}= 'took_place'"\/>/)
    for (const item of form.items) assert.ok(item.code === null || item.path.startsWith('/data/instrumen/'), item.name)
  })
}
