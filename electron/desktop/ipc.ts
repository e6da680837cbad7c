/** Calls from the window and events to it. Only the window's own main frame, on its own origin, is heard. */
import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import type { Reply } from '../../shared/contract/contract.ts'
import type { HostEvent } from '../../shared/contract/model.ts'
import { CALL_CHANNEL, DROP_CHANNEL, EVENT_CHANNEL } from './channels.ts'

/** Progress of a scan may be forgotten; what was asked for last may not. */
const MOST_WAITING = 100

type Options = {
  readonly contents: () => WebContents | null
  readonly origin: string
  readonly answer: (procedure: string, input: unknown) => Promise<Reply>
  readonly openDropped: (path: string) => void
}

export type WindowLink = {
  /** Events wait until the page has called `startup`: none is lost to a page that is still loading. */
  readonly emit: (event: HostEvent) => void
  /** The page is gone or loads anew. */
  readonly pageLost: () => void
}

export function linkWindow({ contents, origin, answer, openDropped }: Options): WindowLink {
  let listening = false
  let waiting: HostEvent[] = []

  function send(event: HostEvent): void {
    const target = contents()
    if (target !== null && !target.isDestroyed()) target.send(EVENT_CHANNEL, event)
  }

  function isOurs(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
    const { sender, senderFrame } = event
    return (
      sender === contents() &&
      senderFrame !== null &&
      senderFrame.frameTreeNodeId === sender.mainFrame.frameTreeNodeId &&
      senderFrame.origin === origin
    )
  }

  ipcMain.handle(CALL_CHANNEL, async (event, procedure: unknown, input: unknown) => {
    if (!isOurs(event) || typeof procedure !== 'string') throw new Error('refused')
    const reply = await answer(procedure, input)
    if (procedure === 'startup' && !listening) {
      listening = true
      // After the reply, so that what is asked now comes on top of what startup said.
      setImmediate(() => {
        for (const earlier of waiting) send(earlier)
        waiting = []
      })
    }
    return reply
  })

  ipcMain.on(DROP_CHANNEL, (event, path: unknown) => {
    if (isOurs(event) && typeof path === 'string' && path !== '') openDropped(path)
  })

  return {
    emit: (event) => {
      if (listening) send(event)
      else waiting = [...waiting, event].slice(-MOST_WAITING)
    },
    pageLost: () => {
      listening = false
    },
  }
}
