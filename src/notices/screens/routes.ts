import type { ScreenRoute } from '#web/kit/route.ts'

export const routes: readonly ScreenRoute[] = [
  { path: '/pemberitahuan', component: () => import('./inbox.vue'), title: { id: 'Pemberitahuan', en: 'Notices' }, verb: 'notice.read' },
]
