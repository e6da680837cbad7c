/** Finding a note by its words. Pure. */
import type { FileAnnotation } from '../edf/header/model.ts'

/** Those that have every word somewhere in text or channel, whatever its case and accents; all where no word is given. */
export function findNotes(notes: readonly FileAnnotation[], wanted: string): readonly FileAnnotation[] {
  const words = plain(wanted)
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return notes
  return notes.filter(({ text, channel }) => {
    const all = plain(`${text} ${channel ?? ''}`)
    return words.every((word) => all.includes(word))
  })
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
