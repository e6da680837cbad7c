/** The port of the browser's door. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Throws an Error that names the way out. */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port >= 0 && port <= 65_535) return port
  throw new Error(`--port ${text} is no port: give a whole number up to 65535, or leave it out.`)
}

/**
 * Listens on 127.0.0.1 at the port asked for (0: any free one), else at `last` where it is free, and returns
 * which it is. Throws an Error where the one asked for cannot be had.
 */
export async function listenOnLoopback(
  server: Server,
  asked: number | null,
  last: number | null,
): Promise<number> {
  if (asked !== null) {
    const refused = await bind(server, asked)
    if (refused?.code === 'EADDRINUSE') {
      const message = `Port ${asked} is taken by another program: choose another, or leave --port out.`
      throw new Error(message, { cause: refused })
    }
    if (refused !== null) throw refused
  } else if (last === null || (await bind(server, last)) !== null) {
    const refused = await bind(server, 0)
    if (refused !== null) throw refused
  }
  return (server.address() as AddressInfo).port
}

/** What the system said against it, else null. */
function bind(server: Server, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    server.once('error', resolve)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', resolve)
      resolve(null)
    })
  })
}
