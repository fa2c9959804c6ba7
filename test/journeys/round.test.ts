import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { violations } from '../axe.ts'
import { launch } from '../browser.ts'
import { collect, filled, png, xformOf } from '../field.ts'
import { newId, organisationId, password, testProduct, type Persona, type TestProduct } from '../product.ts'
import { mailer } from '#server/mail.ts'
import { answer, attach, keptClass, onward } from './form.ts'

/** The whole round as its people live it: every step on the screen, or the visit through an unmodified OpenRosa client. */
let p: TestProduct
let browser: Browser
let base: string
before(async () => {
  p = await testProduct()
  base = await p.app.listen({ port: 0, host: '127.0.0.1' })
  browser = await launch()
  await p.sql('system', async (tx) => {
    await sql`update access.organisation set status = 'inactive' where kind in ('university', 'ngo') and code not like 'test-%'`.execute(tx)
    await tx.insertInto('registry.homeRegion').values({ organisationId: organisationId('test-university-a'), regencyCode: '61.71' }).execute()
    await tx.insertInto('registry.serviceArea').values({ organisationId: organisationId('test-university-a'), provinceCode: '61', origin: 'configured' }).execute()
  })
})
after(async () => {
  if (process.env['SCREENSHOTS']) for (const [persona, page] of seats) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/journey-${persona}.png`, fullPage: true })
  await browser?.close()
  await p?.close()
})

/** Six face-to-face classes of one provider on a day of their own, so that each journey plans a round of exactly these. */
const classes = async (day: string, letter: string) => p.sql('system', async (tx) => {
  const training = newId()
  await tx.insertInto('registry.training').values({ id: training, courseCode: `KLS-${letter}`, title: `Barista ${letter}`, providerId: organisationId('test-provider-a'), mode: 'onsite', plannedMinutes: 900 }).execute()
  for (let n = 0; n < 6; n++) {
    const id = newId()
    await tx.insertInto('registry.classRun').values({ id, scheduleCode: `JDW-${letter}${n}`, trainingId: training, providerId: organisationId('test-provider-a'), platformId: organisationId('test-platform-a'), mode: 'onsite', regencyCode: '61.71', startsOn: day, endsOn: day,
      plannedParticipants: 24, venue: `Ruang ${n}`, address: 'Jl. Uji 1', latitude: -0.0263, longitude: 109.3425, contactName: 'Ibu Uji', contactPhone: '0800', trainerName: 'Pelatih Uji', rowDigest: 'x' }).execute()
    await tx.insertInto('registry.session').values({ id: newId(), classRunId: id, sequence: 1, beginsAt: `${day}T02:00:00Z`, endsAt: `${day}T05:00:00Z` }).execute()
  }
})

const seats = new Map<Persona, Page>()
/** A person at their own device: the monitor's is a phone. Everybody's page is checked for errors. */
const seat = async (persona: Persona): Promise<Page> => {
  const there = seats.get(persona)
  if (there) return there
  const phone = persona.startsWith('monitor')
  const context: BrowserContext = await browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1360, height: 900 }, locale: 'id-ID', timezoneId: 'Asia/Jakarta',
    geolocation: { latitude: -0.02634, longitude: 109.3425, accuracy: 9 }, permissions: ['geolocation'],
  })
  const page = await context.newPage()
  page.on('pageerror', (error) => assert.fail(`${persona}: ${String(error)}`))
  await page.goto(`${base}/masuk`)
  await page.getByLabel('Alamat surel').fill(`${persona}@example.id`.toLowerCase())
  await page.getByLabel('Kata sandi', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Masuk' }).click()
  await page.waitForURL((url) => url.pathname !== '/masuk')
  seats.set(persona, page)
  return page
}
const go = async (persona: Persona, path: string): Promise<Page> => {
  const page = await seat(persona)
  await page.goto(base + path)
  return page
}
const api = async (persona: Persona, path: string) => (await (await p.as(persona)).get(path)).body

const planned = async (title: string, day: string): Promise<string> => {
  const page = await go('office', '/ikhtisar')
  await page.getByRole('link', { name: 'Rencanakan putaran' }).click()
  await page.getByLabel('Nama putaran').fill(title)
  await page.getByLabel('Kelas mulai dari').fill(day)
  await page.getByLabel('sampai', { exact: true }).fill(day)
  await page.getByRole('button', { name: 'Lanjut ke Sampel' }).click()
  await page.getByLabel('Jumlah kunjungan acak').fill('6')
  await page.getByRole('button', { name: 'Lanjut ke Periksa & simpan' }).click()
  await page.getByRole('button', { name: 'Simpan rencana' }).click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await page.getByRole('button', { name: 'Undi sampel' }).click()
  await page.getByRole('button', { name: 'Bekukan dan undi' }).click()
  await page.getByRole('button', { name: 'Undi ulang dan bandingkan' }).click()
  await page.getByText('Sama persis').waitFor()
  const id = page.url().split('/').at(-1)!
  await page.getByRole('link', { name: 'Bagikan ke tim ahli' }).click()
  await page.getByRole('button', { name: 'Kirim 6 tugas' }).click()
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Kirim 6 tugas' }).click()
  await page.getByText('Test', { exact: false }).first().waitFor()
  for (let i = 0; i < 100 && (await api('office', `/rounds/${id}`)).round.status !== 'sent'; i++) await page.waitForTimeout(50)
  return id
}
const assigned = async (): Promise<void> => {
  const page = await go('coordinatorA', '/')
  await page.getByRole('heading', { level: 1, name: 'Putaran saya' }).waitFor()
  await page.getByLabel(/Pilih semua yang menunggu pemantau/).check()
  await page.getByRole('region', { name: 'dipilih' }).getByRole('button', { name: 'Tugaskan pemantau' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/Uji monitorA(?!2)/).check()
  await dialog.getByRole('button', { name: /Tugaskan/ }).click()
  await page.getByText(/6 kunjungan ditugaskan kepada Uji monitorA/).waitFor()
}
interface Task { readonly assignmentId: string; readonly classRunId: string; readonly scheduleCode: string; readonly roundId: string }
/** The other five visits of the round, without a violation, so that an estimate has something to rest on. */
const others = async (roundId: string): Promise<Task> => {
  const [first, ...rest] = ((await api('monitorA', '/tasks')).tasks as Task[]).filter((t) => t.roundId === roundId)
  const { xform } = await xformOf(p, 'onsite')
  const door = await collect(p, 'monitorA', roundId)
  for (const task of rest) {
    const one = filled(xform, { kelas: task.assignmentId, ...goodAnswers })
    assert.equal((await door.send(one.xml)).status, 201)
    const { rows } = await api('coordinatorA', `/visits?classRunId=${task.classRunId}`)
    for (const [persona, path] of [['coordinatorA', 'coordination'], ['office', 'decision']] as const)
      assert.equal((await (await p.as(persona)).post(`/visits/${rows[0].id}/${path}`, { instanceId: one.instanceId, decision: 'approved' })).status, 200)
  }
  return first!
}
const goodAnswers = { outcome: 'took_place', l01: 'ya', l06: 'ya', l08: 'ya', l23: 'tidak', l27: '4' }
const photo = { name: 'kuitansi.png', mimeType: 'image/png', buffer: png }

const returned = async (task: Task): Promise<void> => {
  const page = await go('coordinatorA', '/tinjauan')
  await page.getByRole('button', { name: 'Mulai meninjau' }).click()
  await page.getByRole('heading', { level: 1, name: /Barista/ }).waitFor()
  await page.locator('[data-path$="/l23_note"], li, div').filter({ hasText: 'Peserta membayar' }).last().waitFor()
  await page.getByRole('button', { name: /Komentari.*L23/ }).first().click()
  await page.getByRole('dialog').getByRole('textbox').fill('Berapa besar pungutannya?')
  await page.getByRole('button', { name: 'Simpan komentar' }).click()
  await page.getByRole('button', { name: 'Kembalikan' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Apa yang harus diperbaiki').fill('Lengkapi besar pungutan.')
  await dialog.getByRole('button', { name: 'Kembalikan' }).click()
  await page.getByText(/Dikembalikan: Barista/).or(page.getByText('Tidak ada kunjungan yang menunggu keputusan Anda')).first().waitFor()
  const back = ((await api('monitorA', '/tasks')).tasks as (Task & { status: string; returned: { note: string; comments: { text: string }[] } | null })[]).find((t) => t.assignmentId === task.assignmentId)!
  assert.deepEqual([back.status, back.returned!.note, back.returned!.comments[0]!.text], ['returned', 'Lengkapi besar pungutan.', 'Berapa besar pungutannya?'])
}
const approved = async (persona: 'coordinatorA' | 'office'): Promise<void> => {
  const page = await go(persona, '/tinjauan')
  await page.getByRole('button', { name: 'Mulai meninjau' }).click()
  await page.getByText('Rp50.000').first().waitFor()
  await page.getByText('Dikembalikan koordinator').waitFor()
  await page.getByRole('button', { name: persona === 'office' ? 'Setujui (final)' : 'Setujui', exact: true }).click()
  await page.getByText(/Disetujui: Barista/).or(page.getByText('Tidak ada kunjungan yang menunggu keputusan Anda')).first().waitFor()
}
/** Confirmed by the office, answered by the provider with a file, verified and closed. Returns the finding's number. */
const settled = async (task: Task): Promise<void> => {
  const page = await go('office', '/temuan?status=draft&severity=critical')
  await page.getByRole('link', { name: 'Buka yang paling mendesak' }).click()
  await page.waitForURL(/\/temuan\/[0-9a-f-]{36}/)
  await page.getByText('Apakah ada pungutan', { exact: false }).first().waitFor()
  const path = new URL(page.url()).pathname
  await page.getByRole('button', { name: 'Konfirmasi temuan' }).click()
  const confirm = page.getByRole('dialog')
  await confirm.getByRole('checkbox').first().check()
  await confirm.getByRole('button', { name: 'Konfirmasi temuan' }).click()
  await page.getByText('Temuan dikonfirmasi').waitFor()
  // the letter is what starts the clock
  await mailer(p.product, { outboxDir: `/tmp/pantau-test-outbox-${process.pid}`, origin: base, from: 'uji@localhost' }).run()

  const provider = await go('providerA', path)
  await provider.getByText('Apakah ada pungutan', { exact: false }).first().waitFor()
  const whole = (await provider.locator('body').textContent()) ?? ''
  for (const secret of ['Uji monitorA', 'test-university-a', 'Uji coordinatorA', 'Rp50.000']) assert.ok(!whole.includes(secret), `the provider reads "${secret}"`)
  assert.equal((await api('providerA', `/visits?classRunId=${task.classRunId}`)).code, 'access.not_allowed')
  await provider.getByRole('button', { name: 'Tulis tanggapan' }).or(provider.getByLabel('Tanggapan dan perbaikan yang dilakukan')).first().click()
  await provider.getByLabel('Tanggapan dan perbaikan yang dilakukan').fill('Pungutan sudah dikembalikan kepada 22 peserta.')
  await provider.locator('input[type=file]').first().setInputFiles({ name: 'bukti-pengembalian.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nBukti') })
  await provider.getByText('terunggah').waitFor()
  await provider.getByRole('button', { name: 'Kirim tanggapan' }).last().click()
  await provider.getByText('Tanggapan terkirim').waitFor()

  await go('office', path)
  await page.getByText('bukti-pengembalian.pdf').waitFor()
  await page.getByRole('button', { name: 'Verifikasi dan tutup' }).click()
  const close = page.getByRole('dialog')
  await close.getByLabel('Apa yang sudah diperiksa').fill('Bukti pengembalian cocok dengan daftar peserta.')
  await close.getByRole('button', { name: 'Verifikasi dan tutup' }).click()
  await page.getByText('Temuan ditutup').waitFor()
}
const figures = async (roundId: string) => {
  const { compliance, coverage, decisions } = await api('office', `/overview?roundId=${roundId}`)
  const { score } = await api('providerA', '/scorecard')
  return { n: compliance.n, value: compliance.value, approved: coverage.approved, criticalDrafts: decisions.criticalDrafts, openCritical: decisions.openCritical, gate: score?.gate, closed: score?.findings.closed ?? 0 }
}
/** What office and provider see at the end; each figure with its n, interval and day. */
const shown = async (roundId: string): Promise<void> => {
  const page = await go('office', `/ikhtisar?putaran=${roundId}`)
  await page.getByText('83,3%').first().waitFor()
  await page.getByText(/rentang 95%: [\d,]+–[\d,]+% · n = 6/).waitFor()
  assert.deepEqual(await violations(page), [])
  const provider = await go('providerA', '/rapor')
  await provider.getByRole('heading', { level: 1, name: 'Rapor saya' }).waitFor()
  await provider.getByText(/Kunjungan tanpa pelanggaran penting/).waitFor()
  assert.deepEqual(await violations(provider), [])
}

test('a round on the screen: plan, draw, assign, fill on a phone with a draft kept offline, return, correct, approve twice, confirm, reply, close', async () => {
  await classes('2026-12-01', 'A')
  const roundId = await planned('Putaran layar', '2026-12-01')
  await assigned()
  const task = await others(roundId)
  const before = await figures(roundId)

  const phone = await go('monitorA', '/')
  await phone.getByRole('heading', { level: 1, name: 'Tugas saya' }).waitFor()
  await phone.getByText('Siap luring').first().waitFor()
  await phone.getByRole('link', { name: 'Mulai isi' }).first().click()
  const pages = keptClass({ l23: 'ya' })
  const form = async (name: string, value: string) => answer(phone, name, value)
  for (const [name, value] of Object.entries(pages[0]!)) await form(name, value)
  await onward(phone)
  // no signal from here on: the draft stays on the device, with the application itself
  await phone.context().setOffline(true)
  for (const [name, value] of Object.entries(pages[1]!)) await form(name, value)
  await phone.getByText(/Tersimpan di perangkat/).first().waitFor()
  await phone.waitForTimeout(1500)
  await phone.reload()
  await phone.locator('.fill-title').waitFor()
  await phone.locator('.fill-question[data-ref$="/l03"] input').first().waitFor()
  assert.equal(await phone.locator('.fill-question[data-ref$="/l03"] input').first().inputValue(), '900')
  for (const page of pages.slice(2)) {
    await onward(phone)
    for (const [name, value] of Object.entries(page)) if (value !== '') await form(name, value)
    if ('l24_a' in page) for (const other of await phone.locator('.fill-question[data-ref$="/l24_a"]').all()) await other.locator('input[value="ya"]').check()
    if ('l23' in page) {
      await form('l23_note', 'Peserta membayar seragam.')
      await attach(phone, 'l23_photo', photo)
    }
  }
  await onward(phone)
  await phone.getByText('Semua jawaban wajib sudah lengkap').waitFor()
  await phone.getByRole('button', { name: 'Kirim jawaban' }).click()
  await phone.waitForURL(/\/tugas/)
  assert.equal((await api('coordinatorA', `/visits?classRunId=${task.classRunId}`)).total, 0, 'nothing left the phone without a signal')
  await phone.context().setOffline(false)
  for (let i = 0; i < 200 && (await api('coordinatorA', `/visits?classRunId=${task.classRunId}`)).total === 0; i++) await phone.waitForTimeout(100)
  const { rows: [visit] } = await api('coordinatorA', `/visits?classRunId=${task.classRunId}`)
  assert.deepEqual([visit.status, visit.failed.critical], ['submitted', 1])
  const full = await api('coordinatorA', `/visits/${visit.id}`)
  assert.deepEqual(full.evidence.map((e: { item: string; state: string }) => [e.item, e.state]), [['L23', 'stored']])

  await returned(task)
  await phone.goto(`${base}/tugas`)
  await phone.getByText('Berapa besar pungutannya?').first().waitFor()
  await phone.getByRole('link', { name: 'Perbaiki isian' }).first().click()
  await phone.locator('.fill-title').waitFor()
  for (let i = 0; i < 10 && (await phone.locator('.fill-question[data-ref$="/l23_note"]').count()) === 0; i++) await onward(phone)
  await phone.locator('.fill-comment').filter({ hasText: 'Berapa besar pungutannya?' }).first().waitFor()
  await form('l23_note', 'Peserta membayar seragam Rp50.000.')
  await phone.getByRole('button', { name: /Daftar isi/ }).click()
  await phone.getByRole('button', { name: /Periksa dan kirim/ }).click()
  await phone.getByRole('button', { name: 'Kirim jawaban' }).click()
  for (let i = 0; i < 200 && (await api('coordinatorA', `/visits/${visit.id}`)).versions.length < 2; i++) await phone.waitForTimeout(100)

  await approved('coordinatorA')
  await approved('office')
  const open = await figures(roundId)
  assert.deepEqual([open.n, open.approved, open.criticalDrafts, before.n], [6, 6, before.criticalDrafts + 1, 5])
  await settled(task)
  const end = await figures(roundId)
  assert.deepEqual([end.criticalDrafts, end.openCritical, end.gate, end.closed], [before.criticalDrafts, before.openCritical, 'met', before.closed + 1])
  assert.equal(Math.round(end.value * 1000), 833, 'closing a finding changes the gate, not history')
  await shown(roundId)
})

test('the same round with the visit sent and corrected by an OpenRosa client', async () => {
  await classes('2026-12-08', 'B')
  const roundId = await planned('Putaran ODK', '2026-12-08')
  await assigned()
  const task = await others(roundId)
  const before = await figures(roundId)
  const { xform } = await xformOf(p, 'onsite')
  const door = await collect(p, 'monitorA', roundId)
  const list = await door.get('/formList')
  assert.match(String(list.body), /<formID>pantau_onsite<\/formID>/)
  const answers = { kelas: task.assignmentId, ...goodAnswers, l23: 'ya', l23_note: 'Peserta membayar seragam.', l23_photo: 'kuitansi.png' }
  const first = filled(xform, answers)
  assert.equal((await door.send(first.xml, [{ name: 'kuitansi.png', body: png }])).status, 201)
  await returned(task)
  const second = filled(xform, { ...answers, l23_note: 'Peserta membayar seragam Rp50.000.' }, { deprecatedId: first.instanceId })
  assert.equal((await door.send(second.xml, [{ name: 'kuitansi.png', body: png }])).status, 201)
  await approved('coordinatorA')
  await approved('office')
  await settled(task)
  const end = await figures(roundId)
  assert.deepEqual([end.n, end.approved, Math.round(end.value * 1000), end.gate, end.closed], [6, 6, 833, 'met', before.closed + 1])
  await shown(roundId)
})
