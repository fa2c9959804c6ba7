import type { Me } from '#access/contract.ts'
import type { NavEntry, ScreenRoute } from '#web/kit/route.ts'

const list = (verb: ScreenRoute['verb']): readonly string[] => (verb === undefined ? [] : typeof verb === 'string' ? [verb] : verb)
const isPublic = (screen: ScreenRoute): boolean => screen.verb === 'public'

/** Whether a screen may be shown: `sign_in` = nobody is signed in and the screen is not public. */
export const verdict = (screen: ScreenRoute, me: Me | null): 'show' | 'sign_in' | 'no_access' => {
  if (isPublic(screen)) return 'show'
  if (!me?.signedIn) return 'sign_in'
  const own = me.membership
  if (!own) return 'no_access'
  const verbs = list(screen.verb)
  if (verbs.length && !verbs.some((verb) => own.verbs.includes(verb))) return 'no_access'
  return !screen.scopes || screen.scopes.includes(own.scope) ? 'show' : 'no_access'
}

const entriesOf = ({ nav }: ScreenRoute): readonly NavEntry[] => (nav === undefined ? [] : 'label' in nav ? [nav] : nav)

/** The entries of the main navigation for a person, in order. */
export const navigation = (screens: readonly ScreenRoute[], me: Me | null): readonly (ScreenRoute & { readonly nav: NavEntry })[] => {
  const scope = me?.membership?.scope
  return screens
    .flatMap((screen) => entriesOf(screen).map((nav) => ({ ...screen, nav })))
    .filter((screen) => verdict(screen, me) === 'show' && (!screen.nav.scopes || (scope !== undefined && screen.nav.scopes.includes(scope))))
    .sort((a, b) => a.nav.order - b.nav.order)
}

/** Entries that fit beside "More" at 1280 px in both languages; what comes after them in `nav.order` stands under it. One alone takes its place. */
const barPlaces = 8
export const inBar = <T>(entries: readonly T[]): { readonly bar: readonly T[]; readonly more: readonly T[] } =>
  entries.length <= barPlaces + 1 ? { bar: entries, more: [] } : { bar: entries.slice(0, barPlaces), more: entries.slice(barPlaces) }

/** Where a person lands: the screen that names their scope as home, else their first navigation entry, else nowhere. */
export const homeOf = (screens: readonly ScreenRoute[], me: Me | null): string | undefined => {
  const scope = me?.membership?.scope
  const own = scope && screens.find((screen) => screen.home?.includes(scope) && verdict(screen, me) === 'show')
  return (own || navigation(screens, me)[0])?.path
}

/** A path inside this app to go on to after signing in; anything else (another site) becomes the start page. */
export const safeNext = (next: unknown): string => (typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/')
