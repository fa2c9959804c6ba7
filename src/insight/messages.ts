import { catalogue } from '#base/messages.ts'

export const publicMessages = catalogue(
  {
    title: 'Pemantauan berlapis program pelatihan', signIn: 'Masuk', sample: 'Data contoh: angka di halaman ini fiktif.',
    what: 'Pantau mengawasi mutu dan kepatuhan pelatihan dari banyak sudut: tim ahli dari universitas dan lembaga masyarakat, lembaga pelatihan, platform digital, peserta, dan kantor program. Kelas yang dikunjungi dipilih dengan undian yang dapat diperiksa siapa pun.',
    figures: 'Angka yang sudah diterbitkan', nothing: 'Belum ada angka yang diterbitkan. Angka baru tampil di sini setelah cukup banyak kunjungan disetujui.',
    compliance: 'kelas memenuhi semua aturan penting. Rentang 95%: {low}–{high}; {n} kunjungan sampel acak pada {round} ({from} sampai {to}), diterbitkan {day}.',
    parts: 'Menurut moda dan wilayah', part: 'Bagian', share: 'Kelas yang memenuhi (rentang 95%)', rangeNote: 'Angka dari sampel acak dengan bobot rancangan; kurang dari 10 kunjungan tidak ditampilkan.', notEnough: 'belum cukup data',
    watching: 'Siapa yang memantau', how: 'Bagaimana angka ini dibuat', howText: 'Kelas diundi dari seluruh jadwal dengan benih acak yang dapat dihitung ulang. Kelas yang ternyata tidak berlangsung dihitung tidak memenuhi. Kunjungan yang tidak dapat dilakukan dilaporkan, tidak diganti diam-diam.',
    private: 'Halaman ini tidak menampilkan nama orang, pelapor, atau lembaga.', webinar: 'Webinar', onsite: 'Luring', selfPaced: 'Pembelajaran mandiri',
    sumatera: 'Sumatera', jawa: 'Jawa', baliNusaTenggara: 'Bali–Nusa Tenggara', kalimantan: 'Kalimantan', sulawesi: 'Sulawesi', malukuPapua: 'Maluku–Papua',
  },
  {
    title: 'Layered monitoring of the training programme', signIn: 'Sign in', sample: 'Sample data: the figures on this page are fictitious.',
    what: 'Pantau watches the quality and compliance of trainings from many sides: expert teams of universities and civil society, training providers, digital platforms, participants and the programme office. The classes to visit are picked by a draw that anybody can check.',
    figures: 'Published figures', nothing: 'No figures are published yet. They appear here once enough visits have been approved.',
    compliance: 'of classes keep all important rules. 95% range: {low}–{high}; {n} visits of the random sample in {round} ({from} to {to}), published {day}.',
    parts: 'By mode and region', part: 'Part', share: 'Classes that keep the rules (95% range)', rangeNote: 'Figures from the random sample with design weights; below 10 visits nothing is shown.', notEnough: 'not enough data',
    watching: 'Who watches', how: 'How these figures are made', howText: 'Classes are drawn from the whole schedule with a random seed that can be recomputed. A class that did not take place counts as not keeping the rules. Visits that could not be made are reported, never silently replaced.',
    private: 'This page shows no names of people, reporters or institutions.', webinar: 'Webinar', onsite: 'Face to face', selfPaced: 'Self-paced',
    sumatera: 'Sumatra', jawa: 'Java', baliNusaTenggara: 'Bali–Nusa Tenggara', kalimantan: 'Kalimantan', sulawesi: 'Sulawesi', malukuPapua: 'Maluku–Papua',
  },
)
