import { itemsetsCsv, readChoices, type Choices } from './choices.ts'
import { applyEntities, readEntities, type Entities } from './entities.ts'
import { addMeta, checkLater, isHidden, spreadRelevance } from './finish.ts'
import { externalSources } from './instances.ts'
import { itemsOf, type FormItem } from './items.ts'
import { collect } from './itext.ts'
import { formError, isEnough, type Findings, type FormError, type FormWarning } from './problems.ts'
import { referencesIn } from './expression.ts'
import { checkAmbiguous, checkCells, checkOne, namesOf, type Names } from './references.ts'
import type { Reading } from './reading.ts'
import { nearSheets, readSettings } from './settings.ts'
import { readSurvey } from './survey.ts'
import { descendants, eachText, guidance, hint, label, mediaOf, type FormNode } from './tree.ts'
import { warnAboutLanguages, warnAboutSheets } from './warnings.ts'
import { sheetNamed, type Workbook } from './workbook.ts'
import { writeXform } from './xform.ts'

export type Conversion =
  | {
      readonly ok: true
      /** The XForm; the same workbook always gives the same bytes. */
      readonly xform: string
      readonly formId: string
      readonly version: string
      readonly title: string
      /** Language names as the workbook writes them, default language first; empty when the form is not translated. */
      readonly languages: readonly string[]
      /** Files the form needs beside itself, e.g. `kelas.csv`. */
      readonly files: readonly string[]
      /** The file `itemsets.csv`, when the form has questions of the type select_one_external. */
      readonly itemsets: string | null
      readonly items: readonly FormItem[]
      readonly warnings: readonly FormWarning[]
    }
  | { readonly ok: false; readonly errors: readonly FormError[]; readonly warnings: readonly FormWarning[] }

export interface ConvertOptions {
  /** Name of the record's root element (pyxform: `data`). */
  readonly root?: string
  /** Used when the settings sheet names none. */
  readonly formId?: string
  readonly defaultLanguage?: string
}

/** All text of a workbook together: what takes seconds to read is no form. */
const mostMillions = 8

/** Turns an XLSForm workbook into an XForm as pyxform does. What is not supported is refused with every reason, never left out silently. */
export const convert = (workbook: Workbook, options: ConvertOptions = {}): Conversion => {
  const found: Findings = { errors: [], warnings: [] }
  const refused = (): Conversion => ({ ok: false, errors: inOrder(workbook, found.errors), warnings: inOrder(workbook, found.warnings) })
  const survey = sheetNamed(workbook, 'survey')
  if (!survey) {
    found.errors.push(formError('sheet.missing', { sheet: 'survey' }, { name: 'survey' }, nearSheets(workbook, 'survey')))
    return refused()
  }
  if (textLength(workbook) > mostMillions * 1e6) {
    found.errors.push(formError('workbook.too_long', { sheet: survey.name }, { limit: mostMillions }))
    return refused()
  }
  const fallback = { root: options.root ?? 'data', formId: options.formId ?? 'data', defaultLanguage: options.defaultLanguage ?? 'default' }
  const settings = readSettings(workbook, fallback, found)
  const choices = readChoices(sheetNamed(workbook, 'choices'), settings, found)
  const entities = readEntities(sheetNamed(workbook, 'entities'), found)
  warnAboutSheets(workbook, found)
  const { reading: r, rows } = readSurvey(workbook, survey, choices, settings, found)
  if (isEnough(found.errors)) return refused()
  const { root } = r
  if (settings.flat) spreadRelevance(root)
  checkLater(r, entities)
  const version = applyEntities(r, entities)
  addMeta(r)
  const names = namesOf(root)
  checkReferences(r, rows, choices, entities, names)
  for (const n of descendants(root)) checkLabel(n, survey.name, found.errors)
  checkSources(r)
  if (found.errors.length > 0) return refused()
  const languages = [...collect(root, choices.lists.values(), settings.defaultLanguage).keys()]
  warnAboutLanguages(r, rows[0], choices.rows[0], languages)
  const external = descendants(root).some((n) => n.type === 'select one external') ? sheetNamed(workbook, 'external_choices') : undefined
  return {
    ok: true,
    xform: writeXform({ root, names, lists: choices.lists, settings, entities: version }),
    formId: settings.formId,
    version: settings.version,
    title: settings.title,
    languages: [...languages.filter((l) => l === settings.defaultLanguage), ...languages.filter((l) => l !== settings.defaultLanguage)],
    files: [...new Set([...externalSources(root).flatMap((s) => s.file ?? []), ...(external ? ['itemsets.csv'] : [])])],
    itemsets: external ? itemsetsCsv(external) : null,
    items: itemsOf(root, choices.lists, settings.defaultLanguage),
    warnings: inOrder(workbook, found.warnings),
  }
}

const textLength = (workbook: Workbook): number => {
  let length = 0
  for (const { rows } of workbook.sheets) for (const { cells } of rows) for (const text of cells.values()) length += text.length
  return length
}

const inOrder = <T extends FormError | FormWarning>(workbook: Workbook, problems: readonly T[]): T[] => {
  const order = new Map(workbook.sheets.map((s, i) => [s.name, i]))
  return problems.toSorted((a, b) => (order.get(a.sheet) ?? 99) - (order.get(b.sheet) ?? 99) || (a.row ?? 0) - (b.row ?? 0))
}

/** Every reference of every sheet must name one question. */
const checkReferences = (r: Reading, rows: Parameters<typeof checkCells>[1], choices: Choices, entities: Entities, names: Names): void => {
  const { errors } = r.found
  const sheetName = (name: string): string => sheetNamed(r.workbook, name)?.name ?? name
  const check = (sheet: string, of: typeof rows, considers: (word: string) => boolean): void => checkCells(sheet, of, considers, r.names, errors)
  check(sheetName('settings'), r.settings.rows, () => true)
  check(sheetName('entities'), entities.rows, (word) => word !== 'dataset' && word !== 'repeat')
  check(r.sheet.name, rows, (word) => !['type', 'name', 'trigger'].includes(word))
  check(sheetName('choices'), choices.rows, (word) => word === 'label' || word === 'media')
  for (const n of descendants(r.root)) {
    if (n.itemset?.includes('${') && n.row !== null) checkSource(n, r)
  }
  checkAmbiguous(r.root, names, { survey: r.sheet.name, entities: sheetName('entities') }, errors)
  const files = new Set(descendants(r.root).flatMap((n) => (n.kind === 'external' ? n.name : [])))
  for (const list of choices.lists.values()) {
    for (const choice of list.choices) {
      const texts = [choice.label, ...choice.media.values()].flatMap(eachText)
      for (const [, text] of texts)
        for (const { name } of referencesIn(text))
          if (name !== undefined) checkOne(name, names, files, { sheet: sheetName('choices'), row: choice.row, column: 'label' }, errors)
    }
  }
}

/** Choices taken from answers name one question. */
const checkSource = (n: FormNode, r: Reading): void => {
  for (const { name } of referencesIn(n.itemset!)) {
    const place = { sheet: r.sheet.name, row: n.row, column: 'type' }
    if (name === undefined) r.found.errors.push(formError('reference.malformed', place))
    else if (!r.names.has(name)) r.found.errors.push(formError('reference.unknown', place, { name }))
  }
}

const checkLabel = (n: FormNode, sheet: string, errors: FormError[]): void => {
  if (n.kind !== 'question' || n.row === null || isHidden(n)) return
  const media = mediaOf(n.cells)
  if (media.has('big-image') && !media.has('image'))
    errors.push(formError('media.big_image', { sheet, row: n.row, column: 'big-image' }, { name: n.name }))
  // Guidance alone may be hidden by the client, so it does not count.
  if (label(n) === undefined && hint(n) === undefined && media.size === 0 && n.type !== 'phone number' && !n.type.startsWith('number of days')) {
    const column = guidance(n) === undefined ? 'label' : 'guidance_hint'
    errors.push(formError('label.missing', { sheet, row: n.row, column }, { name: n.name }))
  }
}

/** One data name, one source: a list and a file (or two kinds of file) may not share a name. */
const checkSources = (r: Reading): void => {
  const { errors } = r.found
  const known = new Map<string, string>()
  for (const { id, src, row } of externalSources(r.root)) {
    const other = known.get(id)
    if ((other !== undefined && other !== src) || r.choices.lists.has(id))
      errors.push(formError('instance.conflict', { sheet: r.sheet.name, row, column: 'type' }, { name: id }))
    known.set(id, src)
  }
  const attached = new Set<string>()
  for (const n of descendants(r.root)) {
    if (n.kind !== 'external') continue
    if (attached.has(n.name)) errors.push(formError('instance.conflict', { sheet: r.sheet.name, row: n.row, column: 'name' }, { name: n.name }))
    attached.add(n.name)
  }
}
