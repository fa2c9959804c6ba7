// Everything here is invented. Names are built from pieces so that they sound Indonesian and belong to nobody; telephone numbers begin with an
// area code that cannot exist (no Indonesian number has a 0 after +62); mail and web addresses end in `.example`, reserved by RFC 2606.

const first = ['Arunika', 'Bimasena', 'Candrika', 'Dirgama', 'Ekawira', 'Gantari', 'Harsaya', 'Jenggala', 'Kartawira', 'Lokananta', 'Mandraguna', 'Nirwasita', 'Padmakara', 'Rakyan', 'Samudraya', 'Tirtakarsa', 'Udiyana', 'Wanaloka', 'Yudhakarya', 'Saranawija']
const second = ['Binakriya', 'Ciptaloka', 'Dayanusa', 'Giatama', 'Karsaloka', 'Majukriya', 'Nusawidya', 'Pranakarya', 'Sembadaya', 'Terakarya', 'Widyakriya', 'Upayanusa']
const legalForms = ['LPK', 'LKP', 'PT', 'Yayasan', 'Balai Latihan'] as const

/** 1,200 different names: 20 x 12 x 5; `n` counts providers from 0. */
export const providerName = (n: number): { readonly name: string; readonly shortName: string; readonly form: (typeof legalForms)[number] } => {
  const form = legalForms[(n * 7 + Math.floor(n / 240)) % 5] ?? 'LPK'
  const shortName = `${first[n % 20]} ${second[(Math.floor(n / 20) + (n % 20)) % 12]}`
  return { name: `${form} ${shortName}`, shortName, form }
}

const given = ['Adi', 'Ayu', 'Bagas', 'Citra', 'Dewi', 'Dimas', 'Eka', 'Fitri', 'Galih', 'Hana', 'Indra', 'Joko', 'Kartika', 'Laras', 'Made', 'Nurul', 'Oki', 'Putri', 'Rahmat', 'Sari', 'Teguh', 'Utami', 'Vina', 'Wahyu', 'Yohana', 'Yusuf', 'Marthen', 'Naomi', 'Tiara', 'Zainal']
const family = ['Sanjaloka', 'Wiratera', 'Kumalaya', 'Prawidana', 'Santikara', 'Hartaloka', 'Mahesara', 'Rinjanata', 'Samekta', 'Purwaloka', 'Gunandara', 'Wijakara', 'Tanuwira', 'Lestarana', 'Pradipaya', 'Suryaloka', 'Nararya', 'Danuwara', 'Setiaraga', 'Bratakara']
export const personName = (u: number, v: number): string => `${given[Math.floor(u * given.length)]} ${family[Math.floor(v * family.length)]}`

const streets = ['Jl. Contoh Kenanga', 'Jl. Contoh Flamboyan', 'Jl. Contoh Cendana', 'Jl. Contoh Mawar', 'Jl. Contoh Bahari', 'Jl. Contoh Merapi', 'Jl. Contoh Pahlawan', 'Jl. Contoh Pelabuhan']
const halls = ['Aula', 'Ruang Praktik', 'Bengkel', 'Gedung Serbaguna', 'Ruang Kelas']
export const addressOf = (u: number, house: number, regencyName: string): string => `${streets[Math.floor(u * streets.length)]} No. ${house}, ${regencyName}`
export const venueOf = (u: number, shortName: string): string => `${halls[Math.floor(u * halls.length)]} ${shortName}`
export const phoneOf = (n: number): string => `+62 000-${String(Math.floor(n / 10_000) % 10_000).padStart(4, '0')}-${String(n % 10_000).padStart(4, '0')}`
export const mailOf = (code: string): string => `kontak@${code.toLowerCase()}.example`
export const meetingOf = (code: string): string => `https://rapat.example/${code}`

/** What is taught: [skill, category, taught onsite (needs tools), needs a computer each]. */
const skills: readonly (readonly [string, string, boolean, boolean])[] = [
  ['Menjahit Pakaian', 'Kriya dan busana', true, false], ['Membatik Tulis', 'Kriya dan busana', true, false], ['Menganyam Serat Alam', 'Kriya dan busana', true, false],
  ['Las Listrik SMAW', 'Teknik', true, false], ['Servis Sepeda Motor', 'Teknik', true, false], ['Instalasi Listrik Rumah', 'Teknik', true, false], ['Servis Pendingin Ruangan', 'Teknik', true, false], ['Pertukangan Kayu', 'Teknik', true, false],
  ['Membuat Roti dan Kue', 'Kuliner', true, false], ['Meracik Kopi', 'Kuliner', true, false], ['Mengolah Hasil Laut', 'Kuliner', true, false], ['Menyajikan Makanan', 'Kuliner', true, false],
  ['Tata Rias Wajah', 'Kecantikan', true, false], ['Pangkas Rambut', 'Kecantikan', true, false], ['Merawat Lansia', 'Kesehatan', true, false],
  ['Budidaya Sayur Hidroponik', 'Pertanian', true, false], ['Pembibitan Ikan Air Tawar', 'Pertanian', true, false], ['Beternak Ayam Petelur', 'Pertanian', true, false],
  ['Pemasaran Digital', 'Pemasaran', false, true], ['Menulis Konten Media Sosial', 'Pemasaran', false, true], ['Fotografi Produk', 'Pemasaran', false, false], ['Pelayanan Pelanggan', 'Pemasaran', false, false], ['Menjual melalui Lokapasar', 'Pemasaran', false, true],
  ['Pembukuan Usaha Mikro', 'Keuangan', false, true], ['Perpajakan Dasar', 'Keuangan', false, true], ['Menyusun Anggaran', 'Keuangan', false, false],
  ['Pengolah Angka', 'Perkantoran', false, true], ['Administrasi Perkantoran', 'Perkantoran', false, true], ['Korespondensi Bahasa Inggris', 'Bahasa', false, false], ['Bahasa Inggris Perhotelan', 'Bahasa', false, false], ['Bahasa Jepang Dasar', 'Bahasa', false, false],
  ['Desain Grafis', 'Teknologi informasi', false, true], ['Analisis Data', 'Teknologi informasi', false, true], ['Pemrograman Web', 'Teknologi informasi', false, true], ['Penyuntingan Video', 'Teknologi informasi', false, true], ['Jaringan Komputer', 'Teknologi informasi', true, true],
  ['Keselamatan dan Kesehatan Kerja', 'Keselamatan', false, false], ['Pengelolaan Gudang', 'Logistik', false, false], ['Mengemudi Defensif', 'Logistik', true, false], ['Pemandu Wisata', 'Pariwisata', false, false],
]
const audiences = ['Penjahit Pemula', 'Pengrajin', 'Teknisi', 'Pengusaha Mikro', 'Staf Administrasi', 'Tenaga Penjual', 'Pramusaji', 'Operator', 'Asisten Toko', 'Wirausaha Baru', 'Pekerja Lepas', 'Staf Layanan', 'Kasir', 'Pengelola Usaha', 'Pegawai Gudang', 'Pemandu Lokal', 'Staf Keuangan', 'Penata Rias', 'Pelaku Usaha Kuliner', 'Pembudi Daya', 'Penyusun Laporan', 'Pengelola Toko Daring', 'Pencari Kerja', 'Penyelia', 'Juru Masak', 'Staf Pemasaran', 'Pekerja Bengkel', 'Pelayan Hotel', 'Petani Muda', 'Peternak Muda']

/** 1,200 different titles: 40 skills x 30 audiences; `n` from 0. */
export const trainingTitle = (n: number): { readonly title: string; readonly category: string; readonly onsite: boolean; readonly computers: boolean } => {
  const [skill, category, onsite, computers] = skills[n % 40] ?? ['Keterampilan Dasar', 'Umum', false, false]
  return { title: `${skill} untuk ${audiences[(Math.floor(n / 40) + n) % 30]}`, category, onsite, computers }
}
