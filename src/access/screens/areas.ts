import { verbs, type Verb } from '../rules.ts'
import type { messages } from '../messages-screens.ts'

type Area = Extract<keyof (typeof messages)['id'], `area_${string}`>
/** Verbs by the thing they are about (the word before the dot), in the order of the rules. */
export const areas: readonly { readonly name: Area; readonly verbs: readonly Verb[] }[] = [...Map.groupBy(Object.keys(verbs) as Verb[], (v) => v.split('.')[0]!)].map(([area, own]) => ({ name: `area_${area}` as Area, verbs: own }))
