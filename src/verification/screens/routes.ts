import type { ScreenRoute } from '#web/kit/route.ts'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/tinjauan', component: () => import('./queue.vue'), title: { id: 'Tinjauan', en: 'Review' }, verb: ['review.coordinate', 'review.office'],
    nav: { label: { id: 'Tinjauan', en: 'Review' }, order: 30, scopes: ['office', 'coordinator'] },
  },
  { path: '/tinjauan/:id', component: () => import('./review.vue'), title: { id: 'Tinjau kunjungan', en: 'Review a visit' }, verb: ['review.coordinate', 'review.office'], under: '/tinjauan' },
]
