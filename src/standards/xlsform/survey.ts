import { externalLists, type Choices } from './choices.ts'
import { isReference } from './expression.ts'
import { groupColumns, surveyColumns, type GroupedRow } from './headers.ts'
import { didYouMean, formError, formWarning, isEnough, type Findings } from './problems.ts'
import { checkAttributes, readQuestion } from './question.ts'
import { at, cell, plain, under, type Reading } from './reading.ts'
import { isDeclared, isYes, saysNo, type Settings } from './settings.ts'
import { attach, formNode, type FormNode, type Text } from './tree.ts'
import { controlType, settingTypes, typeAliases } from './types.ts'
import { sheetNamed, type Sheet, type Workbook } from './workbook.ts'

/** Groups in groups in groups: more than this no phone shows, and a path would not fit a screen. */
const mostDeep = 40

/** A `table-list` group shows its selects as one table; all of them use one list. */
interface Table {
  list: string | undefined
}
interface State {
  readonly open: FormNode[]
  table: Table | undefined
}

/** Reads the survey sheet into a tree. Every problem is collected; a row that cannot be used is left out. */
export const readSurvey = (
  workbook: Workbook,
  sheet: Sheet,
  choices: Choices,
  settings: Settings,
  found: Findings,
): { reading: Reading; rows: readonly GroupedRow[] } => {
  const root = formNode({ kind: 'survey', name: settings.root, type: 'survey', parent: null })
  const reading: Reading = {
    workbook,
    sheet,
    choices,
    external: externalLists(sheetNamed(workbook, 'external_choices')),
    settings,
    found,
    root,
    taken: new Map(),
    takenLower: new Map(),
    repeatNames: new Set(),
    names: new Set(['instanceID']),
    questions: new Set(),
    made: [],
    multiple: new Set(),
    files: new Set(),
    later: [],
    saves: [],
    meta: formNode({ kind: 'group', name: 'meta', type: 'meta', parent: root }),
    orOther: false,
  }
  const rows = groupColumns(sheet, 'survey', { language: settings.defaultLanguage, collapse: settings.cleanText }, found)
  const typed = rows[0]?.headers.has('type') ?? sheet.header.some((h) => ['type', 'command'].includes(h.trim().toLowerCase()))
  if (!typed) {
    found.errors.push(formError('header.missing', { sheet: sheet.name, row: 1 }, { name: 'type' }, didYouMean('type', sheet.header)))
    return { reading, rows }
  }
  if (rows.length > 0) checkColumns(reading, rows[0]!)
  const state: State = { open: [root], table: undefined }
  for (const row of rows) {
    if (isEnough(found.errors)) return { reading, rows }
    readRow(reading, row, state)
  }
  for (const left of state.open.slice(1))
    found.errors.push(formError('group.unmatched_begin', { sheet: sheet.name, row: left.row, column: 'type' }, { kind: left.kind, name: left.name }))
  for (const n of reading.made) {
    const twin = n.parent!.children.find((c) => c !== n && c.name === n.name)
    if (twin) found.errors.push(formError('name.duplicate', { sheet: sheet.name, row: n.row, column: 'name' }, { name: n.name, other: twin.row }))
  }
  return { reading, rows }
}

/** A column that nearly is one we know is more likely a slip than a note. */
const checkColumns = (r: Reading, { words }: GroupedRow): void => {
  for (const [header, [word = '']] of words) {
    if (surveyColumns.includes(word)) continue
    const near = didYouMean(word.trim().toLowerCase().replaceAll(' ', '_'), surveyColumns, 1)
    if (near[0] !== '') r.found.warnings.push(formWarning('column.unknown', { sheet: r.sheet.name, row: 1, column: header }, { name: header }, near))
  }
}

const readRow = (r: Reading, row: GroupedRow, state: State): void => {
  const { errors, warnings } = r.found
  const disabled = cell(row, 'disabled')
  if (disabled !== undefined) {
    warnings.push(formWarning('column.disabled', at(r, row, 'disabled')))
    if (isYes(disabled)) return
    if (row.cells.size === 1) return
  }
  const asWritten = cell(row, 'type')
  if (asWritten === undefined) {
    // A row with neither type nor name nor label is a remark.
    if (row.cells.has('name') || row.cells.has('label')) errors.push(formError('type.missing', at(r, row, 'type')))
    else warnings.push(formWarning('row.skipped', at(r, row, 'type')))
    return
  }
  const written = Object.hasOwn(typeAliases, asWritten) ? typeAliases[asWritten]! : asWritten
  const setting = Object.hasOwn(settingTypes, written) ? settingTypes[written] : undefined
  if (setting !== undefined) return applySetting(r, row, setting)
  const parent = state.open.at(-1)!
  if (written === 'audit') return readAudit(r, row)
  const edge = controlType(written)
  if (edge?.kind === 'loop') {
    if (edge.edge === 'begin') errors.push(formError('type.unsupported', at(r, row, 'type'), { type: written }))
    return
  }
  if (edge?.edge === 'end') {
    keepSave(r, row, parent)
    if (state.open.length > 1 && parent.kind === edge.kind) state.open.pop()
    else errors.push(formError('group.unmatched_end', at(r, row, 'type'), { kind: edge.kind }))
    state.table = undefined
    return
  }
  const name = cell(row, 'name') ?? (written === 'note' ? `generated_note_name_${row.row}` : undefined)
  if (name === undefined) errors.push(formError('name.missing', at(r, row, 'name')))
  else checkName(r, name, row, parent, edge?.kind ?? 'question')
  if (row.cells.has('query')) errors.push(formError('column.unsupported', at(r, row, 'query'), { name: row.headers.get('query') ?? 'query' }))
  if (edge) return readGroup(r, row, written, edge.kind as 'group' | 'repeat', name ?? '', parent, state)
  if (name !== undefined) r.questions.add(name)
  const before = parent.children.length
  const question = readQuestion(r, row, written, name ?? '', parent)
  if (!question) return
  keepSave(r, row, question)
  if (state.table && question.itemset !== undefined && question.kind === 'question') intoTable(r, row, question, before, state.table)
}

/** `form_title` or `form_id` as a row of the survey sheet. */
const applySetting = (r: Reading, row: GroupedRow, setting: 'title' | 'id_string' | 'prefix'): void => {
  const value = cell(row, 'name')
  if (value === undefined) r.found.errors.push(formError('name.missing', at(r, row, 'name')))
  else if (setting === 'title') r.settings.title = value
  else if (setting === 'id_string') r.settings.formId = value
  else r.settings.prefix = value
}

/** The client's log belongs to the form's own data and is always called `audit`. */
const readAudit = (r: Reading, row: GroupedRow): void => {
  const name = cell(row, 'name')
  if (name !== undefined && name !== 'audit') r.found.errors.push(formError('audit.name', at(r, row, 'name'), { name }))
  const other = r.meta.children[0]
  if (other) r.found.errors.push(formError('name.duplicate', at(r, row, 'name'), { name: 'audit', other: other.row }))
  readQuestion(r, row, 'audit', 'audit', r.meta)
}

const keepSave = (r: Reading, row: GroupedRow, node: FormNode): void => {
  const tree = row.cells.get('bind')
  const text = tree instanceof Map ? tree.get('entities:saveto') : undefined
  if (typeof text === 'string') r.saves.push({ node, row, text })
}

const checkName = (r: Reading, name: string, row: GroupedRow, parent: FormNode, kind: string): void => {
  const place = at(r, row, 'name')
  const { errors, warnings } = r.found
  r.names.add(name)
  if (!isDeclared(name, r.settings)) errors.push(formError('name.invalid', place, { name }))
  if (name === 'meta') errors.push(formError('name.reserved', place, { name }))
  const taken = r.taken.get(parent) ?? new Map<string, number>()
  const lower = r.takenLower.get(parent) ?? new Set<string>()
  r.taken.set(parent, taken)
  r.takenLower.set(parent, lower)
  const twin = taken.get(name)
  if (twin !== undefined) errors.push(formError('name.duplicate', place, { name, other: twin }))
  else if (lower.has(name.toLowerCase())) warnings.push(formWarning('name.case', place, { name }))
  taken.set(name, row.row)
  lower.add(name.toLowerCase())
  if (kind !== 'repeat') return
  if (name === r.root.name) errors.push(formError('name.reserved', place, { name }))
  if (r.repeatNames.has(name) && twin === undefined) errors.push(formError('name.repeat_duplicate', place, { name }))
  r.repeatNames.add(name)
}

const readGroup = (
  r: Reading,
  row: GroupedRow,
  written: string,
  kind: 'group' | 'repeat',
  name: string,
  parent: FormNode,
  state: State,
): void => {
  const place = (word: string) => at(r, row, word)
  checkAttributes(r, row)
  if (state.open.length > mostDeep) r.found.errors.push(formError('group.too_deep', place('type'), { limit: mostDeep }))
  if (kind === 'repeat' && !row.cells.has('label') && !row.cells.has('media'))
    r.found.warnings.push(formWarning('repeat.no_label', place('label'), { name }))
  const bind = new Map(under(row, 'bind'))
  const required = bind.get('required')
  if (typeof required === 'string' && !saysNo(required)) r.found.warnings.push(formWarning('group.required', place('bind::required'), { name }))
  const control = new Map(plain(under(row, 'control')))
  const count = control.get('jr:count')
  if (count !== undefined && !isReference(count)) control.set('jr:count', `\${${counter(r, row, `${name}_count`, count, parent)}}`)
  const intent = cell(row, 'intent')
  if (intent !== undefined) control.set('intent', intent)
  const words = control.get('appearance')?.split(/\s+/) ?? []
  const asTable = words.includes('table-list')
  const cells = new Map(row.cells)
  if (asTable) control.set('appearance', ['field-list', ...words.filter((w) => w !== 'table-list')].join(' '))
  const group = attach(
    formNode({ kind, name, type: kind, written, row: row.row, parent, cells, headers: row.headers, bind, control, flat: r.settings.flat }),
  )
  keepSave(r, row, group)
  if (asTable) {
    state.table = { list: undefined }
    tableHeading(r, row, group)
  }
  // Beyond the limit the group is read as if it were closed, so that nothing nests without end.
  if (state.open.length <= mostDeep) state.open.push(group)
  else state.open.push(attach(formNode({ ...group, parent: r.root, children: [] })))
}

/** A computed count needs a node of its own that the repeat can point at. */
const counter = (r: Reading, row: GroupedRow, name: string, count: string, parent: FormNode): string => {
  const bind = new Map<string, Text>([
    ['type', 'string'],
    ['readonly', 'true()'],
    ['calculate', count],
  ])
  r.made.push(attach(formNode({ kind: 'question', name, type: 'calculate', parent, row: row.row, headers: row.headers, bind })))
  return name
}

/** Label and hint of a table stand in a note above it, since the table's own first row is the choices. */
const tableHeading = (r: Reading, row: GroupedRow, group: FormNode): void => {
  const cells = new Map([...group.cells].filter(([word]) => word === 'label' || word === 'hint'))
  if (cells.size === 0) return
  for (const word of cells.keys()) group.cells.delete(word)
  const bind = new Map<string, Text>([
    ['readonly', 'true()'],
    ['type', 'string'],
  ])
  const parts = { name: `generated_table_list_label_${row.row}`, type: 'note', parent: group, row: row.row, headers: row.headers, bind, cells }
  r.made.push(attach(formNode({ ...parts, kind: 'question' })))
}

/** The first select of a table brings a row with the choices before it; all of them show without labels. */
const intoTable = (r: Reading, row: GroupedRow, question: FormNode, before: number, table: Table): void => {
  const place = at(r, row, 'type')
  if (question.type === 'range' || !['select one', 'select all that apply', 'rank'].includes(question.type)) return
  if (table.list === undefined) {
    table.list = question.itemset!
    if (question.choiceFilter !== undefined) r.found.errors.push(formError('table.choice_filter', at(r, row, 'choice_filter')))
    if (!r.choices.lists.has(table.list)) r.found.errors.push(formError('table.list', place, { list: table.list }))
    const head = formNode({
      kind: 'question',
      name: `reserved_name_for_field_list_labels_${row.row}`,
      type: question.type,
      parent: question.parent,
      row: row.row,
      headers: row.headers,
      bind: new Map([['type', question.type === 'rank' ? 'odk:rank' : 'string']]),
      control: new Map([['appearance', 'label']]),
      itemset: table.list,
    })
    question.parent!.children.splice(before, 0, head)
    r.made.push(head)
  }
  if (table.list !== question.itemset) r.found.errors.push(formError('table.lists_differ', place, { list: question.itemset!, other: table.list }))
  question.control.set('appearance', 'list-nolabel')
}
