import type { GroupedRow } from './headers.ts'
import { formWarning, type Findings } from './problems.ts'
import type { Reading } from './reading.ts'
import { nearSheets } from './settings.ts'
import { sheetNamed, type Workbook } from './workbook.ts'

/** A sheet whose name is nearly one we read would be left out without a word. */
export const warnAboutSheets = (workbook: Workbook, found: Findings): void => {
  for (const name of ['settings', 'entities']) {
    const near = nearSheets(workbook, name)
    if (!sheetNamed(workbook, name) && near[0] !== '') found.warnings.push(formWarning('sheet.near', { sheet: name }, { name }, near))
  }
}

const surveyTexts = ['label', 'hint', 'guidance_hint', 'image', 'big-image', 'audio', 'video', 'jr:constraintMsg', 'jr:requiredMsg']
const choicesTexts = ['label', 'image', 'big-image', 'audio', 'video']
const shown: Readonly<Record<string, string>> = { 'jr:constraintMsg': 'constraint_message', 'jr:requiredMsg': 'required_message' }

/** language → the translatable columns it has. `default` is the untranslated column. */
const columnsOf = (row: GroupedRow | undefined, texts: readonly string[]): Map<string, Set<string>> => {
  const languages = new Map<string, Set<string>>()
  for (const parts of row?.words.values() ?? []) {
    const [word = '', language = 'default', ...more] = parts.length > 1 && (parts[0] === 'media' || parts[0] === 'bind') ? parts.slice(1) : parts
    if (!texts.includes(word) || more.length > 0) continue
    languages.set(language, (languages.get(language) ?? new Set()).add(word))
  }
  return languages
}
const isTranslated = (languages: ReadonlyMap<string, unknown>): boolean => languages.size > 1 || (languages.size === 1 && !languages.has('default'))

/** A translation is complete when each language has every column that any language has, and says by code which language it is. */
export const warnAboutLanguages = (r: Reading, survey: GroupedRow | undefined, choices: GroupedRow | undefined, languages: readonly string[]): void => {
  const { warnings } = r.found
  const sheets = [
    [r.sheet.name, columnsOf(survey, surveyTexts)],
    [sheetNamed(r.workbook, 'choices')?.name ?? 'choices', columnsOf(choices, choicesTexts)],
  ] as const
  for (const [sheet, found] of sheets) {
    if (!isTranslated(found)) continue
    const all = [...new Set([...found.values()].flatMap((s) => [...s]))]
    for (const [language, has] of found) {
      const missing = all.filter((word) => !has.has(word)).map((word) => shown[word] ?? word)
      if (missing.length > 0) warnings.push(formWarning('language.missing', { sheet, row: 1 }, { language, columns: missing.join(', ') }))
    }
  }
  if (r.orOther && sheets.some(([, found]) => isTranslated(found))) warnings.push(formWarning('language.or_other', { sheet: r.sheet.name }))
  for (const language of languages) {
    if (language !== 'default' && language.length > 2 && !hasCode(language))
      warnings.push(formWarning('language.unknown_code', { sheet: r.sheet.name, row: 1 }, { language }))
  }
}

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
/** `Indonesia (id)`: two letters that are a language, or three (there are thousands), perhaps with a region. */
const hasCode = (language: string): boolean => {
  const code = /\(([a-z]{2,3})(-[A-Za-z0-9]{2,8})*\)$/.exec(language.trim())?.[1]
  return code !== undefined && (code.length === 3 || names.of(code) !== undefined)
}
