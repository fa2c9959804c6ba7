import { fill, type Language } from '#base/messages.ts'
import { wording } from '../messages.ts'

interface Words { readonly id: string; readonly en: string }
const both = (of: (language: Language) => string): Words => ({ id: of('id'), en: of('en') })

/** `T-2026-000123` */
export const numberOf = (year: string, n: number): string => `T-${year}-${String(n).padStart(6, '0')}`

const figure = (value: number, language: Language): string => {
  const text = String(Math.round(value * 1000) / 1000)
  return language === 'id' ? text.replace('.', ',') : text
}

const withUnit = (value: number, unit: string, language: Language): string =>
  unit === 'share' ? `${figure(value * 100, language)}%` : fill((wording[language] as Record<string, string>)[`unit_${unit}`] ?? '{n}', { n: figure(value, language) })

/** A norm as a sentence: its title with the value in force. A requirement, or a norm whose value is not known, has none. */
export const normText = (norm: { readonly title: Words; readonly value: number | null; readonly unit: string }): Words =>
  both((language) => {
    if (norm.value === null || norm.unit === 'requirement') return norm.title[language]
    return `${norm.title[language]}: ${withUnit(norm.value, norm.unit, language)}`
  })

/** A value that was computed in the form, with the unit of its norm where that is a plain measure. */
export const computed = (value: unknown, unit: string | null): Words | null => {
  const number = typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) ? Number(value) : undefined
  return number === undefined ? null : both((language) => (unit === 'minutes' || unit === 'hours' || unit === 'share' ? withUnit(number, unit, language) : figure(number, language)))
}

export interface Seen {
  readonly label: Words
  readonly value: string
  readonly shown: Words | null
  readonly kind: string
}
/** Free text, files and places may name somebody or tell who was there; they never enter a sentence that a provider reads. */
const telling = new Set(['string', 'int', 'decimal', 'date', 'time', 'dateTime', 'boolean'])
const said = (a: Seen, language: Language): string => {
  if (a.shown) return a.shown[language]
  const time = /(?:^|T)(\d\d):(\d\d)/.exec(a.value)
  if ((a.kind === 'time' || a.kind === 'dateTime') && time) return `${time[1]}.${time[2]}`
  return a.kind === 'decimal' || a.kind === 'int' ? figure(Number(a.value), language) : a.value
}

/** A question's label without the item's code before it and the mark behind it. */
const bare = (label: string): string => label.replace(/^[A-Z]\d\d\. /, '').replace(/[?:.\s]+$/, '')

/**
 * What was broken, in one sentence of each language: the item, what was observed, the rule.
 * @param observed the answers that decided, in the order of the form
 */
export const brokenSentence = (item: Words, observed: readonly Seen[], norm: Words | null, outcome: string | null): Words => {
  const facts = observed.filter((a) => telling.has(a.kind) && (a.kind !== 'string' || a.shown !== null) && a.value !== '').slice(0, 4)
  return both((language) => {
    const w = wording[language]
    const question = item[language].trimEnd().endsWith('?')
    const observed = question ? w.answered : w.observed
    const seen =
      outcome === 'class_absent' && facts.length === 0 ? w.noClass
      : facts.length === 0 ? w.notKept
      : facts.length === 1 ? fill(observed, { value: said(facts[0]!, language) })
      : fill(observed, { value: facts.map((a) => `${bare(a.label[language])}: ${said(a, language)}`).join('; ') })
    const head = `${item[language].replace(/[.\s]+$/, '')}${question ? '' : ':'} ${question ? seen[0]!.toUpperCase() + seen.slice(1) : seen}.`
    return norm ? `${head} ${fill(w.rule, { norm: norm[language] })}` : head
  })
}
