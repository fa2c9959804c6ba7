/** After a navigation the new page's heading takes the focus once it is there, so that screen readers announce it and Tab starts at the top. */
let pending = false
export const expectHeading = (): void => {
  pending = true
}
/** Called by PageHead when its h1 is in the page. */
export const focusHeading = (heading: HTMLElement | null): void => {
  if (!pending || !heading) return
  pending = false
  heading.focus({ preventScroll: true })
}
export const setPageTitle = (title: string): void => {
  document.title = title ? `${title} · Pantau` : 'Pantau'
}
