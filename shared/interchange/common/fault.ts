/** Why a file of another program is refused: one sentence that says where in it. */
import { clipText, plainLine } from '../../annotation/plainText.ts'
import { ReviewError } from '../../failure.ts'

export type Place = { readonly line: number; readonly column?: number; readonly name?: string }

/** `Line 4, column 2 (duration): "0,2" should be seconds.` Columns are those of the table, from 1. */
export function faultAt(place: Place, what: string): ReviewError {
  return new ReviewError('bad-set', `${sayPlace(place)}: ${what}`)
}

export function sayPlace({ line, column, name }: Place): string {
  const at = column === undefined ? '' : `, column ${column}`
  return `Line ${line}${at}${name === undefined ? '' : ` (${name})`}`
}

/** A cell as a sentence may repeat it: one line, harmless, short. */
export function quoteCell(text: string): string {
  const plain = plainLine(text)
  return plain.length > 40 ? `"${clipText(plain, 39)}…"` : `"${plain}"`
}
