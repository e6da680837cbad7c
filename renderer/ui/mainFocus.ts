/** The part of the window that keys are for: it has the focus again once a control has done its work. */
export function mainElement(): HTMLElement | null {
  return document.querySelector<HTMLElement>('.page')
}

export function focusMain(): void {
  mainElement()?.focus({ preventScroll: true })
}
