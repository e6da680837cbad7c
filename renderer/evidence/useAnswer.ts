/** One question after the other: while an answer is on its way only the latest question waits. */
import { useEffect, useRef, useState } from 'react'
import { messageOf } from '../store/notices.ts'

export type Answer<Value> = {
  /** To the latest question that was answered; null before the first, or where it failed. */
  readonly value: Value | null
  readonly problem: string | null
  /** Whether it is the answer to what is asked now. */
  readonly isCurrent: boolean
}

/**
 * Asks anew whenever `key` changes, and not at all where it is null. The host is never asked twice at once: a selection
 * that is being dragged would have it measure a hundred spans.
 */
export function useAnswer<Value>(key: string | null, ask: () => Promise<Value>): Answer<Value> {
  const [answer, setAnswer] = useState<{
    readonly key: string
    readonly value: Value | null
    readonly problem: string | null
  } | null>(null)
  const latest = useRef<{ readonly key: string; readonly ask: () => Promise<Value> } | null>(null)
  latest.current = key === null ? null : { key, ask }
  const isAsking = useRef(false)

  useEffect(() => {
    if (key === null || isAsking.current) return
    void askInTurn()
    async function askInTurn(): Promise<void> {
      isAsking.current = true
      let answered: string | null = null
      while (latest.current !== null && latest.current.key !== answered) {
        const asked = latest.current
        answered = asked.key
        try {
          const value = await asked.ask()
          setAnswer({ key: asked.key, value, problem: null })
        } catch (thrown) {
          setAnswer({ key: asked.key, value: null, problem: messageOf(thrown) })
        }
      }
      isAsking.current = false
    }
  }, [key])

  // Once it is not shown any more, nothing further is asked.
  useEffect(
    () => () => {
      latest.current = null
    },
    [],
  )

  return { value: answer?.value ?? null, problem: answer?.problem ?? null, isCurrent: answer?.key === key }
}
