import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { violations } from '../axe.ts'
import { launch } from '../browser.ts'
import { serveForm, type FormServer } from './page.ts'

let browser: Browser
let server: FormServer
before(async () => {
  server = await serveForm()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await server?.close()
})

interface Submitted {
  readonly xml: string
  readonly instanceId: string
  readonly deprecatedId: string | null
  readonly files: readonly { readonly name: string; readonly type: string; readonly size: number }[]
}
interface Drafts {
  readonly files: number
  readonly progress: { readonly answered: number }
}

/** Runs in the page; text because this program knows no DOM. */
const ask = <T>(page: Page, expression: string): Promise<T> => page.evaluate(`window.harness.${expression}`)
/** Waits for a condition in the page that may need asking its database. */
const until = async (page: Page, expression: string): Promise<void> => {
  for (let i = 0; i < 400; i++) {
    if (await page.evaluate(`(async () => ${expression})()`)) return
    await page.waitForTimeout(50)
  }
  assert.fail(`never came true: ${expression}`)
}

const visit = async (work: (page: Page, context: BrowserContext) => Promise<void>, width = 390): Promise<void> => {
  const context = await browser.newContext({
    viewport: { width, height: 844 },
    timezoneId: 'Asia/Jakarta',
    locale: 'id-ID',
    geolocation: { latitude: -0.02634, longitude: 109.3425, accuracy: 12 },
    permissions: ['geolocation'],
  })
  const page = await context.newPage()
  const failures: string[] = []
  page.on('pageerror', (error) => failures.push(String(error)))
  try {
    await page.goto(server.url)
    await page.locator('.fill-title').waitFor()
    await work(page, context)
    assert.deepEqual(failures, [])
    assert.deepEqual(await ask<string[]>(page, 'errors()'), [])
  } finally {
    await context.close()
  }
}

/** A 1,600 x 1,200 photo with an EXIF block that names the device. */
const photo = async (page: Page): Promise<Buffer> => {
  const address = await page.evaluate<string>(`(() => {
    const sheet = Object.assign(document.createElement('canvas'), { width: 1600, height: 1200 })
    const pen = sheet.getContext('2d')
    for (let i = 0; i < 600; i++) { pen.fillStyle = 'hsl(' + (i * 37) % 360 + ' 60% 50%)'; pen.fillRect((i * 97) % 1600, (i * 61) % 1200, 120, 90) }
    return sheet.toDataURL('image/jpeg', 0.95)
  })()`)
  const jpeg = Buffer.from(address.split(',')[1] ?? '', 'base64')
  const told = Buffer.from('Exif\0\0 KAMERA-RAHASIA -0.02634 109.3425')
  const block = Buffer.concat([Buffer.from([0xff, 0xe1, 0, told.length + 2]), told])
  return Buffer.concat([jpeg.subarray(0, 2), block, jpeg.subarray(2)])
}

const next = (page: Page) => page.locator('.fill-foot .fill-strong').click()
const pickPhoto = async (page: Page): Promise<void> => {
  await page.locator('input[type=file]').last().setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: await photo(page) })
  await page.locator('.fill-file img').waitFor()
}
const sizeOfPhoto = (page: Page) =>
  page.evaluate<string>(`(async () => {
    const image = document.querySelector('.fill-file img')
    await image.decode()
    return image.naturalWidth + 'x' + image.naturalHeight
  })()`)
const fillA = async (page: Page): Promise<void> => {
  await page.getByLabel('Kabupaten atau kota').fill('kubu')
  await page.getByRole('option', { name: 'Kab. Kubu Raya' }).click()
  await page.getByLabel('Tanggal kunjungan').fill('2026-11-20')
  await page.getByLabel('Jam kelas dimulai').fill('09:05')
  await page.getByRole('button', { name: 'Ambil lokasi' }).click()
  await page.getByText('ketelitian ±12 m').waitFor()
  await pickPhoto(page)
}
const fillB = async (page: Page): Promise<void> => {
  await page.getByLabel('Berapa peserta').fill('24')
  await page.getByLabel('Jam praktik').fill('3,5')
  await page.getByLabel('Tidak', { exact: true }).check()
  await page.getByLabel('Mengapa tidak').fill('Alat <rusak> & kurang')
  await page.getByLabel('Alat praktik').check()
  await page.getByLabel('Setuju', { exact: true }).check()
  await page.getByRole('button', { name: 'Tambah: Pengajar' }).click()
  await page.getByLabel('Inisial pengajar').fill('RA')
}
const fillC = async (page: Page): Promise<void> => {
  await page.getByLabel('Kesiapan ruang').fill('7')
  await page.getByRole('button', { name: 'Naikkan Akses disabilitas' }).click()
  await page.getByLabel('Ya, sudah saya baca').check()
}

test('a draft survives a reload with its photo, and a change of language changes no answer', () =>
  visit(async (page) => {
    assert.equal(await page.evaluate(`document.querySelector('.fill-note img').decode().then(() => document.querySelector('.fill-note img').naturalWidth)`), 2)
    assert.equal(await page.locator('[data-ref="/data/a/kelas"] .fill-fixed span').textContent(), 'Barista Dasar')
    await fillA(page)
    await next(page)
    await page.getByLabel('Berapa peserta').fill('24')
    await until(page, `(await window.harness.drafts())[0]?.progress.answered === 7`)
    await page.reload()
    await page.locator('.fill-title').waitFor()
    const [draft] = await ask<Drafts[]>(page, 'drafts()')
    assert.equal(draft?.files, 1)
    assert.match((await page.locator('.fill-position').textContent()) ?? '', /Bagian 2/, 'where the person was, not at the beginning')
    await page.getByRole('button', { name: 'Sebelumnya' }).click()
    await page.locator('.fill-file img').waitFor()
    assert.equal(await sizeOfPhoto(page), '640x480')
    assert.equal(await page.getByLabel('Tanggal kunjungan').inputValue(), '2026-11-20')
    assert.equal(await page.getByLabel('Jam kelas dimulai').inputValue(), '09:05')
    // The form of the draft, with its picture, came out of the device's memory, too.
    assert.equal(await page.locator('.fill-note img').count(), 1)
    await page.getByText('Penjelasan').click()
    await page.getByText('Satu foto yang menunjukkan ruang').waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('One photo that shows the room').waitFor()
    assert.equal(await page.locator('[data-ref="/data/a/foto"] .fill-hint').first().textContent(), 'Take it from behind, faces need not be seen')
    await page.getByRole('heading', { name: 'A. Class and place' }).waitFor()
    assert.equal(await page.getByLabel('Regency or city').inputValue(), 'Kab. Kubu Raya')
    assert.equal(await page.getByLabel('Date of the visit').inputValue(), '2026-11-20')
    await next(page)
    assert.equal(await page.getByLabel('How many participants').inputValue(), '24')
    // An untouched photo must not fall out of the next draft.
    await page.getByLabel('How many participants').fill('25')
    await until(page, `document.querySelector('#saved').textContent !== ''`)
    assert.equal((await ask<Drafts[]>(page, 'drafts()'))[0]?.files, 1)
  }))

test('sending too early jumps to the first question that is not answered and says why, in the reader’s language', () =>
  visit(async (page) => {
    await next(page)
    await page.getByLabel('Berapa peserta').fill('12a')
    await page.getByLabel('Jam praktik').fill('30')
    await page.getByLabel('Berapa peserta').focus()
    await page.getByText('Jawaban ini tidak memenuhi syarat').waitFor()
    await next(page)
    await next(page)
    await page.getByRole('button', { name: 'Kirim jawaban' }).click()
    await page.getByRole('heading', { name: 'A. Kelas dan tempat' }).waitFor()
    assert.equal(await page.evaluate('document.activeElement.closest(".fill-question").dataset.ref'), '/data/a/kota')
    const problem = page.locator('[data-ref="/data/a/kota"] .fill-problem')
    assert.match((await problem.textContent()) ?? '', /wajib dijawab/)
    assert.equal(await page.evaluate('document.activeElement.getAttribute("aria-invalid")'), 'true')
    assert.ok(((await page.evaluate('document.activeElement.getAttribute("aria-describedby")')) as string).includes('problem'))
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('This question must be answered.').first().waitFor()
    await page.getByRole('button', { name: 'Contents' }).click()
    await page.getByRole('button', { name: /B\. Participants.*to correct/ }).click()
    await page.getByText('Enter a whole number').waitFor()
    await page.getByLabel('How many participants').fill('101')
    await page.getByLabel('Practice hours').focus()
    await page.getByText('Between 0 and 100 participants.').waitFor()
    assert.equal(await ask(page, 'submitted()'), undefined)
  }))

test('valid answers leave as XML and files; a correction of them points back at what it replaces', () =>
  visit(async (page) => {
    await fillA(page)
    await next(page)
    await fillB(page)
    await next(page)
    await fillC(page)
    await next(page)
    await page.getByText('Semua jawaban wajib sudah lengkap').waitFor()
    await page.getByRole('button', { name: 'Kirim jawaban' }).click()
    await until(page, `window.harness.outbox().sent.length === 1`)
    const first = await ask<Submitted>(page, 'submitted()')
    assert.match(first.instanceId, /^uuid:/)
    assert.equal(first.deprecatedId, null)
    for (const part of [
      '<kelas>k1</kelas>', '<kota>1</kota>', '<sesi>sesi-3</sesi>', '<petugas>pemantau-uji</petugas>', '<tanggal>2026-11-20</tanggal>', '<mulai>09:05:00.000+07:00</mulai>',
      '<hadir>24</hadir>', '<rasio>3.5</rasio>', '<sesuai>tidak</sesuai>', '<mengapa>Alat &lt;rusak&gt; &amp; kurang</mengapa>', '<setuju>4</setuju>', '<nilai>7</nilai>',
      '<urut>internet akses alat</urut>', '<benar>OK</benar>', '<nama>RA</nama>', `<instanceID>${first.instanceId}</instanceID>`,
    ]) assert.ok(first.xml.includes(part), `${part} in ${first.xml}`)
    assert.match(first.xml, /<titik>-0\.02634 109\.3425 \S+ 12\.0<\/titik>/)
    assert.match(first.xml, /<end>2\d{3}-/)
    assert.equal(first.files.length, 1)
    assert.ok(first.xml.includes(`<foto>${first.files[0]?.name}</foto>`))
    assert.deepEqual(await ask(page, 'drafts()'), [])

    await page.getByRole('button', { name: 'Perbaiki' }).click()
    await page.locator('.fill-file img').waitFor()
    await page.getByRole('button', { name: 'Daftar isi' }).click()
    await page.getByRole('button', { name: /B\. Peserta.*komentar/ }).click()
    await page.getByText('Hitung ulang').waitFor()
    assert.equal(await page.getByLabel('Jam praktik').inputValue(), '3,5')
    await page.getByLabel('Berapa peserta').fill('22')
    await until(page, `(await window.harness.drafts()).length === 1`)
    // The correction, too, must survive a reload as a draft.
    await page.reload()
    await page.locator('.fill-title').waitFor()
    await page.getByRole('button', { name: 'Daftar isi' }).click()
    await page.getByRole('button', { name: 'Periksa dan kirim' }).click()
    await page.getByRole('button', { name: 'Kirim jawaban' }).click()
    await until(page, `window.harness.outbox().sent.length === 2`)
    const second = await ask<Submitted>(page, 'submitted()')
    assert.equal(second.deprecatedId, first.instanceId)
    assert.notEqual(second.instanceId, first.instanceId)
    assert.ok(second.xml.includes('<hadir>22</hadir>'))
    assert.deepEqual(second.files, first.files)
    assert.equal((JSON.parse(server.submissions.get(second.instanceId)?.body ?? '{}') as { deprecatedId?: string }).deprecatedId, first.instanceId)
    assert.deepEqual(server.unguarded, [])
  }))

test('a photo is made small and loses what the camera wrote beside it; a text with a picture’s name is refused', () =>
  visit(async (page) => {
    const field = page.locator('input[type=file]').last()
    await field.setInputFiles({ name: 'foto.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('bukan gambar') })
    await page.getByText('“foto.jpg” bukan gambar').waitFor()
    assert.equal(await page.locator('.fill-file').count(), 0)
    await pickPhoto(page)
    assert.equal(await page.getByText('bukan gambar').count(), 0)
    const bytes = Buffer.from(
      await page.evaluate<number[]>(`fetch(document.querySelector('.fill-file img').src).then(async (r) => [...new Uint8Array(await r.arrayBuffer())])`),
    )
    assert.ok(!bytes.includes('KAMERA-RAHASIA'))
    assert.equal(await sizeOfPhoto(page), '640x480')
    await page.getByRole('button', { name: 'Hapus' }).click()
    assert.equal(await page.locator('.fill-file').count(), 0)
  }))

test('an entry is added with the focus on it, and removed only after a question when it has answers', () =>
  visit(async (page) => {
    await next(page)
    const add = page.getByRole('button', { name: 'Tambah: Pengajar' })
    await add.click()
    assert.equal(await page.evaluate('document.activeElement.textContent.trim()'), 'Pengajar 1')
    await page.getByLabel('Inisial pengajar').fill('RA')
    await add.click()
    await page.getByRole('button', { name: 'Hapus Pengajar 2' }).click()
    assert.equal(await page.locator('.fill-entry').count(), 1)
    await page.getByRole('button', { name: 'Hapus Pengajar 1' }).click()
    await page.getByRole('button', { name: 'Jangan hapus' }).click()
    assert.equal(await page.getByLabel('Inisial pengajar').inputValue(), 'RA')
    await page.getByRole('button', { name: 'Hapus Pengajar 1' }).click()
    await page.getByRole('button', { name: 'Ya, hapus' }).click()
    assert.equal(await page.locator('.fill-entry').count(), 0)
  }))

test('the form works with the keyboard alone', () =>
  visit(async (page) => {
    await page.getByLabel('Kabupaten atau kota').focus()
    await page.keyboard.type('mempawah')
    await page.getByRole('option', { name: 'Kab. Mempawah' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    assert.equal(await page.getByLabel('Kabupaten atau kota').inputValue(), 'Kab. Mempawah')
    await page.locator('.fill-foot .fill-strong').focus()
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate('document.activeElement.textContent.trim()'), 'B. Peserta dan pengajar')
    await page.getByLabel('Ya', { exact: true }).focus()
    await page.keyboard.press('ArrowDown')
    assert.ok(await page.getByLabel('Sebagian').isChecked())
    await page.locator('.fill-foot .fill-strong').press('Enter')
    await page.getByLabel('Kesiapan ruang').press('ArrowRight')
    assert.equal(await page.locator('.fill-range-value').textContent(), '1')
  }))

test('coordinates can be typed when the device gives none', () =>
  visit(async (page, context) => {
    await context.clearPermissions()
    await page.getByRole('button', { name: 'Ambil lokasi' }).click()
    await page.getByText('Peramban tidak diizinkan').waitFor()
    await page.getByLabel('Lintang').fill('-7,25')
    await page.getByLabel('Bujur').fill('1200')
    await page.getByRole('button', { name: 'Pakai koordinat ini' }).click()
    await page.getByText('Isi lintang antara').waitFor()
    await page.getByLabel('Bujur').fill('112.75')
    await page.getByRole('button', { name: 'Pakai koordinat ini' }).click()
    await page.getByText('-7,25; 112,75').waitFor()
    await page.getByText('diisi dengan tangan').waitFor()
  }))

for (const width of [320, 390, 1360])
  test(`every page of the form is accessible and fits at ${width} px, before and after a failed sending`, () =>
    visit(async (page) => {
      const look = async (name: string): Promise<void> => {
        assert.deepEqual(await violations(page), [], name)
        assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${name} scrolls sideways`)
        if (process.env['SCREENSHOTS']) {
          await page.evaluate('scrollTo(0, 0)')
          await page.screenshot({ path: `${process.env['SCREENSHOTS']}/form-${width}-${name}.png`, fullPage: name !== 'toc' })
        }
      }
      await look('a-empty')
      await page.getByLabel('Kabupaten atau kota').fill('contoh 1')
      await page.getByRole('option', { name: 'Kabupaten contoh 10', exact: true }).waitFor()
      assert.equal(await page.getByRole('option', { name: 'Kota Pontianak' }).count(), 0)
      await look('a-search')
      await page.keyboard.press('Escape')
      await fillA(page)
      await look('a')
      await next(page)
      await fillB(page)
      await page.getByLabel('Berapa peserta').fill('x')
      await look('b')
      await next(page)
      await look('c')
      await next(page)
      await page.getByRole('button', { name: 'Kirim jawaban' }).click()
      await look('b-wrong')
      await page.getByRole('button', { name: 'English' }).click()
      if (width < 960) await page.getByRole('button', { name: 'Contents' }).click()
      await look('toc')
      await page.locator('.fill-contents').getByRole('button', { name: 'Check and send' }).click()
      await look('review')
    }, width))
