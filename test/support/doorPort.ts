/** Ports that no system hands out by itself, so that nothing takes one while the program of a test is away. */
import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'

/** Linux hands out 32768 and above, others 49152 and above: to every connection that is made anywhere. */
const LOWEST = 10_000
const HIGHEST = 32_767

const anyPort = () => randomInt(LOWEST, HIGHEST + 1)

/** Opens a door at such a port; at the next where one is taken. */
export async function atUnsharedPort<Door>(open: (port: number) => Promise<Door>): Promise<Door> {
  try {
    return await open(anyPort())
  } catch (thrown) {
    if (!(thrown instanceof Error && /is taken/.test(thrown.message))) throw thrown
    return atUnsharedPort(open)
  }
}

/** The door of this data folder was open at such a port the last time. */
export function rememberPort(data: string): void {
  const remembered = JSON.stringify({ port: anyPort(), sessions: [] })
  writeFileSync(path.join(data, 'browser-door.json'), remembered, { mode: 0o600 })
}
