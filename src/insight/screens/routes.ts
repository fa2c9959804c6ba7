import type { ScreenRoute } from '#web/kit/route.ts'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/ikhtisar', component: () => import('./overview.vue'), title: { id: 'Ikhtisar', en: 'Overview' }, verb: 'insight.overview', home: ['office'],
    nav: { label: { id: 'Ikhtisar', en: 'Overview' }, order: 10 },
  },
  {
    path: '/rapor', component: () => import('./own.vue'), title: { id: 'Rapor saya', en: 'My scorecard' }, verb: 'insight.scorecard', scopes: ['provider'], home: ['provider'],
    nav: { label: { id: 'Rapor saya', en: 'My scorecard' }, order: 10 },
  },
  {
    path: '/platform', component: () => import('./platform.vue'), title: { id: 'Data saya', en: 'My data' }, verb: 'insight.platform', scopes: ['platform'], home: ['platform'],
    nav: { label: { id: 'Data saya', en: 'My data' }, order: 10 },
  },
  {
    path: '/mitra', component: () => import('./partner.vue'), title: { id: 'Hasil pemantauan', en: 'Results of monitoring' }, scopes: ['partner'], home: ['partner'],
    nav: { label: { id: 'Hasil pemantauan', en: 'Results' }, order: 10 },
  },
  {
    path: '/lembaga', component: () => import('./providers.vue'), title: { id: 'Lembaga', en: 'Providers' }, verb: 'insight.scorecard', scopes: ['office', 'coordinator', 'monitor', 'platform'],
    nav: { label: { id: 'Lembaga', en: 'Providers' }, order: 50 },
  },
  {
    path: '/lembaga/:id', component: () => import('./provider.vue'), title: { id: 'Rapor lembaga', en: 'Provider scorecard' }, verb: 'insight.scorecard',
    scopes: ['office', 'coordinator', 'monitor', 'platform'], under: '/lembaga',
  },
]
