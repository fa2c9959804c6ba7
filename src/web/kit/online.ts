import { shallowRef } from 'vue'

/** Whether the device believes to be connected. */
export const online = shallowRef(navigator.onLine)
addEventListener('online', () => (online.value = true))
addEventListener('offline', () => (online.value = false))

/** Number of visits kept on this device and not yet sent; set by the outbox. */
export const waiting = shallowRef(0)
/** What "send now" does; set by the outbox. */
export const sendNow = shallowRef<(() => void) | null>(null)
