/** What tells one copy of a set from another: the date or the computer that its program has put into the name. */

/** `name`: of the file; `copyOf`: of the file that it is a copy of. Empty where there is nothing but the name. */
export function copyName(name: string, copyOf: string): string {
  const stem = copyOf.slice(0, -'.json'.length)
  const added = name.normalize('NFC').slice(stem.length, -'.json'.length)
  const inBrackets = /^ ?\(((?:[^()]|\([^()]*\))*)\)$/.exec(added)?.[1]
  return inBrackets ?? added.replace(/^(\.sync-conflict-|[ -]+)/, '')
}

/** Some programs say themselves that it is one, in their reader's language. */
export function saysCopy(copy: string): boolean {
  return /[ck]onfli/i.test(copy)
}

/**
 * As much of a copy's name as has room before a lane: the time of day that Syncthing writes, else its end, where others
 * write a date.
 */
export function shortCopy(copy: string): string {
  const [, hour, minute] = /^\d{8}-(\d\d)(\d\d)\d\d-/.exec(copy) ?? []
  if (hour !== undefined) return `${hour}:${minute}`
  if (/^\d*$/.test(copy)) return `copy ${copy}`.trimEnd()
  return copy.length <= LONGEST_SHORT ? copy : `…${copy.slice(1 - LONGEST_SHORT)}`
}

const LONGEST_SHORT = 7
