import { isName } from './expression.ts'
import { groupColumns } from './headers.ts'
import { formError, type FormError } from './problems.ts'
import type { Sheet } from './workbook.ts'

export interface Settings {
  readonly root: string
  readonly formId: string
  readonly title: string
  readonly version: string
  readonly defaultLanguage: string
  readonly instanceName: string | undefined
  readonly style: string | undefined
  readonly allowChoiceDuplicates: boolean
  readonly cleanText: boolean
  readonly row: number | null
}

/** Settings that change the form in ways this converter does not write. */
const unsupported = new Set([
  'public_key',
  'submission_url',
  'auto_send',
  'auto_delete',
  'namespaces',
  'instance_xmlns',
  'client_editable',
  'flat',
  'omit_instanceid',
  'prefix',
  'delimiter',
  'add_none_option',
  'attribute',
  'sms_keyword',
  'sms_separator',
  'sms_allow_media',
  'sms_date_format',
  'sms_datetime_format',
  'sms_response',
  'instance_id',
])

export const isYes = (text: string): boolean => /^(yes|true|true\(\))$/i.test(text)

/** Reads the settings sheet; absent settings take pyxform's defaults. */
export const readSettings = (sheet: Sheet | undefined, fallback: { root: string; formId: string }, errors: FormError[]): Settings => {
  const rows = sheet ? groupColumns(sheet, 'settings', { language: 'default', collapse: false, clean: true }, errors) : []
  const first = rows[0]
  const get = (word: string): string | undefined => {
    const value = first?.cells.get(word)
    return typeof value === 'string' ? value : undefined
  }
  for (const [word, value] of first?.cells ?? []) {
    if (unsupported.has(word.toLowerCase()) && value !== '') {
      errors.push(formError('setting.unsupported', { sheet: sheet!.name, row: first!.row, column: word }, { name: word }))
    }
  }
  const root = get('name') ?? fallback.root
  if (!isName(root))
    errors.push(formError('settings.form_name', { sheet: sheet?.name ?? 'settings', row: first?.row, column: 'name' }, { value: root }))
  const formId = get('id_string') ?? fallback.formId
  return {
    root,
    formId,
    title: get('title') ?? formId,
    version: get('version') ?? '',
    defaultLanguage: get('default_language') ?? 'default',
    instanceName: get('instance_name'),
    style: get('style'),
    allowChoiceDuplicates: isYes(get('allow_choice_duplicates') ?? 'no'),
    cleanText: isYes(get('clean_text_values') ?? 'yes'),
    row: first?.row ?? null,
  }
}
