/** The part of the window that keys are for: it has the focus again once a control has done its work. */
import { createContext, type RefObject, useContext } from 'react'

/** Held by the window, filled by the part itself while it is there. */
export const MainElement = createContext<RefObject<HTMLElement | null>>({ current: null })

/** What gives it the focus, where it is there. */
export function useMainFocus(): () => void {
  const main = useContext(MainElement)
  return () => main.current?.focus({ preventScroll: true })
}
