/**
 * Keys of who goes through candidates, and only while one is chosen: then they come before the commands that have them
 * elsewhere (N is the notch filter).
 */
import { type KeyStroke, readKey } from './keys.ts'

export const CANDIDATE_KEYS = [
  { does: 'accept', key: 'Y', label: 'A mark of it' },
  { does: 'dismiss', key: 'N', label: 'No mark; not proposed again' },
  { does: 'next', key: '.', label: 'Next candidate' },
  { does: 'previous', key: ',', label: 'Previous candidate' },
  { does: 'leave', key: 'Escape', label: 'Let go of the candidate' },
] as const

export type CandidateVerb = (typeof CANDIDATE_KEYS)[number]['does']

export function candidateVerbOf(stroke: KeyStroke): CandidateVerb | null {
  const { ctrlKey, metaKey, altKey, shiftKey } = stroke
  if (ctrlKey || metaKey || altKey) return null
  const readings = readKey(stroke)
  const found = CANDIDATE_KEYS.find(({ key }) => readings.includes(key))
  // Where a sign lies under Shift is the keyboard's affair; a letter with Shift is another key.
  return found === undefined || (shiftKey && /^[A-Z]$/.test(found.key)) ? null : found.does
}
