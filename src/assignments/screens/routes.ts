import type { ScreenRoute } from '#web/kit/route.ts'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/penugasan', component: () => import('./mine.vue'), title: { id: 'Penugasan', en: 'Assignments' }, verb: 'assignment.read', scopes: ['coordinator', 'office'], home: ['coordinator'],
    nav: [
      { label: { id: 'Putaran saya', en: 'My rounds' }, order: 10, scopes: ['coordinator'] },
      { label: { id: 'Penugasan', en: 'Assignments' }, order: 25, scopes: ['office'] },
    ],
  },
  { path: '/putaran/:id/penugasan', component: () => import('./distribute.vue'), title: { id: 'Penugasan putaran', en: 'Assignments of a round' }, verb: 'assignment.distribute', under: '/putaran' },
]
