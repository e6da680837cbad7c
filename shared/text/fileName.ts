/**
 * A text as a part of a file name that every system can hold: what one of them refuses becomes `_`. How long it is, and
 * whether it is empty or begins with a dot, is the caller's to see to.
 */
export function plainFileName(text: string): string {
  return text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N} ._(),'&+-]/gu, '_')
}
