/** The texts of a recording as they are met, each asked about once: does it go into the clip? */

import { repeatsWord } from './identifyingWords.ts'
import type { ClipText } from './model.ts'
import { isKnown, type TextField } from './words.ts'

/** A longer one is an account of something, and always stays behind. */
export const LONGEST_KEPT = 200

export type TextGate = {
  /** Whether it goes; counted once for each channel or annotation that has it. An empty one does. */
  readonly goes: (field: TextField, text: string) => boolean
  readonly texts: () => readonly ClipText[]
}

/** `keep`: ids that the reader lets through; `words`: what tells who or when it was. */
export function createTextGate(keep: readonly string[], words: readonly string[]): TextGate {
  const kept = new Set(keep)
  const met = new Map<string, ClipText>()
  return {
    goes: (field, text) => {
      if (text === '') return true
      const id = `${field}:${text}`
      const known = met.get(id)
      const entry = known ?? enter({ id, field, text }, kept, words)
      met.set(id, { ...entry, count: entry.count + 1 })
      return entry.goes
    },
    texts: () => [...met.values()],
  }
}

function enter(
  text: Pick<ClipText, 'id' | 'field' | 'text'>,
  kept: ReadonlySet<string>,
  words: readonly string[],
): ClipText {
  const isOrdinary = isKnown(text.field, text.text)
  const goes = isOrdinary || (kept.has(text.id) && text.text.length <= LONGEST_KEPT)
  return {
    ...text,
    count: 0,
    isKnown: isOrdinary,
    goes,
    caution: isOrdinary ? null : cautionOf(text.text, words),
  }
}

function cautionOf(text: string, words: readonly string[]): string | null {
  if (text.length > LONGEST_KEPT) return 'too long to be kept'
  if (repeatsWord(text, words) !== null) return 'repeats what the header or the file’s name says'
  if (/\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\b(19|20)\d\d\b/.test(text)) return 'looks like a date'
  if (/\d{1,2}:\d\d/.test(text)) return 'looks like a time of day'
  if (/\d{5,}/.test(text)) return 'holds a long number'
  if (/@|\bdr\b|\bmr\b|\bmrs\b|\bms\b|\bprof\b/i.test(text)) return 'looks like a person’s name or address'
  return null
}
