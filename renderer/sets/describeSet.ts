import type { SetSummary } from '../../shared/contract/model.ts'

/** What a list says of a set: how it stands, and how much is in it, as far as may be told. */
export function describeSet({ marks, isSealed, signedOff, copyOf, strayedIn }: SetSummary): string {
  const parts = [
    ...(copyOf === null ? [] : ['conflict copy']),
    ...(strayedIn === null ? [] : ['of another name']),
    ...(isSealed ? ['sealed'] : []),
    ...(signedOff === null ? [] : [describeSigned(signedOff)]),
    ...(marks === null ? [] : [`${marks} ${marks === 1 ? 'mark' : 'marks'}`]),
  ]
  return parts.join(' · ')
}

/** `signed off`, and whether that is still what the set holds. */
export function describeSigned({ changedSince }: { readonly changedSince: number }): string {
  return changedSince === 0 ? 'signed off' : `signed off, ${changedSince} changed since`
}
