import type { ChoiceList } from './choices.ts'
import { isDynamic, isName, isReference } from './expression.ts'
import { groupColumns, type Cells, type GroupedRow } from './headers.ts'
import { readParameters } from './parameters.ts'
import { didYouMean, formError, type FormError } from './problems.ts'
import { isYes } from './settings.ts'
import { textOf, type FormNode, type Text } from './tree.ts'
import { controlType, selectCommandNames, selectType, typeAliases, types, unsupportedTypes } from './types.ts'
import type { Sheet } from './workbook.ts'

interface Reading {
  readonly sheet: Sheet
  readonly lists: ReadonlyMap<string, ChoiceList>
  readonly root: FormNode
  readonly repeatNames: Set<string>
  readonly errors: FormError[]
}

/** Columns whose effect this converter does not write; a cell in one of them is refused rather than lost. */
const unsupportedCells = ['trigger', 'query', 'intent', 'bind::entities:saveto', 'control::autoplay', 'control::intent']

const emptyNode = {
  cells: new Map(),
  headers: new Map(),
  default: undefined,
  dynamicDefault: false,
  itemset: undefined,
  fromFile: false,
  choiceFilter: undefined,
  parameters: new Map(),
} as const

const synthetic = (
  kind: FormNode['kind'],
  name: string,
  type: string,
  parent: FormNode | null,
  bind: readonly [string, Text][] = [],
  control: readonly [string, string][] = [],
): FormNode => ({
  ...emptyNode,
  kind,
  name,
  type,
  written: type,
  row: null,
  parent,
  children: [],
  bind: new Map(bind),
  control: new Map(control),
})

/** Reads the survey sheet into a tree. Every problem is collected; a row that cannot be used is left out. */
export const readSurvey = (
  sheet: Sheet,
  lists: ReadonlyMap<string, ChoiceList>,
  settings: { root: string; defaultLanguage: string; instanceName: string | undefined; cleanText: boolean },
  errors: FormError[],
): FormNode => {
  const root = synthetic('survey', settings.root, 'survey', null)
  const reading: Reading = { sheet, lists, root, repeatNames: new Set(), errors }
  const rows = groupColumns(sheet, 'survey', { language: settings.defaultLanguage, collapse: true, clean: settings.cleanText }, errors)
  if (!sheet.header.some((h) => ['type', 'command'].includes(h.trim().toLowerCase()))) {
    errors.push(formError('header.missing', { sheet: sheet.name, row: 1 }, { name: 'type' }, didYouMean('type', sheet.header)))
    return root
  }
  const open: FormNode[] = [root]
  for (const row of rows) readRow(reading, row, open)
  for (const left of open.slice(1)) {
    errors.push(
      formError('group.unmatched_begin', { sheet: sheet.name, row: left.row, column: 'type' }, { kind: left.kind, name: left.name }),
    )
  }
  const meta = synthetic('group', 'meta', 'group', root)
  root.children.push(meta)
  meta.children.push(
    synthetic('question', 'instanceID', 'calculate', meta, [
      ['type', 'string'],
      ['readonly', 'true()'],
      ['jr:preload', 'uid'],
    ]),
  )
  if (settings.instanceName !== undefined) {
    meta.children.push(
      synthetic('question', 'instanceName', 'calculate', meta, [
        ['type', 'string'],
        ['calculate', settings.instanceName],
      ]),
    )
  }
  return root
}

const readRow = (r: Reading, row: GroupedRow, open: FormNode[]): void => {
  const { errors } = r
  const sheet = r.sheet.name
  const at = (column: string) => ({ sheet, row: row.row, column: row.headers.get(column) ?? column })
  const cell = (word: string): string | undefined => {
    const value = row.cells.get(word)
    return typeof value === 'string' ? value : undefined
  }
  const disabled = cell('disabled')
  if (disabled !== undefined && isYes(disabled)) return
  const written = cell('type')
  if (written === undefined) {
    // A row with neither type nor name nor label is a remark.
    if (row.cells.has('name') || row.cells.has('label')) errors.push(formError('type.missing', at('type')))
    return
  }
  const edge = controlType(written)
  if (edge?.kind === 'loop') {
    if (edge.edge === 'begin') errors.push(formError('type.unsupported', at('type'), { type: written }))
    return
  }
  const parent = open.at(-1)!
  if (edge?.edge === 'end') {
    if (open.length > 1 && parent.kind === edge.kind) open.pop()
    else errors.push(formError('group.unmatched_end', at('type'), { kind: edge.kind }))
    return
  }
  const name = cell('name') ?? (written === 'note' ? `generated_note_name_${row.row}` : undefined)
  if (name === undefined) errors.push(formError('name.missing', at('name')))
  else checkName(r, name, row, parent, edge?.kind ?? 'question')
  for (const word of unsupportedCells) {
    const [first, second] = word.split('::')
    const value = row.cells.get(first!)
    const used = second === undefined ? value !== undefined : value instanceof Map && value.has(second)
    if (used) errors.push(formError('column.unsupported', at(word), { name: row.headers.get(word) ?? word }))
  }
  const attributes = row.cells.get('control')
  for (const [key, value] of attributes instanceof Map ? attributes : []) {
    // A nested attribute (`body::esri::style`) has no place in XML; pyxform writes its own notation for it.
    if (typeof value !== 'string')
      errors.push(formError('column.unsupported', at(`control::${key}`), { name: row.headers.get(`control::${key}`) ?? key }))
  }
  const made = edge
    ? readGroup(r, row, written, edge.kind as 'group' | 'repeat', name ?? '', parent)
    : readQuestion(r, row, written, name ?? '', parent)
  if (made === undefined) return
  parent.children.push(made)
  if (edge) open.push(made)
}

const checkName = (r: Reading, name: string, row: GroupedRow, parent: FormNode, kind: string): void => {
  const at = { sheet: r.sheet.name, row: row.row, column: row.headers.get('name') ?? 'name' }
  if (!isName(name)) r.errors.push(formError('name.invalid', at, { name }))
  if (name === 'meta') r.errors.push(formError('name.reserved', at, { name }))
  const twin = parent.children.find((c) => c.name === name)
  if (twin) r.errors.push(formError('name.duplicate', at, { name, other: twin.row }))
  if (kind !== 'repeat') return
  if (name === r.root.name) r.errors.push(formError('name.reserved', at, { name }))
  if (r.repeatNames.has(name) && !twin) r.errors.push(formError('name.repeat_duplicate', at, { name }))
  r.repeatNames.add(name)
}

const pairs = (cells: Cells, word: string): [string, Text][] => {
  const tree = cells.get(word)
  if (!(tree instanceof Map)) return []
  return [...tree].flatMap(([key, value]): [string, Text][] => {
    const text = textOf(value)
    return text === undefined ? [] : [[key, text]]
  })
}
const plain = (entries: readonly [string, Text][]): [string, string][] =>
  entries.filter((e): e is [string, string] => typeof e[1] === 'string')

const readGroup = (r: Reading, row: GroupedRow, written: string, kind: 'group' | 'repeat', name: string, parent: FormNode): FormNode => {
  const control = new Map(plain(pairs(row.cells, 'control')))
  const count = control.get('jr:count')
  if (kind === 'repeat' && count !== undefined && !isReference(count)) {
    // A computed count needs a node of its own that the repeat can point at.
    const counter = `${name}_count`
    if (parent.children.some((c) => c.name === counter)) {
      r.errors.push(formError('name.duplicate', { sheet: r.sheet.name, row: row.row, column: 'name' }, { name: counter, other: row.row }))
    }
    parent.children.push({
      ...synthetic('question', counter, 'calculate', parent, [
        ['type', 'string'],
        ['readonly', 'true()'],
        ['calculate', count],
      ]),
      row: row.row,
      headers: row.headers,
    })
    control.set('jr:count', `\${${counter}}`)
  }
  if (control.get('appearance')?.split(' ').includes('table-list')) {
    r.errors.push(
      formError(
        'appearance.unsupported',
        { sheet: r.sheet.name, row: row.row, column: row.headers.get('control::appearance') },
        { name: 'table-list' },
      ),
    )
  }
  return {
    ...emptyNode,
    kind,
    name,
    type: kind,
    written,
    row: row.row,
    parent,
    children: [],
    cells: row.cells,
    headers: row.headers,
    bind: new Map(pairs(row.cells, 'bind')),
    control,
  }
}

const readQuestion = (r: Reading, row: GroupedRow, written: string, name: string, parent: FormNode): FormNode | undefined => {
  const at = (column: string) => ({ sheet: r.sheet.name, row: row.row, column: row.headers.get(column) ?? column })
  const external = { 'csv-external': 'csv', 'xml-external': 'xml' }[written]
  if (external) return { ...synthetic('external', name, written, parent), row: row.row, itemset: `${name}.${external}` }
  const select = selectType(written)
  if (select) checkSelect(r, select, at('type'), parent)
  const type = select?.type ?? typeAliases[written] ?? written
  const rule = types[type]
  if (!rule) {
    const head = written.split(' ')[0]!
    if (unsupportedTypes.includes(head)) r.errors.push(formError('type.unsupported', at('type'), { type: written }))
    else
      r.errors.push(
        formError(
          'type.unknown',
          at('type'),
          { type: written },
          didYouMean(head, [...Object.keys(types), 'image', 'begin_group', 'begin_repeat', ...selectCommandNames]),
        ),
      )
    return undefined
  }
  const text = (word: string): string | undefined => {
    const value = row.cells.get(word)
    return typeof value === 'string' ? value : undefined
  }
  const parameters = readParameters(text('parameters'), type, select?.fromFile ?? false, at('parameters'), r.errors)
  const bind = new Map<string, Text>([...Object.entries(rule.bind), ...pairs(row.cells, 'bind')])
  const control = new Map<string, string>([...Object.entries(rule.attributes ?? {}), ...plain(pairs(row.cells, 'control'))])
  applyParameters(type, parameters, bind, control)
  if (control.get('appearance')?.startsWith('search('))
    r.errors.push(formError('appearance.unsupported', at('control::appearance'), { name: 'search()' }))
  let value = text('default')
  if (value !== undefined && type === 'photo' && !value.includes('jr://images/') && !isDynamic(value, type)) value = `jr://images/${value}`
  const dynamicDefault = value !== undefined && isDynamic(value, type)
  if (type === 'calculate' && !bind.has('calculate') && !dynamicDefault)
    r.errors.push(formError('calculation.missing', at('bind::calculate'), { name }))
  return {
    kind: 'question',
    name,
    type,
    written,
    row: row.row,
    parent,
    children: [],
    cells: row.cells,
    headers: row.headers,
    bind,
    control,
    default: value,
    dynamicDefault,
    itemset: select?.list,
    fromFile: /\.(csv|xml|geojson)$/.test(select?.list ?? ''),
    choiceFilter: text('choice_filter'),
    parameters,
  }
}

const applyParameters = (
  type: string,
  parameters: ReadonlyMap<string, string>,
  bind: Map<string, Text>,
  control: Map<string, string>,
): void => {
  const copy = (key: string, to: Map<string, Text> | Map<string, string>, as: string): void => {
    const value = parameters.get(key)
    if (value !== undefined) to.set(as, value)
  }
  if (type === 'photo') copy('max-pixels', bind, 'orx:max-pixels')
  if (type === 'audio') copy('quality', bind, 'odk:quality')
  if (type === 'text') copy('rows', control, 'rows')
  if (type.startsWith('geo')) copy('allow-mock-accuracy', bind, 'odk:allow-mock-accuracy')
  if (type === 'geopoint') {
    copy('capture-accuracy', control, 'accuracyThreshold')
    copy('warning-accuracy', control, 'unacceptableAccuracyThreshold')
  }
}

const checkSelect = (
  r: Reading,
  select: { type: string; list: string; orOther: boolean; fromFile: boolean },
  at: { sheet: string; row: number; column: string },
  parent: FormNode,
): void => {
  if (select.type === 'select one external') return
  if (select.orOther) r.errors.push(formError('choices.or_other', at))
  const file = /\.(csv|xml|geojson)$/.test(select.list)
  if (select.fromFile && !file) r.errors.push(formError('file.extension', at, { file: select.list }))
  if (file || select.fromFile || select.list.includes('${') || parent === undefined) return
  if (r.lists.size === 0) {
    r.errors.push(formError('choices.missing', at))
    return
  }
  const list = r.lists.get(select.list)
  if (!list) r.errors.push(formError('choices.unknown_list', at, { list: select.list }, didYouMean(select.list, r.lists.keys())))
  else if (select.type === 'select all that apply') {
    for (const choice of list.choices) {
      if (choice.name.includes(' '))
        r.errors.push(formError('choices.space', { sheet: 'choices', row: choice.row, column: 'name' }, { name: choice.name }))
    }
  }
}
