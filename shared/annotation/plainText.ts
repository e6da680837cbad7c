/** Text that people or files bring in, made safe to show: no control and no direction-changing characters. */

/** Longest comment kept, in UTF-16 code units. */
export const MAX_COMMENT = 10_000
/** Longest channel label, subtype, montage name or reviewer code kept. */
export const MAX_NAME = 200

// C0 (but line feed), DEL, C1, line and paragraph separators, byte-order mark, interlinear marks, and the
// bidirectional controls that can make a text read as another one (Unicode TR36, section 2.5).
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF\uFFF9-\uFFFB]/g

/** Several lines of plain text; tabs become spaces, lone surrogates U+FFFD. */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(UNSAFE, '')
    .toWellFormed()
}

/** One line of plain text, trimmed. */
export function plainLine(text: string): string {
  return plainText(text).replace(/\n/g, ' ').trim()
}

export function isPlainText(text: string): boolean {
  return plainText(text) === text
}

export function isPlainLine(text: string): boolean {
  return plainLine(text) === text
}

/** At most `length` code units, never half a character. */
export function clipText(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')
}
