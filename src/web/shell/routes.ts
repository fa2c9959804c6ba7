import { routes as assignments } from '#assignments/screens/routes.ts'
import { routes as collection } from '#collection/screens/routes.ts'
import { routes as findings } from '#findings/screens/routes.ts'
import { routes as ledger } from '#ledger/screens/routes.ts'
import { routes as insight } from '#insight/screens/routes.ts'
import { routes as notices } from '#notices/screens/routes.ts'
import { routes as registry } from '#registry/screens/routes.ts'
import { routes as sampling } from '#sampling/screens/routes.ts'
import { routes as verification } from '#verification/screens/routes.ts'
import type { ScreenRoute } from '#web/kit/route.ts'
import { routes as pages } from '#web/pages/routes.ts'

/** Every room that has screens, in the order of the house. To add one: import its `screens/routes.ts` and name it here. */
export const screens: readonly ScreenRoute[] = [...ledger, ...notices, ...registry, ...sampling, ...assignments, ...collection, ...verification, ...findings, ...insight, ...pages]
