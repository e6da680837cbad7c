/**
 * A text as a part of a file name that every system can hold: what one of them refuses becomes `_`. How long it is, and
 * whether it is empty or begins with a dot, is the caller's to see to.
 */
export function plainFileName(text: string): string {
  return text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N} ._(),'&+-]/gu, '_')
}

/** Bytes of a file name that every system in use can hold. */
export const LONGEST_FILE_NAME = 255

/** As many of its characters, from the first on, as `most` bytes hold: file systems count the bytes of UTF-8. */
export function cutToBytes(text: string, most: number): string {
  const encoder = new TextEncoder()
  let kept = ''
  let bytes = 0
  for (const character of text) {
    bytes += encoder.encode(character).length
    if (bytes > most) break
    kept += character
  }
  return kept
}
