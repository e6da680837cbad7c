/** The code of what stands around the page: fetched once the first page is on the screen, or where none will come. */
import { useEffect, useState } from 'react'
import { afterFrame } from '../page/afterFrame.ts'
import { activePane, hasPage } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'

type Around = typeof import('./Around.tsx')

/** A page that is long in coming is waited for no longer: the commands are in the bars. */
const LATEST_MS = 600

/** null until it has come. */
export function useAround(): Around | null {
  const [around, setAround] = useState<Around | null>(null)
  const [isLate, setLate] = useState(false)
  const hasNothing = useReview((state) => state.recording.phase !== 'starting' && !hasPage(state))
  const isShown = useReview((state) => activePane(state).shown !== null)
  const isWanted = hasNothing || isShown || isLate

  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATEST_MS)
    return () => clearTimeout(timer)
  }, [])

  useEffect(() => {
    if (!isWanted) return
    return afterFrame(() => {
      void import('./Around.tsx').then(setAround)
    })
  }, [isWanted])

  return around
}
