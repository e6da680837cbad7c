/** What the desktop's preload puts on `window.hypnospike`; nothing else crosses into the page. */
import type { ProcedureName, Reply } from './contract.ts'
import type { HostEvent } from './model.ts'

export type DesktopBridge = {
  readonly call: (name: ProcedureName, input: unknown) => Promise<Reply>
  /** Returns what ends the subscription. */
  readonly onEvent: (listener: (event: HostEvent) => void) => () => void
  /**
   * Asks to open a file dropped on the window; an `open` or `open-failed` event follows. false when the
   * file has no place on disk (one made by a script): its path never enters the page.
   */
  readonly openDropped: (file: File) => boolean
}

declare global {
  interface Window {
    /** There in the desktop shell only. */
    readonly hypnospike?: DesktopBridge
  }
}
