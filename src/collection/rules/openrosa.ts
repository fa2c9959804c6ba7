/** The XML the OpenRosa door answers with (interop.md §4), and the class list that goes with a form. */

export const escapeXml = (text: string): string =>
  [...text].filter((c) => c >= ' ' || c === '\n' || c === '\t').join('').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const head = '<?xml version="1.0" encoding="UTF-8"?>\n'

export interface ListedForm {
  readonly formId: string
  readonly version: string
  readonly name: string
  /** MD5 of the XForm's bytes, in hex. */
  readonly md5: string
  readonly downloadUrl: string
  /** Absent when the form needs no files. */
  readonly manifestUrl: string | null
}

export const formList = (forms: readonly ListedForm[]): string =>
  `${head}<xforms xmlns="http://openrosa.org/xforms/xformsList">\n${forms.map((f) =>
    `  <xform>\n    <formID>${escapeXml(f.formId)}</formID>\n    <name>${escapeXml(f.name)}</name>\n    <version>${escapeXml(f.version)}</version>\n    <hash>md5:${f.md5}</hash>\n    <downloadUrl>${escapeXml(f.downloadUrl)}</downloadUrl>\n${
      f.manifestUrl ? `    <manifestUrl>${escapeXml(f.manifestUrl)}</manifestUrl>\n` : ''}  </xform>\n`).join('')}</xforms>\n`

export const manifest = (files: readonly { readonly filename: string; readonly md5: string; readonly downloadUrl: string }[]): string =>
  `${head}<manifest xmlns="http://openrosa.org/xforms/xformsManifest">\n${files.map((f) =>
    `  <mediaFile>\n    <filename>${escapeXml(f.filename)}</filename>\n    <hash>md5:${f.md5}</hash>\n    <downloadUrl>${escapeXml(f.downloadUrl)}</downloadUrl>\n  </mediaFile>\n`).join('')}</manifest>\n`

/** What Collect shows to the person: also on 201. */
export const response = (message: string, nature: '' | 'error', items = 0): string =>
  `${head}<OpenRosaResponse xmlns="http://openrosa.org/http/response" items="${items}"><message nature="${nature}">${escapeXml(message)}</message></OpenRosaResponse>\n`

/** One line of `kelas.csv`; the columns the instruments' calculations look up (standards/instruments/shared.ts). */
export interface ClassLine {
  /** The task's id: what the form hands back as `kelas`. */
  readonly name: string
  /** What the monitor reads in the list. */
  readonly label: string
  readonly layer: string
  readonly schedule_code: string
  readonly provider_name: string
  readonly venue: string
  readonly trainer_name: string
  readonly planned_participants: string
  /** Length of the sitting to be visited. */
  readonly planned_minutes: string
  /** `HH:MM` in the venue's zone. */
  readonly begins: string
  readonly ends: string
  readonly session_id: string
}
export const classColumns = [
  'name', 'label', 'layer', 'schedule_code', 'provider_name', 'venue', 'trainer_name', 'planned_participants', 'planned_minutes', 'begins', 'ends', 'session_id',
] as const satisfies readonly (keyof ClassLine)[]

const cell = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

/** RFC 4180 with `\n`: the same tasks always give the same bytes, so that the hash in the manifest stays. */
export const classCsv = (lines: readonly ClassLine[]): string =>
  `${classColumns.join(',')}\n${lines.map((line) => `${classColumns.map((c) => cell(line[c].replace(/[\r\n]+/g, ' '))).join(',')}\n`).join('')}`
