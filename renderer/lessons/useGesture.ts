import { useRef } from 'react'

/** Names what is done in a field from the moment it has the focus: all of it is one step of undo. */
export function useGesture(): { readonly begin: () => void; readonly name: () => string } {
  const current = useRef('')
  return {
    begin: () => {
      current.current = `typing ${crypto.randomUUID()}`
    },
    name: () => current.current,
  }
}
