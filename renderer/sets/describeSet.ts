import type { SetSummary } from '../../shared/contract/model.ts'

/** What a list says of a set: how it stands, and how much is in it, as far as may be told. */
export function describeSet(set: SetSummary): string {
  const { marks, isSealed, signedOff, copyOf, strayedIn } = set
  const parts = [
    ...(strayedIn === null ? [] : ['of another name']),
    ...(isSealed ? ['sealed'] : []),
    ...(signedOff === null ? [] : [describeSigned(signedOff)]),
    ...(marks === null ? [] : [`${marks} ${marks === 1 ? 'mark' : 'marks'}`]),
    ...(copyOf === null ? [] : [describeCopy(set.name, copyOf)]),
  ]
  return parts.join(' · ')
}

/** `signed off`, and whether that is still what the set holds. */
export function describeSigned({ changedSince }: { readonly changedSince: number }): string {
  return changedSince === 0 ? 'signed off' : `signed off, ${changedSince} changed since`
}

/** What tells one copy from another: the date or the computer that its program has put into the name. */
export function describeCopy(name: string, copyOf: string): string {
  const stem = copyOf.slice(0, -'.json'.length)
  const added = name
    .normalize('NFC')
    .slice(stem.length, -'.json'.length)
    .replace(/^\.sync-conflict-|^[ (-]+|[) ]+$/g, '')
    .replace(/\)$/, '')
  return added === '' ? 'conflict copy' : `conflict copy ${/conflict/i.test(added) ? `“${added}”` : added}`
}
