import type { Cells } from './headers.ts'

/** A text, or the same text in several languages (language name → text), in column order. */
export type Text = string | ReadonlyMap<string, string>

/** One row of the survey sheet as a node of the form. */
export interface FormNode {
  readonly kind: 'survey' | 'group' | 'repeat' | 'question' | 'external'
  readonly name: string
  /** Canonical type, e.g. `photo`, `select one`; equals `kind` for groups and repeats. */
  readonly type: string
  /** The type as written, e.g. `select_one ya_tidak`. */
  readonly written: string
  readonly row: number | null
  readonly parent: FormNode | null
  readonly children: FormNode[]
  readonly cells: Cells
  readonly headers: ReadonlyMap<string, string>
  /** Model attributes in output order; a map is a translated message. */
  readonly bind: Map<string, Text>
  /** Body attributes in output order. */
  readonly control: Map<string, string>
  readonly default: string | undefined
  readonly dynamicDefault: boolean
  /** For selects: the list, the file or the reference the choices come from. */
  readonly itemset: string | undefined
  readonly fromFile: boolean
  readonly choiceFilter: string | undefined
  readonly parameters: ReadonlyMap<string, string>
}

export const textOf = (value: string | Cells | undefined): Text | undefined => {
  if (value === undefined || typeof value === 'string') return value
  const texts = new Map<string, string>()
  for (const [language, text] of value) if (typeof text === 'string') texts.set(language, text)
  return texts.size > 0 ? texts : undefined
}

export const label = (n: FormNode): Text | undefined => textOf(n.cells.get('label'))
export const hint = (n: FormNode): Text | undefined => textOf(n.cells.get('hint'))
export const guidance = (n: FormNode): Text | undefined => textOf(n.cells.get('guidance_hint'))

/** image, audio … of a label, by kind. */
export const mediaOf = (cells: Cells): Map<string, Text> => {
  const media = new Map<string, Text>()
  const tree = cells.get('media')
  if (tree instanceof Map) {
    for (const [kind, value] of tree) {
      const text = textOf(value)
      if (text !== undefined) media.set(kind, text)
    }
  }
  return media
}

export const lineage = (n: FormNode): FormNode[] => (n.parent ? [...lineage(n.parent), n] : [n])
export const pathOf = (n: FormNode): string =>
  lineage(n)
    .map((x) => `/${x.name}`)
    .join('')
export const descendants = (n: FormNode): FormNode[] => n.children.flatMap((c) => [c, ...descendants(c)])
export const repeatsAbove = (n: FormNode): FormNode[] =>
  lineage(n)
    .slice(0, -1)
    .filter((x) => x.kind === 'repeat')

/** A reader's view of a node's header for error messages: `bind::relevant` → `relevant`. */
export const headerOf = (n: FormNode, word: string): string => n.headers.get(word) ?? word.replace(/^(bind|control|media)::/, '')
