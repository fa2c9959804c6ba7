import type { ScreenRoute } from '#web/kit/route.ts'

export const routes: readonly ScreenRoute[] = [
  {
    path: '/tugas', component: () => import('./tasks.vue'), title: { id: 'Tugas saya', en: 'My tasks' }, verb: 'visit.task', home: ['monitor'],
    nav: { label: { id: 'Tugas saya', en: 'My tasks' }, order: 10 },
  },
  { path: '/tugas/:assignmentId/isi', component: () => import('./fill.vue'), title: { id: 'Isi instrumen', en: 'Fill in the instrument' }, verb: 'visit.submit', under: '/tugas' },
  {
    path: '/kunjungan', component: () => import('./visits.vue'), title: { id: 'Kunjungan', en: 'Visits' }, verb: 'visit.read',
    nav: { label: { id: 'Kunjungan', en: 'Visits' }, order: 35 },
  },
  { path: '/kunjungan/:id', component: () => import('./visit.vue'), title: { id: 'Kunjungan', en: 'Visit' }, verb: 'visit.read', under: '/kunjungan' },
  {
    path: '/kunci-odk', component: () => import('./keys.vue'), title: { id: 'Kunci ODK Collect', en: 'ODK Collect key' }, verb: 'visit.key', scopes: ['monitor', 'coordinator'],
    nav: { label: { id: 'Kunci ODK', en: 'ODK key' }, order: 80 },
  },
]
