/** Where the focus is decides whose a key is: a popup has them all, a list those that it uses, the page all others. */

/** Over the window until a choice is made. A list beside the page is none: it stops the keys that it uses itself. */
const POPUP = '[role="menu"], [role="dialog"], [role="listbox"]:not([data-own-keys])'

export function isInPopup(element: Element | null): boolean {
  return element?.closest(POPUP) != null
}

/** Whether the focus was in a part with keys of its own, and is on the page now: what Escape does there. */
export function leavesForPage(element: Element | null): boolean {
  return element?.closest('[data-own-keys]') != null && !isInPopup(element) && focusPage()
}

/** Whether there is one. */
export function focusPage(): boolean {
  const page = document.querySelector<HTMLElement>('.page')
  page?.focus({ preventScroll: true })
  return page !== null
}
