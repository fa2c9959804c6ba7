import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { verdict } from '#web/shell/guard.ts'
import type { ScreenRoute } from '#web/kit/route.ts'
import { violations } from '../axe.ts'
import { launch } from '../browser.ts'
import { collect, field, filled, xformOf } from '../field.ts'
import { testProduct, type Persona, type TestProduct } from '../product.ts'
import { approvedVisits } from '../visits.ts'

// by a name the type checker does not follow: this program knows no .vue files, and the routes load them only in a browser
const { screens } = (await import(['#web', 'shell/routes.ts'].join('/'))) as { screens: readonly ScreenRoute[] }

/** Every screen, for everybody who may open it, in both languages, wide and on a phone: nothing axe finds, no sideways scroll, no error, real content. */
let p: TestProduct
let browser: Browser
let base: string
const places: Record<string, Record<string, string>> = {}

before(async () => {
  p = await testProduct()
  base = await p.app.listen({ port: 0, host: '127.0.0.1' })
  browser = await launch()
  const office = await p.as('office')
  // approved visits with findings at several stages, for both providers
  const made = await approvedVisits(p, [{ answers: { l23: 'ya', l06: 'tidak', l23_photo: 'a.png' } }, { answers: { outcome: 'class_absent' } }, {}, {}, {}, {}, { provider: 'test-provider-b', answers: { l08: 'tidak' } }])
  const drafts = (await office.get('/findings?status=draft&size=50')).body.rows as { id: string; providerName: string }[]
  for (const { id } of drafts.slice(1)) {
    const shown = (await office.get(`/findings/${id}`)).body
    assert.equal((await office.post(`/findings/${id}/confirm`, { version: shown.version, evidenceIds: shown.candidates.map((c: { evidenceId: string }) => c.evidenceId) })).status, 200)
  }
  // work on its way: a task, a returned visit, one that waits for the coordinator and one for the office
  const f = await field(p, 'UJI-RUTE')
  const { xform } = await xformOf(p, 'onsite')
  const task = await f.task('monitorA')
  const door = await collect(p, 'monitorA', f.roundId)
  const sent = async () => {
    const task = await f.task('monitorA')
    const one = filled(xform, { kelas: task.assignmentId, outcome: 'took_place', l01: 'ya', l06: 'tidak' })
    assert.equal((await door.send(one.xml)).status, 201)
    const { rows: [visit] } = (await office.get(`/visits?classRunId=${task.classRunId}`)).body
    return { id: visit.id as string, instanceId: one.instanceId, classRunId: task.classRunId }
  }
  const [back, waits, forwarded] = [await sent(), await sent(), await sent()]
  const coordinator = await p.as('coordinatorA')
  await coordinator.post(`/visits/${back.id}/coordination`, { instanceId: back.instanceId, decision: 'returned', note: 'Lengkapi', comments: [{ path: '/data/instrumen/b/l06', text: 'Jelaskan' }] })
  await coordinator.post(`/visits/${forwarded.id}/coordination`, { instanceId: forwarded.instanceId, decision: 'approved' })
  const plan = (await office.post('/rounds', { title: 'Putaran direncanakan', periodFrom: '2026-01-01', periodTo: '2027-12-31', filter: { modes: [], provinces: [], providerIds: [] }, design: { stratifyBy: ['mode'], floor: 0.3, allocation: { kind: 'proportional', total: 4 }, dueDays: 3 } })).body
  await office.post(`/rounds/${plan.id}/draw`, {})
  const batch = (await office.post('/imports', { kind: 'class_runs', fileName: 'salah.csv', content: 'schedule_code\nx\n' })).body
  const { importNext } = await import('#registry/api-import.ts')
  while (await importNext((work) => p.context('system', work)));
  assert.ok(made.roundId)
  const findingOf = async (persona: Persona) => (await (await p.as(persona)).get('/findings?size=1')).body.rows[0]?.id as string
  const of = (id: string) => Object.fromEntries(personas.map((x) => [x, id]))
  places['/putaran/:id'] = of(plan.id)
  places['/putaran/:id/penugasan'] = of(plan.id)
  places['/tugas/:assignmentId/isi'] = of(task.assignmentId)
  places['/kunjungan/:id'] = of(back.id)
  places['/tinjauan/:id'] = { ...of(waits.id), office: forwarded.id }
  places['/temuan/:id'] = Object.fromEntries(await Promise.all(personas.map(async (x) => [x, x === 'partner' ? '' : await findingOf(x)] as const)))
  places['/lembaga/:id'] = of((await p.sql('system', (tx) => tx.selectFrom('access.organisation').select('id').where('code', '=', 'test-provider-a').executeTakeFirstOrThrow()) as { id: string }).id)
  places['/jadwal/:id'] = of(task.classRunId)
  places['/impor/:id'] = of(batch.id)
})
after(async () => {
  await browser?.close()
  await p?.close()
})

const personas: readonly Persona[] = ['office', 'coordinatorA', 'monitorA', 'providerA', 'platformA', 'partner']
const heading: Readonly<Record<string, RegExp>> = { id: /tidak dapat membuka|tidak ada$|tidak terhubung/i, en: /cannot open|no such|not connected/i }

const look = async (page: Page, path: string, language: 'id' | 'en', found: string[]): Promise<void> => {
  await page.setViewportSize({ width: 1360, height: 900 })
  await page.goto(base + path)
  await page.locator('h1').first().waitFor()
  // what a screen loads is there when nothing says "busy" any more
for (let i = 0; i < 400 && (await page.evaluate(`!!document.querySelector('[aria-busy="true"], [role=progressbar]:not([aria-valuenow])')`)); i++) await page.waitForTimeout(50)
  for (const width of [1360, 390]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 })
    const at = `${path} ${language} ${width}`
    found.push(...(await violations(page)).map((v) => `${at}: ${v.slice(0, 300)}`))
    if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) found.push(`${at}: scrolls sideways`)
  }
  const title = (await page.locator('h1').first().textContent()) ?? ''
  if (heading[language]!.test(title)) found.push(`${path} ${language}: shows "${title}"`)
  if ((await page.locator('html').getAttribute('lang')) !== language) found.push(`${path}: the page does not say that it is in ${language}`)
}

const pageIn = async (language: 'id' | 'en', found: string[]): Promise<Page> => {
  const context = await browser.newContext({ locale: language === 'id' ? 'id-ID' : 'en-GB', timezoneId: 'Asia/Jakarta' })
  const page = await context.newPage()
  page.on('response', (answer) => { if (answer.status() >= 500) found.push(`${page.url()}: ${answer.url()} answered ${answer.status()}`) })
  page.on('pageerror', (error) => found.push(`${page.url()}: ${String(error)}`))
  return page
}
const pathsOf = (persona: Persona, me: Parameters<typeof verdict>[1]) => screens.filter((s) => s.verb !== 'public' && verdict(s, me) === 'show').map(({ path }) => path.replace(/:\w+/, () => {
  const id = places[path]?.[persona]
  assert.ok(id, `this test knows no example for ${path} as ${persona}; add one`)
  return id
}))

for (const persona of personas)
  test(`every screen of ${persona}`, async () => {
    const me = (await (await p.as(persona)).get('/me')).body
    const paths = pathsOf(persona, me)
    assert.ok(paths.length > 0)
    const found: string[] = []
    await Promise.all((['id', 'en'] as const).map(async (language) => {
      const page = await pageIn(language, found)
      const [name, value] = (await p.as(persona)).cookie.split(/=(.*)/s)
      await page.context().addCookies([{ name: name!, value: value!, url: base }])
      for (const path of paths) await look(page, path, language, found)
      await page.context().close()
    }))
    assert.deepEqual(found, [])
  })

test('every page without a sign-in', async () => {
  const found: string[] = []
  await Promise.all((['id', 'en'] as const).map(async (language) => {
    const page = await pageIn(language, found)
    for (const path of ['/masuk', '/lupa-sandi', '/atur-ulang?token=x', '/undangan?token=x', '/publik']) await look(page, path, language, found)
    await page.context().close()
  }))
  assert.deepEqual(found, [])
})
