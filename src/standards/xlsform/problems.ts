import { fill } from '#base/messages.ts'

/** One reason why a workbook is refused: where it stands (1-based row as the spreadsheet shows it) and a sentence a person can act on. */
export interface FormError {
  readonly sheet: string
  readonly row: number | null
  readonly column: string | null
  readonly code: FormErrorCode
  readonly message: { readonly id: string; readonly en: string }
}

/** Every way a workbook may be refused: code → [Indonesian, English]. */
export const sentences = {
  'file.too_large': ['Berkas lebih besar dari {limit} MB.', 'The file is larger than {limit} MB.'],
  'file.unpacks_too_large': ['Isi berkas setelah dibuka lebih besar dari {limit} MB.', 'The file unpacks to more than {limit} MB.'],
  'file.not_xlsx': [
    'Berkas ini bukan buku kerja .xlsx. Simpan ulang sebagai .xlsx (bukan .xls atau .csv).',
    'This file is not an .xlsx workbook. Save it as .xlsx (not .xls or .csv).',
  ],
  'file.malformed': ['Bagian {part} di dalam berkas rusak: {reason}.', 'The part {part} inside the file is damaged: {reason}.'],
  'file.doctype': ['Bagian {part} memuat DOCTYPE dan ditolak.', 'The part {part} holds a DOCTYPE and is refused.'],
  'file.too_deep': ['Bagian {part} bersarang lebih dari {limit} tingkat.', 'The part {part} is nested more than {limit} levels deep.'],
  'sheet.too_many_rows': ['Lembar ini berisi lebih dari {limit} baris.', 'The sheet has more than {limit} rows.'],
  'sheet.too_many_columns': ['Lembar ini berisi lebih dari {limit} kolom.', 'The sheet has more than {limit} columns.'],
  'cell.too_long': ['Isi sel lebih dari {limit} huruf.', 'The cell holds more than {limit} characters.'],
  'sheet.missing': ['Tidak ada lembar bernama "{name}".{hint}', 'There is no sheet named "{name}".{hint}'],
  'header.missing': ['Kolom "{name}" tidak ada.{hint}', 'The column "{name}" is missing.{hint}'],
  'header.duplicate': [
    'Kolom "{other}" dan "{name}" berarti sama. Hapus salah satu.',
    'The columns "{other}" and "{name}" mean the same. Remove one of them.',
  ],
  'column.unsupported': [
    'Kolom "{name}" belum didukung. Kosongkan atau hapus.',
    'The column "{name}" is not supported yet. Empty or remove it.',
  ],
  'sheet.unsupported': ['Lembar "{name}" belum didukung. Hapus lembar ini.', 'The sheet "{name}" is not supported yet. Remove it.'],
  'setting.unsupported': ['Pengaturan "{name}" belum didukung. Kosongkan.', 'The setting "{name}" is not supported yet. Empty it.'],
  'settings.form_name': ['"{value}" tidak sah sebagai nama formulir.', '"{value}" is not a valid form name.'],
  'type.missing': ['Baris ini tidak berisi jenis pertanyaan (type).', 'This row has no question type.'],
  'type.unknown': ['Jenis pertanyaan "{type}" tidak dikenal.{hint}', 'The question type "{type}" is unknown.{hint}'],
  'type.unsupported': ['Jenis pertanyaan "{type}" belum didukung.', 'The question type "{type}" is not supported yet.'],
  'name.missing': ['Pertanyaan atau kelompok ini tidak punya nama.', 'This question or group has no name.'],
  'name.invalid': [
    'Nama "{name}" tidak sah. Awali dengan huruf atau garis bawah; lalu huruf, angka, titik, garis bawah, atau tanda hubung.',
    'The name "{name}" is not valid. Begin with a letter or underscore; then letters, digits, dots, underscores or hyphens.',
  ],
  'name.duplicate': [
    'Nama "{name}" sudah dipakai di baris {other}, pada kelompok yang sama.',
    'The name "{name}" is used already in row {other}, in the same group.',
  ],
  'name.repeat_duplicate': [
    'Nama pengulangan "{name}" sudah dipakai di formulir ini.',
    'The repeat name "{name}" is used already in this form.',
  ],
  'name.reserved': ['Nama "{name}" dipakai oleh sistem.', 'The name "{name}" is reserved.'],
  'group.unmatched_end': ['"end {kind}" tanpa "begin {kind}" pasangannya.', '"end {kind}" without a matching "begin {kind}".'],
  'group.unmatched_begin': ['"begin {kind}" bernama "{name}" tidak ditutup.', '"begin {kind}" named "{name}" is never closed.'],
  'label.missing': ['Pertanyaan "{name}" tidak punya label atau petunjuk.', 'The question "{name}" has neither label nor hint.'],
  'calculation.missing': ['Perhitungan "{name}" tidak punya rumus.', 'The calculation "{name}" has no formula.'],
  'media.big_image': ['Gambar besar pada "{name}" memerlukan gambar biasa juga.', 'A big-image on "{name}" needs an image as well.'],
  'choices.missing': ['Tidak ada lembar "choices".{hint}', 'There is no "choices" sheet.{hint}'],
  'choices.unknown_list': [
    'Daftar pilihan "{list}" tidak ada di lembar choices.{hint}',
    'The choice list "{list}" is not on the choices sheet.{hint}',
  ],
  'choices.no_name': ['Pilihan ini tidak punya nama.', 'This choice has no name.'],
  'choices.duplicate': [
    'Pilihan "{name}" muncul dua kali dalam daftar "{list}".',
    'The choice "{name}" appears twice in the list "{list}".',
  ],
  'choices.space': [
    'Nama pilihan "{name}" memuat spasi; tidak boleh untuk pilihan ganda.',
    'The choice name "{name}" has a space; not allowed in a multiple choice.',
  ],
  'choices.or_other': [
    '"or_other" tidak didukung. Tambahkan pilihan "lainnya" dan pertanyaan teks.',
    '"or_other" is not supported. Add an "other" choice and a text question.',
  ],
  'file.extension': [
    'Berkas "{file}" harus berakhiran .csv, .xml atau .geojson.',
    'The file "{file}" must end with .csv, .xml or .geojson.',
  ],
  'instance.conflict': [
    'Nama data "{name}" dipakai untuk dua sumber berbeda.',
    'The data name "{name}" is used for two different sources.',
  ],
  'parameters.invalid': [
    'Parameter ditulis sebagai kunci=nilai, dipisah spasi.',
    'Parameters are written as key=value, separated by spaces.',
  ],
  'parameters.unknown': [
    'Parameter "{name}" tidak dikenal di sini. Yang boleh: {allowed}.',
    'The parameter "{name}" is not known here. Allowed: {allowed}.',
  ],
  'parameters.value': ['Nilai parameter "{name}" tidak sah: "{value}".', 'The value of the parameter "{name}" is not valid: "{value}".'],
  'reference.malformed': [
    'Rujukan ditulis sebagai ${nama}, dengan nama satu pertanyaan.',
    'A reference is written as ${name}, with the name of one question.',
  ],
  'reference.unknown': ['Tidak ada pertanyaan bernama "{name}".{hint}', 'There is no question named "{name}".{hint}'],
  'reference.ambiguous': ['Ada lebih dari satu pertanyaan bernama "{name}".', 'There is more than one question named "{name}".'],
  'reference.last_saved': [
    'Rujukan ke kiriman terakhir (last-saved) belum didukung.',
    'References to the last saved record are not supported yet.',
  ],
  'appearance.unsupported': ['Tampilan "{name}" belum didukung.', 'The appearance "{name}" is not supported yet.'],
} as const satisfies Readonly<Record<string, readonly [id: string, en: string]>>

export type FormErrorCode = keyof typeof sentences

/** Builds an error; `hint` values are given as [id, en] because they are part of both sentences. */
export const formError = (
  code: FormErrorCode,
  at: { readonly sheet: string; readonly row?: number | null | undefined; readonly column?: string | null | undefined },
  values: Readonly<Record<string, unknown>> = {},
  hint: readonly [string, string] = ['', ''],
): FormError => {
  const [id, en] = sentences[code]
  const say = (text: string, tail: string): string =>
    fill(text.replaceAll('${', '$\u0000{'), { ...values, hint: tail }).replaceAll('$\u0000{', '${')
  return { sheet: at.sheet, row: at.row ?? null, column: at.column ?? null, code, message: { id: say(id, hint[0]), en: say(en, hint[1]) } }
}

/** Edit distance between two words (insert, delete, replace cost 1). */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length]!
}

/** The known word that a mistyped one most likely meant, as a sentence tail in both languages; empty when nothing is near. */
export const didYouMean = (word: string, known: Iterable<string>): readonly [string, string] => {
  let best: string | undefined
  let least = Math.max(1, Math.min(3, Math.floor(word.length / 3)))
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > least) continue
    const d = distance(word.toLowerCase(), candidate.toLowerCase())
    if (d < least || (d === least && best === undefined)) [best, least] = [candidate, d]
  }
  return best === undefined ? ['', ''] : [` Mungkin maksud Anda "${best}"?`, ` Did you mean "${best}"?`]
}
