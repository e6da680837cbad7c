/** How this window reaches its host: the desktop's bridge where there is one, else loopback. */
import type { Reply, Transport } from '../../shared/contract/contract.ts'
import type { HostEvent, OpenRef } from '../../shared/contract/model.ts'
import { decodeWire, encodeWire } from '../../shared/contract/wire.ts'
import { type FailureCode, ReviewError } from '../../shared/failure.ts'
import type { HostLoss } from '../store/hostLink.ts'
import type { DropFile } from '../store/reviewState.ts'

export type Door = {
  readonly transport: Transport
  readonly dropFile: DropFile
  /** Opens the stream of events anew, where it can break. */
  readonly listenAgain: () => void
}

/** `lost` hears of every call that no host has answered. */
export function reachHost(lost: (loss: HostLoss) => void): Door {
  return window.hypnospike === undefined ? browserDoor(lost) : desktopDoor(window.hypnospike)
}

function desktopDoor(bridge: NonNullable<typeof window.hypnospike>): Door {
  return {
    transport: {
      call: (procedure, input) => bridge.call(procedure as Parameters<typeof bridge.call>[0], input),
      subscribe: (listener) => bridge.onEvent(listener),
    },
    dropFile: async (file) => {
      if (bridge.openDropped(file)) return null
      throw new ReviewError(
        'bad-input',
        'What was dropped is no file on this computer: drop an EDF or BDF file.',
      )
    },
    listenAgain: () => {},
  }
}

const HOST_GONE = failed(
  'host-gone',
  'Hypnospike’s own program does not answer: start it again. What is marked until then stays in this window.',
)
const SHUT_OUT = failed(
  'host-gone',
  'Hypnospike’s own program does not know this window any more: open the address that it printed when it was started.',
)
const TOO_LARGE = failed('bad-input', 'That is more than Hypnospike takes at once.')

function failed(code: FailureCode, message: string): Reply {
  return { ok: false, failure: { code, message } }
}

/** In bytes: read in some milliseconds. */
const LONG_ANSWER = 1_000_000

/** Addresses are below the page's own, which holds the path of its session. */
function browserDoor(lost: (loss: HostLoss) => void): Door {
  let listener: ((event: HostEvent) => void) | null = null
  let source: EventSource | null = null
  const listen = () => {
    source?.close()
    source = listener === null ? null : new EventSource('events')
    source?.addEventListener('message', ({ data }) => listener?.(JSON.parse(data as string) as HostEvent))
    source?.addEventListener('error', () => lost('gone'))
  }
  const post = async (address: string, body: BodyInit): Promise<Reply> => {
    try {
      // An answer is asked for once: it need neither be looked for among kept ones nor be kept.
      const response = await fetch(address, { method: 'POST', body, cache: 'no-store' })
      if (response.ok) {
        const bytes = new Uint8Array(await response.arrayBuffer())
        const reply = decodeWire(bytes) as Reply
        // What is done with it is another turn of the thread: of ten thousand marks either takes as long.
        if (bytes.length > LONG_ANSWER) await new Promise((resolve) => setTimeout(resolve))
        return reply
      }
      if (response.status === 413) return TOO_LARGE
      if (response.status === 403) {
        lost('shut-out')
        return SHUT_OUT
      }
    } catch {
      // Nobody there, or somebody else.
    }
    lost('gone')
    return HOST_GONE
  }
  return {
    transport: {
      call: (procedure, input) => post('rpc', encodeWire({ procedure, input })),
      subscribe: (hears) => {
        listener = hears
        listen()
        return () => {
          listener = null
          listen()
        }
      },
    },
    dropFile: async (file) => {
      const reply = await post(`drop?name=${encodeURIComponent(file.name)}`, file)
      if (!reply.ok) throw new ReviewError(reply.failure.code, reply.failure.message)
      return reply.value as OpenRef
    },
    listenAgain: listen,
  }
}
