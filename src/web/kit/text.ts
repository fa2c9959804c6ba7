import { computed, shallowRef, type ComputedRef } from 'vue'
import { fill, languageOf, type Catalogue, type Language } from '#base/messages.ts'
import { formats, type Formats } from './format.ts'
import type { Label } from './label.ts'

const key = 'pantau.language'
const stored = localStorage.getItem(key)
const chosen = shallowRef<Language | null>(stored === 'id' || stored === 'en' ? stored : null)

/** The screen's language: what the person chose, else what the browser asks for. */
export const language: ComputedRef<Language> = computed(() => chosen.value ?? languageOf(navigator.languages.join(',')))

/** Keeps a choice on this device; session.ts also tells the server when the person is signed in. */
export const setLanguage = (next: Language): void => {
  localStorage.setItem(key, next)
  chosen.value = next
}
/** True once the person chose on this device; until then a choice made elsewhere (their account) may set it. */
export const languageChosen = (): boolean => chosen.value !== null

export const labelText = (label: Label): string => label[language.value]

/**
 * `const t = useText(messages)`, then `t('key', { n: 3 })` in template or script. Follows the language at once.
 * Numbers among the values are written as counts (`1.284`); pass years and codes as text.
 */
export const useText =
  <T extends Readonly<Record<string, string>>>(messages: Catalogue<T>) =>
  (name: keyof T & string, values?: Readonly<Record<string, string | number | null | undefined>>): string => {
    const text = messages[language.value][name]
    if (!values) return text
    const f = formats(language.value)
    return fill(text, Object.fromEntries(Object.entries(values).map(([k, v]) => [k, typeof v === 'number' ? f.count(v) : (v ?? '–')])))
  }
export type Translate<T> = (name: keyof T & string, values?: Readonly<Record<string, string | number | null | undefined>>) => string

/** `const f = useFormat()`, then `f.percent(0.836)` in a template, `f.value.percent(0.836)` in script. */
export const useFormat = (): ComputedRef<Formats> => computed(() => formats(language.value))
