import { onMounted, onScopeDispose, shallowRef, type ShallowRef } from 'vue'

const key = 'pantau.shortcuts'
/** Single letters as commands, unless the person switched them off (WCAG 2.1.4) or is typing. */
export const shortcuts: ShallowRef<boolean> = shallowRef(localStorage.getItem(key) !== 'off')
export const useShortcuts = (on: boolean): void => {
  shortcuts.value = on
  localStorage.setItem(key, on ? 'on' : 'off')
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.closest('[role=dialog]') !== null)

export const useKeys = (acts: Readonly<Record<string, () => void>>): void => {
  const press = (event: KeyboardEvent): void => {
    if (!shortcuts.value || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  onMounted(() => addEventListener('keydown', press))
  onScopeDispose(() => removeEventListener('keydown', press))
}
