import type { ScreenRoute } from '#web/kit/route.ts'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/catatan', component: () => import('./acts.vue'), title: { id: 'Catatan tindakan', en: 'Record of acts' }, verb: 'ledger.read',
    nav: { label: { id: 'Catatan tindakan', en: 'Record of acts' }, order: 90, scopes: ['office', 'coordinator'] },
  },
]
