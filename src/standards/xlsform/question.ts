import { addOther } from './choices.ts'
import { isDynamic, isReference, referencesIn } from './expression.ts'
import type { GroupedRow } from './headers.ts'
import { isPackage, readParameters, type Parameters } from './parameters.ts'
import { didYouMean, formError, formWarning } from './problems.ts'
import { readRange } from './range.ts'
import { at, cell, plain, under, type Reading } from './reading.ts'
import { isDeclared, nearSheets } from './settings.ts'
import { ancestors, attach, formNode, type Action, type FormNode, type Text } from './tree.ts'
import { externalTypes, selectType, types, typeWords, type SelectType } from './types.ts'

const fileExtension = /^[^.]+\.(csv|xml|geojson)$/
export const isFile = (itemset: string): boolean => /.\.(csv|xml|geojson)$/.test(itemset)

/** Reads a row that is neither the edge of a group nor a setting. */
export const readQuestion = (r: Reading, row: GroupedRow, written: string, name: string, parent: FormNode): FormNode | undefined => {
  const external = Object.hasOwn(externalTypes, written) ? externalTypes[written] : undefined
  if (external) {
    r.files.add(name)
    return attach(formNode({ kind: 'external', name, type: written, parent, row: row.row, itemset: `${name}.${external}` }))
  }
  const select = selectType(written)
  const type = select?.type ?? written
  const rule = Object.hasOwn(types, type) && (select !== undefined || !needsList(type)) ? types[type] : undefined
  if (!rule) {
    const head = written.split(' ')[0]!
    const excluded = /osm \S/.test(written) || head === 'osm' || head === 'include'
    if (excluded) r.found.errors.push(formError('type.unsupported', at(r, row, 'type'), { type: written }))
    else r.found.errors.push(formError('type.unknown', at(r, row, 'type'), { type: written }, didYouMean(head, typeWords)))
    return undefined
  }
  if (written === 'subscriberid' || written === 'simserial') r.found.warnings.push(formWarning('type.deprecated', at(r, row, 'type'), { type: written }))
  if (select) checkSelect(r, row, select)
  const parameters = readParameters(cell(row, 'parameters'), type, select?.fromFile ?? false, at(r, row, 'parameters'), r.found)
  const bind = new Map<string, Text>([...Object.entries(rule.bind), ...under(row, 'bind')])
  const control = new Map<string, string>([...Object.entries(rule.attributes ?? {}), ...plain(under(row, 'control'))])
  checkAttributes(r, row)
  if ((select || type === 'rank') && bind.get('type') !== rule.bind['type'])
    r.found.errors.push(formError('bind.type', at(r, row, 'bind::type'), { type: written }))
  if (/search\(.*?\)/.test(control.get('appearance') ?? ''))
    r.found.errors.push(formError('appearance.unsupported', at(r, row, 'control::appearance'), { name: 'search()' }))
  const own = applyParameters(r, row, type, parameters, bind, control)
  const value = defaultOf(row, type)
  const dynamicDefault = value !== undefined && isDynamic(value, type)
  const trigger = readTrigger(r, row)
  checkCalculation(r, row, written, name, bind, dynamicDefault, trigger)
  const parts = { name, type, written, row: row.row, parent, cells: row.cells, headers: row.headers, bind, control, parameters, trigger }
  const question = attach(
    formNode({
      ...parts,
      kind: 'question',
      default: value,
      dynamicDefault,
      actions: actionsOf(type, value, dynamicDefault, parameters, parent),
      itemset: select?.list ?? own.itemset,
      fromFile: select !== undefined && isFile(select.list),
      choiceFilter: cell(row, 'choice_filter'),
    }),
  )
  if (select?.orOther) specifyOther(r, row, question)
  return question
}

const needsList = (type: string): boolean => ['rank', 'select one', 'select all that apply', 'select one external'].includes(type)

/** The question that asks which other thing was meant. */
const specifyOther = (r: Reading, row: GroupedRow, question: FormNode): void => {
  r.orOther = true
  const list = r.choices.lists.get(question.itemset!)
  if (question.choiceFilter !== undefined) r.found.errors.push(formError('choices.or_other', at(r, row, 'choice_filter')))
  if (!list) return
  addOther(list)
  const bind = new Map<string, Text>([
    ['type', 'string'],
    ['relevant', `selected(../${question.name}, 'other')`],
  ])
  const cells = new Map([['label', 'Specify other.']])
  const parts = { name: `${question.name}_other`, type: 'text', parent: question.parent, row: row.row, headers: row.headers, bind, cells }
  r.made.push(attach(formNode({ ...parts, kind: 'question' })))
}

/** A picture named as a default lies with the form's other media. */
const defaultOf = (row: GroupedRow, type: string): string | undefined => {
  const value = cell(row, 'default')
  const picture = value !== undefined && type === 'photo' && !value.includes('jr://images/') && !isDynamic(value, type)
  return picture ? `jr://images/${value}` : value
}

const actionsOf = (
  type: string,
  value: string | undefined,
  dynamic: boolean,
  parameters: Parameters,
  parent: FormNode,
): readonly Action[] => {
  const actions: Action[] = []
  if (dynamic) {
    actions.push({ tag: 'setvalue', event: 'odk-instance-first-load', value })
    if ([parent, ...ancestors(parent)].some((p) => p.kind === 'repeat')) actions.push({ tag: 'setvalue', event: 'odk-new-repeat', value })
  }
  if (type === 'start-geopoint') actions.push({ tag: 'odk:setgeopoint', event: 'odk-instance-first-load' })
  const quality = parameters.get('quality')
  if (type === 'background-audio')
    actions.push({ tag: 'odk:recordaudio', event: 'odk-instance-load', attributes: quality === undefined ? {} : { 'odk:quality': quality } })
  return actions
}

/** `trigger` names one question or several, with commas between. */
const readTrigger = (r: Reading, row: GroupedRow): string[] => {
  const text = cell(row, 'trigger')
  if (text === undefined) return []
  if (!text.includes('${') || text.length < 3) {
    r.found.errors.push(formError('reference.malformed', at(r, row, 'trigger')))
    return []
  }
  const names: string[] = []
  for (const part of text.split(',')) {
    const found = referencesIn(part)
    if (found.some((f) => f.name === undefined)) r.found.errors.push(formError('reference.malformed', at(r, row, 'trigger')))
    else if (found.length > 1) r.found.errors.push(formError('trigger.comma', at(r, row, 'trigger')))
    else for (const { name } of found) names.push(name!)
  }
  for (const name of names) r.later.push({ row, kind: 'trigger', name })
  return names
}

const checkCalculation = (
  r: Reading,
  row: GroupedRow,
  written: string,
  name: string,
  bind: ReadonlyMap<string, Text>,
  dynamicDefault: boolean,
  trigger: readonly string[],
): void => {
  if (written === 'calculate' && !bind.has('calculate') && !dynamicDefault)
    r.found.errors.push(formError('calculation.missing', at(r, row, 'bind::calculate'), { name }))
  if (written !== 'background-geopoint') return
  if (trigger.length === 0 && cell(row, 'trigger') === undefined) r.found.errors.push(formError('trigger.missing', at(r, row, 'trigger'), { name }))
  if (bind.has('calculate')) r.found.errors.push(formError('trigger.calculation', at(r, row, 'bind::calculate'), { name }))
}

/** Free columns become XML attributes, so their names must be XML names. */
export const checkAttributes = (r: Reading, row: GroupedRow): void => {
  for (const word of ['bind', 'control', 'instance', 'media'] as const) {
    const tree = row.cells.get(word)
    if (typeof tree === 'string') r.found.errors.push(formError('column.not_an_attribute', at(r, row, word), { name: word }))
    for (const [key, value] of tree instanceof Map ? tree : []) {
      const place = at(r, row, `${word}::${key}`)
      if (word === 'media' && !['image', 'big-image', 'audio', 'video'].includes(key))
        r.found.errors.push(formError('media.unknown', place, { name: key }, didYouMean(key, ['image', 'big-image', 'audio', 'video'])))
      else if (!isDeclared(key, r.settings) || (typeof value !== 'string' && word !== 'bind' && word !== 'media'))
        r.found.errors.push(formError('column.not_an_attribute', place, { name: `${word}::${key}` }))
      else if (word === 'bind' && typeof value !== 'string' && !['jr:constraintMsg', 'jr:requiredMsg', 'jr:noAppErrorString'].includes(key))
        r.found.errors.push(formError('column.not_translated', place, { name: key }))
    }
  }
}

/** Writes parameters where the client looks for them. */
const applyParameters = (
  r: Reading,
  row: GroupedRow,
  type: string,
  parameters: Parameters,
  bind: Map<string, Text>,
  control: Map<string, string>,
): { itemset?: string | undefined } => {
  const copy = (key: string, to: Map<string, Text> | Map<string, string>, as: string): void => {
    const value = parameters.get(key)
    if (value !== undefined) to.set(as, value)
  }
  if (type === 'photo') {
    copy('max-pixels', bind, 'orx:max-pixels')
    if (!parameters.has('max-pixels')) r.found.warnings.push(formWarning('image.no_max_pixels', at(r, row, 'parameters'), { name: cell(row, 'name') }))
    const app = parameters.get('app')
    if (app !== undefined && ['annotate', undefined].includes(control.get('appearance'))) {
      if (isPackage(app)) control.set('intent', app)
      else r.found.errors.push(formError('parameters.value', at(r, row, 'parameters'), { name: 'app', value: app }))
    }
  }
  if (type === 'audio') copy('quality', bind, 'odk:quality')
  if (type === 'text') copy('rows', control, 'rows')
  if (type === 'audit') for (const key of parameters.keys()) copy(key, bind, `odk:${key}`)
  if (type === 'range') {
    const range = readRange(parameters, control.get('appearance'), r.choices.lists, at(r, row, 'parameters'), r.found)
    if (range?.decimal) bind.set('type', 'decimal')
    for (const [key, value] of range?.attributes ?? []) control.set(key, value)
    return { itemset: range?.labels }
  }
  if (!['geopoint', 'geotrace', 'geoshape'].includes(type)) return {}
  copy('allow-mock-accuracy', bind, 'odk:allow-mock-accuracy')
  copy('capture-accuracy', control, 'accuracyThreshold')
  copy('warning-accuracy', control, 'unacceptableAccuracyThreshold')
  if (parameters.has('incremental')) control.set('incremental', 'true')
  const geometry = parameters.get('reference-geometry')
  if (geometry !== undefined) r.later.push({ row, kind: 'geometry', name: geometry })
  return { itemset: geometry }
}

const checkSelect = (r: Reading, row: GroupedRow, select: SelectType): void => {
  const place = at(r, row, 'type')
  if (select.type === 'select one external') return checkExternal(r, row, select)
  if (select.fromFile) {
    if (!fileExtension.test(select.list)) r.found.errors.push(formError('file.extension', place, { file: select.list }))
    r.files.add(select.list.replace(/\.[^.]*$/, ''))
    if (select.orOther) r.found.errors.push(formError('choices.or_other_list', place))
    return
  }
  if (isReference(select.list) || select.list.includes('${')) {
    if (select.orOther) r.found.errors.push(formError('choices.or_other_list', place))
    return
  }
  const { lists } = r.choices
  const list = lists.get(select.list)
  if (lists.size === 0) r.found.errors.push(formError('choices.missing', place, {}, nearSheets(r.workbook, 'choices')))
  else if (!list) r.found.errors.push(formError('choices.unknown_list', place, { list: select.list }, didYouMean(select.list, lists.keys())))
  else if (select.type === 'select all that apply' && !r.multiple.has(select.list)) {
    r.multiple.add(select.list)
    for (const choice of list.choices) {
      if (choice.name.includes(' '))
        r.found.errors.push(formError('choices.space', { sheet: 'choices', row: choice.row, column: 'name' }, { name: choice.name }))
    }
  }
}

/** The old way to keep a long list beside the form: a sheet that becomes the file `itemsets.csv`, always filtered. */
const checkExternal = (r: Reading, row: GroupedRow, select: SelectType): void => {
  const place = at(r, row, 'type')
  if (r.external === undefined) r.found.errors.push(formError('choices.no_external', place, {}, nearSheets(r.workbook, 'external_choices')))
  else if (!r.external.has(select.list))
    r.found.errors.push(formError('choices.unknown_external', place, { list: select.list }, didYouMean(select.list, r.external)))
  if (cell(row, 'choice_filter') === undefined) r.found.errors.push(formError('choices.external_filter', at(r, row, 'choice_filter')))
  if (select.orOther) r.found.errors.push(formError('choices.or_other_list', place))
}
