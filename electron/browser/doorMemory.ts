/**
 * What the browser's door remembers between two lives of the program, so that a window which is still open finds
 * it again after a restart: its last port and the sessions of each port. One small file, readable by its owner alone.
 */
import path from 'node:path'
import * as v from 'valibot'
import { ReviewError } from '../../shared/failure.ts'
import { readBounded, writeFileAtomically } from '../host/atomicFile.ts'
import type { Log } from '../host/log.ts'
import type { KeptSession } from './webSessions.ts'

const LARGEST_FILE = 256 * 1024
const MOST_KEPT = 64

const portSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535))
const fileSchema = v.object({
  port: portSchema,
  sessions: v.array(
    v.object({
      port: portSchema,
      path: v.pipe(v.string(), v.regex(/^[\w-]{16,64}$/)),
      hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    }),
  ),
})
type DoorFile = v.InferOutput<typeof fileSchema>

export type DoorMemory = {
  readonly recall: () => Promise<{
    /** Of the last time, null at the first. */
    readonly port: number | null
    readonly sessionsOf: (port: number) => readonly KeptSession[]
  }>
  /** Replaces what is remembered of this port, and makes it the last one. */
  readonly remember: (port: number, sessions: readonly KeptSession[]) => Promise<void>
  /** Resolves when all that is to be remembered is on disk, or was said not to be. */
  readonly written: () => Promise<void>
}

/** A file that cannot be read or written keeps nobody out: the address printed at the start is always good. */
export function openDoorMemory(folder: string, log: Log): DoorMemory {
  const file = path.join(folder, 'browser-door.json')

  async function read(): Promise<DoorFile | null> {
    try {
      const { bytes } = await readBounded(file, LARGEST_FILE)
      const parsed = v.safeParse(fileSchema, JSON.parse(new TextDecoder().decode(bytes)))
      return parsed.success ? parsed.output : null
    } catch (thrown) {
      if (!(thrown instanceof ReviewError && thrown.code === 'not-found')) log('browser door', thrown)
      return null
    }
  }

  async function write(port: number, sessions: readonly KeptSession[]): Promise<void> {
    // Read again: another window's program may have written its own port's meanwhile.
    const others = (await read())?.sessions.filter((session) => session.port !== port) ?? []
    const kept: DoorFile = {
      port,
      sessions: [...others, ...sessions.map((session) => ({ port, ...session }))].slice(-MOST_KEPT),
    }
    await writeFileAtomically(file, `${JSON.stringify(kept, null, 2)}\n`, { createFolder: true, mode: 0o600 })
  }

  let writing: Promise<void> = Promise.resolve()
  return {
    written: () => writing,
    recall: async () => {
      const kept = await read()
      return {
        port: kept?.port ?? null,
        sessionsOf: (port) =>
          (kept?.sessions ?? [])
            .filter((session) => session.port === port)
            .map(({ path: segment, hash }) => ({ path: segment, hash })),
      }
    },
    remember: (port, sessions) => {
      writing = writing
        .then(() => write(port, sessions))
        .catch((thrown: unknown) => log('browser door', thrown))
      return writing
    },
  }
}
