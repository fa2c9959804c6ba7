import { shallowRef } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { expectHeading, setPageTitle } from '#web/kit/heading.ts'
import type { ScreenRoute } from '#web/kit/route.ts'
import { loadMe, session } from '#web/kit/session.ts'
import { labelText } from '#web/kit/text.ts'
import { homeOf, verdict } from './guard.ts'
import { screens } from './routes.ts'

declare module 'vue-router' {
  interface RouteMeta {
    screen?: ScreenRoute
  }
}

const own: readonly ScreenRoute[] = [
  { path: '/masuk', verb: 'public', title: { id: 'Masuk', en: 'Sign in' }, component: () => import('./SignIn.vue') },
  { path: '/lupa-sandi', verb: 'public', title: { id: 'Lupa kata sandi', en: 'Forgot the password' }, component: () => import('./ForgotPassword.vue') },
  { path: '/atur-ulang', verb: 'public', title: { id: 'Kata sandi baru', en: 'New password' }, component: () => import('./ResetPassword.vue') },
  { path: '/undangan', verb: 'public', title: { id: 'Undangan', en: 'Invitation' }, component: () => import('./AcceptInvitation.vue') },
  { path: '/tak-terhubung', verb: 'public', title: { id: 'Tidak terhubung', en: 'Not connected' }, component: () => import('./Unreachable.vue') },
  { path: '/', title: { id: 'Awal', en: 'Start' }, component: () => import('./NoHome.vue') },
  ...(import.meta.env.DEV
    ? [{ path: '/_kit', verb: 'public', title: { id: 'Kit', en: 'Kit' }, component: () => import('./KitPage.vue') }]
    : []),
  { path: '/:rest(.*)*', verb: 'public', title: { id: 'Tidak ada', en: 'Not found' }, component: () => import('./NotFound.vue') },
]

const record = (screen: ScreenRoute): RouteRecordRaw => ({ path: screen.path, component: screen.component, meta: { screen } })

/** A screen's code could not be fetched (offline before it was ever opened, or a new version replaced it). */
export const screenMissing = shallowRef(false)

export const router = createRouter({
  history: createWebHistory(),
  routes: [...screens, ...own].map(record),
  scrollBehavior: (to, from, saved) => saved ?? (to.hash ? { el: to.hash } : to.path === from.path ? undefined : { top: 0 }),
})

router.beforeEach(async (to) => {
  if (!session.me && to.path !== '/tak-terhubung') {
    try {
      await loadMe()
    } catch {
      return { path: '/tak-terhubung', query: { next: to.fullPath } }
    }
  }
  if (to.path === '/') {
    const home = homeOf(screens, session.me)
    if (home) return home
  }
  const screen = to.meta.screen
  if (screen && verdict(screen, session.me) === 'sign_in') return { path: '/masuk', query: to.path === '/' ? {} : { next: to.fullPath } }
  return true
})

router.afterEach((to, from, failure) => {
  if (failure) return
  screenMissing.value = false
  if (to.meta.screen) setPageTitle(labelText(to.meta.screen.title))
  // The first page of a visit keeps the browser's own focus.
  if (from.matched.length && to.path !== from.path) expectHeading()
})

const tried = 'pantau.reloaded'
router.onError((_error, to) => {
  // Usually a chunk of a version the server no longer has: one fresh load fetches the new shell.
  if (navigator.onLine && sessionStorage.getItem(tried) !== to.fullPath) {
    sessionStorage.setItem(tried, to.fullPath)
    location.assign(to.fullPath)
  } else screenMissing.value = true
})
