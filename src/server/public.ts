import type { FastifyInstance } from 'fastify'
import { fill, languageOf, type Language } from '#base/messages.ts'
import { api as insight } from '#insight/api.ts'
import { publicMessages } from '#insight/messages.ts'
import { store as organisations } from '#access/store.ts'
import { nobody } from './database.ts'
import { act, type Product } from './http.ts'

/** Text into HTML. Everything on the page passes here. */
const safe = (text: unknown): string => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

const css = `:root{color-scheme:light}*{box-sizing:border-box}body{margin:0;background:#F6F7F4;color:#132A2D;font:16px/1.5 system-ui,sans-serif}main,header>div{max-width:960px;margin:0 auto;padding:16px}
header{background:#fff;border-bottom:1px solid #DCE3E1}header a{color:#0B5B5E}h1{font-size:30px;line-height:1.2;margin:16px 0 8px}h2{font-size:20px;margin:32px 0 8px}.big{font-size:34px;font-weight:700}
section,table{background:#fff;border:1px solid #DCE3E1;border-radius:8px}section{padding:16px}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:8px 12px;border-bottom:1px solid #DCE3E1}td.n{font-variant-numeric:tabular-nums}
.note{color:#4D6063}.sample{background:#FFF3D6;color:#8A5A00;padding:8px 12px;border-radius:4px;display:inline-block}a:focus{outline:3px solid #132A2D;box-shadow:0 0 0 6px #F2B705}ul{columns:2;padding-left:20px}@media(max-width:600px){ul{columns:1}}`

interface Shown { value: number | null; low: number | null; high: number | null; n: number }

/** `/publik`: what everybody may see, without sign-in, without JavaScript, in both languages. */
export const publicPages = (app: FastifyInstance, product: Product): void => {
  app.get('/publik', async (request, reply) => {
    const asked = (request.query as { lang?: string }).lang
    const language: Language = asked === 'id' || asked === 'en' ? asked : languageOf(request.headers['accept-language'])
    const { published, watching } = await act(product, nobody, language, null, async (context) => ({
      published: (await insight.on['published']!({}, context)) as { key: string; asOf: string; value: Record<string, unknown> }[],
      watching: [...(await organisations(context.db).organisations({ kind: 'university' })), ...(await organisations(context.db).organisations({ kind: 'ngo' }))].filter((o) => o.origin === 'real'),
    }))
    const m = publicMessages[language]
    const number = (x: number, digits = 1) => new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB', { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(x)
    const day = (at: string) => new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', { dateStyle: 'long', timeZone: 'Asia/Jakarta' }).format(new Date(at))
    const range = (e: Shown) => (e.value === null || e.low === null || e.high === null ? m.notEnough : `${number(e.value)} (${number(e.low)}–${number(e.high)})`)
    const compliance = published.find((p) => p.key === 'compliance')
    const value = compliance?.value as { round: { title: string; periodFrom: string; periodTo: string }; all: Shown; byMode: { mode: string; estimate: Shown }[]; byRegion: { regionGroup: string; estimate: Shown }[] } | undefined
    const rows = (list: readonly (readonly [string, Shown])[]) => list.map(([name, e]) => `<tr><td>${safe(name)}</td><td class="n">${safe(range(e))}</td><td class="n">${safe(e.n)}</td></tr>`).join('')
    const named = (key: string) => (m as Readonly<Record<string, string>>)[key] ?? key
    const figures = value
      ? `<section><p class="big">${safe(number(value.all.value ?? 0))}</p><p>${safe(fill(m.compliance, { low: number(value.all.low ?? 0), high: number(value.all.high ?? 0), n: value.all.n, round: value.round.title, from: day(value.round.periodFrom), to: day(value.round.periodTo), day: day(compliance!.asOf) }))}</p></section>
<h2>${safe(m.parts)}</h2><table><caption class="note">${safe(m.rangeNote)}</caption><thead><tr><th scope="col">${safe(m.part)}</th><th scope="col">${safe(m.share)}</th><th scope="col">n</th></tr></thead><tbody>${rows([...value.byMode.map((x) => [named(x.mode), x.estimate] as const), ...value.byRegion.map((x) => [named(x.regionGroup), x.estimate] as const)])}</tbody></table>`
      : `<section><p>${safe(m.nothing)}</p></section>`
    const other = language === 'id' ? 'en' : 'id'
    const page = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${safe(m.title)} · Pantau</title><style>${css}</style></head><body>
<header><div><strong>Pantau</strong> · <a href="/publik?lang=${other}" lang="${other}" hreflang="${other}">${other === 'id' ? 'Bahasa Indonesia' : 'English'}</a> · <a href="/masuk">${safe(m.signIn)}</a></div></header>
<main><h1>${safe(m.title)}</h1>${product.sampleData() ? `<p class="sample">${safe(m.sample)}</p>` : ''}<p>${safe(m.what)}</p><h2>${safe(m.figures)}</h2>${figures}
<h2>${safe(m.watching)}</h2><ul>${watching.map((o) => `<li>${safe(o.name)}</li>`).join('')}</ul><h2>${safe(m.how)}</h2><p>${safe(m.howText)}</p><p class="note">${safe(m.private)}</p></main></body></html>`
    return reply.type('text/html; charset=utf-8').header('cache-control', 'public, max-age=300').header('vary', 'accept-language')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'").send(page)
  })
}
