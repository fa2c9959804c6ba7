import { catalogue } from '#base/messages.ts'

/** One sentence per kind of notice; `{name}` places are filled from the notice's values. */
export const sentences = catalogue(
  {
    visits_offered: '{n} kunjungan putaran {round} menunggu pemantau dari organisasi Anda.',
    visit_assigned: 'Anda ditugaskan memantau {training} pada {day}. Batas kirim {due}.',
    visit_withdrawn: 'Tugas memantau {training} dibatalkan atau dialihkan: {reason}',
    visit_submitted: 'Kunjungan ke {training} menunggu tinjauan Anda.',
    visit_forwarded: 'Kunjungan ke {training} disetujui koordinator dan menunggu keputusan kantor program.',
    visit_returned: 'Kunjungan Anda ke {training} dikembalikan: {note}',
    visit_approved: 'Kunjungan Anda ke {training} disetujui.',
    visit_returned_by_office: 'Kantor program mengembalikan kunjungan ke {training}: {note}',
    visit_approved_by_office: 'Kantor program menyetujui kunjungan ke {training}.',
    finding_confirmed: 'Temuan {number} ({severity}) ditujukan kepada lembaga Anda: {item}. Buka untuk melihat bukti dan tenggatnya.',
    finding_answered: 'Lembaga menanggapi temuan {number}.',
    finding_returned: 'Tanggapan atas temuan {number} belum cukup: {note}',
    finding_closed: 'Temuan {number} ditutup.',
    finding_withdrawn: 'Temuan {number} dicabut: {reason}',
    handed_over: '{n} tugas diserahkan kepada Anda.',
  },
  {
    visits_offered: '{n} visits of round {round} wait for monitors of your organisation.',
    visit_assigned: 'You are to monitor {training} on {day}. Send it by {due}.',
    visit_withdrawn: 'The task to monitor {training} was cancelled or moved: {reason}',
    visit_submitted: 'A visit to {training} waits for your review.',
    visit_forwarded: 'A visit to {training} was approved by the coordinator and waits for the programme office.',
    visit_returned: 'Your visit to {training} was returned: {note}',
    visit_approved: 'Your visit to {training} was approved.',
    visit_returned_by_office: 'The programme office returned the visit to {training}: {note}',
    visit_approved_by_office: 'The programme office approved the visit to {training}.',
    finding_confirmed: 'Finding {number} ({severity}) is addressed to your institution: {item}. Open it for the evidence and its deadlines.',
    finding_answered: 'The provider replied to finding {number}.',
    finding_returned: 'The reply to finding {number} is not enough yet: {note}',
    finding_closed: 'Finding {number} is closed.',
    finding_withdrawn: 'Finding {number} was withdrawn: {reason}',
    handed_over: '{n} tasks were handed over to you.',
  },
)
export type NoticeKind = keyof (typeof sentences)['id']

export const messages = catalogue(
  {
    title: 'Pemberitahuan', none: 'Belum ada pemberitahuan.', noneText: 'Yang perlu Anda ketahui akan muncul di sini dan dikirim lewat surel.', open: 'Buka', unread: 'belum dibaca', read: 'sudah dibaca',
    bell: 'Pemberitahuan, {n} belum dibaca', older: 'Yang lebih lama',
    letterSubject: 'Pantau: {text}', letterBody: '{text}\n\nBuka: {link}\n\nAnda menerima surat ini karena peran Anda di Pantau ({organisation}).',
  },
  {
    title: 'Notices', none: 'No notices yet.', noneText: 'What you need to know appears here and is sent by e-mail.', open: 'Open', unread: 'unread', read: 'read',
    bell: 'Notices, {n} unread', older: 'Older ones',
    letterSubject: 'Pantau: {text}', letterBody: '{text}\n\nOpen: {link}\n\nYou receive this letter because of your role in Pantau ({organisation}).',
  },
)
