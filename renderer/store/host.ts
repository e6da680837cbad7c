/** The window begins with its host; verbs ask it, components never do. */
import type { Host } from '../../shared/contract/contract.ts'
import { newReview, newTools } from './beginnings.ts'
import type { CompareSets, DropFile } from './reviewState.ts'
import { getState, setState } from './state.ts'

/** A new window, in which nothing is open. */
export function beginWindow(host: Host, dropFile: DropFile, compareSets?: CompareSets): void {
  setState(newReview(newTools(host, dropFile, compareSets)), true)
}

export function getHost(): Host {
  const { host } = getState().tools
  if (host === null) throw new Error('the window has no host yet')
  return host
}

export function dropFile(file: File): ReturnType<DropFile> {
  const { dropFile: drop } = getState().tools
  if (drop === null) throw new Error('the window has no host yet')
  return drop(file)
}
