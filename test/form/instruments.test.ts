import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { convert } from '#standards/xlsform/convert.ts'
import { readXlsx } from '#standards/xlsform/read.ts'
import { violations } from '../axe.ts'
import { launch } from '../browser.ts'
import { serveForm, type FormServer, type TestForm } from './page.ts'

const names = ['onsite', 'webinar', 'selfpaced'] as const
const columns = ['schedule_code', 'provider_name', 'venue', 'trainer_name', 'planned_participants', 'planned_minutes', 'begins', 'ends', 'session_id']

/** The repository's own workbook as the product would hand it to the browser, with a task of one class. */
const formOf = (name: string): TestForm => {
  const read = readXlsx(readFileSync(new URL(`../../src/standards/instruments/${name}.xlsx`, import.meta.url)))
  assert.ok(read.ok)
  const made = convert(read.workbook)
  assert.ok(made.ok)
  const row = ['t1', 'Barista Dasar', 'J-001', 'LKP Contoh', 'Jalan Contoh 1', 'Pelatih Contoh', '24', '180', '2026-11-20T09:00:00+07:00', '2026-11-20T12:00:00+07:00', 's1']
  return { xml: made.xform, media: { 'kelas.csv': `${['name', 'label', ...columns].join(',')}\n${row.join(',')}\n` }, prefill: { '/data/tugas/kelas': 't1' } }
}

let browser: Browser
let server: FormServer
before(async () => {
  server = await serveForm(Object.fromEntries(names.map((name) => [name, formOf(name)])))
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await server?.close()
})

for (const name of names)
  test(`every section of the instrument ${name} opens, fits a phone and is accessible in both languages; a class that was absent takes the short path`, async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, timezoneId: 'Asia/Jakarta' })
    try {
      const page = await context.newPage()
      const failures: string[] = []
      page.on('pageerror', (error) => failures.push(String(error)))
      await page.goto(`${server.url}?form=${name}`)
      await page.getByText('Barista Dasar').first().waitFor()
      await page.getByText('LKP Contoh').waitFor()
      await page.getByLabel('Kelas tidak ada pada jadwalnya').check()
      await page.getByText('Bagian 1 dari 2').waitFor()
      await page.getByLabel('Berlangsung, dapat dipantau').check()
      await page.getByText(/Bagian 1 dari ([3-9])/).waitFor()
      const sections = Number(/dari (\d+)/.exec((await page.locator('.fill-position').textContent()) ?? '')?.[1])
      for (let i = 0; i <= sections; i++) {
        for (const language of ['English', 'Bahasa Indonesia']) {
          await page.getByRole('button', { name: language }).click()
          assert.deepEqual(await violations(page), [], `section ${i + 1}, ${language}`)
        }
        assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `section ${i + 1} scrolls sideways`)
        if (process.env['SCREENSHOTS']) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/${name}-${i + 1}.png`, fullPage: true })
        if (i < sections) await page.locator('.fill-foot .fill-strong').click()
      }
      await page.getByRole('button', { name: 'Kirim jawaban' }).click()
      await page.getByText('Belum dapat dikirim').waitFor()
      assert.deepEqual(failures, [])
      assert.deepEqual(await page.evaluate('window.harness.errors()'), [])
    } finally {
      await context.close()
    }
  })
