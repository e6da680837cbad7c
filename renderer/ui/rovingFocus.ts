/**
 * One tab stop for a long list: the arrow keys move among its buttons (those with `data-roving`),
 * Home and End go to the first and last. What a button opens stays in the ordinary tab order. All other keys are not
 * for the list; Escape leads out of it.
 */
import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'

export type RovingProps = {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly 'data-own-keys': ''
  readonly onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void
  readonly onFocus: (event: FocusEvent<HTMLDivElement>) => void
}

export function useRovingFocus(): RovingProps {
  const ref = useRef<HTMLDivElement>(null)
  const active = useRef<string | null>(null)

  useEffect(() => {
    const buttons = rovingButtons(ref.current)
    const current = buttons.find((button) => button.dataset.roving === active.current) ?? buttons[0]
    for (const button of buttons) button.tabIndex = button === current ? 0 : -1
  })

  function makeActive(button: HTMLElement) {
    active.current = button.dataset.roving ?? null
    for (const other of rovingButtons(ref.current)) other.tabIndex = other === button ? 0 : -1
  }

  return {
    ref,
    'data-own-keys': '',
    onFocus: (event) => {
      if (event.target.dataset.roving !== undefined) makeActive(event.target)
    },
    onKeyDown: (event) => {
      const buttons = rovingButtons(ref.current)
      const index = buttons.indexOf(event.target as HTMLElement)
      const wanted = index < 0 ? undefined : buttons[goal(event.key, index, buttons.length)]
      if (wanted === undefined || event.altKey || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      event.stopPropagation()
      wanted.focus()
    },
  }
}

function rovingButtons(container: HTMLElement | null): readonly HTMLElement[] {
  return [...(container?.querySelectorAll<HTMLElement>('[data-roving]') ?? [])]
}

/** Index of the button that a key leads to; -1 where the key leads nowhere. */
function goal(key: string, index: number, count: number): number {
  switch (key) {
    case 'ArrowDown':
      return Math.min(index + 1, count - 1)
    case 'ArrowUp':
      return Math.max(index - 1, 0)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return -1
  }
}
