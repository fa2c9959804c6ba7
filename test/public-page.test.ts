import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { violations } from './axe.ts'
import { launch } from './browser.ts'
import { testProduct, type TestProduct } from './product.ts'
import { approvedVisits } from './visits.ts'

/** The page for everybody: what it may weigh, what it must never say, and that it works with nothing but HTML. */
let p: TestProduct
let browser: Browser
let base: string
let hidden: { n: number; value: number; low: number; high: number }
before(async () => {
  p = await testProduct()
  // 11 in Kalimantan, where a figure may be shown, and 6 in Aceh, where it may not though the office has one
  const made = await approvedVisits(p, [...Array.from({ length: 10 }, () => ({})), { answers: { l01: 'tidak', l01_photo: 'bukti.png' } }, ...Array.from({ length: 6 }, (_, i) => ({ answers: i ? {} : { l06: 'tidak' }, regency: '11.01' }))])
  assert.equal((await (await p.as('office')).post('/published', { roundId: made.roundId })).status, 200)
  hidden = (await (await p.as('office')).get(`/overview?roundId=${made.roundId}`)).body.byRegion.find((x: { regionGroup: string }) => x.regionGroup === 'sumatera').estimate
  base = await p.app.listen({ port: 0, host: '127.0.0.1' })
  browser = await launch()
})
after(async () => {
  await browser.close()
  await p.close()
})

const html = async (path: string, language = 'id') => (await (await p.as('nobody')).inject({ method: 'GET', url: path, headers: { 'accept-language': language } }))
const percent = (x: number) => new Intl.NumberFormat('id-ID', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(x)

test('within 50 kB, no script, no request for anything else, and a policy that would stop both', async () => {
  const answer = await html('/publik')
  assert.equal(answer.status, 200)
  assert.ok(answer.raw.length <= 50_000, `${answer.raw.length} bytes`)
  assert.doesNotMatch(answer.body, /<script|\son\w+=|(?:src|href)="(?!\/|#)|url\((?!#)|@import/i)
  assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/)
  assert.equal(answer.headers['set-cookie'], undefined)
})

test('a figure below ten visits is on no part of the page, nor is any name of a provider or person', async () => {
  assert.ok(hidden.n === 6 && hidden.value > 0, 'there is a figure to hide')
  for (const path of ['/publik', '/publik?cari=aceh']) {
    const { body } = await html(path)
    for (const x of [hidden.value, hidden.low, hidden.high]) assert.ok(!body.includes(percent(x)), `${path}: ${percent(x)}`)
    assert.doesNotMatch(body, /Uji (test-|monitor|office)|Barista|LKP/)
  }
  assert.match((await html('/publik')).body, /belum cukup data/)
})

test('a place is found by a part of its name; what is typed is shown as text and never as HTML', async () => {
  assert.match((await html('/publik?cari=pontianak')).body, /Kota Pontianak, Kalimantan Barat: kelompok wilayah Kalimantan, \d+,\d% \(\d+,\d%–\d+,\d%, n = 11\)/)
  assert.match((await html('/publik?cari=pontianak&lang=en')).body, /Pontianak, Kalimantan Barat: region group Kalimantan, \d+\.\d%/)
  assert.match((await html('/publik?cari=zzz')).body, /Tidak ada kabupaten/)
  assert.match((await html('/publik?cari=a')).body, /paling sedikit 2 huruf/)
  const hostile = encodeURIComponent('"><script>alert(1)</script>')
  assert.doesNotMatch((await html(`/publik?cari=${hostile}`)).body, /<script/)
  for (const path of ['/publik?cari=a&cari=b', `/publik?cari=${'x'.repeat(5000)}`, '/publik?lang=xx', '/publik?cari=%00']) assert.equal((await html(path)).status, 200, path)
})

test('reads well for everybody without JavaScript: both languages, phone and desk', async () => {
  for (const language of ['id', 'en'])
    for (const width of [390, 1360]) {
      const context = await browser.newContext({ viewport: { width, height: 844 } })
      const page = await context.newPage()
      await page.goto(`${base}/publik?lang=${language}&cari=kota`)
      assert.deepEqual(await violations(page), [], `${language} ${width}`)
      assert.ok((await page.evaluate('document.documentElement.scrollWidth - innerWidth')) === 0, `${language} ${width}: the page does not scroll sideways`)
      await context.close()
    }
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage()
  await page.goto(`${base}/publik?lang=id`)
  await page.getByLabel('Nama kabupaten, kota, atau provinsi').fill('Pontianak')
  await page.getByRole('button', { name: 'Cari' }).click()
  await page.getByText('Kota Pontianak, Kalimantan Barat').waitFor()
  assert.equal(new URL(page.url()).hash, '#hasil')
})
