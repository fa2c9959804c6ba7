import { fill } from '#base/messages.ts'
import { warningSentences } from './sentences-warnings.ts'
import { errorSentences } from './sentences.ts'

interface Place {
  readonly sheet: string
  readonly row?: number | null | undefined
  readonly column?: string | null | undefined
}
interface Problem<Code> {
  readonly sheet: string
  /** 1-based, as the spreadsheet shows it. */
  readonly row: number | null
  readonly column: string | null
  readonly code: Code
  /** A sentence a person can act on. */
  readonly message: { readonly id: string; readonly en: string }
}

/** One reason why a workbook is refused, and where it stands. */
export type FormError = Problem<FormErrorCode>
/** Something that works but is probably not meant. */
export type FormWarning = Problem<keyof typeof warningSentences>
export type FormErrorCode = keyof typeof errorSentences

/** Everything said about a workbook while it is read. */
export interface Findings {
  readonly errors: FormError[]
  readonly warnings: FormWarning[]
}

type Values = Readonly<Record<string, unknown>>
/** A part of both sentences, as [id, en]. */
type Hint = readonly [string, string]

const problem = <Code>([id, en]: Hint, code: Code, at: Place, values: Values, hint: Hint): Problem<Code> => {
  // `${name}` in a sentence is the form's own notation, not a place to fill.
  const say = (text: string, tail: string): string =>
    fill(text.replaceAll('${', '$\u0000{'), { ...values, hint: tail }).replaceAll('$\u0000{', '${')
  return { sheet: at.sheet, row: at.row ?? null, column: at.column ?? null, code, message: { id: say(id, hint[0]), en: say(en, hint[1]) } }
}

export const formError = (code: FormErrorCode, at: Place, values: Values = {}, hint: Hint = ['', '']): FormError =>
  problem(errorSentences[code], code, at, values, hint)
export const formWarning = (code: FormWarning['code'], at: Place, values: Values = {}, hint: Hint = ['', '']): FormWarning =>
  problem(warningSentences[code], code, at, values, hint)

/** Edit distance between two words (insert, delete, replace cost 1). */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length]!
}

/** Nobody corrects more than this at once; the rest of a workbook is then not looked at. */
const most = 300
export const isEnough = (errors: readonly FormError[]): boolean => errors.length >= most

/** Of one or two letters everything is near; long words are no slip of the finger, and comparing them with many names takes long. */
const [shortestWord, longestWord] = [3, 40]
const mostCandidates = 2_000

/** The known word that a mistyped one most likely meant, as a sentence tail in both languages; empty when nothing is near. */
export const didYouMean = (word: string, known: Iterable<string>, farthest = 3): Hint => {
  if (word.length < shortestWord || word.length > longestWord) return ['', '']
  let best: string | undefined
  let least = Math.max(1, Math.min(farthest, Math.floor(word.length / 3)))
  let left = mostCandidates
  for (const candidate of known) {
    if (left-- === 0) break
    if (candidate === word || Math.abs(candidate.length - word.length) > least) continue
    const d = distance(word.toLowerCase(), candidate.toLowerCase())
    if (d < least || (d === least && best === undefined)) [best, least] = [candidate, d]
  }
  return best === undefined ? ['', ''] : [` Mungkin maksud Anda "${best}"?`, ` Did you mean "${best}"?`]
}
