/** The browser's way to a host, without a browser. */
import type { Reply, Transport } from '../../shared/contract/contract.ts'
import type { HostEvent } from '../../shared/contract/model.ts'
import { decodeWire, encodeWire } from '../../shared/contract/wire.ts'

/** What a browser does: opens the printed address, keeps the cookie, calls and listens. */
export async function visit(address: string): Promise<Transport> {
  const { origin } = new URL(address)
  const first = await fetch(address, { redirect: 'manual' })
  const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0]!
  const headers = { cookie, origin }
  return {
    call: async (procedure, input) => {
      const body = encodeWire({ procedure, input })
      const response = await fetch(`${origin}/rpc`, { method: 'POST', headers, body })
      if (!response.ok) throw new Error(`refused: ${response.status}`)
      return decodeWire(new Uint8Array(await response.arrayBuffer())) as Reply
    },
    subscribe: (listener) => {
      const end = new AbortController()
      void hear(`${origin}/events`, headers, end.signal, listener).catch(() => {})
      return () => end.abort()
    },
  }
}

async function hear(
  address: string,
  headers: Record<string, string>,
  signal: AbortSignal,
  listener: (event: HostEvent) => void,
): Promise<void> {
  const response = await fetch(address, { headers, signal })
  let text = ''
  for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
    text += part
    const events = text.split('\n\n')
    text = events.pop()!
    for (const event of events) {
      if (event.startsWith('data: ')) listener(JSON.parse(event.slice(6)) as HostEvent)
    }
  }
}
