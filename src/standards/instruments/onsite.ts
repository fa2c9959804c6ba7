import { choice, laterThan, measured, minutesBetween, repeated, scale5, section, several, yesNo, type SurveyRow } from './rows.ts'

/** Face to face (luring), 30 items. */
export const onsite: SurveyRow[][] = [
  section('a', ['A. Kelas dan waktu', 'A. Class and time'],
    yesNo({
      code: 'L01', tag: 'compliance', layers: 'E I P', basis: 'V', norm: 'delivery.takes_place',
      ask: ['Apakah kelas ada dan berlangsung di alamat terdaftar?', 'Is there a class, at the registered address?'],
      rule: "critical: outcome = 'class_absent' or l01 = 'tidak'",
    }, 'tidak', { photo: 'always' }),
    measured({
      code: 'L02', tag: 'compliance', layers: 'E I P L', basis: 'P', norm: 'session.start.late.max', ask: ['Pukul mulai dan selesai aktual', 'Actual start and end'],
      rule: "major: minutes(l02_b) - minutes(l02_a) < norm('session.duration.share.min') * planned_minutes; minor: minutes(l02_a) - minutes(begins) > norm('session.start.late.max')",
    }, [
      { suffix: 'a', type: 'time', ask: ['Pukul mulai aktual', 'Actual start'] },
      { suffix: 'b', type: 'time', ask: ['Pukul selesai aktual', 'Actual end'], constraint: laterThan('l02_a') },
      { suffix: 'lama', type: 'calculate', ask: ['Lama sesi (menit)', 'Length of the session (minutes)'], calculation: minutesBetween('l02_a', 'l02_b') },
    ]),
    measured({
      code: 'L03', tag: 'compliance', layers: 'I L E', basis: 'K', norm: 'duration.total.min', ask: ['Total durasi dan durasi per hari (menit)', 'Total length and length per day (minutes)'],
      rule: "major: l03 < norm('duration.total.min') or minutes(l02_b) - minutes(l02_a) > norm('duration.day.max')",
    }, [{ suffix: '', type: 'integer', ask: ['Total durasi seluruh sesi menurut jadwal terdaftar (menit)', 'Total length of all sessions in the registered schedule (minutes)'] }])),
  section('b', ['B. Peserta', 'B. Participants'],
    measured({
      code: 'L04', tag: 'compliance', layers: 'E I L', basis: 'V', norm: 'attendance.signed.gap.share', ask: ['Terdaftar / tanda tangan hadir / hadir fisik (tiga angka)', 'Enrolled / signed / physically present (three numbers)'],
      rule: "critical: l04_b - l04_c >= norm('attendance.signed.gap.count') and (l04_b - l04_c) div l04_b >= norm('attendance.signed.gap.share')",
    }, [
      { suffix: 'a', type: 'integer', ask: ['Jumlah peserta terdaftar', 'Participants enrolled'] },
      { suffix: 'b', type: 'integer', ask: ['Jumlah tanda tangan hadir', 'Signatures on the attendance sheet'] },
      { suffix: 'c', type: 'integer', ask: ['Jumlah peserta hadir fisik', 'Participants physically present'] },
    ], { photo: 'always' }),
    measured({
      code: 'L05', tag: 'compliance', layers: 'E I', basis: 'V', norm: 'identity.match.min', ask: ['Dari 5 peserta acak, berapa identitasnya cocok dengan daftar?', 'Of 5 participants picked at random, how many match the roster?'], rule: "critical: l05 < norm('identity.match.min')",
    }, [{
      suffix: '', type: 'integer', ask: ['Dari 5 peserta acak, berapa identitasnya cocok dengan daftar?', 'Of 5 participants picked at random, how many match the roster?'],
      constraint: ['. >= 0 and . <= 5', 'Isi bilangan 0 sampai 5.', 'Enter a number from 0 to 5.'],
      hint: ['Jangan menulis nama atau NIK.', 'Do not write down names or identity numbers.'],
    }]),
    yesNo({
      code: 'L06', tag: 'compliance', layers: 'E I L P', basis: 'A,[50]', norm: 'attendance.check_in_out',
      ask: ['Apakah presensi masuk dan keluar dicatat tiap sesi?', 'Is attendance recorded on the way in and out, each session?'], rule: "major: l06 = 'tidak'",
    })),
  section('c', ['C. Pelatih, alat dan tempat', 'C. Trainer, equipment and place'],
    measured({
      code: 'L07', tag: 'compliance', layers: 'E I L', basis: 'K', norm: 'ratio.trainer.max', ask: ['Rasio tenaga pelatih : peserta', 'Trainers to participants'], rule: "major: l07 = 0 or l04_c div l07 > norm('ratio.trainer.max')",
    }, [{ suffix: '', type: 'integer', ask: ['Jumlah tenaga pelatih yang mengajar', 'Number of trainers teaching'] }], { limit: 100 }),
    yesNo({ code: 'L08', tag: 'compliance', layers: 'E I P', basis: 'K', norm: 'facilitator.present', ask: ['Apakah fasilitator mendampingi praktik?', 'Did a facilitator help with practice?'], rule: "minor: l08 = 'tidak'" }),
    yesNo({
      code: 'L09', tag: 'compliance', layers: 'E I P L', basis: 'H', norm: 'trainer.approved', ask: ['Apakah pelatih sama dengan yang disetujui?', 'Was the trainer the approved one?'],
      hint: ['Disetujui: ${trainer_name}', 'Approved: ${trainer_name}'], rule: "major: l09_a = 'tidak'",
    }, 'tidak', { parts: [{ suffix: 'b', type: 'text', optional: true, ask: ['Nama pelatih yang mengajar', 'Name of the trainer who taught'] }] }),
    measured({
      code: 'L10', tag: 'compliance', layers: 'E I P L', basis: 'K', norm: 'ratio.aids.max', ask: ['Jumlah alat peraga berfungsi dan rasionya', 'Working teaching aids and their ratio'], rule: "major: l10 = 0 or l04_c div l10 > norm('ratio.aids.max')",
    }, [{ suffix: '', type: 'integer', ask: ['Jumlah set alat peraga yang berfungsi', 'Sets of teaching aids that work'] }]),
    measured({
      code: 'L11', tag: 'compliance', layers: 'E I P L', basis: 'K', norm: 'ratio.computer.max', ask: ['Pelatihan komputer: satu komputer per peserta?', 'Computer courses: one computer per participant?'], rule: "major: l11 = 0 or l04_c div l11 > norm('ratio.computer.max')",
    }, [{
      suffix: '', type: 'integer', ask: ['Pelatihan komputer: berapa komputer yang berfungsi?', 'Computer courses: how many computers work?'],
      hint: ['Kosongkan bila bukan pelatihan komputer, lalu pilih "tidak berlaku".', 'Leave blank if it is no computer course, then choose "does not apply".'],
    }]),
    yesNo({ code: 'L12', tag: 'compliance', layers: 'E P L', basis: 'R30(2)e', norm: 'materials.sufficient', ask: ['Apakah bahan praktik cukup untuk setiap peserta?', 'Was there enough practice material for everybody?'], rule: "major: l12 = 'tidak'" }),
    choice({
      code: 'L13', tag: 'compliance', layers: 'E I L', basis: '[18]', norm: 'facility.as_tested',
      ask: ['Apakah sarana sesuai hasil uji sarana dan prasarana?', 'Are the facilities as they were at the facility test?'], rule: "major: l13 = 'tidak' or l13 = 'sebagian'",
    }, 'ya_sebagian', ". = 'tidak' or . = 'sebagian'", { photo: 'failing' }),
    scale5({ code: 'L14', layers: 'E P', basis: 'P', criterion: 'room.fit', ask: ['Kapasitas ruang, pencahayaan, ventilasi, tempat duduk memadai?', 'Are room size, light, air and seating adequate?'] }, { photo: 'always' }),
    several({
      code: 'L15', tag: 'compliance', layers: 'E I L', basis: 'P', norm: 'safety.equipment', ask: ['K3: mana yang tersedia (APD, P3K, APAR, jalur evakuasi)?', 'Safety: what is there (protective equipment, first aid, extinguisher, escape route)?'],
      rule: "critical: l15_b = 'ya' and not(selected(l15_a, 'apd')); minor: not(selected(l15_a, 'p3k') and selected(l15_a, 'apar') and selected(l15_a, 'evakuasi'))",
    }, 'k3', { parts: [{ suffix: 'b', type: 'select_one ya_tidak', ask: ['Apakah praktiknya berbahaya?', 'Is the practice hazardous?'] }], photo: 'always' }),
    several({
      code: 'L16', tag: 'quality', layers: 'E P', basis: 'P', criterion: 'amenities.basic', ask: ['Toilet bersih, air minum, tempat ibadah: mana yang tersedia?', 'Clean toilet, drinking water, place of worship: what is there?'],
      rule: "observation: selected(l16, 'tidak_ada') or count(l16) < 3",
    }, 'kenyamanan'),
    several({
      code: 'L17', tag: 'compliance', layers: 'E P L', basis: '[GK]', norm: 'access.physical', ask: ['Akses bagi peserta disabilitas: mana yang tersedia?', 'Access for participants with a disability: what is there?'],
      rule: "major: l17_b = 'ya' and selected(l17_a, 'tidak_ada'); minor: selected(l17_a, 'tidak_ada')",
    }, 'akses', { parts: [{ suffix: 'b', type: 'select_one ya_tidak', ask: ['Apakah ada peserta yang memintanya?', 'Did a participant ask for it?'] }] })),
  section('d', ['D. Pembelajaran dan evaluasi', 'D. Teaching and evaluation'],
    choice({
      code: 'L18', tag: 'compliance', layers: 'E I P', basis: 'R30(2)d', norm: 'syllabus.match.min',
      ask: ['Sejauh mana materi sesuai silabus hari ini?', 'How far did the material follow today’s syllabus?'], rule: "major: l18 < norm('syllabus.match.min')",
    }, 'kesesuaian', '. <= 1'),
    measured({
      code: 'L19', tag: 'compliance', layers: 'E I P', basis: 'K', norm: 'practice.share.min', ask: ['Berapa menit teori dan praktik?', 'How many minutes of theory and practice?'],
      rule: "major: l19_b div (l19_a + l19_b) < norm('practice.share.low'); minor: l19_b div (l19_a + l19_b) < norm('practice.share.min')",
    }, [
      { suffix: 'a', type: 'integer', ask: ['Berapa menit teori?', 'How many minutes of theory?'] },
      {
        suffix: 'b', type: 'integer', ask: ['Berapa menit praktik?', 'How many minutes of practice?'],
        constraint: [". >= 0 and (${l02_lama} = '' or ${l19_a} = '' or . + ${l19_a} <= ${l02_lama})", 'Teori dan praktik bersama tidak boleh lebih lama daripada sesi.', 'Theory and practice together cannot be longer than the session.'],
      },
    ]),
    choice({
      code: 'L20', tag: 'compliance', layers: 'E P', basis: 'K', norm: 'practice.each_person',
      ask: ['Apakah setiap peserta melakukan praktik sendiri?', 'Did every participant practise in person?'], rule: "major: l20 = 'tidak' or l20 = 'sebagian'",
    }, 'ya_sebagian', ". = 'tidak' or . = 'sebagian'"),
    yesNo({
      code: 'L21', tag: 'compliance', layers: 'E I P L', basis: 'K', norm: 'evaluation.post_test',
      ask: ['Apakah pre-test dilaksanakan tanpa bantuan jawaban?', 'Was there a pre-test without help with the answers?'], rule: "major: l21_b = 'tidak'; minor: l21_a = 'tidak'",
    }, 'tidak', { parts: [{ suffix: 'b', type: 'select_one ya_tidak', ask: ['Apakah post-test dilaksanakan tanpa bantuan jawaban?', 'Was there a post-test without help with the answers?'] }] }),
    yesNo({
      code: 'L22', tag: 'compliance', layers: 'E I L', basis: 'K', norm: 'skill_demonstration.per_person',
      ask: ['Apakah unjuk keterampilan dinilai per orang dengan rubrik?', 'Was each person’s skill demonstration graded with a rubric?'], rule: "major: l22_a = 'tidak'",
    }, 'tidak', { parts: [{ suffix: 'b', type: 'integer', optional: true, ask: ['Berapa berkas yang Anda periksa?', 'How many did you check?'], constraint: ['. >= 0 and . <= 1000', 'Isi bilangan 0 sampai 1000.', 'Enter a number from 0 to 1000.'] }] })),
  section('e', ['E. Biaya dan hak peserta', 'E. Fees and participants’ rights'],
    yesNo({
      code: 'L23', tag: 'compliance', layers: 'E P I', basis: 'P', norm: 'fee.none',
      ask: ['Apakah ada pungutan (seragam, bahan, sertifikat, "uang kembali")?', 'Were there fees (uniform, material, certificate, "cash back")?'], rule: "critical: l23 = 'ya'",
    }, 'ya', { photo: 'failing' }),
    repeated({
      code: 'L24', tag: 'compliance', layers: 'E I P', basis: 'P', norm: 'benefits.received', ask: ['Wawancara 3 peserta: hak yang dijanjikan diterima?', 'Interview 3 participants: did they receive what was promised?'],
      rule: "major: count(l24_a, 'tidak') >= 2",
    }, 3, [
      { suffix: 'a', type: 'select_one ya_tidak', ask: ['Apakah hak yang dijanjikan diterima?', 'Did the participant receive what was promised?'], hint: ['Jangan menulis nama peserta.', 'Do not write down the name.'] },
      { suffix: 'b', type: 'text', ask: ['Apa yang tidak diterima?', 'What was not received?'], relevant: "${l24_a} = 'tidak'", appearance: 'multiline' },
    ]),
    yesNo({
      code: 'L25', tag: 'compliance', layers: 'E P', basis: 'P', norm: 'safety.environment',
      ask: ['Apakah ada kejadian pelecehan atau diskriminasi?', 'Was there any harassment or discrimination?'], rule: "critical: l25_a = 'ya'; minor: l25_b = 'tidak'",
    }, 'ya', { parts: [{ suffix: 'b', type: 'select_one ya_tidak', ask: ['Apakah kontak pengaduan dipasang?', 'Is a complaint contact on display?'] }] }),
    yesNo({
      code: 'L26', tag: 'compliance', layers: 'E I', basis: 'P', norm: 'programme.identity',
      ask: ['Apakah papan/identitas program terpasang dan benar?', 'Is the programme’s sign up and correct?'], rule: "minor: l26 = 'tidak'",
    }, 'tidak', { photo: 'always' })),
  section('f', ['F. Mutu dan berita acara', 'F. Quality and minutes'],
    scale5({ code: 'L27', layers: 'E P', basis: 'P', criterion: 'trainer.mastery', ask: ['Penguasaan materi dan keterampilan pelatih', 'The trainer’s command of subject and skill'] }),
    scale5({ code: 'L28', layers: 'E P', basis: 'P', criterion: 'support.slow_learners', ask: ['Perhatian pada peserta yang tertinggal', 'Attention to those who fall behind'] }),
    scale5({ code: 'L29', layers: 'E P', basis: 'H asp.1', criterion: 'work.relevance', ask: ['Relevansi dengan kebutuhan kerja setempat', 'Relevance to local work'] }),
    choice({
      code: 'L30', tag: 'none', layers: 'E I L', basis: 'P', ask: ['Berita acara ditandatangani LP', 'Visit minutes signed by the provider'],
      hint: ['Foto lembar berita acara yang sudah ditandatangani.', 'Take a photo of the signed minutes.'],
    }, 'berita_acara', ". = 'keberatan' or . = 'menolak'", { photo: 'always' })),
]

export const onsiteLists = {
  k3: [['apd', 'Alat pelindung diri (APD)', 'Protective equipment'], ['p3k', 'Kotak P3K', 'First-aid kit'], ['apar', 'Alat pemadam (APAR)', 'Fire extinguisher'], ['evakuasi', 'Jalur evakuasi', 'Escape route'], ['tidak_ada', 'Tidak ada', 'None']],
  kenyamanan: [['toilet', 'Toilet bersih', 'Clean toilet'], ['air', 'Air minum', 'Drinking water'], ['ibadah', 'Tempat ibadah', 'Place of worship'], ['tidak_ada', 'Tidak ada', 'None']],
  akses: [['kursi_roda', 'Akses kursi roda', 'Wheelchair access'], ['lantai_dasar', 'Lantai dasar atau lift', 'Ground floor or lift'], ['toilet_akses', 'Toilet akses', 'Accessible toilet'], ['akomodasi', 'Akomodasi lain', 'Other accommodation'], ['tidak_ada', 'Tidak ada', 'None']],
  berita_acara: [['setuju', 'Ditandatangani, setuju', 'Signed, agreed'], ['keberatan', 'Ditandatangani dengan keberatan', 'Signed with an objection'], ['menolak', 'LP menolak menandatangani', 'The provider refused to sign']],
} as const
