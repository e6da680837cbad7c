/** Runs what may wait once the frame that is being made has been handed over; soon even where none is made (a hidden tab). */
const LONGEST_WAIT_MS = 200

/** Returns what calls it off. */
export function afterFrame(run: () => void): () => void {
  let timer = setTimeout(run, LONGEST_WAIT_MS)
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer)
    timer = setTimeout(run, 0)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
