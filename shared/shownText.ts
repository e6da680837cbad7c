/** Text that comes from files, harmless to show: it neither turns round what stands beside it nor commands a terminal. */

/** Embeddings, overrides, isolates and marks that reorder or hide neighbouring text. */
export const HIDDEN = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
const CONTROL_BUT_LINES = /(?![\t\n\r])\p{Cc}/gu

/** Any text from a file, fit to be shown: line breaks and tabs kept, controls and reordering marks as U+FFFD. */
export function displayText(text: string): string {
  return text.replace(CONTROL_BUT_LINES, '\ufffd').replace(HIDDEN, '\ufffd')
}

/** The name of a file as it is shown: on one line, and read in the order in which it is written. */
export function displayName(name: string): string {
  return displayText(name).replace(/\s/g, ' ')
}

/** JSON of the same value, with what `displayText` replaces written as `\\u` and four digits: harmless to print. */
export function escapeHidden(json: string): string {
  const codeOf = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  return json.replace(CONTROL_BUT_LINES, codeOf).replace(HIDDEN, codeOf)
}
