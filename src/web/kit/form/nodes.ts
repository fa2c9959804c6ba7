/**
 * Our own types for the engine's live nodes. The package's declarations import files that are not in its tarball and
 * degrade to `any`, so only `engine.ts` touches them; everything else reads these. Walks over the tree are pure.
 */

/** One piece of a label: text, an element with pieces inside, or markup of the form's author (never rendered as such). */
export interface Markup {
  readonly role: 'child' | 'parent' | 'line-break' | 'html'
  readonly value?: string
  readonly elementName?: string
  readonly url?: string
  readonly children?: readonly Markup[]
  readonly unsafeHtml?: string
}

export interface Words {
  readonly asString: string
  readonly formatted: readonly Markup[]
  readonly imageSource?: URL | undefined
}

interface Option {
  readonly value: string
  readonly label: Words
}

interface Violation {
  readonly condition: 'required' | 'constraint'
  readonly message: Words | null
}

export interface ViolationAt {
  readonly nodeId: string
  readonly reference: string
  readonly violation: Violation
}

interface Shown {
  readonly reference: string
  readonly readonly: boolean
  readonly relevant: boolean
  readonly required: boolean
  readonly label: Words | null
  readonly hint: Words | null
}

interface Base<Kind extends string> {
  readonly nodeType: Kind
  readonly nodeId: string
  readonly appearances: Readonly<Record<string, boolean>> | null
}

interface Leaf<Kind extends string, Value, Options = null> extends Base<Kind> {
  readonly currentState: Shown & { readonly value: Value; readonly instanceValue: string; readonly valueOptions: Options }
  readonly validationState: { readonly violation: Violation | null }
}

export interface Place {
  readonly latitude: number
  readonly longitude: number
  /** Metres; null when unknown. */
  readonly altitude: number | null
  /** Radius in metres; null when the place was typed in. */
  readonly accuracy: number | null
}

export type InputNode = Leaf<'input', unknown> & {
  readonly valueType: string
  readonly nodeOptions: { readonly rows?: number | null; readonly accuracyThreshold?: number | null } | null
  setValue(value: string | Place | null): unknown
}
type NoteNode = Leaf<'note', unknown>
export type SelectNode = Leaf<'select', readonly string[], readonly Option[]> & {
  readonly selectType: 'select' | 'select1'
  selectValue(value: string | null): unknown
  selectValues(values: readonly string[]): unknown
}
export type RankNode = Leaf<'rank', readonly string[], readonly Option[]> & { setValues(values: readonly string[]): unknown }
export type RangeNode = Leaf<'range', number | bigint | null> & {
  readonly definition: { readonly bounds: { readonly start: number | bigint; readonly end: number | bigint; readonly step: number | bigint } }
  setValue(value: string | null): unknown
}
export type TickNode = Leaf<'trigger', boolean> & { setValue(value: boolean): unknown }
export type UploadNode = Base<'upload'> & {
  readonly maxPixels: number | null
  readonly nodeOptions: { readonly media: { readonly accept: string; readonly type: string | null } }
  readonly currentState: Shown & {
    readonly value: File | null
    readonly instanceValue: string
    readonly attachmentState: { readonly loading: boolean }
  }
  readonly validationState: { readonly violation: Violation | null }
  setValue(value: File | null): unknown
}
interface HiddenNode extends Base<'model-value'> {
  readonly currentState: Shown & { readonly instanceValue: string }
}

interface Parent<Kind extends string, Child> extends Base<Kind> {
  readonly currentState: Shown & { readonly children: readonly Child[]; readonly hasRelevantBodyNodes: boolean }
}
type GroupNode = Parent<'group', Node>
export type RepeatEntry = Parent<'repeat-instance', Node>
export type RepeatNode =
  | Parent<'repeat-range:controlled', RepeatEntry>
  | (Parent<'repeat-range:uncontrolled', RepeatEntry> & {
      addInstances(after?: number, count?: number): unknown
      removeInstances(start: number, count?: number): unknown
    })

/** A node with a control that a person answers. */
export type Question = InputNode | SelectNode | RankNode | RangeNode | TickNode | UploadNode
export type Node = Question | NoteNode | HiddenNode | GroupNode | RepeatNode

export interface RootNode {
  readonly currentState: { readonly children: readonly Node[]; readonly activeLanguage: { readonly language: string } }
  readonly validationState: { readonly violations: readonly ViolationAt[] }
  readonly instanceState: { readonly instanceXML: string }
}

export interface Progress {
  readonly answered: number
  readonly applicable: number
}

/** `/data/visit[2]/photo` → `/data/visit/photo`: the question, whichever repetition it stands in. */
export const pathOf = (reference: string): string => reference.replace(/\[\d+\]/g, '')

export const hasAppearance = (node: { readonly appearances: Readonly<Record<string, boolean>> | null }, name: string): boolean =>
  node.appearances?.[name] === true

const isRepeat = (node: Node): node is RepeatNode => node.nodeType.startsWith('repeat-range')
const isParent = (node: Node | RepeatEntry): node is GroupNode | RepeatNode | RepeatEntry =>
  node.nodeType === 'group' || node.nodeType.startsWith('repeat')
const isQuestion = (node: Node | RepeatEntry): node is Question =>
  ['input', 'select', 'rank', 'range', 'trigger', 'upload'].includes(node.nodeType)

/** True when the node puts something on the screen now. */
export const isShown = (node: Node): boolean => {
  if (!node.currentState.relevant || node.nodeType === 'model-value') return false
  // A repetition with no entry yet has nothing relevant inside, but its "add" button must be reachable.
  if (isRepeat(node)) return true
  return isParent(node) ? node.currentState.hasRelevantBodyNodes : true
}

/** All questions that apply now, in the order of the form; parts of the form that do not apply are left out. */
export const questions = (nodes: readonly (Node | RepeatEntry)[]): Question[] =>
  nodes.flatMap((node) => {
    if (!node.currentState.relevant) return []
    if (isQuestion(node)) return [node]
    return isParent(node) ? questions(node.currentState.children) : []
  })

const isAnswered = (node: Question): boolean => node.currentState.instanceValue !== ''

/** How many of the questions that a person may answer here are answered. */
export const progressOf = (nodes: readonly Node[]): Progress => {
  const open = questions(nodes).filter((node) => !node.currentState.readonly)
  return { answered: open.filter(isAnswered).length, applicable: open.length }
}

export interface Page {
  readonly id: string
  /** null for questions that stand outside any group. */
  readonly title: Words | null
  readonly nodes: readonly Node[]
}

/** A group that only holds sections (and notes) together; its sections are the pages, not the group. */
const sectionsOf = (node: Node): readonly Node[] => {
  if (node.nodeType !== 'group') return [node]
  const inside = node.currentState.children
  const wraps = inside.some((child) => child.nodeType === 'group') && !inside.some((child) => isQuestion(child) || isRepeat(child))
  return wraps ? inside.filter(isShown).flatMap(sectionsOf) : [node]
}

/**
 * The form's pages: each top-level group or repetition is one; neighbouring questions outside a group share one. Notes
 * outside a group are no page of their own: they open the page that follows, or close the last one.
 */
export const pagesOf = (nodes: readonly Node[]): Page[] => {
  const pages: Page[] = []
  let loose: Node[] = []
  /** Ends a run of ungrouped nodes; what has nothing to answer is left for the next page. */
  const close = (): Node[] => {
    const run = loose
    loose = []
    if (questions(run).length === 0) return run
    if (run[0]) pages.push({ id: run[0].nodeId, title: null, nodes: run })
    return []
  }
  for (const node of nodes.filter(isShown).flatMap(sectionsOf)) {
    if (node.nodeType === 'group') pages.push({ id: node.nodeId, title: node.currentState.label, nodes: [...close(), ...node.currentState.children] })
    else if (isRepeat(node)) pages.push({ id: node.nodeId, title: node.currentState.label, nodes: [...close(), node] })
    else loose.push(node)
  }
  const notes = close()
  const last = pages.pop()
  if (last) return [...pages, { ...last, nodes: [...last.nodes, ...notes] }]
  return notes[0] ? [{ id: notes[0].nodeId, title: null, nodes: notes }] : []
}
