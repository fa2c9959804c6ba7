import { readChoices, type ChoiceList } from './choices.ts'
import { itemsOf, type FormItem } from './items.ts'
import { collect } from './itext.ts'
import { didYouMean, formError, type FormError } from './problems.ts'
import { checkReferences, checkText, namesOf, type Names } from './references.ts'
import { readSettings, type Settings } from './settings.ts'
import { readSurvey } from './survey.ts'
import { descendants, guidance, hint, label, mediaOf, type FormNode } from './tree.ts'
import { sheetNamed, type Sheet, type Workbook } from './workbook.ts'
import { externalSources, isHidden, writeXform } from './xform.ts'

export interface FormWarning {
  readonly row: number | null
  readonly code: 'image.no_max_pixels' | 'group.no_label' | 'language.unknown_code'
  readonly message: { readonly id: string; readonly en: string }
}

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
      readonly items: readonly FormItem[]
      readonly warnings: readonly FormWarning[]
    }
  | { readonly ok: false; readonly errors: readonly FormError[] }

/**
 * Turns an XLSForm workbook into an XForm as pyxform does. What is not supported is refused with every reason, never left out silently.
 * @param options.root name of the record's root element (pyxform: `data`)
 * @param options.formId used when the settings sheet names none
 */
export const convert = (workbook: Workbook, options: { root?: string; formId?: string } = {}): Conversion => {
  const errors: FormError[] = []
  const survey = sheetNamed(workbook, 'survey')
  if (!survey) {
    const near = didYouMean(
      'survey',
      workbook.sheets.map((s) => s.name),
    )
    return { ok: false, errors: [formError('sheet.missing', { sheet: 'survey' }, { name: 'survey' }, near)] }
  }
  for (const name of ['entities', 'osm', 'external_choices']) {
    if ((sheetNamed(workbook, name)?.rows.length ?? 0) > 0) errors.push(formError('sheet.unsupported', { sheet: name }, { name }))
  }
  const settingsSheet = sheetNamed(workbook, 'settings')
  const settings = readSettings(settingsSheet, { root: options.root ?? 'data', formId: options.formId ?? 'data' }, errors)
  const choicesSheet = sheetNamed(workbook, 'choices')
  const lists = choicesSheet
    ? readChoices(choicesSheet, settings.defaultLanguage, settings.allowChoiceDuplicates, settings.cleanText, errors)
    : new Map<string, ChoiceList>()
  const root = readSurvey(survey, lists, settings, errors)
  const names = namesOf(root)
  checkReferences(root, names, survey.name, errors)
  checkOtherTexts(settings, settingsSheet, lists, names, errors)
  for (const n of descendants(root)) checkLabel(n, survey.name, errors)
  checkSources(root, lists, survey.name, errors)
  if (errors.length > 0) return { ok: false, errors: errors.sort(byPlace(workbook)) }
  const languages = [...collect(root, lists.values(), settings.defaultLanguage).keys()]
  return {
    ok: true,
    xform: writeXform({ root, names, lists, settings }),
    formId: settings.formId,
    version: settings.version,
    title: settings.title,
    languages: [...languages.filter((l) => l === settings.defaultLanguage), ...languages.filter((l) => l !== settings.defaultLanguage)],
    files: [...new Set(externalSources(root).map((s) => s.file))],
    items: itemsOf(root, lists, settings.defaultLanguage),
    warnings: warningsOf(root, languages),
  }
}

const byPlace = (workbook: Workbook) => {
  const order = new Map(workbook.sheets.map((s, i) => [s.name, i]))
  return (a: FormError, b: FormError): number => (order.get(a.sheet) ?? 99) - (order.get(b.sheet) ?? 99) || (a.row ?? 0) - (b.row ?? 0)
}

const checkOtherTexts = (
  settings: Settings,
  sheet: Sheet | undefined,
  lists: ReadonlyMap<string, ChoiceList>,
  names: Names,
  errors: FormError[],
): void => {
  if (settings.instanceName !== undefined) {
    checkText(settings.instanceName, names, { sheet: sheet?.name ?? 'settings', row: settings.row, column: 'instance_name' }, errors)
  }
  for (const list of lists.values()) {
    for (const { label: text, row } of list.choices) {
      for (const [language, value] of typeof text === 'string' ? [['', text]] : (text ?? [])) {
        checkText(value!, names, { sheet: 'choices', row, column: language ? `label::${language}` : 'label' }, errors)
      }
    }
  }
}

const checkLabel = (n: FormNode, sheet: string, errors: FormError[]): void => {
  if (n.kind !== 'question' || n.row === null) return
  const media = mediaOf(n.cells)
  if (media.has('big-image') && !media.has('image'))
    errors.push(formError('media.big_image', { sheet, row: n.row, column: 'big-image' }, { name: n.name }))
  if (isHidden(n)) return
  // Guidance alone may be hidden by the client, so it does not count.
  if (label(n) === undefined && hint(n) === undefined && media.size === 0 && n.type !== 'phone number') {
    errors.push(
      formError('label.missing', { sheet, row: n.row, column: guidance(n) === undefined ? 'label' : 'guidance_hint' }, { name: n.name }),
    )
  }
}

/** One data name, one source: a list and a file (or two kinds of file) may not share a name. */
const checkSources = (root: FormNode, lists: ReadonlyMap<string, ChoiceList>, sheet: string, errors: FormError[]): void => {
  const known = new Map<string, string>()
  for (const { id, src, row } of externalSources(root)) {
    const other = known.get(id)
    if ((other !== undefined && other !== src) || lists.has(id))
      errors.push(formError('instance.conflict', { sheet, row, column: 'type' }, { name: id }))
    known.set(id, src)
  }
  const external = descendants(root).filter((n) => n.kind === 'external')
  for (const n of external) {
    if (external.some((o) => o !== n && o.name === n.name && o.row! < n.row!))
      errors.push(formError('instance.conflict', { sheet, row: n.row, column: 'name' }, { name: n.name }))
  }
}

const warningsOf = (root: FormNode, languages: readonly string[]): FormWarning[] => {
  const warnings: FormWarning[] = []
  for (const n of descendants(root)) {
    if (n.row === null) continue
    if (n.type === 'photo' && !n.parameters.has('max-pixels')) {
      warnings.push({
        row: n.row,
        code: 'image.no_max_pixels',
        message: { id: `Foto "${n.name}" tanpa batas ukuran (max-pixels).`, en: `The image "${n.name}" has no max-pixels.` },
      })
    }
    if ((n.kind === 'group' || n.kind === 'repeat') && label(n) === undefined && mediaOf(n.cells).size === 0) {
      warnings.push({
        row: n.row,
        code: 'group.no_label',
        message: { id: `Kelompok "${n.name}" tanpa label.`, en: `The group "${n.name}" has no label.` },
      })
    }
  }
  for (const language of languages) {
    if (language !== 'default' && !/\([a-z]{2,3}(-[A-Za-z0-9]+)*\)\s*$/.test(language)) {
      warnings.push({
        row: null,
        code: 'language.unknown_code',
        message: {
          id: `Bahasa "${language}" tanpa kode, mis. "Indonesia (id)".`,
          en: `The language "${language}" has no code, e.g. "English (en)".`,
        },
      })
    }
  }
  return warnings
}
