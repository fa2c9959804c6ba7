import { isName } from './expression.ts'
import { groupColumns, type GroupedRow } from './headers.ts'
import { didYouMean, formError, formWarning, type Findings } from './problems.ts'
import type { Sheet, Workbook } from './workbook.ts'
import { sheetNamed } from './workbook.ts'

export interface Settings {
  readonly root: string
  formId: string
  title: string
  prefix: string | undefined
  readonly version: string
  readonly defaultLanguage: string
  readonly instanceName: string | undefined
  readonly instanceId: string
  readonly omitInstanceId: boolean
  readonly style: string | undefined
  readonly allowChoiceDuplicates: boolean
  readonly cleanText: boolean
  readonly flat: boolean
  /** Namespace prefix → address, besides the usual ones. */
  readonly namespaces: ReadonlyMap<string, string>
  /** Attributes of the record's root element, in output order. */
  readonly rootAttributes: ReadonlyMap<string, string>
  /** Attributes of `<submission>`; none, no such element. */
  readonly submission: ReadonlyMap<string, string>
  readonly delimiter: string | undefined
  readonly rows: readonly GroupedRow[]
}

export const isYes = (text: string): boolean => /^(yes|Yes|YES|true|True|TRUE|true\(\))$/.test(text)
const isNo = (text: string): boolean => /^(no|No|NO|false|False|FALSE|false\(\))$/.test(text)
/** What a bind attribute says for a plain yes or no. */
export const asXpath = (text: string): string => (text.endsWith('()') ? text : isYes(text) ? 'true()' : isNo(text) ? 'false()' : text)
export const saysNo = isNo

/** `a="http://x" b=http://y` → prefix and address; what is not such a pair is left out, as pyxform does. */
const namespacesOf = (text: string | undefined): Map<string, string> =>
  new Map(
    (text ?? '').split(/\s+/).flatMap((pair): [string, string][] => {
      const [prefix = '', address, ...more] = pair.split('=')
      const usable = address !== undefined && more.length === 0 && isName(prefix) && !/[:]|^xml/i.test(prefix)
      const bare = address?.replaceAll(/["']/g, '') ?? ''
      return usable && bare !== '' ? [[prefix, bare]] : []
    }),
  )

const always = new Set(['xml', 'h', 'ev', 'xsd', 'jr', 'orx', 'odk', 'entities'])
/** True for a name that may stand in the form: `jr:count`, or `esri:style` when the settings say what `esri` is. */
export const isDeclared = (name: string, { namespaces }: Pick<Settings, 'namespaces'>): boolean => {
  const [prefix, local] = name.split(':')
  return isName(name) && prefix !== 'xmlns' && (local === undefined || always.has(prefix!) || namespaces.has(prefix!))
}

interface Fallback {
  readonly root: string
  readonly formId: string
  readonly defaultLanguage: string
}

/** Reads the settings sheet; absent settings take pyxform's defaults. */
export const readSettings = (workbook: Workbook, fallback: Fallback, found: Findings): Settings => {
  const sheet = sheetNamed(workbook, 'settings')
  const rows = sheet ? groupColumns(onlyOneId(sheet, found), 'settings', { language: 'default', collapse: false }, found) : []
  const first = rows[0]
  const name = sheet?.name ?? 'settings'
  const get = (word: string): string | undefined => {
    const value = first?.cells.get(word)
    return typeof value === 'string' ? value : undefined
  }
  const at = (word: string) => ({ sheet: name, row: first?.row, column: first?.headers.get(word) ?? word })
  const truth = (word: string, otherwise: boolean): boolean => {
    const value = get(word)
    if (value === undefined) return otherwise
    if (!isYes(value) && !isNo(value)) {
      found.warnings.push(formWarning('settings.not_yes_or_no', at(word), { name: word, value, used: otherwise ? 'yes' : 'no' }))
      return otherwise
    }
    return isYes(value)
  }
  const root = get('name') ?? fallback.root
  const namespaces = namespacesOf(get('namespaces'))
  if (!isDeclared(root, { namespaces })) found.errors.push(formError('settings.form_name', at('name'), { value: root }))
  const formId = get('id_string') ?? fallback.formId
  const omitInstanceId = truth('omit_instanceID', false)
  if (omitInstanceId && get('public_key') !== undefined) found.errors.push(formError('settings.encrypted_without_id', at('omit_instanceID')))
  return {
    root,
    formId,
    title: get('title') ?? formId,
    prefix: get('prefix'),
    version: get('version') ?? '',
    defaultLanguage: get('default_language') ?? fallback.defaultLanguage,
    instanceName: get('instance_name'),
    instanceId: get('instance_id') ?? 'uid',
    omitInstanceId,
    style: get('style'),
    allowChoiceDuplicates: truth('allow_choice_duplicates', false),
    cleanText: truth('clean_text_values', true),
    flat: truth('flat', false),
    namespaces,
    rootAttributes: rootAttributes(first, namespaces, get, at, found),
    submission: submission(get, truth('client_editable', false)),
    delimiter: get('delimiter'),
    rows,
  }
}

/** With both `form_id` and `id_string` the first counts. */
const onlyOneId = (sheet: Sheet, found: Findings): Sheet => {
  if (!sheet.header.includes('form_id') || !sheet.header.includes('id_string')) return sheet
  found.warnings.push(formWarning('settings.two_ids', { sheet: sheet.name, row: 1, column: 'id_string' }))
  return {
    ...sheet,
    header: sheet.header.filter((h) => h !== 'id_string'),
    rows: sheet.rows.map((r) => ({ ...r, cells: new Map([...r.cells].filter(([h]) => h !== 'id_string')) })),
  }
}

type At = (word: string) => { sheet: string; row: number | null | undefined; column: string }
const rootAttributes = (
  first: GroupedRow | undefined,
  namespaces: Settings['namespaces'],
  get: (word: string) => string | undefined,
  at: At,
  found: Findings,
): Map<string, string> => {
  const attributes = new Map<string, string>()
  const own = first?.cells.get('attribute')
  for (const [key, value] of own instanceof Map ? own : []) {
    const column = { ...at('attribute'), column: `attribute::${key}` }
    if (!isDeclared(key, { namespaces }) || typeof value !== 'string') found.errors.push(formError('column.not_an_attribute', column, { name: column.column }))
    else attributes.set(key, value)
  }
  const xmlns = get('instance_xmlns')
  if (xmlns !== undefined) attributes.set('xmlns', xmlns)
  return attributes
}

const submission = (get: (word: string) => string | undefined, clientEditable: boolean): Map<string, string> => {
  const attributes = new Map<string, string>()
  const set = (attribute: string, value: string | undefined): void => {
    if (value !== undefined) attributes.set(attribute, value)
  }
  set('action', get('submission_url'))
  if (attributes.size > 0) set('method', 'post')
  set('base64RsaPublicKey', get('public_key'))
  set('orx:auto-send', get('auto_send'))
  set('orx:auto-delete', get('auto_delete'))
  if (clientEditable) set('odk:client-editable', 'true')
  return attributes
}

/** Sheets whose name is nearly one that is read; a sheet with an underscore before its name is meant to be left out. */
export const nearSheets = (workbook: Workbook, name: string): readonly [string, string] =>
  didYouMean(
    name,
    workbook.sheets.map((s) => s.name.trim().toLowerCase()).filter((s) => !s.startsWith('_')),
  )
