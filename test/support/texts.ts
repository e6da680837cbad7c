/** Texts of any characters, for properties. */
import fc from 'fast-check'

const SURROGATES = { first: 0xd800, count: 0x800 } as const

/** fast-check's own `unit: 'binary'` is the same, but makes a table of all 1.1 million first: 0.6 s in each process. */
const character = fc.nat({ max: 0x10ffff - SURROGATES.count }).map(
  (index) => String.fromCodePoint(index < SURROGATES.first ? index : index + SURROGATES.count),
  (text) => indexOf(text as string),
)

/** Any code points but halves of a pair. */
export function anyText(
  length: { readonly minLength?: number; readonly maxLength?: number } = {},
): fc.Arbitrary<string> {
  return fc.string({ unit: character, ...length })
}

/** Throws at what is not one code point, as fast-check asks of what leads back to a value. */
function indexOf(text: string): number {
  const [one, ...more] = text
  const point = one?.codePointAt(0) ?? 0
  if (one === undefined || more.length > 0 || !text.isWellFormed()) throw new Error('no single character')
  return point < SURROGATES.first ? point : point - SURROGATES.count
}
