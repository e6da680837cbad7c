/** Texts that arrive from a file or another process: made plain, and no longer than they may be. */
import * as v from 'valibot'
import { clipText, plainLine, plainText } from './plainText.ts'

/** What is much longer than it may be is not made plain first: that costs many times its length. */
const RAW = 8

/** One line of so many characters. */
export function lineSchema(least: 0 | 1, most: number) {
  return textSchema(plainLine, least, most)
}

/** Several lines, of so many characters in all. */
export function linesSchema(most: number) {
  return textSchema(plainText, 0, most)
}

/** One line that is only for telling people: cut rather than refused. */
export function cutLineSchema(most: number) {
  return v.pipe(
    v.string('a text'),
    v.transform((text) => clipText(plainLine(text.slice(0, RAW * most)), most)),
  )
}

function textSchema(plain: (text: string) => string, least: 0 | 1, most: number) {
  const said = `plain text of ${least === 0 ? 'at most' : `${least} to`} ${most} characters`
  return v.pipe(
    v.string(said),
    v.maxLength(RAW * most, said),
    v.transform(plain),
    v.minLength(least, said),
    v.maxLength(most, said),
  )
}
