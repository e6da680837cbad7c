import type { SetSummary } from '../../shared/contract/model.ts'
import { copyName, saysCopy } from '../store/copyName.ts'

/** What a list says of a set: how it stands, how much is in it, as far as may be told, and which copy it is. */
export function describeSet(set: SetSummary, { copies = true }: { readonly copies?: boolean } = {}): string {
  const { marks, isSealed, signedOff, copyOf, strayedIn } = set
  const parts = [
    ...(strayedIn === null ? [] : ['of another name']),
    ...(isSealed ? ['sealed'] : []),
    ...(signedOff === null ? [] : [describeSigned(signedOff)]),
    ...(marks === null ? [] : [`${marks} ${marks === 1 ? 'mark' : 'marks'}`]),
    ...(copyOf === null || !copies ? [] : [describeCopy(set.name, copyOf)]),
  ]
  return parts.join(' · ')
}

/** `signed off`, and whether that is still what the set holds. */
export function describeSigned({ changedSince }: { readonly changedSince: number }): string {
  return changedSince === 0 ? 'signed off' : `signed off, ${changedSince} changed since`
}

/** In the words of the program that made it, where it has some. */
export function describeCopy(name: string, copyOf: string): string {
  const copy = copyName(name, copyOf)
  if (saysCopy(copy)) return `“${copy}”`
  return copy === '' ? 'conflict copy' : `conflict copy ${copy}`
}
