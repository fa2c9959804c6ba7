import type { Language } from '#base/messages.ts'

type Reading = { readonly value: string | null } | { readonly problem: 'notInteger' | 'notDecimal' | 'outOfRange' }

/** The form's integers are 32 bits wide (XML Schema `int`). */
const largestInt = 2_147_483_647

/**
 * Reads a number as people type it. Either separator may mark the decimals; one that can only be read as a thousands
 * separator in the reader's language (`1.500` in Indonesian) is refused rather than guessed.
 * @returns the value as XForms writes it, or null for an empty field
 */
export const readNumber = (text: string, kind: 'int' | 'decimal', language: Language): Reading => {
  const trimmed = text.trim().replace(/^[−–]/, '-')
  if (trimmed === '') return { value: null }
  if (kind === 'int') {
    if (!/^-?\d+$/.test(trimmed)) return { problem: 'notInteger' }
    return Math.abs(Number(trimmed)) > largestInt ? { problem: 'outOfRange' } : { value: String(Number(trimmed)) }
  }
  const thousands = language === 'id' ? /^-?[1-9]\d{0,2}\.\d{3}$/ : /^-?[1-9]\d{0,2},\d{3}$/
  if (!/^-?(\d+([.,]\d*)?|[.,]\d+)$/.test(trimmed) || thousands.test(trimmed)) return { problem: 'notDecimal' }
  const value = Number(trimmed.replace(',', '.'))
  return Math.abs(value) < 1e15 ? { value: String(value) } : { problem: 'outOfRange' }
}

/** A stored number as the reader types it. */
export const writeNumber = (value: string, language: Language): string => (language === 'id' ? value.replace('.', ',') : value)

/** A number of bytes for people: `340 kB`, `4,2 MB`. */
export const bytes = (size: number, number: Intl.NumberFormat): string =>
  size < 1_000_000 ? `${number.format(Math.max(1, Math.round(size / 1000)))} kB` : `${number.format(Math.round(size / 100_000) / 10)} MB`

/** `+07:00`: the device's distance from UTC at a moment, as XForms times carry it. */
export const offsetOf = (at: Date): string => {
  const minutes = -at.getTimezoneOffset()
  const two = (n: number): string => String(Math.floor(Math.abs(n))).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}
