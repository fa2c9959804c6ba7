import { computed, inject, provide, reactive, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { fill, type Language } from '#base/messages.ts'
import { mediaName, type Filling, type Media } from './engine.ts'
import { messages } from './messages.ts'
import { pathOf, questions, type Question } from './nodes.ts'

export type Message = keyof typeof messages.id
type Tell = (name: Message, values?: Readonly<Record<string, unknown>>) => string

/** Text in a field that is not a value yet (`12a` for a number); the engine only knows that the answer is blank. */
interface Typed {
  readonly text: string
  /** Why it cannot be taken; null when it could. */
  readonly problem: Message | null
}

/** What every piece of an open form may ask for. */
export interface FormContext {
  readonly filling: Filling
  readonly language: Readonly<Ref<Language>>
  readonly t: Tell
  readonly number: ComputedRef<Intl.NumberFormat>
  readonly typed: Map<string, Typed>
  /** Questions that were left once; their constraint is shown from then on. */
  readonly touched: Set<string>
  /** True when also missing required answers are shown. */
  readonly strict: (node: Question) => boolean
  readonly comment: (reference: string) => string | undefined
  readonly guidance: (reference: string) => string | undefined
  /** True for what the task filled in: shown, not asked. A locked question that came without an answer is asked. */
  readonly isLocked: (node: Question) => boolean
  readonly picture: (url: URL | undefined) => string | undefined
  /** The sentence to show at a question, or an empty text. */
  readonly problem: (node: Question) => string
}

interface Settings {
  readonly filling: Filling
  readonly language: Readonly<Ref<Language>>
  readonly media: Media
  readonly comments: () => Readonly<Record<string, string>>
  readonly locked: readonly string[]
  readonly strict: (node: Question) => boolean
}

/** A comment given for a path holds for every repetition of it, unless one repetition is named. */
const at = <T>(values: Readonly<Record<string, T>>, reference: string): T | undefined => values[reference] ?? values[pathOf(reference)]

export const makeContext = ({ filling, language, media, comments, locked, strict }: Settings): FormContext & { release: () => void } => {
  const t: Tell = (name, values) => fill(messages[language.value][name], values)
  const typed = reactive(new Map<string, Typed>())
  const touched = reactive(new Set<string>())
  const fixed = new Set(
    questions(filling.nodes())
      .filter(({ currentState: { reference, instanceValue } }) => locked.includes(pathOf(reference)) && instanceValue !== '')
      .map(({ nodeId }) => nodeId),
  )
  const urls = new Map<string, string>()
  return {
    filling,
    language,
    t,
    number: computed(() => new Intl.NumberFormat(language.value === 'id' ? 'id-ID' : 'en-GB', { maximumFractionDigits: 6 })),
    typed,
    touched,
    strict,
    comment: (reference) => at(comments(), reference),
    guidance: (reference) => filling.guidance[pathOf(reference)]?.[filling.language()] || undefined,
    isLocked: (node) => fixed.has(node.nodeId),
    picture: (url) => {
      const file = url && media[mediaName(url)]
      if (!(file instanceof Blob)) return undefined
      const name = mediaName(url as URL)
      const known = urls.get(name) ?? URL.createObjectURL(file)
      urls.set(name, known)
      return known
    },
    problem: (node) => {
      const unreadable = typed.get(node.nodeId)?.problem
      if (unreadable && (touched.has(node.nodeId) || strict(node))) return t(unreadable)
      const violation = node.validationState.violation
      if (!violation) return ''
      if (!strict(node) && (violation.condition === 'required' || !touched.has(node.nodeId))) return ''
      return violation.message?.asString.trim() || t(violation.condition)
    },
    release: () => {
      for (const url of urls.values()) URL.revokeObjectURL(url)
    },
  }
}

const key: InjectionKey<FormContext> = Symbol('form')
export const offerForm = (context: FormContext): void => provide(key, context)
export const useForm = (): FormContext => {
  const context = inject(key)
  if (!context) throw new Error('a form field stands outside Instrument')
  return context
}
