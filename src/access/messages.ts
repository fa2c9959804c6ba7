import { catalogue } from '#base/messages.ts'

export const messages = catalogue(
  {
    invitationSubject: 'Undangan bergabung di Pantau: {organisation}',
    invitationBody: 'Anda diundang bergabung di Pantau sebagai {role} untuk {organisation}.\n\nBuka tautan ini dan buat kata sandi:\n{link}\n\nTautan berlaku {days} hari. Abaikan surat ini bila Anda tidak mengenal undangan ini.',
    resetSubject: 'Atur ulang kata sandi Pantau',
    resetBody: 'Ada permintaan mengatur ulang kata sandi akun Pantau Anda.\n\nBuka tautan ini untuk membuat kata sandi baru:\n{link}\n\nTautan berlaku satu jam. Abaikan surat ini bila bukan Anda yang meminta.',
  },
  {
    invitationSubject: 'Invitation to join Pantau: {organisation}',
    invitationBody: 'You are invited to join Pantau as {role} for {organisation}.\n\nOpen this link and set a password:\n{link}\n\nThe link is valid for {days} days. Ignore this letter if you do not know this invitation.',
    resetSubject: 'Reset your Pantau password',
    resetBody: 'Somebody asked to reset the password of your Pantau account.\n\nOpen this link to set a new one:\n{link}\n\nThe link is valid for one hour. Ignore this letter if it was not you.',
  },
)
