import type { FastifyInstance } from 'fastify'
import { languageOf, type Language } from '#base/messages.ts'
import { store as organisations } from '#access/store.ts'
import { api as insight } from '#insight/api.ts'
import { store as registry } from '#registry/store.ts'
import { nobody } from './database.ts'
import { act, type Product } from './act.ts'
import { publicPage, shortest, type Found, type PublishedFigures } from './public-page.ts'

/** Most places that a search shows. */
const mostPlaces = 12

const search = (words: string, { provinces, regencies }: Awaited<ReturnType<ReturnType<typeof registry>['regions']>>): Found => {
  const wanted = words.toLowerCase()
  const places = words.length < shortest ? [] : [
    ...provinces.filter((p) => p.name.toLowerCase().includes(wanted)).map((p) => ({ name: p.name, regionGroup: p.regionGroup })),
    ...regencies.filter((r) => r.name.toLowerCase().includes(wanted)).map((r) => {
      const province = provinces.find((p) => p.code === r.provinceCode)
      return { name: `${r.name}, ${province?.name ?? ''}`, regionGroup: province?.regionGroup ?? '' }
    }),
  ]
  return { words, places: places.slice(0, mostPlaces), more: places.length > mostPlaces }
}

/** `/publik`: what everybody may see, without sign-in, without JavaScript, in both languages. */
export const publicPages = (app: FastifyInstance, product: Product): void => {
  app.get('/publik', async (request, reply) => {
    const { lang, cari } = request.query as { lang?: unknown; cari?: unknown }
    const language: Language = lang === 'id' || lang === 'en' ? lang : languageOf(request.headers['accept-language'])
    const words = typeof cari === 'string' ? cari.trim().slice(0, 100) : undefined
    const { published, watching, found } = await act(product, nobody, language, null, async (context) => ({
      published: (await insight.on['published']!({}, context)) as { key: string; asOf: string; value: Record<string, unknown> }[],
      watching: [...(await organisations(context.db).organisations({ kind: 'university' })), ...(await organisations(context.db).organisations({ kind: 'ngo' }))].filter((o) => o.origin === 'real').map((o) => o.name),
      found: words === undefined ? undefined : search(words, await registry(context.db).regions()),
    }))
    const compliance = published.find((p) => p.key === 'compliance')
    const figures = compliance && ({ ...compliance.value, asOf: compliance.asOf } as unknown as PublishedFigures)
    return reply.type('text/html; charset=utf-8').header('cache-control', 'public, max-age=300').header('vary', 'accept-language')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
      .send(publicPage({ language, sample: product.sampleData(), figures, found, watching }))
  })
}
