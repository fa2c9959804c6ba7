import { isName, referencesIn } from './expression.ts'
import { groupColumns, type GroupedRow } from './headers.ts'
import { placeEntities, type Referring } from './entity-place.ts'
import { didYouMean, formError, type Findings } from './problems.ts'
import { at, cell, type Reading } from './reading.ts'
import { attach, descendants, formNode, repeatsAbove, type Action, type FormNode, type Text } from './tree.ts'
import type { Sheet } from './workbook.ts'

/** One row of the entities sheet: things of a list that answers make or change. */
export interface Declaration {
  readonly list: string
  readonly row: number
  readonly entityId: string | undefined
  readonly createIf: string | undefined
  readonly updateIf: string | undefined
  readonly label: string | undefined
}
export interface Entities {
  readonly declarations: ReadonlyMap<string, Declaration>
  readonly rows: readonly GroupedRow[]
}

const columns = ['dataset', 'entity_id', 'create_if', 'update_if', 'label', 'repeat']

export const readEntities = (sheet: Sheet | undefined, found: Findings): Entities => {
  const declarations = new Map<string, Declaration>()
  if (!sheet) return { declarations, rows: [] }
  const rows = groupColumns(sheet, 'entities', { language: 'default', collapse: false }, found)
  for (const row of rows) {
    const place = (word: string) => ({ sheet: sheet.name, row: row.row, column: row.headers.get(word) ?? word })
    for (const word of row.cells.keys()) {
      if (!columns.includes(word))
        found.errors.push(formError('entity.column', { sheet: sheet.name, row: 1, column: word }, { name: word }, didYouMean(word, ['list_name', ...columns])))
    }
    const d = {
      list: cell(row, 'dataset') ?? '',
      row: row.row,
      entityId: cell(row, 'entity_id'),
      createIf: cell(row, 'create_if'),
      updateIf: cell(row, 'update_if'),
      label: cell(row, 'label'),
    }
    const name = d.list
    if (name === '') found.errors.push(formError('entity.no_list', place('dataset')))
    else if (name.startsWith('__') || name.includes('.') || !isName(name)) found.errors.push(formError('entity.list_name', place('dataset'), { name }))
    if (d.entityId === undefined && d.updateIf !== undefined) found.errors.push(formError('entity.no_id', place('entity_id'), { name }))
    else if (d.entityId !== undefined && d.createIf !== undefined && d.updateIf === undefined)
      found.errors.push(formError('entity.no_update_if', place('update_if'), { name }))
    else if (d.entityId === undefined && d.label === undefined) found.errors.push(formError('entity.no_label', place('label'), { name }))
    if (declarations.has(name)) found.errors.push(formError('entity.twice', place('dataset'), { name, other: declarations.get(name)!.row }))
    declarations.set(name, d)
  }
  return { declarations, rows }
}

/** Gives every `save_to` to its entity, finds each entity its place, and writes it into the tree. Returns the version of the standard used. */
export const applyEntities = (r: Reading, { declarations }: Entities): string | undefined => {
  const referring = new Map<string, Referring[]>()
  const refer = (list: string, reference: Referring): void => void referring.set(list, [...(referring.get(list) ?? []), reference])
  const byRow = [...savesOf(r, declarations), ...variablesOf(r, declarations)].sort((a, b) => a.row - b.row || Number(a.property === undefined) - Number(b.property === undefined))
  for (const { list, ...reference } of byRow) refer(list, reference)
  if (declarations.size === 0 || r.found.errors.length > 0) return undefined
  const places = placeEntities(r.root, declarations, referring, r)
  for (const [container, list] of places) build(r, container, declarations.get(list)!)
  return declarations.size > 1 || [...places.keys()].some((c) => c.kind === 'repeat' || repeatsAbove(c).length > 0) ? '2025.1.0' : '2024.1.0'
}

type ListReference = Referring & { readonly list: string }

const savesOf = (r: Reading, declarations: ReadonlyMap<string, Declaration>): ListReference[] => {
  const saves: ListReference[] = []
  for (const { node, row, text } of r.saves) {
    const place = at(r, row, 'bind::entities:saveto')
    const error = (code: Parameters<typeof formError>[0], values: Record<string, unknown> = {}, hint?: readonly [string, string]) =>
      void r.found.errors.push(formError(code, place, values, hint))
    const [first = '', second, ...more] = text.split('#')
    if (declarations.size === 0) error('entity.save_without')
    else if (more.length > 0) error('entity.save_hash')
    else if (second === undefined && declarations.size > 1) error('entity.save_no_list', { names: [...declarations.keys()].join(', ') })
    else {
      const list = second === undefined ? [...declarations.keys()][0]! : first
      const property = second ?? first
      const twin = saves.find((s) => s.list === list && s.property === property)
      if (!declarations.has(list)) error('entity.save_unknown', { name: list }, didYouMean(list, declarations.keys()))
      else if (node.kind !== 'question') error('entity.save_group')
      else if (property.startsWith('__') || !isName(property) || /^(name|label)$/i.test(property)) error('entity.save_name', { name: property })
      else if (twin) error('entity.save_twice', { name: property, other: twin.row })
      else {
        node.bind.set('entities:saveto', property)
        saves.push({ list, container: node.parent!, row: row.row, property, question: undefined })
      }
    }
  }
  return saves
}

const variablesOf = (r: Reading, declarations: ReadonlyMap<string, Declaration>): ListReference[] => {
  const lists = new Map<string, string[]>()
  for (const d of declarations.values()) {
    const texts = [d.entityId, d.createIf, d.updateIf, d.label].filter((t) => t !== undefined)
    for (const name of new Set(texts.flatMap(referencesIn).map((f) => f.name))) {
      if (name !== undefined) lists.set(name, [...(lists.get(name) ?? []), d.list])
    }
  }
  if (lists.size === 0) return []
  const made = new Set(r.made)
  return descendants(r.root).flatMap((n) =>
    n.row === null || made.has(n)
      ? []
      : (lists.get(n.name) ?? []).map((list) => ({ list, container: n.parent!, row: n.row!, property: undefined, question: n.name })),
  )
}

/** The entity's node with its attributes, in the container's own `meta`. */
const build = (r: Reading, container: FormNode, d: Declaration): void => {
  const atRoot = container === r.root
  const meta = atRoot ? r.meta : attach(formNode({ kind: 'group', name: 'meta', type: 'meta', parent: container }))
  const entity = formNode({ kind: 'entity', name: 'entity', type: 'entity', parent: meta, row: d.row })
  // Before the client's log and the record's own id.
  meta.children.unshift(entity)
  const attribute = (name: string, value: string, calculate?: string | undefined, actions: readonly Action[] = []): void => {
    const bind: [string, Text][] = [
      ['readonly', 'true()'],
      ['type', 'string'],
    ]
    if (calculate !== undefined) bind.unshift(['calculate', calculate])
    const bound = calculate !== undefined || name === 'id'
    attach(formNode({ kind: 'attribute', name, type: 'attribute', parent: entity, row: d.row, default: value, bind: new Map(bound ? bind : []), actions }))
  }
  attribute('dataset', d.list)
  if (d.entityId === undefined || d.createIf !== undefined) attribute('create', '1', d.createIf)
  if (d.entityId === undefined) {
    const inRepeat = container.kind === 'repeat' || repeatsAbove(container).length > 0
    attribute('id', '', undefined, [
      { tag: 'setvalue', event: 'odk-instance-first-load', value: 'uuid()' },
      ...(inRepeat ? [{ tag: 'setvalue', event: 'odk-new-repeat', value: 'uuid()' } as const] : []),
    ])
  } else {
    attribute('update', '1', d.updateIf)
    const item = `instance('${d.list}')/root/item[name=${d.entityId}]`
    for (const [name, field] of [
      ['baseVersion', '__version'],
      ['trunkVersion', '__trunkVersion'],
      ['branchId', '__branchId'],
    ] as const)
      attribute(name, '', `${item}/${field}`)
    attribute('id', '', d.entityId)
  }
  if (d.label === undefined) return
  const bind = new Map<string, Text>([
    ['calculate', d.label],
    ['readonly', 'true()'],
    ['type', 'string'],
  ])
  attach(formNode({ kind: 'value', name: 'label', type: 'value', parent: entity, row: d.row, bind }))
}
