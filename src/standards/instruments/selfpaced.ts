import { choice, measured, repeated, scale5, section, several, yesNo, type SurveyRow } from './rows.ts'

/** Self-paced learning (SPL), 26 items. */
const of = (n: number): readonly [string, string, string] => [`. >= 0 and . <= ${n}`, `Isi bilangan 0 sampai ${n}.`, `Enter a number from 0 to ${n}.`]

export const selfpaced: SurveyRow[][] = [
  section('a', ['A. Isi dan portofolio', 'A. Content and portfolio'],
    measured({
      code: 'S01', tag: 'compliance', layers: 'I E L D', basis: 'K', norm: 'duration.video.min', ask: ['Total durasi video (menit)', 'Total length of video (minutes)'],
      hint: ['Ukur dari metadata video.', 'Measure from the videos’ metadata.'], rule: "critical: outcome = 'class_absent'; major: s01 < norm('duration.video.min')",
    }, [{ suffix: '', type: 'integer', ask: ['Total durasi video (menit)', 'Total length of video (minutes)'] }]),
    choice({ code: 'S02', tag: 'compliance', layers: 'E I L', basis: 'R30(2)d', norm: 'syllabus.match.min', ask: ['Jumlah dan urutan modul sesuai silabus?', 'Do number and order of modules follow the syllabus?'], rule: "major: s02 < norm('syllabus.match.min')" }, 'kesesuaian', '. <= 1'),
    measured({
      code: 'S03', tag: 'compliance', layers: 'I D', basis: 'K', norm: 'portfolio.sync_ratio.min', ask: ['Rasio portofolio sinkron : asinkron LP dan kategorinya', 'Synchronous to asynchronous portfolio of the provider, and its categories'],
      rule: "major: (s03_b = 1 and s03_a < 1) or (s03_b > 1 and (s03_a div s03_b < norm('portfolio.sync_ratio.min') or s03_c = 'tidak'))",
    }, [
      { suffix: 'a', type: 'integer', ask: ['Jumlah pelatihan sinkron LP', 'Synchronous trainings of the provider'] },
      { suffix: 'b', type: 'integer', ask: ['Jumlah pelatihan asinkron LP', 'Asynchronous trainings of the provider'] },
      { suffix: 'c', type: 'select_one ya_tidak', optional: true, ask: ['Apakah kategori pelatihan asinkron berbeda-beda?', 'Are the asynchronous trainings in different categories?'], relevant: '${s03_b} > 1' },
    ])),
  section('b', ['B. Kehadiran dan penyelesaian', 'B. Attendance and completion'],
    yesNo({ code: 'S04', tag: 'compliance', layers: 'E I P', basis: 'A', norm: 'face_verification.daily', ask: ['Apakah verifikasi wajah diminta tiap hari masuk?', 'Is face verification asked for on each day of entry?'], rule: "critical: s04 = 'tidak'" }, 'tidak', { photo: 'failing' }),
    yesNo({ code: 'S05', tag: 'compliance', layers: 'E I P', basis: 'P', norm: 'video.skip_lock', ask: ['Apakah video dapat dilewati/dipercepat tanpa batas?', 'Can videos be skipped or sped up without limit?'], rule: "major: s05 = 'ya'" }, 'ya', { photo: 'failing' }),
    measured({
      code: 'S06', tag: 'compliance', layers: 'I L D', basis: 'V', norm: 'completion.implausible.share.max', ask: ['Jumlah peserta selesai lebih cepat dari durasi video (sampel log 50)', 'Participants who finished faster than the video lasts (sample of 50 logs)'],
      rule: "critical: s06 div 50 > norm('completion.implausible.share.max')",
    }, [{ suffix: '', type: 'integer', ask: ['Dari 50 log peserta, berapa selesai lebih cepat dari durasi video?', 'Of 50 participant logs, how many finished faster than the video lasts?'], constraint: of(50) }])),
  section('c', ['C. Keaslian, harga dan pelatih', 'C. Originality, price and trainer'],
    measured({
      code: 'S07', tag: 'compliance', layers: 'E I', basis: 'R29(4)', norm: 'content.free_identical.max', ask: ['Dari 5 judul modul, berapa tersedia gratis dengan isi identik?', 'Of 5 module titles, how many are free elsewhere with identical content?'],
      rule: "critical: s07_a > norm('content.free_identical.max')",
    }, [
      { suffix: 'a', type: 'integer', ask: ['Dari 5 judul modul, berapa tersedia gratis dengan isi identik?', 'Of 5 module titles, how many are free elsewhere with identical content?'], constraint: of(5) },
      { suffix: 'b', type: 'text', optional: true, ask: ['Alamat (URL) temuan', 'Address (URL) found'], relevant: '${s07_a} > 0' },
    ]),
    yesNo({
      code: 'S08', tag: 'compliance', layers: 'I D E', basis: 'R29(5)', norm: 'price.not_above_outside', ask: ['Apakah harga sama atau lebih rendah daripada di luar program?', 'Is the price no higher than outside the programme?'], rule: "major: s08_a = 'tidak'",
    }, 'tidak', { photo: 'failing', parts: [
      { suffix: 'b', type: 'integer', optional: true, ask: ['Harga di program (rupiah)', 'Price in the programme (rupiah)'], constraint: of(100_000_000) },
      { suffix: 'c', type: 'integer', optional: true, ask: ['Harga di luar program (rupiah)', 'Price outside (rupiah)'], constraint: of(100_000_000) },
    ] }),
    yesNo({ code: 'S09', tag: 'compliance', layers: 'E I', basis: 'H', norm: 'trainer.approved', ask: ['Apakah pengisi video pelatih yang disetujui?', 'Is the presenter the approved trainer?'], hint: ['Disetujui: ${trainer_name}', 'Approved: ${trainer_name}'], rule: "major: s09 = 'tidak'" })),
  section('d', ['D. Evaluasi dan layanan', 'D. Evaluation and service'],
    choice({ code: 'S10', tag: 'compliance', layers: 'E P', basis: 'K', norm: 'quiz.match.min', ask: ['Kuis per modul tersedia dan terkait tujuan?', 'Is there a quiz per module, tied to its aims?'], rule: "minor: s10 < norm('quiz.match.min')" }, 'kesesuaian', '. <= 1'),
    yesNo({ code: 'S11', tag: 'compliance', layers: 'I L E', basis: 'V', norm: 'tests.randomised', ask: ['Pre-test/post-test: apakah bank soal diacak?', 'Pre- and post-test: are questions drawn at random?'], rule: "minor: s11 = 'tidak'" }),
    repeated({
      code: 'S12', tag: 'compliance', layers: 'E I P', basis: 'V', norm: 'answer_key.not_leaked', ask: ['Kunci jawaban beredar di internet? (3 pencarian)', 'Are answer keys on the internet? (3 searches)'],
      rule: "major: count(s12_b, 'ya') >= 1",
    }, 3, [
      { suffix: 'a', type: 'text', ask: ['Kata pencarian', 'Search words'] },
      { suffix: 'b', type: 'select_one ya_tidak', ask: ['Apakah kunci jawaban ditemukan?', 'Was an answer key found?'] },
      { suffix: 'c', type: 'text', ask: ['Alamat (URL)', 'Address (URL)'], relevant: "${s12_b} = 'ya'" },
    ]),
    measured({
      code: 'S13', tag: 'compliance', layers: 'E I P L', basis: 'K', norm: 'skill_demonstration.feedback.share.min', ask: ['Unjuk keterampilan ada, dinilai, diberi umpan balik?', 'Are skill demonstrations there, graded and answered?'], rule: "major: s13 div 5 < norm('skill_demonstration.feedback.share.min')",
    }, [{ suffix: '', type: 'integer', ask: ['Dari 5 peserta, berapa yang unjuk keterampilannya dinilai dan diberi umpan balik?', 'Of 5 participants, how many had their skill demonstration graded and answered?'], constraint: of(5) }]),
    measured({
      code: 'S14', tag: 'compliance', layers: 'L D P', basis: '[42]', norm: 'feedback.hours.max', ask: ['Waktu umpan balik unjuk keterampilan (jam)', 'Time to feedback on the skill demonstration (hours)'], rule: "minor: s14 > norm('feedback.hours.max')",
    }, [{ suffix: '', type: 'integer', ask: ['Waktu umpan balik unjuk keterampilan (jam)', 'Time to feedback on the skill demonstration (hours)'] }]),
    yesNo({
      code: 'S15', tag: 'quality', layers: 'E P', basis: '[44]', criterion: 'helpdesk.response', ask: ['Apakah pertanyaan uji ke helpdesk dijawab?', 'Was the test question to the helpdesk answered?'],
      rule: "major: s15_a = 'tidak'; minor: s15_a = 'ya' and s15_b > norm('helpdesk.hours.max')",
    }, 'tidak', { parts: [{ suffix: 'b', type: 'integer', ask: ['Dalam berapa jam?', 'After how many hours?'], relevant: "${s15_a} = 'ya'", constraint: of(1000) }] }),
    measured({
      code: 'S22', tag: 'compliance', layers: 'D L P I', basis: '[23]', norm: 'certificate.working_days.max', ask: ['Berapa hari kerja dari laporan selesai sampai sertifikat terbit?', 'How many working days from the completion report to the certificate?'], rule: "minor: s22 > norm('certificate.working_days.max')",
    }, [{ suffix: '', type: 'integer', ask: ['Berapa hari kerja dari laporan selesai sampai sertifikat terbit?', 'How many working days from the completion report to the certificate?'], constraint: of(1000) }])),
  section('e', ['E. Akses, data pribadi dan kejujuran', 'E. Access, personal data and honesty'],
    scale5({ code: 'S16', layers: 'E P', basis: 'P', criterion: 'lms.mobile', ask: ['LMS lancar di ponsel dan jaringan lambat?', 'Does the LMS run well on a phone and a slow network?'] }, { parts: [{ suffix: 'b', type: 'text', optional: true, ask: ['Perangkat dan jaringan yang dicoba', 'Device and network tried'] }] }),
    choice({
      code: 'S17', tag: 'compliance', layers: 'E P L', basis: '[32]', norm: 'captions.available', ask: ['Takarir/transkrip tersedia?', 'Are there captions or a transcript?'],
      rule: "major: s17_b = 'ya' and (s17_a = 'tidak' or s17_a = 'sebagian'); minor: s17_a = 'tidak' or s17_a = 'sebagian'",
    }, 'ya_sebagian', ". = 'tidak' or . = 'sebagian'", { parts: [{ suffix: 'b', type: 'select_one ya_tidak', ask: ['Apakah ada peserta yang memintanya?', 'Did a participant ask for it?'] }] }),
    several({
      code: 'S18', tag: 'compliance', layers: 'E I', basis: '[GK]', norm: 'wcag.quick_check', ask: ['Navigasi papan ketik, kontras, pembaca layar: mana yang berfungsi?', 'Keyboard navigation, contrast, screen reader: what works?'], rule: "minor: selected(s18, 'tidak_ada') or count(s18) < 3",
    }, 'aksesibilitas'),
    yesNo({ code: 'S19', tag: 'compliance', layers: 'E I P', basis: 'UU PDP', norm: 'personal_data.not_excessive', ask: ['Apakah LMS meminta data pribadi di luar kebutuhan?', 'Does the LMS ask for more personal data than it needs?'], rule: "major: s19 = 'ya'" }, 'ya', { photo: 'failing' }),
    yesNo({ code: 'S20', tag: 'compliance', layers: 'E P', basis: 'P', norm: 'fee.none', ask: ['Apakah ada iklan/penjualan/pungutan dalam materi?', 'Are there advertising, selling or fees in the material?'], rule: "critical: s20 = 'ya'" }, 'ya', { photo: 'failing' }),
    choice({ code: 'S21', tag: 'compliance', layers: 'E P D', basis: '[38]', norm: 'listing.match.min', ask: ['Judul dan deskripsi sesuai isi?', 'Do title and description match the content?'], rule: "major: s21 < norm('listing.match.min')" }, 'kesesuaian', '. <= 1')),
  section('f', ['F. Mutu', 'F. Quality'],
    scale5({ code: 'S23', layers: 'E P', basis: 'H D 2.1', criterion: 'media.quality', ask: ['Kualitas suara, gambar, teks', 'Quality of sound, picture and text'] }),
    scale5({ code: 'S24', layers: 'E P', basis: 'P', criterion: 'content.up_to_date', ask: ['Kemutakhiran isi (tahun, regulasi, versi perangkat)', 'How current the content is (year, rules, tool versions)'] }),
    scale5({ code: 'S25', layers: 'E P', basis: 'P', criterion: 'teaching.clarity', ask: ['Kejelasan dan tingkat kesulitan sesuai sasaran', 'Clarity and level fit the audience'] }),
    scale5({ code: 'S26', layers: 'E P', basis: 'P', criterion: 'practice.usefulness', ask: ['Kegunaan tugas praktik', 'Usefulness of the practice tasks'] })),
]

export const selfpacedLists = {
  aksesibilitas: [['keyboard', 'Navigasi papan ketik', 'Keyboard navigation'], ['kontras', 'Kontras warna cukup', 'Sufficient contrast'], ['pembaca_layar', 'Pembaca layar', 'Screen reader'], ['tidak_ada', 'Tidak ada yang berfungsi', 'None of them']],
} as const
