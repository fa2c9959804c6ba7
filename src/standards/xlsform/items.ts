import type { ChoiceList } from './choices.ts'
import { isHidden } from './finish.ts'
import { descendants, hint, label, pathOf, repeatsAbove, type FormNode, type Text } from './tree.ts'


/** language name as written in the workbook (`Indonesia (id)`; `default` when untranslated) → text. */
export type Texts = Readonly<Record<string, string>>

/** One row of the form as the rest of the product needs it: to show, to store typed, and to judge. */
export interface FormItem {
  readonly name: string
  /** XPath in the instance, e.g. `/data/a/w05_a`. */
  readonly path: string
  readonly kind: 'group' | 'repeat' | 'question'
  /** XForm bind type for questions (`string int decimal date time dateTime geopoint binary …`); equals `kind` otherwise. */
  readonly dataType: string
  /** Question type: `text`, `select one`, `photo`, `calculate` …; equals `kind` for groups and repeats. */
  readonly type: string
  readonly labels: Texts
  readonly hints: Texts
  /** For selects on a list of the workbook: its choices. */
  readonly choices: readonly { readonly name: string; readonly labels: Texts }[] | null
  /** For selects from a file: the file name. */
  readonly file: string | null
  /** Names of the repeats around it, outermost first; empty for a value that stands once. */
  readonly repeats: readonly string[]
  /** False for calculations and device data, which nobody answers. */
  readonly visible: boolean
  readonly row: number
  /** Extra columns of the survey sheet, `null` when empty. A row with a severity rule or a criterion is an item to judge. */
  readonly code: string | null
  readonly tag: string | null
  /** The item as a whole, when its first question asks only a part of it. */
  readonly title: { readonly id: string; readonly en: string } | null
  readonly norm: string | null
  readonly criterion: string | null
  readonly severityRule: string | null
  readonly layers: readonly string[] | null
  readonly basis: string | null
}

const texts = (text: Text | undefined, language: string): Texts =>
  text === undefined ? {} : typeof text === 'string' ? { [language]: text } : Object.fromEntries(text)

const selects = new Set(['select one', 'select all that apply', 'rank'])

/** Every row of the survey sheet in form order. The tag column is `item_tag`: `tag` is an old alias of `name` in XLSForm. */
export const itemsOf = (root: FormNode, lists: ReadonlyMap<string, ChoiceList>, language: string): FormItem[] => {
  // Questions that share a list share its choices here too: a list may be long and asked often.
  const choices = new Map([...lists].map(([name, list]) => [name, list.choices.map((c) => ({ name: c.name, labels: texts(c.label, language) }))]))
  return descendants(root).flatMap((n): FormItem[] => {
    if (n.row === null || (n.kind !== 'group' && n.kind !== 'repeat' && n.kind !== 'question')) return []
    const extra = (column: string): string | null => {
      const value = n.cells.get(column)
      return typeof value === 'string' && value !== '' ? value : null
    }
    const dataType = n.bind.get('type')
    return [
      {
        name: n.name,
        path: pathOf(n),
        kind: n.kind,
        dataType: n.kind === 'question' && typeof dataType === 'string' ? dataType : n.kind,
        type: n.type,
        labels: texts(label(n), language),
        hints: texts(hint(n), language),
        choices: selects.has(n.type) ? (choices.get(n.itemset!) ?? null) : null,
        file: n.fromFile ? n.itemset! : null,
        repeats: repeatsAbove(n).map((r) => r.name),
        visible: n.kind !== 'question' || !isHidden(n),
        row: n.row,
        code: extra('code'),
        tag: extra('item_tag'),
        title:
          extra('item_title_id') === null ? null : { id: extra('item_title_id')!, en: extra('item_title_en') ?? extra('item_title_id')! },
        norm: extra('norm'),
        criterion: extra('criterion'),
        severityRule: extra('severity_rule'),
        layers: extra('layers')?.split(/\s+/) ?? null,
        basis: extra('basis'),
      },
    ]
  })
}
