/** How a JSON text is made, told without parsing it, so that no file can run the parser, or a walk over its value, out of memory. */

export type ShapeLimits = {
  /** Objects and lists in one another. */
  readonly depth: number
  /** Objects and lists in all. */
  readonly parts: number
  /** Values of any kind in all. */
  readonly values: number
  /** Said where there are more; `it holds too many values` where not given. */
  readonly tooMany?: string
}

/** Of one object; a JavaScript engine takes minutes over millions. */
const MAX_FIELDS = 1000

/**
 * Why it is not to be parsed, as the rest of a sentence, else null. Counted before parsing: so that no later walk over
 * the value runs out of stack, nor the making of it out of memory, which in JavaScript ends the process and not only
 * the reading.
 */
export function shapeProblem(json: string, limits: ShapeLimits): string | null {
  let depth = 0
  let parts = 0
  let values = 0
  let inText = false
  /** Commas in each of the objects that are open now; of a list they do not count. */
  const fields: number[] = []
  for (let index = 0; index < json.length; index += 1) {
    const code = json.charCodeAt(index)
    if (inText) {
      if (code === BACKSLASH) index += 1
      else if (code === QUOTE) inText = false
    } else if (code === QUOTE) inText = true
    else if (code === COMMA) {
      values += 1
      const count = (fields[depth] ?? 0) + 1
      fields[depth] = count
      if (count >= MAX_FIELDS) return `one of its objects has more than ${MAX_FIELDS} fields`
    } else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      depth += 1
      parts += 1
      fields[depth] = code === OPEN_BRACE ? 0 : Number.NEGATIVE_INFINITY
      if (depth > limits.depth) return `its values are nested deeper than ${limits.depth}`
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth -= 1
  }
  const isTooMuch = parts > limits.parts || values + parts > limits.values
  return isTooMuch ? (limits.tooMany ?? 'it holds too many values') : null
}

const COMMA = 0x2c
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
