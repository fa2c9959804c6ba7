/** What is worth a second look but does not stop the form: code → [Indonesian, English]. */
export const warningSentences = {
  'header.twice': ['Kolom "{other}" dan "{name}" berarti sama; yang terakhir berlaku.', 'The columns "{other}" and "{name}" mean the same; the last one counts.'],
  'column.unknown': ['Kolom "{name}" tidak dikenal dan diabaikan.{hint}', 'The column "{name}" is unknown and left out.{hint}'],
  'column.disabled': ['Kolom "disabled" sudah usang. Pakai relevant.', 'The column "disabled" is out of date. Use relevant.'],
  'row.skipped': ['Baris tanpa type, name dan label dilewati.', 'A row without type, name and label is skipped.'],
  'sheet.near': ['Lembar "{name}" tidak ada.{hint} Awali nama lembar dengan garis bawah bila bukan bagian formulir.', 'There is no sheet "{name}".{hint} Begin a sheet name with an underscore when it is no part of the form.'],
  'settings.two_ids': ['Ada form_id dan id_string; form_id berlaku.', 'There are form_id and id_string; form_id counts.'],
  'settings.not_yes_or_no': ['"{name}" harus yes atau no, bukan "{value}"; dipakai {used}.', '"{name}" must be yes or no, not "{value}"; {used} is used.'],
  'type.deprecated': ['"{type}" tidak didukung lagi oleh kebanyakan ponsel.', '"{type}" is no longer supported by most phones.'],
  'name.case': [
    'Nama "{name}" hanya beda huruf besar-kecil dari nama lain di kelompok ini.',
    'The name "{name}" differs from another one in this group by upper and lower case only.',
  ],
  'repeat.no_label': ['Pengulangan "{name}" tanpa label.', 'The repeat "{name}" has no label.'],
  'group.required': ['Kelompok "{name}" tidak dapat wajib. Tandai pertanyaan di dalamnya.', 'The group "{name}" cannot be required. Mark the questions inside.'],
  'image.no_max_pixels': ['Foto "{name}" tanpa batas ukuran. Isi max-pixels di kolom parameters.', 'The image "{name}" has no size limit. Set max-pixels in the column parameters.'],
  'choices.no_label': ['Pilihan "{name}" dalam daftar "{list}" tanpa label.', 'The choice "{name}" of the list "{list}" has no label.'],
  'choices.column_left_out': [
    'Kolom "{name}" tidak dapat menjadi nama unsur XML dan diabaikan.',
    'The column "{name}" cannot become the name of an XML element and is left out.',
  ],
  'language.missing': ['Bahasa "{language}" tidak punya kolom: {columns}.', 'The language "{language}" lacks the columns: {columns}.'],
  'language.or_other': [
    'or_other dalam formulir terjemahan: "Other" dan "Specify other." tidak diterjemahkan. Lebih baik tambahkan pilihan dan pertanyaan sendiri.',
    'or_other in a translated form: "Other" and "Specify other." are not translated. Better add a choice and a question of your own.',
  ],
  'language.unknown_code': ['Bahasa "{language}" tanpa kode yang dikenal, mis. "Indonesia (id)".', 'The language "{language}" has no known code, e.g. "English (en)".'],
} as const satisfies Readonly<Record<string, readonly [id: string, en: string]>>
