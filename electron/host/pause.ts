/** Before work in the background begins: a while, cut short once what goes first has been done. */
export type Pause = {
  /** From now on it lasts no longer than this. */
  readonly atMost: (ms: number) => void
  readonly giveUp: () => void
}

/** Calls `then` once, when it is over; at once where it lasts 0 ms, never where it was given up before. */
export function createPause(ms: number, then: () => void): Pause {
  let timer: NodeJS.Timeout | null = null
  let endsAt = Number.POSITIVE_INFINITY

  function giveUp(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    endsAt = Number.NEGATIVE_INFINITY
  }

  function end(): void {
    giveUp()
    then()
  }

  function atMost(longest: number): void {
    const until = performance.now() + longest
    if (until >= endsAt) return
    endsAt = until
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(end, longest)
  }

  if (ms === 0) end()
  else atMost(ms)
  return { atMost, giveUp }
}
