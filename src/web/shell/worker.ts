import { shallowRef } from 'vue'

/** A newer version that is installed and waits until the person agrees to reload. */
export const waitingVersion = shallowRef<ServiceWorker | null>(null)

/** Installs the service worker (made at build time, see vite.config.ts) and watches for newer versions. */
export const installWorker = async (): Promise<void> => {
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.register('/sw.js')
  const look = (): void => {
    // Without a controller this is the first installation, not an update.
    if (registration.waiting && navigator.serviceWorker.controller) waitingVersion.value = registration.waiting
  }
  look()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
  // Long-lived tabs ask for a newer version once an hour.
  setInterval(() => void registration.update().catch(() => undefined), 3_600_000)
}

/** Starts the waiting version and loads the page anew with it. */
export const startWaitingVersion = (): void => {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waitingVersion.value?.postMessage({ type: 'SKIP_WAITING' })
}
