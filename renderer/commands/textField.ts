/** Whether typing belongs to this element: no shortcut fires there. */
export function isTextField(element: Element | null): boolean {
  if (element instanceof HTMLTextAreaElement) return true
  if (element instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'range'].includes(element.type)
  return element instanceof HTMLElement && element.isContentEditable
}
