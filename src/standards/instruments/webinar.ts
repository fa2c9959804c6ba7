import { choice, laterThan, measured, minutesBetween, scale5, section, yesNo, type SurveyRow } from './rows.ts'

/** Webinar, 30 items (drafts of this project on published criteria, regulation, integration practice and known violations). */
export const webinar: SurveyRow[][] = [
  section('a', ['A. Sesi dan waktu', 'A. Session and time'],
    yesNo({
      code: 'W01', tag: 'compliance', layers: 'E I P D', basis: 'V', norm: 'delivery.takes_place',
      ask: ['Apakah sesi benar-benar berlangsung pada jadwal yang tercantum?', 'Did the session really take place as listed?'],
      rule: "critical: outcome = 'class_absent' or w01 = 'tidak'",
    }, 'tidak', { photo: 'always' }),
    measured({
      code: 'W02', tag: 'compliance', layers: 'E I P D', basis: 'P', norm: 'session.start.late.max',
      ask: ['Pukul berapa sesi mulai dan selesai?', 'When did the session start and end?'],
      rule: "major: minutes(w02_b) - minutes(w02_a) < norm('session.duration.share.min') * planned_minutes; minor: minutes(w02_a) - minutes(begins) > norm('session.start.late.max')",
    }, [
      { suffix: 'a', type: 'time', ask: ['Pukul berapa sesi mulai?', 'When did the session start?'] },
      { suffix: 'b', type: 'time', ask: ['Pukul berapa sesi selesai?', 'When did the session end?'], constraint: laterThan('w02_a') },
      { suffix: 'lama', type: 'calculate', ask: ['Lama sesi (menit)', 'Length of the session (minutes)'], calculation: minutesBetween('w02_a', 'w02_b') },
    ]),
    measured({
      code: 'W03', tag: 'compliance', layers: 'I L D', basis: 'K', norm: 'duration.total.min',
      ask: ['Total durasi seluruh sesi (menit)', 'Total length of all sessions (minutes)'],
      rule: "major: w03 < norm('duration.total.min')",
    }, [{ suffix: '', type: 'integer', ask: ['Total durasi seluruh sesi (menit)', 'Total length of all sessions (minutes)'] }]),
    measured({
      code: 'W04', tag: 'compliance', layers: 'E I P D', basis: 'K', norm: 'duration.day.max',
      ask: ['Durasi hari ini (menit)', 'Length today (minutes)'], rule: "minor: w04 > norm('duration.day.max')",
    }, [
      { suffix: '', type: 'calculate', ask: ['Durasi hari ini (menit)', 'Length today (minutes)'], calculation: '${w02_lama}' },
      { suffix: 'info', type: 'note', ask: ['W04. Durasi hari ini: ${w04} menit', 'W04. Length today: ${w04} minutes'], relevant: "${w04} != ''" },
    ])),
  section('b', ['B. Peserta', 'B. Participants'],
    measured({
      code: 'W05', tag: 'compliance', layers: 'E I L D', basis: 'V', norm: 'attendance.gap.max',
      ask: ['Jumlah peserta di ruang pada menit ke-15 dan 15 menit sebelum selesai', 'Participants in the room at minute 15 and 15 minutes before the end'],
      rule: "major: w05_log > 0 and abs(w05_log - min(w05_a, w05_b)) div w05_log > norm('attendance.gap.max')",
    }, [
      { suffix: 'a', type: 'integer', ask: ['Jumlah peserta di ruang pada menit ke-15', 'Participants in the room at minute 15'] },
      { suffix: 'b', type: 'integer', ask: ['Jumlah peserta 15 menit sebelum selesai', 'Participants 15 minutes before the end'] },
      {
        suffix: 'log', type: 'integer', optional: true, ask: ['Jumlah peserta menurut log kehadiran', 'Participants according to the attendance log'],
        hint: ['Kosongkan bila log tidak diperlihatkan.', 'Leave blank if the log was not shown.'],
      },
    ], { photo: 'always' }),
    measured({
      code: 'W06', tag: 'compliance', layers: 'E I L', basis: 'K', norm: 'ratio.trainer.max',
      ask: ['Rasio tenaga pelatih : peserta', 'Trainers to participants'],
      rule: "major: w06 = 0 or max(w05_a, w05_b) div w06 > norm('ratio.trainer.max')",
    }, [{ suffix: '', type: 'integer', ask: ['Jumlah tenaga pelatih yang mengajar', 'Number of trainers teaching'] }], { limit: 100 }),
    yesNo({
      code: 'W09', tag: 'compliance', layers: 'I L D P', basis: 'A', norm: 'access.official_link',
      ask: ['Apakah peserta masuk hanya lewat tautan resmi setelah verifikasi wajah?', 'Did participants enter only by the official link, after face verification?'],
      rule: "critical: w09 = 'tidak'",
    }),
    measured({
      code: 'W10', tag: 'compliance', layers: 'E I L', basis: 'V', norm: 'roster.mismatch.max',
      ask: ['Dari 10 nama acak, berapa yang tidak cocok dengan daftar peserta?', 'Of 10 names picked at random, how many do not match the roster?'], rule: "critical: w10 > norm('roster.mismatch.max')",
    }, [{
      suffix: '', type: 'integer', ask: ['Dari 10 nama acak, berapa yang tidak cocok dengan daftar peserta?', 'Of 10 names picked at random, how many do not match the roster?'],
      constraint: ['. >= 0 and . <= 10', 'Isi bilangan 0 sampai 10.', 'Enter a number from 0 to 10.'],
      hint: ['Jangan menulis nama peserta.', 'Do not write down names.'],
    }]),
    measured({
      code: 'W11', tag: 'compliance', layers: 'E I', basis: 'P', norm: 'camera.on.share.min',
      ask: ['Berapa peserta menyalakan kamera (3 kali hitung)?', 'How many participants had the camera on (3 counts)?'], rule: "minor: (w11_a + w11_b + w11_c) div 3 div max(w05_a, w05_b) < norm('camera.on.share.min')",
    }, [
      { suffix: 'a', type: 'integer', ask: ['Berapa peserta menyalakan kamera? Hitungan ke-1', 'How many had the camera on? First count'] },
      { suffix: 'b', type: 'integer', ask: ['Kamera menyala, hitungan ke-2', 'Cameras on, second count'] },
      { suffix: 'c', type: 'integer', ask: ['Kamera menyala, hitungan ke-3', 'Cameras on, third count'] },
    ])),
  section('c', ['C. Pelatih dan pembelajaran', 'C. Trainer and teaching'],
    yesNo({
      code: 'W07', tag: 'compliance', layers: 'E I P', basis: 'K', norm: 'facilitator.present',
      ask: ['Apakah fasilitator hadir dan membantu praktik?', 'Was a facilitator there and helping with practice?'], rule: "minor: w07 = 'tidak'",
    }),
    yesNo({
      code: 'W08', tag: 'compliance', layers: 'E I P L', basis: 'H', norm: 'trainer.approved',
      ask: ['Apakah tenaga pelatih sama dengan yang disetujui?', 'Was the trainer the approved one?'], hint: ['Disetujui: ${trainer_name}', 'Approved: ${trainer_name}'],
      rule: "major: w08_a = 'tidak'",
    }, 'tidak', { parts: [{ suffix: 'b', type: 'text', optional: true, ask: ['Nama pelatih yang mengajar', 'Name of the trainer who taught'] }] }),
    choice({
      code: 'W12', tag: 'compliance', layers: 'E I P', basis: 'R30(2)d', norm: 'syllabus.match.min',
      ask: ['Sejauh mana materi sesuai silabus sesi ini?', 'How far did the material follow the syllabus of this session?'], rule: "major: w12 < norm('syllabus.match.min')",
    }, 'kesesuaian', '. <= 1'),
    measured({
      code: 'W13', tag: 'compliance', layers: 'E I P', basis: 'K', norm: 'practice.share.min',
      ask: ['Berapa menit teori dan praktik?', 'How many minutes of theory and practice?'],
      rule: "major: w13_b div (w13_a + w13_b) < norm('practice.share.low'); minor: w13_b div (w13_a + w13_b) < norm('practice.share.min')",
    }, [
      { suffix: 'a', type: 'integer', ask: ['Berapa menit teori?', 'How many minutes of theory?'] },
      {
        suffix: 'b', type: 'integer', ask: ['Berapa menit praktik?', 'How many minutes of practice?'],
        constraint: [". >= 0 and (${w02_lama} = '' or ${w13_a} = '' or . + ${w13_a} <= ${w02_lama})", 'Teori dan praktik bersama tidak boleh lebih lama daripada sesi.', 'Theory and practice together cannot be longer than the session.'],
      },
    ]),
    yesNo({
      code: 'W14', tag: 'compliance', layers: 'E I P', basis: 'R29(3)', norm: 'interaction.two_way',
      ask: ['Apakah pelatihan interaktif dua arah?', 'Was the training interactive, both ways?'], rule: "major: w14_a = 'tidak'",
    }, 'tidak', { parts: [{ suffix: 'b', type: 'integer', optional: true, ask: ['Berapa kali interaksi?', 'How many interactions?'], constraint: ['. >= 0 and . <= 1000', 'Isi bilangan 0 sampai 1000.', 'Enter a number from 0 to 1000.'] }] }),
    yesNo({
      code: 'W15', tag: 'compliance', layers: 'E I P', basis: '[2]', norm: 'delivery.live',
      ask: ['Apakah pelatih menyampaikan langsung, bukan memutar rekaman?', 'Did the trainer speak live, not play a recording?'], rule: "critical: w15 = 'tidak'",
    }, 'tidak', { photo: 'failing' })),
  section('d', ['D. Evaluasi', 'D. Evaluation'],
    yesNo({
      code: 'W16', tag: 'compliance', layers: 'I L P D', basis: 'K', norm: 'evaluation.pre_test',
      ask: ['Apakah pre-test dilaksanakan?', 'Was there a pre-test?'], rule: "minor: w16 = 'tidak'",
    }),
    yesNo({
      code: 'W17', tag: 'compliance', layers: 'E I P L', basis: 'K,V', norm: 'evaluation.post_test',
      ask: ['Apakah post-test dilaksanakan tanpa bantuan jawaban?', 'Was there a post-test without help with the answers?'], rule: "major: w17 = 'tidak'",
    }),
    measured({
      code: 'W18', tag: 'compliance', layers: 'I L P', basis: 'H,A', norm: 'task.feedback.share.min',
      ask: ['Apakah tugas praktik mandiri diberikan dan diberi umpan balik?', 'Were practice tasks set and answered with feedback?'], rule: "major: w18_a = 0 or w18_b div w18_a < norm('task.feedback.share.min')",
    }, [
      { suffix: 'a', type: 'integer', ask: ['Berapa tugas praktik mandiri dikumpulkan?', 'How many practice tasks were handed in?'] },
      { suffix: 'b', type: 'integer', ask: ['Berapa yang diberi umpan balik?', 'How many of them got feedback?'], constraint: [". >= 0 and (${w18_a} = '' or . <= ${w18_a})", 'Tidak boleh lebih dari tugas yang dikumpulkan.', 'Cannot be more than were handed in.'] },
    ]),
    measured({
      code: 'W19', tag: 'compliance', layers: 'E I L', basis: 'K', norm: 'skill_demonstration.rubric.min',
      ask: ['Dari 5 berkas unjuk keterampilan, berapa dinilai memakai rubrik dan layak?', 'Of 5 skill demonstrations, how many were graded with a rubric and are sound?'], rule: "major: w19 < norm('skill_demonstration.rubric.min')",
    }, [{
      suffix: '', type: 'integer', ask: ['Dari 5 berkas unjuk keterampilan, berapa dinilai memakai rubrik dan layak?', 'Of 5 skill demonstrations, how many were graded with a rubric and are sound?'],
      constraint: ['. >= 0 and . <= 5', 'Isi bilangan 0 sampai 5.', 'Enter a number from 0 to 5.'],
    }]),
    yesNo({
      code: 'W20', tag: 'compliance', layers: 'E I L', basis: 'P', norm: 'records.kept',
      ask: ['Apakah rekaman dan log kehadiran tersimpan dan dapat diakses?', 'Are the recording and the attendance log kept and open to you?'], rule: "minor: w20_a = 'tidak'",
    }, 'tidak', { parts: [{ suffix: 'b', type: 'text', optional: true, ask: ['Tautan rekaman', 'Link of the recording'] }] })),
  section('e', ['E. Janji, biaya dan hak peserta', 'E. Promise, fees and participants’ rights'],
    yesNo({
      code: 'W21', tag: 'compliance', layers: 'E I D', basis: 'R29(5),[38]', norm: 'listing.as_approved',
      ask: ['Apakah judul, deskripsi, harga di platform sama dengan persetujuan?', 'Are title, description and price on the platform as approved?'], rule: "major: w21 = 'tidak'",
    }, 'tidak', { photo: 'failing' }),
    yesNo({
      code: 'W22', tag: 'compliance', layers: 'E I P', basis: 'P', norm: 'fee.none',
      ask: ['Apakah ada pungutan, penjualan, atau ajakan di luar program?', 'Were there fees, selling or canvassing outside the programme?'], rule: "critical: w22 = 'ya'",
    }, 'ya', { photo: 'failing' }),
    yesNo({
      code: 'W23', tag: 'compliance', layers: 'E I P', basis: 'V', norm: 'coaching.none',
      ask: ['Apakah peserta diarahkan memberi bintang tertentu atau diberi kunci jawaban?', 'Were participants told which rating to give, or given answer keys?'], rule: "major: w23 = 'ya'",
    }, 'ya', { photo: 'failing' }),
    yesNo({
      code: 'W24', tag: 'compliance', layers: 'E P L', basis: 'UU 8/2016 [GK]', norm: 'accommodation.provided',
      ask: ['Bila ada peserta disabilitas: tersedia takarir/juru bahasa isyarat/materi terbaca?', 'If there are participants with a disability: captions, sign interpreter or readable material?'],
      hint: ['Pilih "tidak berlaku" bila tidak ada peserta disabilitas.', 'Choose "does not apply" if there are none.'], rule: "major: w24 = 'tidak'",
    }),
    yesNo({
      code: 'W25', tag: 'compliance', layers: 'E P', basis: 'P', norm: 'complaint_channel.told',
      ask: ['Apakah kanal pengaduan diinformasikan?', 'Were participants told where to complain?'], rule: "minor: w25 = 'tidak'",
    })),
  section('f', ['F. Mutu', 'F. Quality'],
    scale5({ code: 'W26', layers: 'E P', basis: 'P', criterion: 'trainer.mastery', ask: ['Penguasaan materi oleh pelatih', 'The trainer’s command of the subject'] }),
    scale5({ code: 'W27', layers: 'E P', basis: 'P', criterion: 'teaching.clarity', ask: ['Kejelasan penjelasan dan contoh', 'Clarity of explanations and examples'] }),
    scale5({ code: 'W28', layers: 'E P I', basis: 'P', criterion: 'class.management', ask: ['Pengelolaan waktu dan kelas', 'Management of time and class'] }),
    scale5({ code: 'W29', layers: 'E P', basis: 'P', criterion: 'media.quality', ask: ['Kualitas suara, gambar, tampilan layar', 'Quality of sound, picture and screen'] }),
    scale5({ code: 'W30', layers: 'E P', basis: 'H asp.1', criterion: 'work.relevance', ask: ['Relevansi dengan pekerjaan/usaha peserta', 'Relevance to the participants’ work or business'] })),
]
