/** Tells every tab of this browser that the device's drafts or outbox changed. */

const name = 'pantau-device'
const here = new EventTarget()
let channel: BroadcastChannel | undefined

const open = (): BroadcastChannel => {
  if (!channel) {
    channel = new BroadcastChannel(name)
    channel.addEventListener('message', () => here.dispatchEvent(new Event('change')))
  }
  return channel
}

export const announce = (): void => {
  open().postMessage('change')
  // A channel does not hear itself.
  here.dispatchEvent(new Event('change'))
}

/** Calls back when this tab or another changed something. @returns a function that ends it */
export const onDeviceChange = (act: () => void): (() => void) => {
  open()
  here.addEventListener('change', act)
  return () => here.removeEventListener('change', act)
}
