import { settingsParts } from './settings.ts'
import type { ScreenRoute } from '#web/kit/route.ts'

const settings = { component: () => import('./settings.vue'), under: '/pengaturan' }

/** Pages that join several rooms. */
export const routes: readonly ScreenRoute[] = [
  {
    ...settings, path: '/pengaturan', title: { id: 'Pengaturan', en: 'Settings' }, verb: ['member.read', 'role.write', 'standards.read', 'organisation.read'],
    nav: { label: { id: 'Pengaturan', en: 'Settings' }, order: 85 },
  },
  ...settingsParts.map(({ path, label, verb }) => ({ ...settings, path, title: label, ...(verb ? { verb } : {}) })),
]
