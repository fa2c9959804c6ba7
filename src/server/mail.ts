import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { fill } from '#base/messages.ts'
import { noteDelivery, sentence } from '#notices/api.ts'
import { messages } from '#notices/messages.ts'
import { store } from '#notices/store.ts'
import { system } from './database.ts'
import { act, type Product } from './act.ts'

/** After the n-th failure the letter waits this many minutes; after the last it is given up and shown as failed. */
const pauses = [1, 5, 15, 60, 240, 720, 1440]

/** Writes letters for new notices and sends what is queued: by SMTP, or into a folder of .eml files. Safe with several workers. */
export const mailer = (product: Product, to: { smtpUrl?: string | undefined; outboxDir: string; origin: string; from: string }) => {
  // a letter is claimed for five minutes: a silent mail server must be given up well before
  const transport = to.smtpUrl
    ? createTransport({ url: to.smtpUrl, connectionTimeout: 30_000, greetingTimeout: 30_000, socketTimeout: 60_000 })
    : createTransport({ streamTransport: true, buffer: true })
  const within = <T>(work: Parameters<typeof act<T>>[4]) => act(product, system, 'id', null, work)

  const write = () => within(async ({ db, id, now }) => {
    const s = store(db)
    const waiting = await s.unlettered()
    for (const n of waiting) {
      for (const person of n.people) {
        const language = person.language ?? 'id'
        const text = sentence(n.kind, n.params, language)
        const values = { text, link: `{origin}${n.link}`, organisation: n.organisation }
        await s.addLetter({ id: id(), noticeId: n.id, address: person.email, subject: fill(messages[language].letterSubject, { text: text.slice(0, 150) }), body: fill(messages[language].letterBody, values), nextAt: now })
      }
      await s.lettered(n.id, now)
    }
    return waiting.length
  })

  const deliver = async (id: string, address: string, subject: string, body: string) => {
    const sent = await transport.sendMail({ from: to.from, to: address, subject: subject.replace(/[\r\n]+/g, ' '), text: body.replaceAll('{origin}', to.origin) })
    if (to.smtpUrl) return
    mkdirSync(to.outboxDir, { recursive: true, mode: 0o700 })
    writeFileSync(join(to.outboxDir, `${id}.eml`), (sent as unknown as { message: Buffer }).message, { mode: 0o600 })
  }

  // Claimed for five minutes, sent with no transaction open (a slow mail server must not hold the only connection), then recorded.
  const sendOne = async () => {
    const letter = await within(async ({ db, now }) => {
      const s = store(db)
      const next = await s.nextLetter(now)
      if (next) await s.postpone(next.id, new Date(now.getTime() + 5 * 60_000))
      return next
    })
    if (!letter) return false
    const error = await deliver(letter.id, letter.address, letter.subject, letter.body).then(() => undefined, (e: Error) => e)
    await within(async (context) => {
      const s = store(context.db)
      if (error) {
        const pause = pauses[letter.attempts]
        return s.failed(letter.id, error.message.slice(0, 500), pause === undefined ? null : new Date(context.now.getTime() + pause * 60_000))
      }
      await s.sent(letter, context.now)
      if (letter.noticeId && letter.aboutKind && letter.aboutId) await noteDelivery(context, letter.noticeId, { kind: letter.aboutKind, id: letter.aboutId })
      return undefined
    })
    return true
  }

  return {
    /** Does what is due now; returns how many letters and notices were handled. */
    run: async (): Promise<number> => {
      let done = await write()
      while (await sendOne()) done++
      return done
    },
  }
}
