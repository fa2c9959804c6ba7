import type { ScreenRoute } from '#web/kit/route.ts'

const label = { id: 'Temuan', en: 'Findings' }

export const routes: readonly ScreenRoute[] = [
  {
    path: '/temuan', component: () => import('./list.vue'), title: label, verb: 'finding.read',
    // for a provider findings are the first thing after its own scorecard
    nav: [{ label, order: 40, scopes: ['office', 'coordinator', 'monitor', 'platform'] }, { label, order: 20, scopes: ['provider'] }],
  },
  { path: '/temuan/:id', component: () => import('./detail.vue'), title: { id: 'Temuan', en: 'Finding' }, verb: 'finding.read', under: '/temuan' },
]
