import type { Cells } from './headers.ts'

/** A text, or the same text in several languages (language name → text), in column order. */
export type Text = string | ReadonlyMap<string, string>

/** Something the client does by itself when an event happens: set a value, take the place, record sound. */
export interface Action {
  readonly tag: 'setvalue' | 'odk:setgeopoint' | 'odk:recordaudio'
  readonly event: 'odk-instance-first-load' | 'odk-instance-load' | 'odk-new-repeat'
  readonly value?: string | undefined
  readonly attributes?: Readonly<Record<string, string>>
}

/** One row of the survey sheet as a node of the form; some nodes (meta, entities, counters) have no row. */
export interface FormNode {
  readonly kind: 'survey' | 'group' | 'repeat' | 'question' | 'external' | 'entity' | 'attribute' | 'value'
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
  readonly actions: readonly Action[]
  /** Names of the questions whose change sets this one. */
  readonly trigger: readonly string[]
  /** For selects, geo questions and ranges: the list, the file or the reference the choices come from. */
  readonly itemset: string | undefined
  readonly fromFile: boolean
  readonly choiceFilter: string | undefined
  readonly parameters: ReadonlyMap<string, string>
  /** Groups of the old `flat` setting leave no element in the record. */
  readonly flat: boolean
}

export type NodeParts = Pick<FormNode, 'kind' | 'name' | 'type' | 'parent'> & Partial<FormNode>

/** A node from what it has; the rest is empty. */
export const formNode = (parts: NodeParts): FormNode => ({
  written: parts.type,
  row: null,
  children: [],
  cells: new Map(),
  headers: new Map(),
  bind: new Map(),
  control: new Map(),
  default: undefined,
  dynamicDefault: false,
  actions: [],
  trigger: [],
  itemset: undefined,
  fromFile: false,
  choiceFilter: undefined,
  parameters: new Map(),
  flat: false,
  ...parts,
})

/** Adds a node under its parent. */
export const attach = (node: FormNode): FormNode => {
  node.parent!.children.push(node)
  return node
}

export const textOf = (value: string | Cells | undefined): Text | undefined => {
  if (value === undefined || typeof value === 'string') return value
  const texts = new Map<string, string>()
  for (const [language, text] of value) if (typeof text === 'string') texts.set(language, text)
  return texts.size > 0 ? texts : undefined
}

/** Each language of a text; `''` stands for the untranslated one. */
export const eachText = (text: Text | undefined): readonly (readonly [string, string])[] =>
  text === undefined ? [] : typeof text === 'string' ? [['', text]] : [...text]

/** A question with the appearance `label` shows a blank instead of a missing label: it only heads a table of choices. */
export const label = (n: FormNode): Text | undefined =>
  textOf(n.cells.get('label')) ?? (n.control.get('appearance') === 'label' ? ' ' : undefined)
export const hint = (n: FormNode): Text | undefined => textOf(n.cells.get('hint'))
/** Groups and repeats show no guidance. */
export const guidance = (n: FormNode): Text | undefined => (n.kind === 'question' ? textOf(n.cells.get('guidance_hint')) : undefined)

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
/** The names on the way down to a node as the record has them: flat groups leave none, attributes carry an `@`. */
export const steps = (nodes: readonly FormNode[]): string[] =>
  nodes.filter((n) => !n.flat).map((n) => (n.kind === 'attribute' ? `@${n.name}` : n.name))
export const pathOf = (n: FormNode): string => `/${steps(lineage(n)).join('/')}`

/** Every node below, in form order. */
export const descendants = (n: FormNode): FormNode[] => {
  const found: FormNode[] = []
  const walk = (nodes: readonly FormNode[]): void => {
    for (const c of nodes) {
      found.push(c)
      walk(c.children)
    }
  }
  walk(n.children)
  return found
}
export const ancestors = (n: FormNode): FormNode[] => (n.parent ? [n.parent, ...ancestors(n.parent)] : [])
export const repeatsAbove = (n: FormNode): FormNode[] =>
  lineage(n)
    .slice(0, -1)
    .filter((x) => x.kind === 'repeat')

/** A reader's view of a node's header for error messages: `bind::relevant` → `relevant`. */
export const headerOf = (n: FormNode, word: string): string => n.headers.get(word) ?? word.replace(/^(bind|control|media)::/, '')
