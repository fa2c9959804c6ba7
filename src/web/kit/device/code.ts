/** Whether the field part of the application itself is on this device: its code comes in chunks, and the form engine only on request. */

const entry = 'src/web/kit/form/Instrument.vue'
interface Chunk { readonly file: string; readonly css?: readonly string[]; readonly assets?: readonly string[]; readonly imports?: readonly string[]; readonly dynamicImports?: readonly string[] }

/** Every file the form needs. The list is made by the build and kept by the service worker with the shell, so both are of one version. */
const filesOfForm = async (): Promise<string[]> => {
  const chunks = (await (await fetch('/files.json')).json()) as Readonly<Record<string, Chunk>>
  const seen = new Set<string>()
  const walk = (name: string): string[] => {
    const chunk = chunks[name]
    if (!chunk || seen.has(name)) return []
    seen.add(name)
    return [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? []), ...[...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])].flatMap(walk)]
  }
  return [...new Set(walk(entry))].map((file) => `/${file}`)
}

/** Fetches what is missing of it. Without a service worker (no secure address) nothing would open it again later. */
export const keepFormCode = async (): Promise<void> => {
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.ready
  const cache = await caches.open('assets')
  for (const file of await filesOfForm()) if (!(await caches.match(file))) await cache.add(file)
}

/** True when a form opens on this device without a network. */
export const formCodeHere = async (): Promise<boolean> => {
  if (!('serviceWorker' in navigator) || !(await navigator.serviceWorker.getRegistration())?.active) return false
  try {
    for (const file of await filesOfForm()) if (!(await caches.match(file))) return false
    return true
  } catch {
    return false
  }
}
