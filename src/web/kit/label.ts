import type { Language } from '#base/messages.ts'

/** A text in both languages, where a whole catalogue would be too heavy for the first load (titles and navigation of all screens). */
export type Label = Readonly<Record<Language, string>>
