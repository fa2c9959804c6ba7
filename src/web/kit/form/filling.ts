import { computed, nextTick, onBeforeUnmount, reactive, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import type { FormContext } from './context.ts'
import type { Filling, Serialised } from './engine.ts'
import { pagesOf, progressOf, questions, type Page, type Progress, type Question } from './nodes.ts'

/** One line of the table of contents. */
export interface Section {
  readonly page: Page
  readonly progress: Progress
  /** Answers to complete or correct, counted once the person has left the page or tried to send. */
  readonly wrong: number
  readonly commented: boolean
}

/** The page after the last: look over and send. */
export const review = 'review'

/** Which page is open, what is wrong where, and the way to the first thing that is wrong. */
export const usePages = (filling: Filling) => {
  const pages = computed(() => pagesOf(filling.nodes()))
  const left = reactive(new Set<string>())
  const attempted = ref(false)
  // a phone that opens its camera may throw the page away meanwhile: the reader comes back to where it was, not to the beginning
  const kept = `pantau-section ${filling.serialise().instanceId}`
  const at = Number(sessionStorage.getItem(kept))
  const wanted = ref((at < pages.value.length ? pages.value[at]?.id : undefined) ?? review)
  const before = ref(0)
  const pageOf = computed(() => new Map(pages.value.flatMap((page) => questions(page.nodes).map((node) => [node.nodeId, page.id] as const))))
  // A page may cease to apply while it is open; the reader then stands where it was.
  const current = computed(() =>
    wanted.value === review || pages.value.some(({ id }) => id === wanted.value) ? wanted.value : (pages.value[before.value] ?? pages.value.at(-1))?.id ?? review,
  )
  const index = computed(() => (current.value === review ? pages.value.length : pages.value.findIndex(({ id }) => id === current.value)))
  const go = (id: string): void => {
    left.add(current.value)
    wanted.value = id
    before.value = Math.max(0, index.value)
    sessionStorage.setItem(kept, String(before.value))
  }
  return {
    pages,
    current,
    index,
    attempted,
    go,
    step: (by: -1 | 1): void => go(pages.value[index.value + by]?.id ?? review),
    pageOf: (node: Question): string => pageOf.value.get(node.nodeId) ?? review,
    strict: (node: Question): boolean => attempted.value || left.has(pageOf.value.get(node.nodeId) ?? ''),
  }
}

const isWrong = (context: FormContext, node: Question): boolean => {
  // What cannot be changed here must not stand in the way of sending; the server flags it.
  if (node.currentState.readonly) return false
  return node.validationState.violation !== null || !!context.typed.get(node.nodeId)?.problem
}

/** The questions that stand in the way of sending, in the order of the form. */
export const wrongQuestions = (context: FormContext): Question[] => questions(context.filling.nodes()).filter((node) => isWrong(context, node))

export const useSections = (context: FormContext, pages: Ref<readonly Page[]>): ComputedRef<Section[]> =>
  computed(() =>
    pages.value.map((page) => {
      const here = questions(page.nodes)
      return {
        page,
        progress: progressOf(page.nodes),
        wrong: here.filter((node) => context.strict(node) && isWrong(context, node)).length,
        commented: here.some((node) => context.comment(node.currentState.reference) !== undefined),
      }
    }),
  )

/** Puts the keyboard on a question's first control, with its label in view. */
export const focusQuestion = async (node: Question): Promise<void> => {
  await nextTick()
  const frame = document.getElementById(`${node.nodeId}-question`)
  frame?.scrollIntoView({ block: 'start' })
  frame?.querySelector<HTMLElement>('input, select, textarea, button')?.focus({ preventScroll: true })
}

/** Waiting time after the last change before a draft is handed out, in milliseconds. */
const pause = 500

/**
 * Hands out a draft shortly after the last change, and at once when the page is hidden or left.
 * Nothing is handed out when the XML and the files are as they were.
 */
export const useAutosave = (filling: Filling, save: (draft: Serialised) => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let quiet = false
  const last = shallowRef(filling.serialise())
  const now = (): void => {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    const draft = filling.serialise()
    const same = draft.xml === last.value.xml && draft.files.length === last.value.files.length && draft.files.every((file, i) => file === last.value.files[i])
    if (same) return
    last.value = draft
    save(draft)
  }
  const release = filling.onChange(() => {
    if (quiet) return
    clearTimeout(timer)
    timer = setTimeout(now, pause)
  })
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') now()
  }
  document.addEventListener('visibilitychange', hidden)
  addEventListener('pagehide', now)
  onBeforeUnmount(() => {
    now()
    release()
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', hidden)
    removeEventListener('pagehide', now)
  })
  return {
    /** The finished instance; what finishing changes in it is no new draft. */
    finish: async (): Promise<Serialised> => {
      clearTimeout(timer)
      timer = undefined
      quiet = true
      try {
        return await filling.finish()
      } finally {
        quiet = false
      }
    },
  }
}
