/** How this window reaches its host: the desktop's bridge where there is one, else loopback. */
import type { Reply, Transport } from '../../shared/contract/contract.ts'
import type { HostEvent, OpenRef } from '../../shared/contract/model.ts'
import { decodeWire, encodeWire } from '../../shared/contract/wire.ts'
import { ReviewError } from '../../shared/failure.ts'
import type { DropFile } from '../store/host.ts'

export type Door = { readonly transport: Transport; readonly dropFile: DropFile }

export function chooseDoor(): Door {
  return window.hypnospike === undefined ? browserDoor() : desktopDoor(window.hypnospike)
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
  }
}

const HOST_GONE: Reply = {
  ok: false,
  failure: {
    code: 'unreadable',
    message: 'Hypnospike’s own program does not answer: start it again. What you marked is in its journal.',
  },
}

/** Addresses are below the page's own, which holds the path of its session. */
function browserDoor(): Door {
  return {
    transport: {
      call: async (procedure, input) => {
        const answer = await post('rpc', encodeWire({ procedure, input }))
        return answer ?? HOST_GONE
      },
      subscribe: (listener) => {
        const source = new EventSource('events')
        source.onmessage = (message) => listener(JSON.parse(message.data) as HostEvent)
        return () => source.close()
      },
    },
    dropFile: async (file) => {
      const reply = (await post(`drop?name=${encodeURIComponent(file.name)}`, file)) ?? HOST_GONE
      if (!reply.ok) throw new ReviewError(reply.failure.code, reply.failure.message)
      return reply.value as OpenRef
    },
  }
}

async function post(address: string, body: BodyInit): Promise<Reply | null> {
  try {
    const response = await fetch(address, { method: 'POST', body })
    if (!response.ok) return null
    return decodeWire(new Uint8Array(await response.arrayBuffer())) as Reply
  } catch {
    return null
  }
}
