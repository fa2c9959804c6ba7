import type { Component } from 'vue'
import type { Scope } from '#base/room.ts'
import type { Label } from './label.ts'

export interface NavEntry {
  readonly label: Label
  readonly order: number
  readonly scopes?: readonly Scope[]
}

/**
 * One screen of a room. `src/<room>/screens/routes.ts` exports `routes: readonly ScreenRoute[]`; the shell lists the rooms in shell/routes.ts.
 * Labels stand here in both languages because all routes are in the first load and whole catalogues are not.
 */
export interface ScreenRoute {
  /** The address in the browser, beginning with `/`; `:name` places as in vue-router. */
  readonly path: string
  /** Always a lazy import, so that a screen is its own chunk. */
  readonly component: () => Promise<{ readonly default: Component }>
  readonly title: Label
  /** The verb a person must hold; several = any of them; absent = any signed-in person; `public` = no sign-in. */
  readonly verb?: string | readonly string[]
  /** Only for these scopes; absent = all. */
  readonly scopes?: readonly Scope[]
  /**
   * An entry of the main navigation; smaller order first, and what comes late moves under "More" when a role has many. `scopes` narrows
   * who sees the entry; several entries = one word and place per scope.
   */
  readonly nav?: NavEntry | readonly NavEntry[]
  /** These scopes land here after signing in (web.md §4.4). */
  readonly home?: readonly Scope[]
  /** The nav path to mark as current when it is not the beginning of this path. */
  readonly under?: string
}
