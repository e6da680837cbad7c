/** One line of a terminal that says how far long work is, and is gone when it is done. */

/** Clears from the start of the line to its end (ECMA-48: CR, EL). */
const CLEAR_LINE = '\r\x1b[K'

export function progressLine(write: (text: string) => unknown): (done: number, what?: string) => void {
  let shown: number | null = null
  return (done, what = 'Reading the whole file') => {
    const percent = Math.floor(100 * done)
    if (percent >= 100) {
      if (shown !== null) write(CLEAR_LINE)
      shown = null
    } else if (percent !== shown) {
      write(`${CLEAR_LINE}${what}: ${percent} %  (Ctrl+C stops)`)
      shown = percent
    }
  }
}
