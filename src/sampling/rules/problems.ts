import type { Problems } from '#base/problem.ts'

/** What the rules of sampling refuse; part of the room's problem list. */
export const problems = {
  'sampling.seed_invalid': [
    400,
    'Benih undian harus 8 sampai 128 huruf, angka, titik, garis bawah, titik dua atau tanda hubung, dan tidak berakhir dengan "session".',
    'The seed must be 8 to 128 letters, digits, dots, underscores, colons or hyphens, and must not end in "session".',
  ],
  'sampling.frame_duplicate': [409, 'Kelas {classRunId} tercantum dua kali dalam kerangka.', 'Class run {classRunId} stands in the frame twice.'],
  'sampling.frame_value_invalid': [
    400,
    'Nilai {field} kelas {classRunId} dalam kerangka tidak sah.',
    'The value of {field} of class run {classRunId} in the frame is not valid.',
  ],
  'sampling.size_missing': [400, 'Ukuran sampel untuk strata {stratum} belum ditentukan (isi 0 bila sengaja dilewati).', 'No sample size is given for stratum {stratum} (enter 0 to leave it out on purpose).'],
  'sampling.size_invalid': [400, 'Ukuran sampel {size} untuk strata {stratum} bukan bilangan bulat nol atau lebih.', 'The sample size {size} for stratum {stratum} is not a whole number of zero or more.'],
  'sampling.total_too_small': [
    400,
    'Jumlah sampel {total} terlalu kecil: minimum per strata saja membutuhkan {needed}.',
    'A total sample of {total} is too small: the minimum per stratum alone needs {needed}.',
  ],
} as const satisfies Problems
