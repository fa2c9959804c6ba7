import type { ScreenRoute } from '#web/kit/route.ts'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/jadwal', component: () => import('./class-runs.vue'), title: { id: 'Jadwal kelas', en: 'Class runs' }, verb: 'registry.read',
    nav: { label: { id: 'Jadwal', en: 'Class runs' }, order: 60, scopes: ['office', 'coordinator', 'monitor', 'provider', 'platform'] },
  },
  { path: '/jadwal/:id', component: () => import('./class-run.vue'), title: { id: 'Jadwal kelas', en: 'Class run' }, verb: 'registry.read', under: '/jadwal' },
  {
    path: '/impor', component: () => import('./imports.vue'), title: { id: 'Impor', en: 'Import' }, verb: 'registry.import',
    nav: { label: { id: 'Impor', en: 'Import' }, order: 65 },
  },
  { path: '/impor/:id', component: () => import('./import.vue'), title: { id: 'Impor', en: 'Import' }, verb: 'registry.import', under: '/impor' },
]
