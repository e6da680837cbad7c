/** Where the keys go in a dialog that has just been opened. */

const FIELDS = 'input, textarea, select, [role="combobox"], [role="listbox"], [aria-pressed]'

/**
 * What a dialog asks for first: its first field or, where it has none, the button to press (`data-look="primary"`), else
 * the last of its foot, else what scrolls. null: the dialog has nothing but the button that closes it.
 */
export function firstFocusIn(dialog: HTMLElement, body: HTMLElement): HTMLElement | null {
  const field = [...body.querySelectorAll<HTMLElement>(FIELDS)].find(isWanted)
  if (field !== undefined) return chosenOf(field)
  const main = dialog.querySelector<HTMLElement>('[data-look="primary"]:not(:disabled)')
  const others = dialog.querySelectorAll<HTMLElement>('[data-foot] button:not(:disabled)')
  return main ?? [...others].at(-1) ?? (body.tabIndex >= 0 ? body : null)
}

/** Boxes to tick stand beside what is asked for, and files are chosen by a dialog of their own. */
function isWanted(field: HTMLElement): boolean {
  if (field.tabIndex < 0 && field.getAttribute('aria-pressed') === null) return false
  if (field.matches(':disabled, [aria-hidden="true"], [type="hidden"], [type="file"], [type="checkbox"]')) {
    return false
  }
  return !field.hidden
}

/** Of several that are one choice the one that is made. */
function chosenOf(field: HTMLElement): HTMLElement {
  if (field instanceof HTMLInputElement && field.type === 'radio') {
    const group = field.form ?? field.closest('fieldset') ?? field.parentElement
    const chosen = [...(group?.querySelectorAll<HTMLInputElement>('input:checked') ?? [])]
    return chosen.find(({ name }) => name === field.name) ?? field
  }
  return field.parentElement?.querySelector<HTMLElement>('[aria-pressed="true"]') ?? field
}
