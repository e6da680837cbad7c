/** What a montage of a reader's own may be: checked where it arrives from a window, a file or the disk; and its name. */
import * as v from 'valibot'
import { clipText, plainLine } from '../annotation/plainText.ts'
import { lineSchema } from '../annotation/textSchemas.ts'
import { MONTAGES } from '../montage/montages.ts'
import {
  isWeight,
  LARGEST_WEIGHT,
  LONGEST_CHANNEL,
  LONGEST_NAME,
  MOST_LINES,
  MOST_TERMS,
  type OwnMontage,
  SMALLEST_WEIGHT,
} from '../montage/ownMontages.ts'

function list<const Schema extends v.GenericSchema>(item: Schema, most: number, what: string) {
  return v.pipe(
    v.array(v.unknown(), `a list of ${what}`),
    v.maxLength(most, `at most ${most} ${what}`),
    v.minLength(1, `at least one of the ${what}`),
    v.array(item),
  )
}

const WEIGHT = `a weight of ${SMALLEST_WEIGHT} to ${LARGEST_WEIGHT}, or less than 0`
const termSchema = v.strictObject({
  channel: lineSchema(1, LONGEST_CHANNEL),
  weight: v.pipe(v.number(WEIGHT), v.finite(WEIGHT), v.check(isWeight, WEIGHT)),
})
const montageLine = v.strictObject({
  label: lineSchema(0, LONGEST_CHANNEL),
  terms: list(termSchema, MOST_TERMS, 'terms'),
  gap: v.boolean('true or false'),
})

export const ownMontageSchema = v.strictObject({
  name: v.pipe(
    lineSchema(1, LONGEST_NAME),
    v.check((name) => !isTaken(name), 'a name that no montage of the program has'),
  ),
  lines: list(montageLine, MOST_LINES, 'lines'),
}) as unknown as v.GenericSchema<unknown, OwnMontage>

function isTaken(name: string): boolean {
  return MONTAGES.some(({ id, label }) => isSameName(id, name) || isSameName(label, name))
}

export function isSameName(a: string, b: string): boolean {
  return a.toLocaleLowerCase('en') === b.toLocaleLowerCase('en')
}

/** Why a montage cannot be called so, in a sentence, else null. `others`: the reader's other montages. */
export function nameProblem(name: string, others: readonly OwnMontage[]): string | null {
  const plain = plainLine(name)
  if (plain === '') return 'A montage needs a name.'
  if (plain.length > LONGEST_NAME)
    return `The name has ${plain.length} characters: ${LONGEST_NAME} are the most.`
  if (isTaken(plain)) return `${plain} is the name of a montage of the program: choose another.`
  if (others.some((other) => isSameName(other.name, plain)))
    return `You have a montage called ${plain} already.`
  return null
}

/** `name`, or with the first number behind it that makes it free. */
export function freeName(name: string, others: readonly OwnMontage[]): string {
  const plain = clipText(plainLine(name), LONGEST_NAME - 4)
  const base = plain === '' ? 'Montage' : plain
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? base : `${base} ${number}`
    if (nameProblem(candidate, others) === null) return candidate
  }
}
