/** Runs what may wait once the frame that is being made has been handed over; soon even where none is made (a hidden tab). */
const LONGEST_WAIT_MS = 200
/** From the frame's making to its pixels on the screen: work that begins sooner takes the processor from it. */
const UNTIL_SHOWN_MS = 12

/** Returns what calls it off. */
export function afterFrame(run: () => void): () => void {
  let timer = setTimeout(run, LONGEST_WAIT_MS)
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer)
    timer = setTimeout(run, UNTIL_SHOWN_MS)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
