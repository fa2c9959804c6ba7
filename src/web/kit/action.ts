import { onScopeDispose, shallowRef, watch, type ShallowRef, type WatchSource } from 'vue'
import { problemOf, type ApiProblem } from './client.ts'

/**
 * An act behind a button: `const save = useAction(async () => { … })`, then `@click="save.run()"`, `:busy="save.busy.value"`,
 * `<ProblemNotice :problem="save.problem.value" />`. A second press while the first runs does nothing. `run` resolves to true when it worked.
 */
export const useAction = <A extends unknown[]>(act: (...args: A) => Promise<unknown>) => {
  const busy = shallowRef(false)
  const problem = shallowRef<ApiProblem | null>(null)
  const run = async (...args: A): Promise<boolean> => {
    if (busy.value) return false
    busy.value = true
    problem.value = null
    try {
      await act(...args)
      return true
    } catch (error) {
      problem.value = problemOf(error)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, run }
}

export interface Loaded<T> {
  readonly data: ShallowRef<T | null>
  readonly busy: ShallowRef<boolean>
  readonly problem: ShallowRef<ApiProblem | null>
  readonly reload: () => Promise<void>
}
/** Loads at once and whenever a source changes; a late answer to an older question is dropped. The previous data stays while it reloads. */
export const useLoad = <T>(load: (signal: AbortSignal) => Promise<T>, sources: WatchSource[] = []): Loaded<T> => {
  const data: ShallowRef<T | null> = shallowRef(null)
  const busy = shallowRef(false)
  const problem = shallowRef<ApiProblem | null>(null)
  let running: AbortController | undefined
  const reload = async (): Promise<void> => {
    running?.abort()
    const mine = (running = new AbortController())
    busy.value = true
    try {
      const answer = await load(mine.signal)
      if (mine !== running) return
      data.value = answer
      problem.value = null
    } catch (error) {
      if (mine === running) problem.value = problemOf(error)
    } finally {
      if (mine === running) busy.value = false
    }
  }
  watch(sources, reload, { immediate: true })
  onScopeDispose(() => running?.abort())
  return { data, busy, problem, reload }
}
