import type { Problems } from '#base/problem.ts'

/** What the rules of assignments refuse; part of the room's problem list. */
export const problems = {
  'assignment.not_allowed': [409, 'Penugasan berstatus {status} tidak dapat menerima tindakan {act}.', 'An assignment that is {status} cannot take the act {act}.'],
  'assignment.affiliated': [409, 'Lembaga ini terafiliasi dengan penyelenggara kelas sehingga tidak boleh memantaunya.', 'This organisation is affiliated with the provider of the class run and may not watch it.'],
  'assignment.other_organisation': [409, 'Orang ini bukan anggota lembaga yang ditugasi.', 'This person is not a member of the assigned organisation.'],
  'assignment.same_person': [409, 'Penugasan ini sudah dipegang orang tersebut.', 'This person holds the assignment already.'],
  'assignment.same_organisation': [409, 'Penugasan ini sudah dipegang lembaga tersebut.', 'This organisation holds the assignment already.'],
  'assignment.reason_missing': [400, 'Tuliskan alasan.', 'Give a reason.'],
  'assignment.due_before_visit': [400, 'Tenggat {dueOn} mendahului hari kunjungan {visitOn}.', 'The due date {dueOn} is before the day of the visit, {visitOn}.'],
} as const satisfies Problems
