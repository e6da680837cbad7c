/** The host of this window, set once at the start; actions ask it, components never do. */
import type { Host } from '../../shared/contract/contract.ts'
import type { OpenRef } from '../../shared/contract/model.ts'

/** A file given to the window by dropping it: resolves when an `open` event follows, or to what to open. */
export type DropFile = (file: File) => Promise<OpenRef | null>

let host: Host | null = null
let drop: DropFile | null = null

export function setHost(next: Host, dropFile: DropFile): void {
  host = next
  drop = dropFile
}

export function getHost(): Host {
  if (host === null) throw new Error('the window has no host yet')
  return host
}

export function dropFile(file: File): ReturnType<DropFile> {
  if (drop === null) throw new Error('the window has no host yet')
  return drop(file)
}
