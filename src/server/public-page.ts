import { fill, type Language } from '#base/messages.ts'
import { publicMessages } from '#insight/messages.ts'
import { regionGroups, type RegionGroup } from '#registry/rules/regions.ts'
import { publicMap } from './public-map.ts'

/** Text into HTML. Everything on the page passes here. */
const safe = (text: unknown): string => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

const css = `:root{color-scheme:light}*{box-sizing:border-box}body{margin:0;background:#F6F7F4;color:#132A2D;font:16px/1.5 'Source Sans 3',system-ui,sans-serif}main,header>div{max-width:960px;margin:0 auto;padding:16px}
header{background:#fff;border-bottom:1px solid #DCE3E1}header div{display:flex;flex-wrap:wrap;gap:0 20px;align-items:center;padding-top:0;padding-bottom:0}header strong{color:#0B5B5E;font-size:19px;margin-right:auto}header a{display:inline-flex;min-height:44px;align-items:center}a{color:#0B5B5E}
h1{font-size:30px;line-height:1.2;margin:16px 0 8px}h2{font-size:20px;line-height:1.25;margin:32px 0 8px}h3{font-size:16px;margin:0 0 4px}p{margin:0 0 12px;max-width:44em}.big{font-size:40px;line-height:1.1;font-weight:700;margin:0}
section,.box{background:#fff;border:1px solid #DCE3E1;border-radius:8px;padding:16px;margin:0 0 16px}section>:last-child,.box>:last-child{margin-bottom:0}.wide{padding:0;overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;padding:12px 12px 4px;color:#4D6063}th,td{text-align:left;padding:8px 12px;border-bottom:1px solid #DCE3E1}thead th{font-size:14px;color:#4D6063;border-bottom-color:#132A2D}tbody th{font-weight:400}tbody tr:last-child>*{border-bottom:0}.n{text-align:right;font-variant-numeric:tabular-nums}
.note{color:#4D6063;font-size:14px}.sample{background:#FFF3D6;color:#8A5A00;padding:8px 12px;border-radius:4px;display:inline-block}:focus-visible{outline:3px solid #132A2D;outline-offset:1px;box-shadow:0 0 0 7px #F2B705}
form{margin:16px 0}label{display:block;font-weight:600}form div{display:flex;flex-wrap:wrap;gap:8px;max-width:600px}input,button{font:inherit;min-height:48px;border-radius:4px;padding:8px 14px}input{flex:1 1 200px;min-width:0;border:2px solid #132A2D;background:#fff;color:#132A2D}button{border:0;background:#0B5B5E;color:#fff;font-weight:600}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;padding:0;margin:0 0 8px;list-style:none;font-size:14px;color:#4D6063}.legend i{display:inline-block;width:14px;height:14px;margin-right:6px;border:1px solid #4D6063;border-radius:2px;vertical-align:-2px}.hatch{background:repeating-linear-gradient(45deg,#aaa 0 1px,#f2f2f0 1px 4px)}.scroll{overflow-x:auto}svg{display:block;width:100%;min-width:720px}
.two{columns:2;padding-left:20px;margin:0}.plain{padding-left:20px;margin:0 0 12px}dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0}dt{color:#4D6063}dd{margin:0;overflow-wrap:anywhere}code{font-size:14px}.skip{position:absolute;left:-9999px}.skip:focus{position:static}@media(max-width:600px){.two{columns:1}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:8px}h1{font-size:26px}}`

export interface Shown { readonly value: number | null; readonly low: number | null; readonly high: number | null; readonly n: number; readonly drawn?: number; readonly unanswered?: number }
export interface PublishedFigures {
  readonly asOf: string
  readonly round: { readonly title: string; readonly periodFrom: string; readonly periodTo: string }
  readonly draw?: { readonly code: string; readonly frameDigest: string | null; readonly frameSize: number | null; readonly seed: string | null }
  readonly all: Shown
  readonly byMode: readonly { readonly mode: string; readonly estimate: Shown }[]
  readonly byRegion: readonly { readonly regionGroup: string; readonly estimate: Shown }[]
}
export interface Found { readonly words: string; readonly places: readonly { readonly name: string; readonly regionGroup: string }[]; readonly more: boolean }
/** What one page is made of. Nothing else reaches it, so nothing unpublished can. */
export interface PublicPage { readonly language: Language; readonly sample: boolean; readonly figures: PublishedFigures | undefined; readonly found: Found | undefined; readonly watching: readonly string[] }

/** Shortest name that is searched for. */
export const shortest = 2

export const publicPage = ({ language, sample, figures, found, watching }: PublicPage): string => {
  const m = publicMessages[language]
  const locale = language === 'id' ? 'id-ID' : 'en-GB'
  const percent = (x: number, digits = 1): string => new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(x)
  const count = (x: number): string => new Intl.NumberFormat(locale).format(x)
  const day = (at: string): string => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'Asia/Jakarta' }).format(new Date(at))
  const named = (key: string): string => (m as Readonly<Record<string, string>>)[key] ?? key
  const value = (e: Shown): string => (e.value === null ? m.notEnough : percent(e.value))
  const range = (e: Shown): string => (e.value === null || e.low === null || e.high === null ? m.none : `${percent(e.low)}–${percent(e.high)}`)
  const both = (e: Shown): string => (e.value === null ? `${m.notEnough} (n = ${count(e.n)})` : `${value(e)} (${range(e)}, n = ${count(e.n)})`)
  const ofRegion = (group: string): Shown | undefined => figures?.byRegion.find((x) => x.regionGroup === group)?.estimate

  const table = (title: string, first: string, rows: readonly (readonly [string, Shown])[]): string =>
    `<h2>${safe(title)}</h2><div class="box wide" tabindex="0" role="region" aria-label="${safe(title)}"><table><caption>${safe(fill(m.rangeNote, { day: day(figures!.asOf) }))}</caption><thead><tr><th scope="col">${safe(first)}</th><th scope="col" class="n">${safe(m.share)}</th><th scope="col" class="n">${safe(m.n)}</th></tr></thead><tbody>${rows.map(([name, e]) => `<tr><th scope="row">${safe(name)}</th><td class="n">${safe(e.value === null ? m.notEnough : `${value(e)} (${range(e)})`)}</td><td class="n">${safe(count(e.n))}</td></tr>`).join('')}</tbody></table></div>`
  const results = !found ? '' : `<section id="hasil"><h2 style="margin-top:0">${safe(fill(m.resultsTitle, { words: found.words }))}</h2>${
    found.words.length < shortest ? `<p>${safe(m.resultsShort)}</p>` : found.places.length === 0 ? `<p>${safe(m.resultsNone)}</p>`
      : `<ul class="plain">${found.places.map((p) => { const e = ofRegion(p.regionGroup); return `<li>${safe(fill(m.result, { place: p.name, group: named(p.regionGroup), figure: e ? both(e) : m.resultNothing }))}</li>` }).join('')}</ul>${found.more ? `<p>${safe(fill(m.resultsMore, { n: found.places.length }))}</p>` : ''}<p class="note">${safe(m.resultNote)}</p>`}</section>`
  const map = (): string => {
    const groups = Object.fromEntries(regionGroups.map((g) => { const e = ofRegion(g); return [g, { value: e?.value ?? null, words: safe(e ? value(e) : m.notEnough), name: safe(named(g)) }] })) as Record<RegionGroup, { value: number | null; words: string; name: string }>
    const list = regionGroups.map((g) => `${groups[g].name} ${groups[g].words}`).join(', ')
    return `<h2>${safe(m.map)}</h2><section>${publicMap(groups, fill(safe(m.mapLabel), { list }), { title: safe(m.map), notEnough: safe(m.notEnough), percent: (x) => safe(percent(x, 0)) })}<p class="note">${safe(m.mapNote)}</p></section>`
  }
  const { all, round, draw } = figures ?? {}
  const main = !figures || !all || !round ? `<section><p>${safe(m.nothing)}</p></section>`
    : `<section><p class="big">${safe(value(all))}</p><p>${safe(fill(m.compliance, { low: percent(all.low ?? 0), high: percent(all.high ?? 0), n: count(all.n), round: round.title, from: day(round.periodFrom), to: day(round.periodTo), day: day(figures.asOf) }))}</p>${
      all.drawn === undefined ? '' : `<p>${safe(fill(m.coverage, { drawn: count(all.drawn), n: count(all.n), unanswered: count(all.unanswered ?? 0) }))}</p>`}<p><a href="#undian">${safe(m.checkDraw)}</a></p></section>
${map()}${table(m.byRegion, m.region, figures.byRegion.map((x) => [named(x.regionGroup), x.estimate]))}${table(m.byMode, m.mode, figures.byMode.map((x) => [named(x.mode), x.estimate]))}
<h2>${safe(m.read)}</h2><ul class="plain">${[m.read1, m.read2, m.read3, m.read4].map((x) => `<li>${safe(x)}</li>`).join('')}</ul>`
  const facts = draw ? [[m.drawRound, safe(draw.code)], [m.drawFrame, safe(draw.frameSize === null ? m.none : count(draw.frameSize))], [m.drawDigest, `<code>${safe(draw.frameDigest ?? m.none)}</code>`], [m.drawSeed, draw.seed ? `<code>${safe(draw.seed)}</code>` : safe(m.drawSeedLater)], [m.drawCommand, `<code>npm run pantau -- draw --verify ${safe(draw.code)}.json</code>`]] : []
  const other = language === 'id' ? 'en' : 'id'
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${safe(m.title)} · Pantau</title><meta name="description" content="${safe(m.name)}"><style>${css}</style></head><body>
<header><div><a class="skip" href="#isi">${safe(m.skip)}</a><strong>Pantau</strong><a href="/publik?lang=${other}" lang="${other}" hreflang="${other}">${other === 'id' ? 'Bahasa Indonesia' : 'English'}</a><a href="/masuk">${safe(m.signIn)}</a></div></header>
<main id="isi"><h1>${safe(m.title)}</h1>${sample ? `<p class="sample">${safe(m.sample)}</p>` : ''}<p>${safe(m.what)}</p>
<form action="/publik#hasil" method="get" role="search"><input type="hidden" name="lang" value="${language}"><label for="cari">${safe(m.searchLabel)}</label><div><input id="cari" name="cari" type="search" maxlength="100" autocomplete="address-level2" aria-describedby="petunjuk" value="${safe(found?.words ?? '')}"><button>${safe(m.search)}</button></div><p class="note" id="petunjuk">${safe(m.searchHint)}</p></form>
${results}<h2>${safe(m.figures)}</h2>${main}
<h2>${safe(m.how)}</h2><p>${safe(m.howText)}</p><h2 id="undian">${safe(m.draw)}</h2><p>${safe(m.drawText)}</p>${facts.length ? `<div class="box"><dl>${facts.map(([name, said]) => `<dt>${safe(name)}</dt><dd>${said}</dd>`).join('')}</dl></div>` : ''}
<h2>${safe(m.watching)}</h2><ul class="two">${watching.map((name) => `<li>${safe(name)}</li>`).join('')}</ul><p class="note" style="margin-top:24px">${safe(m.private)}</p></main></body></html>`
}
