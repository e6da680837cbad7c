import { useRef, useState } from 'react'
import { messageOf } from '../store/notices.ts'

/** A file that is written at the reader's word: how far it is, and what became of it. */
export type Writing<Made> =
  | { readonly state: 'choosing' }
  /** `done` from 0 to 1. */
  | { readonly state: 'writing'; readonly done: number }
  | { readonly state: 'written'; readonly made: Made }
  | { readonly state: 'failed'; readonly message: string }

export type WritingControl = {
  readonly onProgress: (done: number) => void
  readonly signal: AbortSignal
}

/** One file at a time; what is told after it was called off is not heard. */
export function useWriting<Made>() {
  const [writing, setWriting] = useState<Writing<Made>>({ state: 'choosing' })
  const work = useRef<AbortController | null>(null)

  /** `make`: null where the reader dismissed the system's dialog; rejects with one sentence. */
  async function write(make: (control: WritingControl) => Promise<Made | null>): Promise<void> {
    const controller = new AbortController()
    work.current = controller
    const { signal } = controller
    const tell = (next: Writing<Made>) => !signal.aborted && setWriting(next)
    tell({ state: 'writing', done: 0 })
    try {
      const made = await make({ signal, onProgress: (done) => tell({ state: 'writing', done }) })
      tell(made === null ? { state: 'choosing' } : { state: 'written', made })
    } catch (thrown) {
      tell({ state: 'failed', message: messageOf(thrown) })
    }
  }

  /** Whatever was said of the last file is not about the one that is chosen now. */
  function change(choose: () => void): void {
    choose()
    setWriting({ state: 'choosing' })
  }

  return { writing, write, change, callOff: () => work.current?.abort() }
}
