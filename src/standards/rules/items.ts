import { parseRule } from './expression.ts'

/** What this file needs to know of a converted form's row (`xlsform/items.ts` gives more). */
export interface FormRow {
  readonly name: string
  readonly kind: 'group' | 'repeat' | 'question'
  readonly type: string
  readonly dataType: string
  readonly labels: Readonly<Record<string, string>>
  readonly choices: readonly { readonly name: string }[] | null
  readonly code: string | null
  readonly tag: string | null
  readonly title: { readonly id: string; readonly en: string } | null
  readonly norm: string | null
  readonly criterion: string | null
  readonly severityRule: string | null
  readonly layers: readonly string[] | null
  readonly basis: string | null
}

/** One item of an instrument: what is judged, whatever number of questions it takes. */
export interface InstrumentItem {
  readonly code: string
  /** Place among the items of its instrument, from 1. */
  readonly position: number
  readonly tag: 'compliance' | 'quality' | 'none'
  readonly norm: string | null
  readonly criterion: string | null
  readonly severityRule: string | null
  readonly layers: readonly string[]
  readonly basis: string | null
  readonly label: { readonly id: string; readonly en: string }
  /** Names of its questions, the deciding one first; note, photo and reason included. */
  readonly names: readonly string[]
  /** Names of its photos and other files. */
  readonly files: readonly string[]
  /** True for a 1-5 scale, which gives a score. */
  readonly scale: boolean
}

const labelIn = (labels: Readonly<Record<string, string>>, code: 'id' | 'en', fallback: string): string =>
  Object.entries(labels).find(([language]) => language.endsWith(`(${code})`))?.[1] ?? Object.values(labels)[0] ?? fallback

/** Gathers the rows of a converted form that share a code. The first row of a code carries the item's own columns. */
export const instrumentItems = (items: readonly FormRow[]): InstrumentItem[] => {
  const groups = new Map<string, FormRow[]>()
  for (const item of items) if (item.code !== null) groups.set(item.code, [...(groups.get(item.code) ?? []), item])
  return [...groups].map(([code, rows], i): InstrumentItem => {
    const first = rows[0]!
    const questions = rows.filter((r) => r.kind === 'question' && r.type !== 'note')
    const choices = questions[0]?.choices?.map((c) => c.name) ?? []
    return {
      code,
      position: i + 1,
      tag: first.tag === 'compliance' || first.tag === 'quality' ? first.tag : 'none',
      norm: first.norm,
      criterion: first.criterion,
      severityRule: first.severityRule,
      layers: first.layers ?? [],
      basis: first.basis,
      label: first.title ?? { id: labelIn(first.labels, 'id', code), en: labelIn(first.labels, 'en', code) },
      names: questions.map((q) => q.name),
      files: questions.filter((q) => q.dataType === 'binary').map((q) => q.name),
      scale: ['1', '2', '3', '4', '5'].every((n) => choices.includes(n)),
    }
  })
}

export interface ItemFault {
  readonly code: string
  readonly message: { readonly id: string; readonly en: string }
}

/** What is wrong with an instrument's items: unreadable rules, names that are no question, a compliance item without norm or rule. */
export const itemFaults = (items: readonly InstrumentItem[], form: readonly FormRow[], knownNorms: ReadonlySet<string>): ItemFault[] => {
  const names = new Set(form.map((f) => f.name))
  return items.flatMap((item): ItemFault[] => {
    const fault = (id: string, en: string): ItemFault => ({ code: item.code, message: { id, en } })
    if (item.tag === 'none') return []
    const faults: ItemFault[] = []
    if (item.layers.length === 0) faults.push(fault('Butir ini tidak punya lapisan pengamat.', 'The item has no observing layer.'))
    if (item.tag === 'compliance' && item.norm === null)
      faults.push(fault('Butir kepatuhan ini tidak menunjuk norma.', 'The compliance item names no norm.'))
    if (item.tag === 'quality' && item.criterion === null)
      faults.push(fault('Butir mutu ini tidak menunjuk kriteria.', 'The quality item names no criterion.'))
    if (item.severityRule === null) return [...faults, fault('Butir ini tidak punya aturan keparahan.', 'The item has no severity rule.')]
    const rule = parseRule(item.severityRule)
    if (!rule.ok) return [...faults, fault(`Aturan keparahan: ${rule.fault.message.id}`, `Severity rule: ${rule.fault.message.en}`)]
    for (const name of new Set(rule.clauses.flatMap((c) => c.names))) {
      if (!names.has(name))
        faults.push(fault(`Aturan menyebut "${name}", yang bukan pertanyaan.`, `The rule names "${name}", which is no question.`))
    }
    for (const code of new Set([...rule.clauses.flatMap((c) => c.norms), ...(item.norm === null ? [] : [item.norm])])) {
      if (!knownNorms.has(code)) faults.push(fault(`Norma "${code}" tidak dikenal.`, `The norm "${code}" is not known.`))
    }
    return faults
  })
}
