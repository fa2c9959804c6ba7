import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
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
beforeEach(() => {
  server.blobs.clear()
  server.submissions.clear()
  server.log.length = 0
  Object.assign(server, { loseAnswers: 0, signedIn: true, refuseFiles: false, trouble: null })
})

interface State {
  readonly unsent: number
  readonly lastError: string | null
  readonly entries: readonly { readonly instanceId: string; readonly state: string; readonly tries: number; readonly refusal: { readonly status: number; readonly message: string } | null }[]
  readonly sent: readonly { readonly instanceId: string; readonly refused: readonly { readonly name: string; readonly refusal: { readonly message: string } }[] }[]
}
const stateOf = (page: Page) => page.evaluate<State>('window.harness.outbox()')
const queue = (page: Page, id: string, bytes = `foto ${id}`) => page.evaluate(`window.harness.enqueue(${JSON.stringify(id)}, ${JSON.stringify(bytes)})`)
const flush = (page: Page) => page.evaluate('window.harness.flush()')
const until = async (page: Page, holds: (state: State) => boolean): Promise<State> => {
  for (let i = 0; i < 400; i++) {
    const state = await stateOf(page)
    if (holds(state)) return state
    await page.waitForTimeout(50)
  }
  assert.fail(`never came true: ${JSON.stringify(await stateOf(page))}`)
}
const open = async (context: BrowserContext): Promise<Page> => {
  const page = await context.newPage()
  await page.goto(server.url)
  await page.locator('.fill-title').waitFor()
  return page
}
const device = async (work: (context: BrowserContext) => Promise<void>): Promise<void> => {
  const context = await browser.newContext()
  try {
    await work(context)
  } finally {
    await context.close()
  }
}

test('each visit arrives exactly once, although answers get lost and two tabs send at the same time', () =>
  device(async (context) => {
    const [one, two] = [await open(context), await open(context)]
    await context.setOffline(true)
    for (let i = 0; i < 6; i++) await queue(i % 2 ? two : one, `uuid:visit-${i}`)
    await until(one, ({ unsent }) => unsent === 6)
    await until(two, ({ unsent }) => unsent === 6)
    assert.equal(server.submissions.size, 0)
    server.loseAnswers = 5
    await context.setOffline(false)
    await Promise.all([flush(one), flush(two)])
    for (let i = 0; i < 12 && (await stateOf(one)).unsent > 0; i++) await Promise.all([flush(one), flush(two)])
    // Also the tab that did not do the sending shows that nothing is left.
    await until(one, ({ unsent }) => unsent === 0)
    await until(two, ({ unsent, sent }) => unsent === 0 && sent.length === 6)
    assert.equal(server.loseAnswers, 0)
    assert.equal(server.submissions.size, 6)
    assert.equal(server.blobs.size, 6)
    const answered = (ending: RegExp) => server.log.filter((line) => line.includes('PUT /api/submissions') && ending.test(line)).length
    assert.equal(answered(/ 201( lost)?$/), 6)
    assert.equal(answered(/ 409/), 0)
    assert.ok(server.log.some((line) => line.endsWith('lost')))
  }))

test('what waits is still there after the browser was closed, and goes when the connection returns', () =>
  device(async (context) => {
    const before = await open(context)
    await context.setOffline(true)
    await queue(before, 'uuid:kept')
    await until(before, ({ unsent }) => unsent === 1)
    // A page cannot be loaded without a connection here (no service worker in this harness), so the network returns first, the server's session not.
    server.signedIn = false
    await before.close()
    await context.setOffline(false)
    const later = await open(context)
    const waiting = await until(later, ({ lastError }) => lastError === 'signed-out')
    assert.equal(waiting.unsent, 1)
    assert.equal(waiting.entries[0]?.state, 'waiting')
    server.signedIn = true
    await later.evaluate('dispatchEvent(new Event("online"))')
    await until(later, ({ unsent, lastError }) => unsent === 0 && lastError === null)
    assert.equal(server.submissions.size, 1)
  }))

test('a refused file is told and kept; the answers go without it', () =>
  device(async (context) => {
    const page = await open(context)
    server.refuseFiles = true
    await queue(page, 'uuid:bad-photo')
    const state = await until(page, ({ sent }) => sent.length === 1)
    assert.equal(state.unsent, 0)
    assert.equal(state.sent[0]?.refused[0]?.refusal.message, 'Berkas tidak dapat dibaca.')
    const body = JSON.parse(server.submissions.get('uuid:bad-photo')?.body ?? '{}') as { attachments: unknown[] }
    assert.deepEqual(body.attachments, [])
    const kept = () =>
      page.evaluate<number>(`new Promise((resolve) => {
        indexedDB.open('pantau').onsuccess = ({ target }) => (target.result.transaction('files').objectStore('files').count().onsuccess = (event) => resolve(event.target.result))
      })`)
    assert.equal(await kept(), 1)
    await page.evaluate(`window.harness.dismiss('uuid:bad-photo')`)
    await until(page, ({ sent }) => sent.length === 0)
    assert.equal(await kept(), 0)
  }))

test('other answers under the same id, and a plain no, stay on the device with their reason and hold up nobody', () =>
  device(async (context) => {
    const page = await open(context)
    server.submissions.set('uuid:taken', { body: 'something else', type: '' })
    await queue(page, 'uuid:taken')
    const conflict = await until(page, ({ entries }) => entries[0]?.state === 'conflict')
    assert.equal(conflict.entries[0]?.refusal?.status, 409)
    server.trouble = 403
    await queue(page, 'uuid:refused')
    const refused = await until(page, ({ entries }) => entries.some(({ state }) => state === 'refused'))
    assert.equal(refused.unsent, 2)
    assert.equal(refused.entries.find(({ instanceId }) => instanceId === 'uuid:refused')?.refusal?.message, 'Uji')
    server.trouble = null
    await queue(page, 'uuid:fine')
    await until(page, ({ sent }) => sent.length === 1)
    // By hand, what was refused is tried again; the conflict stays one.
    await flush(page)
    const last = await until(page, ({ unsent }) => unsent === 1)
    assert.equal(last.entries[0]?.instanceId, 'uuid:taken')
    assert.equal(server.submissions.get('uuid:taken')?.body, 'something else')
  }))

test('a server in trouble is asked again later and by itself', () =>
  device(async (context) => {
    const page = await open(context)
    server.trouble = 503
    await queue(page, 'uuid:patient')
    const waiting = await until(page, ({ entries }) => (entries[0]?.tries ?? 0) > 0)
    assert.equal(waiting.entries[0]?.state, 'waiting')
    assert.equal(waiting.lastError, 'server-trouble')
    server.trouble = null
    await until(page, ({ unsent }) => unsent === 0)
    assert.equal(server.submissions.size, 1)
  }))

test('the same photo in two visits crosses the network once', () =>
  device(async (context) => {
    const page = await open(context)
    await queue(page, 'uuid:first', 'foto yang sama')
    await until(page, ({ sent }) => sent.length === 1)
    await queue(page, 'uuid:second', 'foto yang sama')
    await until(page, ({ sent }) => sent.length === 2)
    assert.equal(server.log.filter((line) => line.startsWith('PUT /api/blobs')).length, 1)
    assert.equal(server.submissions.size, 2)
    assert.deepEqual(server.unguarded, [])
  }))

test('the task list and its instruments are there after a reload; forgetting them leaves drafts alone', () =>
  device(async (context) => {
    const page = await open(context)
    await page.evaluate(`(async () => {
      const { cache, reactive } = window.harness
      await cache.remember('p1', reactive({ tasks: [{ id: 't1', photo: new Blob(['abc']) }] }), new Date('2026-11-20T02:00:00Z'))
      await cache.remember('p2', [])
      await cache.rememberInstrument('p1', reactive({ formId: 'f', version: '1', xml: '<x/>', media: { 'kelas.csv': 'name', 'denah.png': new Blob(['png']) } }))
    })()`)
    await page.getByRole('button', { name: 'Berikutnya' }).click()
    await page.getByLabel('Berapa peserta').fill('3')
    for (let i = 0; i < 100 && !(await page.evaluate('window.harness.drafts().then((drafts) => drafts.length)')); i++) await page.waitForTimeout(50)
    await page.reload()
    await page.locator('.fill-title').waitFor()
    const found = await page.evaluate(`(async () => {
      const { cache, draftOf } = window.harness
      const { at, tasks } = await cache.recall('p1')
      const before = [at, tasks.tasks[0].id, await tasks.tasks[0].photo.text(), await cache.instrumentsHere('p1'), await (await cache.recallInstrument('p1', 'f', '1')).media['denah.png'].text()]
      await cache.forget('p1')
      const after = [await cache.recall('p1'), await cache.instrumentsHere('p1'), (await cache.recall('p2')).tasks]
      return { before, after, draft: (await draftOf('0193a5b0-0000-7000-8000-000000000001')).title }
    })()`)
    assert.deepEqual(found, {
      before: ['2026-11-20T02:00:00.000Z', 't1', 'abc', [{ formId: 'f', version: '1' }], 'png'],
      after: [undefined, [], []],
      draft: 'Barista Dasar · LKP contoh',
    })
    await page.evaluate('window.harness.discard()')
    assert.deepEqual(await page.evaluate('window.harness.drafts()'), [])
  }))
