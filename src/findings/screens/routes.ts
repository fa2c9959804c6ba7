import type { ScreenRoute } from '#web/kit/route.ts'

const list = { path: '/temuan', component: () => import('./list.vue'), title: { id: 'Temuan', en: 'Findings' }, verb: 'finding.read' }
const label = { id: 'Temuan', en: 'Findings' }

export const routes: readonly ScreenRoute[] = [
  { ...list, nav: { label, order: 40, scopes: ['office', 'coordinator', 'monitor', 'platform'] } },
  // the same screen: for a provider findings are the first thing after its own scorecard
  { ...list, nav: { label, order: 20, scopes: ['provider'] } },
  { path: '/temuan/:id', component: () => import('./detail.vue'), title: { id: 'Temuan', en: 'Finding' }, verb: 'finding.read', under: '/temuan' },
]
