/** Runs what may wait once the frame that is being made has been handed over; soon even where none is made (a hidden tab). */
const LONGEST_WAIT_MS = 200
/** From the frame's making to its pixels on the screen: work that begins sooner takes the processor from it. */
const UNTIL_SHOWN_MS = 12

/** `later`: milliseconds more, for what may wait longer. Returns what calls it off. */
export function afterFrame(run: () => void, later = 0): () => void {
  let timer = setTimeout(run, LONGEST_WAIT_MS + later)
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer)
    timer = setTimeout(run, UNTIL_SHOWN_MS + later)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
