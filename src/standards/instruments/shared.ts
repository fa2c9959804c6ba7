import { say, type Say, type SurveyRow } from './rows.ts'

/** What the three instruments share: the class, the outcome of the visit, and the answer lists. */

const list = (name: string, choices: readonly (readonly [name: string, ...label: Say])[]): SurveyRow[] =>
  choices.map(([value, id, en]) => ({ list_name: name, name: value, ...say('label', [id, en]) }))

const notApplicable: readonly [string, string, string] = ['na', 'Tidak berlaku', 'Does not apply']
const notObserved: readonly [string, string, string] = ['ts', 'Tidak teramati', 'Not observed']

/** Lists of every instrument; `own` adds the lists of one. */
export const choiceRows = (
  own: Readonly<Record<string, readonly (readonly [string, ...Say])[]>>,
  place: 'address' | 'link',
): SurveyRow[] => [
  ...list('hasil', [
    ['took_place', 'Berlangsung, dapat dipantau', 'Took place, could be observed'],
    ['class_absent', 'Kelas tidak ada pada jadwalnya', 'No class at the scheduled time'],
    ['cancelled', 'Dibatalkan atau dijadwalkan ulang', 'Cancelled or rescheduled'],
    ['access_refused', 'Pemantau tidak diizinkan masuk', 'The monitor was refused access'],
    place === 'address'
      ? ['wrong_address', 'Alamat salah atau tidak ditemukan', 'Wrong address, or not found']
      : ['wrong_address', 'Tautan salah atau tidak dapat dibuka', 'Wrong link, or it does not open'],
    ['monitor_unsafe', 'Tidak aman bagi pemantau', 'Not safe for the monitor'],
  ]),
  ...list('ya_tidak', [['ya', 'Ya', 'Yes'], ['tidak', 'Tidak', 'No'], notApplicable, notObserved]),
  ...list('ya_sebagian', [['ya', 'Ya', 'Yes'], ['sebagian', 'Sebagian', 'Partly'], ['tidak', 'Tidak', 'No'], notApplicable, notObserved]),
  ...list('kesesuaian', [
    ['0', '0 · Tidak sesuai', '0 · Not at all'],
    ['1', '1 · Sebagian kecil', '1 · A small part'],
    ['2', '2 · Sebagian besar', '2 · Most of it'],
    ['3', '3 · Seluruhnya', '3 · All of it'],
    notApplicable,
    notObserved,
  ]),
  ...list('skala5', [
    ['1', '1 · Sangat kurang', '1 · Very poor'],
    ['2', '2 · Kurang', '2 · Poor'],
    ['3', '3 · Cukup', '3 · Fair'],
    ['4', '4 · Baik', '4 · Good'],
    ['5', '5 · Sangat baik', '5 · Very good'],
    notApplicable,
    notObserved,
  ]),
  ...list('tidak_diisi', [['ts', 'Tidak teramati atau tidak diperlihatkan', 'Not observed, or not shown'], notApplicable]),
  ...Object.entries(own).flatMap(([name, choices]) => list(name, [...choices, notApplicable, notObserved])),
]

/** Columns of kelas.csv that every form carries along; `name` is the assignment, `label` what the monitor reads. */
export const classColumns = [
  'schedule_code',
  'provider_name',
  'venue',
  'trainer_name',
  'planned_participants',
  'planned_minutes',
  'begins',
  'ends',
  'session_id',
] as const

const ofClass = (column: string): string => `instance('kelas')/root/item[name=\${kelas}]/${column}`

/** Who, when, which class, and whether there was anything to see. */
export const opening = (place: 'address' | 'link'): SurveyRow[] => [
  ...['start', 'end', 'today', 'deviceid', 'username'].map((name) => ({ type: name, name })),
  { type: 'begin_group', name: 'tugas', ...say('label', ['Kelas yang dipantau', 'The class you are watching']) },
  {
    type: 'select_one_from_file kelas.csv',
    name: 'kelas',
    ...say('label', ['Pilih kelas dari daftar tugas Anda', 'Choose the class from your tasks']),
    required: 'yes',
    ...say('required_message', ['Pilih kelas lebih dulu.', 'Choose the class first.']),
    appearance: 'minimal autocomplete',
  },
  { type: 'calculate', name: 'layer', calculation: `coalesce(${ofClass('layer')}, 'expert')` },
  ...classColumns.map((name) => ({ type: 'calculate', name, calculation: ofClass(name) })),
  {
    type: 'note',
    name: 'ringkasan',
    relevant: "${kelas} != ''",
    ...say('label', [
      '${provider_name} · jadwal ${schedule_code}, ${begins}–${ends}, ${planned_participants} peserta. Pelatih: ${trainer_name}. Tempat: ${venue}.',
      '${provider_name} · schedule ${schedule_code}, ${begins}–${ends}, ${planned_participants} participants. Trainer: ${trainer_name}. Venue: ${venue}.',
    ]),
  },
  ...(place === 'address'
    ? [
        {
          type: 'geopoint',
          name: 'place',
          ...say('label', ['Titik lokasi Anda (GPS)', 'Your position (GPS)']),
          ...say('hint', [
            'Berdiri di depan alamat terdaftar. Boleh kosong bila tidak ada sinyal.',
            'Stand in front of the registered address. May stay blank without a signal.',
          ]),
        },
      ]
    : []),
  {
    type: 'select_one hasil',
    name: 'outcome',
    ...say('label', ['Apa yang Anda temui?', 'What did you find?']),
    required: 'yes',
    ...say('required_message', ['Pilih salah satu.', 'Choose one.']),
    relevant: "${kelas} != ''",
  },
  { type: 'end_group', name: 'tugas' },
  {
    type: 'begin_group',
    name: 'tidak_terpantau',
    relevant: "${outcome} != '' and ${outcome} != 'took_place'",
    ...say('label', ['Tidak dapat dipantau', 'Could not be watched']),
  },
  {
    type: 'text',
    name: 'outcome_reason',
    ...say('label', ['Apa yang terjadi?', 'What happened?']),
    appearance: 'multiline',
    ...say('hint', [
      'Tulis waktu Anda tiba, siapa yang Anda temui atau hubungi, dan jawabannya.',
      'Say when you arrived, whom you met or called, and what they answered.',
    ]),
    required: 'yes',
    ...say('required_message', ['Tulis apa yang terjadi.', 'Say what happened.']),
  },
  {
    type: 'image',
    name: 'outcome_photo',
    ...say('label', ['Foto atau tangkapan layar', 'Photo or screenshot']),
    parameters: 'max-pixels=1600',
  },
  { type: 'end_group', name: 'tidak_terpantau' },
]

/** The instrument proper: only when there was something to see. */
export const instrument = (sections: readonly (readonly SurveyRow[])[]): SurveyRow[] => [
  { type: 'begin_group', name: 'instrumen', relevant: "${outcome} = 'took_place'", ...say('label', ['Instrumen', 'Instrument']) },
  ...sections.flat(),
  { type: 'end_group', name: 'instrumen' },
]
