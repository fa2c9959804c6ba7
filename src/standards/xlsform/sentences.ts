/** Every way a workbook may be refused: code → [Indonesian, English]. Each says what is wrong and what to do. */
export const errorSentences = {
  'file.too_large': ['Berkas lebih besar dari {limit} MB. Hapus lembar dan gambar yang tidak perlu.', 'The file is larger than {limit} MB. Remove sheets and pictures it does not need.'],
  'file.unpacks_too_large': [
    'Isi berkas setelah dibuka lebih besar dari {limit} MB. Salin lembar formulir ke buku kerja baru.',
    'The file unpacks to more than {limit} MB. Copy the form sheets into a new workbook.',
  ],
  'file.not_xlsx': [
    'Berkas ini bukan buku kerja .xlsx. Simpan ulang sebagai .xlsx (bukan .xls atau .csv).',
    'This file is not an .xlsx workbook. Save it as .xlsx (not .xls or .csv).',
  ],
  'file.xls': [
    'Berkas ini buku kerja .xls lama atau dilindungi kata sandi. Buka lalu simpan sebagai .xlsx tanpa kata sandi.',
    'This file is an old .xls workbook or protected by a password. Open it and save it as .xlsx without a password.',
  ],
  'file.kind': [
    'Jenis berkas "{name}" tidak dikenal. Yang dibaca: .xlsx, .xlsm, .md, .csv.',
    'The kind of the file "{name}" is not known. Read are: .xlsx, .xlsm, .md, .csv.',
  ],
  'file.not_a_form': [
    'Tidak ada tabel formulir di dalam berkas ini. Baris pertama harus menyebut nama lembar, mis. "survey".',
    'There is no form table in this file. The first row must name a sheet, e.g. "survey".',
  ],
  'file.malformed': [
    'Bagian {part} di dalam berkas rusak: {reason}. Buka lalu simpan ulang di program lembar kerja.',
    'The part {part} inside the file is damaged: {reason}. Open it in a spreadsheet program and save it again.',
  ],
  'file.doctype': ['Bagian {part} memuat DOCTYPE dan ditolak. Simpan ulang berkas.', 'The part {part} holds a DOCTYPE and is refused. Save the file again.'],
  'file.too_deep': [
    'Bagian {part} bersarang lebih dari {limit} tingkat. Simpan ulang berkas.',
    'The part {part} is nested more than {limit} levels deep. Save the file again.',
  ],
  'workbook.too_long': [
    'Seluruh teks buku kerja lebih dari {limit} juta huruf. Pindahkan daftar panjang ke berkas CSV dan pakai select_one_from_file.',
    'The texts of the workbook are longer than {limit} million characters. Move long lists to a CSV file and use select_one_from_file.',
  ],
  'sheet.too_many_rows': ['Lembar ini berisi lebih dari {limit} baris. Hapus baris yang tidak dipakai.', 'The sheet has more than {limit} rows. Remove rows that are not used.'],
  'sheet.too_many_columns': [
    'Lembar ini berisi lebih dari {limit} kolom. Hapus kolom yang tidak dipakai.',
    'The sheet has more than {limit} columns. Remove columns that are not used.',
  ],
  'cell.too_long': ['Isi sel lebih dari {limit} huruf. Persingkat.', 'The cell holds more than {limit} characters. Shorten it.'],
  'sheet.missing': ['Tidak ada lembar bernama "{name}". Tambahkan.{hint}', 'There is no sheet named "{name}". Add it.{hint}'],
  'header.missing': ['Kolom "{name}" tidak ada. Tambahkan di baris judul.{hint}', 'The column "{name}" is missing. Add it to the header row.{hint}'],
  'header.incomplete': ['Kolom "{name}" tidak ada di baris judul. Tambahkan.', 'The column "{name}" is not in the header row. Add it.'],
  'header.duplicate': [
    'Kolom "{other}" dan "{name}" berarti sama. Hapus salah satu.',
    'The columns "{other}" and "{name}" mean the same. Remove one of them.',
  ],
  'column.unsupported': ['Kolom "{name}" tidak didukung. Kosongkan atau hapus.', 'The column "{name}" is not supported. Empty or remove it.'],
  'column.not_an_attribute': [
    'Kolom "{name}" tidak dapat menjadi atribut XML. Tulis sebagai mis. "bind::awalan:nama", tanpa spasi, dan sebut awalannya di pengaturan namespaces.',
    'The column "{name}" cannot become an XML attribute. Write it as e.g. "bind::prefix:name", without spaces, and declare the prefix in the setting namespaces.',
  ],
  'column.not_translated': [
    '"{name}" tidak dapat diterjemahkan. Pakai satu kolom tanpa nama bahasa.',
    '"{name}" cannot be translated. Use one column without the name of a language.',
  ],
  'settings.form_name': [
    '"{value}" tidak sah sebagai nama formulir. Awali dengan huruf; tanpa spasi.',
    '"{value}" is not a valid form name. Begin with a letter; no spaces.',
  ],
  'settings.encrypted_without_id': [
    'Formulir terenkripsi memerlukan instanceID. Kosongkan omit_instanceID atau public_key.',
    'An encrypted form needs its instanceID. Empty omit_instanceID or public_key.',
  ],
  'type.missing': ['Baris ini tidak berisi jenis pertanyaan. Isi kolom type.', 'This row has no question type. Fill in the column type.'],
  'type.unknown': ['Jenis pertanyaan "{type}" tidak dikenal. Periksa ejaannya.{hint}', 'The question type "{type}" is unknown. Check its spelling.{hint}'],
  'type.unsupported': [
    'Jenis "{type}" tidak didukung. Pakai jenis lain, mis. select_one_from_file atau begin_repeat.',
    'The type "{type}" is not supported. Use another one, e.g. select_one_from_file or begin_repeat.',
  ],
  'name.missing': ['Pertanyaan atau kelompok ini tidak punya nama. Isi kolom name.', 'This question or group has no name. Fill in the column name.'],
  'name.invalid': [
    'Nama "{name}" tidak sah. Awali dengan huruf atau garis bawah; lalu huruf, angka, titik, garis bawah, atau tanda hubung.',
    'The name "{name}" is not valid. Begin with a letter or underscore; then letters, digits, dots, underscores or hyphens.',
  ],
  'name.duplicate': [
    'Nama "{name}" sudah dipakai di baris {other}, pada kelompok yang sama. Ganti salah satu.',
    'The name "{name}" is used already in row {other}, in the same group. Change one of them.',
  ],
  'name.repeat_duplicate': [
    'Nama pengulangan "{name}" sudah dipakai di formulir ini. Ganti namanya.',
    'The repeat name "{name}" is used already in this form. Change it.',
  ],
  'name.reserved': ['Nama "{name}" dipakai oleh sistem. Pilih nama lain.', 'The name "{name}" is reserved. Choose another one.'],
  'group.unmatched_end': [
    '"end {kind}" tanpa "begin {kind}" pasangannya. Hapus baris ini atau tambahkan pembukanya.',
    '"end {kind}" without a matching "begin {kind}". Remove this row or add its beginning.',
  ],
  'group.unmatched_begin': [
    '"begin {kind}" bernama "{name}" tidak ditutup. Tambahkan "end {kind}".',
    '"begin {kind}" named "{name}" is never closed. Add an "end {kind}".',
  ],
  'group.too_deep': [
    'Kelompok bersarang lebih dari {limit} tingkat. Keluarkan sebagian kelompok.',
    'Groups are nested more than {limit} levels deep. Take some of them out.',
  ],
  'label.missing': [
    'Pertanyaan "{name}" tidak punya label atau petunjuk. Isi kolom label.',
    'The question "{name}" has neither label nor hint. Fill in the column label.',
  ],
  'calculation.missing': ['Perhitungan "{name}" tidak punya rumus. Isi kolom calculation.', 'The calculation "{name}" has no formula. Fill in the column calculation.'],
  'bind.type': [
    'Jenis data untuk "{type}" tidak dapat diubah. Kosongkan kolom bind::type.',
    'The data type of "{type}" cannot be changed. Empty the column bind::type.',
  ],
  'media.big_image': [
    'Gambar besar pada "{name}" memerlukan gambar biasa juga. Isi kolom media::image.',
    'A big-image on "{name}" needs an image as well. Fill in the column media::image.',
  ],
  'media.unknown': [
    'Media "{name}" tidak dikenal. Yang ada: image, big-image, audio, video.{hint}',
    'The medium "{name}" is unknown. There are: image, big-image, audio, video.{hint}',
  ],
  'choices.missing': ['Tidak ada lembar "choices". Tambahkan.{hint}', 'There is no "choices" sheet. Add it.{hint}'],
  'choices.unknown_list': [
    'Daftar pilihan "{list}" tidak ada di lembar choices. Tambahkan atau periksa ejaannya.{hint}',
    'The choice list "{list}" is not on the choices sheet. Add it or check its spelling.{hint}',
  ],
  'choices.no_name': ['Pilihan ini tidak punya nama. Isi kolom name.', 'This choice has no name. Fill in the column name.'],
  'choices.duplicate': [
    'Pilihan "{name}" muncul dua kali dalam daftar "{list}". Hapus salah satu, atau isi allow_choice_duplicates dengan yes.',
    'The choice "{name}" appears twice in the list "{list}". Remove one, or set allow_choice_duplicates to yes.',
  ],
  'choices.space': [
    'Nama pilihan "{name}" memuat spasi; tidak boleh untuk pilihan ganda. Ganti spasi dengan garis bawah.',
    'The choice name "{name}" has a space; not allowed in a multiple choice. Replace the space by an underscore.',
  ],
  'choices.or_other': [
    '"or_other" tidak dapat dipakai bersama choice_filter. Tambahkan pilihan "lainnya" dan pertanyaan teks.',
    '"or_other" does not go with choice_filter. Add an "other" choice and a text question.',
  ],
  'choices.or_other_list': [
    '"or_other" hanya untuk daftar di lembar choices. Tambahkan pertanyaan teks sendiri.',
    '"or_other" is only for lists of the choices sheet. Add a text question of your own.',
  ],
  'choices.no_external': [
    'Tidak ada lembar "external_choices". Tambahkan, atau pakai select_one_from_file.{hint}',
    'There is no "external_choices" sheet. Add it, or use select_one_from_file.{hint}',
  ],
  'choices.unknown_external': [
    'Daftar pilihan "{list}" tidak ada di lembar external_choices. Tambahkan atau periksa ejaannya.{hint}',
    'The choice list "{list}" is not on the external_choices sheet. Add it or check its spelling.{hint}',
  ],
  'choices.external_filter': [
    'select_one_external memerlukan choice_filter. Isi, atau pakai select_one.',
    'select_one_external needs a choice_filter. Fill it in, or use select_one.',
  ],
  'file.extension': [
    'Berkas "{file}" harus berakhiran .csv, .xml atau .geojson, tanpa titik lain.',
    'The file "{file}" must end with .csv, .xml or .geojson, without another dot.',
  ],
  'instance.conflict': [
    'Nama data "{name}" dipakai untuk dua sumber berbeda. Ganti salah satu namanya.',
    'The data name "{name}" is used for two different sources. Change one of the names.',
  ],
  'parameters.invalid': [
    'Parameter ditulis sebagai kunci=nilai, dipisah spasi. Perbaiki.',
    'Parameters are written as key=value, separated by spaces. Correct them.',
  ],
  'parameters.unknown': [
    'Parameter "{name}" tidak dikenal di sini. Yang boleh: {allowed}.{hint}',
    'The parameter "{name}" is not known here. Allowed: {allowed}.{hint}',
  ],
  'parameters.value': [
    'Nilai parameter "{name}" tidak sah: "{value}". Perbaiki atau hapus.',
    'The value of the parameter "{name}" is not valid: "{value}". Correct or remove it.',
  ],
  'parameters.seed': ['"seed" hanya berlaku bersama randomize=true. Tambahkan.', '"seed" only works with randomize=true. Add it.'],
  'parameters.geometry': [
    'reference-geometry "{value}" bukan daftar pilihan, berkas, daftar entitas, atau ${pengulangan}. Ganti.{hint}',
    'The reference-geometry "{value}" is no choice list, file, entity list or ${repeat}. Change it.{hint}',
  ],
  'audit.name': ['Catatan audit selalu bernama "audit", bukan "{name}". Kosongkan kolom name.', 'The audit log is always called "audit", not "{name}". Empty the column name.'],
  'audit.location': [
    'Pencatatan tempat memerlukan ketiganya: location-priority, location-min-interval, location-max-age. Lengkapi.',
    'Recording places needs all three: location-priority, location-min-interval, location-max-age. Complete them.',
  ],
  'audit.age': [
    'location-max-age harus sama atau lebih besar dari location-min-interval. Perbaiki.',
    'location-max-age must be equal to or larger than location-min-interval. Correct it.',
  ],
  'range.not_a_number': ['Parameter "{name}" harus berupa angka, bukan "{value}".', 'The parameter "{name}" must be a number, not "{value}".'],
  'range.zero': ['Parameter "{name}" tidak boleh nol. Isi angka lain.', 'The parameter "{name}" must not be zero. Use another number.'],
  'range.too_large': [
    'Parameter "{name}" lebih besar dari jarak start sampai end. Perkecil.',
    'The parameter "{name}" is larger than the distance from start to end. Make it smaller.',
  ],
  'range.not_a_multiple': ['Parameter "{name}" harus kelipatan step. Perbaiki.', 'The parameter "{name}" must be a multiple of step. Correct it.'],
  'range.outside': ['Parameter "{name}" harus antara start dan end. Perbaiki.', 'The parameter "{name}" must be between start and end. Correct it.'],
  'range.appearance': [
    'tick_interval, placeholder dan tick_labelset tidak dapat dipakai pada tampilan "{value}". Pakai vertical atau no-ticks, atau kosongkan.',
    'tick_interval, placeholder and tick_labelset do not go with the appearance "{value}". Use vertical or no-ticks, or leave it empty.',
  ],
  'range.no_labels': [
    'tick_labelset "{name}" tidak ada di lembar choices. Tambahkan atau periksa ejaannya.{hint}',
    'The tick_labelset "{name}" is not on the choices sheet. Add it or check its spelling.{hint}',
  ],
  'range.label_not_a_number': ['Nama pilihan dalam daftar "{name}" harus berupa angka. Perbaiki.', 'The choice names of the list "{name}" must be numbers. Correct them.'],
  'range.label_outside': [
    'Nama pilihan dalam daftar "{name}" harus antara start dan end. Perbaiki.',
    'The choice names of the list "{name}" must be between start and end. Correct them.',
  ],
  'range.label_off_step': [
    'Nama pilihan dalam daftar "{name}" harus start ditambah kelipatan step atau tick_interval. Perbaiki.',
    'The choice names of the list "{name}" must be start plus a multiple of step or tick_interval. Correct them.',
  ],
  'range.label_not_an_end': [
    'Pada tampilan no-ticks, daftar "{name}" hanya boleh berisi start dan end. Perbaiki.',
    'With the appearance no-ticks the list "{name}" must hold start and end only. Correct it.',
  ],
  'reference.malformed': [
    'Rujukan ditulis sebagai ${nama}, dengan nama satu pertanyaan. Perbaiki.',
    'A reference is written as ${name}, with the name of one question. Correct it.',
  ],
  'reference.unknown': [
    'Tidak ada pertanyaan bernama "{name}". Periksa ejaannya.{hint}',
    'There is no question named "{name}". Check its spelling.{hint}',
  ],
  'reference.not_a_question': [
    '"{name}" adalah berkas, bukan pertanyaan. Baca isinya dengan instance() atau pulldata().',
    '"{name}" is a file, not a question. Read it with instance() or pulldata().',
  ],
  'reference.ambiguous': [
    'Ada lebih dari satu pertanyaan bernama "{name}". Ganti nama agar rujukan jelas.',
    'There is more than one question named "{name}". Rename one so that the reference is clear.',
  ],
  'trigger.comma': ['Beberapa pemicu dipisah dengan koma: ${a},${b}. Perbaiki.', 'Several triggers are separated by commas: ${a},${b}. Correct it.'],
  'trigger.missing': ['"{name}" memerlukan pemicu. Isi kolom trigger.', '"{name}" needs a trigger. Fill in the column trigger.'],
  'trigger.calculation': ['"{name}" tidak boleh punya rumus. Kosongkan kolom calculation.', '"{name}" must not have a formula. Empty the column calculation.'],
  'trigger.hidden': [
    '"{name}" tidak pernah tampil, jadi tidak dapat menjadi pemicu. Beri label atau pilih pertanyaan lain.',
    '"{name}" is never shown, so it cannot be a trigger. Give it a label or choose another question.',
  ],
  'table.choice_filter': [
    'choice_filter tidak dapat dipakai di dalam table-list. Kosongkan.',
    'choice_filter does not work inside a table-list. Empty it.',
  ],
  'table.list': [
    'table-list memerlukan daftar dari lembar choices, bukan "{list}". Ganti daftarnya.',
    'A table-list needs a list of the choices sheet, not "{list}". Change the list.',
  ],
  'table.lists_differ': [
    'Semua pertanyaan dalam table-list memakai satu daftar: "{other}", bukan "{list}". Samakan.',
    'All questions of a table-list use one list: "{other}", not "{list}". Make them the same.',
  ],
  'entity.column': [
    'Kolom "{name}" tidak dikenal di lembar entities. Hapus atau periksa ejaannya.{hint}',
    'The column "{name}" is not known on the entities sheet. Remove it or check its spelling.{hint}',
  ],
  'entity.no_list': ['Baris entitas ini tidak menyebut daftar. Isi kolom list_name.', 'This entity row names no list. Fill in the column list_name.'],
  'entity.list_name': [
    'Nama daftar "{name}" tidak sah: awali dengan huruf, tanpa titik, tidak diawali dua garis bawah.',
    'The list name "{name}" is not valid: begin with a letter, no dots, not two underscores first.',
  ],
  'entity.twice': ['Daftar "{name}" sudah ada di baris {other}. Hapus salah satu.', 'The list "{name}" stands in row {other} already. Remove one.'],
  'entity.no_id': [
    'Mengubah "{name}" memerlukan entity_id. Isi, atau pindahkan update_if ke create_if.',
    'Changing "{name}" needs an entity_id. Fill it in, or move update_if to create_if.',
  ],
  'entity.no_update_if': [
    'Membuat sekaligus mengubah "{name}" memerlukan update_if juga. Isi, atau kosongkan entity_id.',
    'Making and changing "{name}" needs update_if as well. Fill it in, or empty entity_id.',
  ],
  'entity.no_label': ['Membuat "{name}" memerlukan label. Isi kolom label.', 'Making "{name}" needs a label. Fill in the column label.'],
  'entity.no_room': [
    'Entitas "{name}" tidak mendapat tempat di {scope}: tempatnya dipakai entitas baris {other}. Taruh pertanyaannya dalam kelompok sendiri.',
    'The entity "{name}" finds no place in {scope}: it is taken by the entity of row {other}. Put its questions into a group of their own.',
  ],
  'entity.reads_scope': [
    'Entitas "{name}" membaca "{question}" di {scope}, padahal isinya di {other}. Salin nilainya dengan calculate di sana.',
    'The entity "{name}" reads "{question}" in {scope}, but belongs to {other}. Copy the value there with a calculate.',
  ],
  'entity.save_scope': [
    'Jawaban ini di {scope} disimpan ke "{name}", yang ada di {other}. Salin nilainya dengan calculate di sana.',
    'This answer in {scope} is saved to "{name}", which is in {other}. Copy the value there with a calculate.',
  ],
  'entity.save_without': ['save_to memerlukan lembar entities. Tambahkan lembar itu.', 'save_to needs an entities sheet. Add it.'],
  'entity.save_hash': ['save_to memuat lebih dari satu "#". Tulis daftar#sifat.', 'save_to has more than one "#". Write list#property.'],
  'entity.save_no_list': [
    'Ada beberapa daftar entitas. Tulis daftar#sifat, dengan salah satu dari: {names}.',
    'There are several entity lists. Write list#property, with one of: {names}.',
  ],
  'entity.save_unknown': [
    'Daftar entitas "{name}" tidak ada di lembar entities. Periksa ejaannya.{hint}',
    'The entity list "{name}" is not on the entities sheet. Check its spelling.{hint}',
  ],
  'entity.save_group': ['Kelompok tidak dapat disimpan ke entitas. Pindahkan save_to ke pertanyaan.', 'A group cannot be saved to an entity. Move save_to to a question.'],
  'entity.save_name': [
    'Sifat "{name}" tidak sah: awali dengan huruf, bukan "name" atau "label", tidak diawali dua garis bawah.',
    'The property "{name}" is not valid: begin with a letter, not "name" or "label", not two underscores first.',
  ],
  'entity.save_twice': ['Sifat "{name}" sudah diisi oleh baris {other}. Ganti salah satu.', 'The property "{name}" is filled by row {other} already. Change one.'],
  'appearance.unsupported': [
    'Tampilan "{name}" tidak didukung. Pakai select_one_from_file dengan choice_filter.',
    'The appearance "{name}" is not supported. Use select_one_from_file with a choice_filter.',
  ],
} as const satisfies Readonly<Record<string, readonly [id: string, en: string]>>
