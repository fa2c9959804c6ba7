import type { ScreenRoute } from '#web/kit/route.ts'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/putaran', component: () => import('./rounds.vue'), title: { id: 'Putaran', en: 'Rounds' }, verb: 'round.read',
    nav: { label: { id: 'Putaran', en: 'Rounds' }, order: 20, scopes: ['office'] },
  },
  { path: '/putaran/rencana', component: () => import('./plan.vue'), title: { id: 'Rencanakan putaran', en: 'Plan a round' }, verb: 'round.plan', under: '/putaran' },
  { path: '/putaran/:id', component: () => import('./show.vue'), title: { id: 'Putaran', en: 'Round' }, verb: 'round.read', under: '/putaran' },
]
