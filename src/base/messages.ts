/** The two languages of the product. Indonesian is the source; English must be complete or it does not compile. */
export type Language = 'id' | 'en'

type Text<T> = { readonly [K in keyof T]: string }

/** A room's catalogue. `en` must have exactly the keys of `id`: a missing or surplus key is a compile error. */
export interface Catalogue<T extends Readonly<Record<string, string>>> {
  readonly id: T
  readonly en: Text<T>
}
export const catalogue = <const T extends Readonly<Record<string, string>>>(id: T, en: Text<T>): Catalogue<T> => ({ id, en })

/** Fills `{name}` places of a message. An unknown place stays visible, so that a test or a reader notices it. */
export const fill = (text: string, values: Readonly<Record<string, unknown>> = {}): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place))

/** The language a browser asks for; Indonesian unless English is preferred over it. */
export const languageOf = (acceptLanguage: string | undefined): Language => {
  for (const part of (acceptLanguage ?? '').toLowerCase().split(',')) {
    if (/^\s*(id|in)\b/.test(part)) return 'id'
    if (/^\s*en\b/.test(part)) return 'en'
  }
  return 'id'
}
