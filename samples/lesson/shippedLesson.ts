/** What is known of the lesson that comes with the app before it is made. */
import { LESSON_ENDING } from '../../shared/teaching/lessonFormat.ts'

export const SHIPPED_LESSON = {
  id: 'hypnospike-jerks-runs-mimics',
  title: 'Jerks, runs and mimics',
  description:
    'Is it a hypnic jerk, 3 Hz spike-and-wave, or something that is mistaken for one of them? All recordings are synthetic: no patients.',
  language: 'en',
  licence: 'CC0 1.0, or MIT as the rest of Hypnospike; synthetic, no patients',
} as const

export const SHIPPED_CASES = 43

export const SHIPPED_LESSON_FILE = `jerks-runs-and-mimics${LESSON_ENDING}`

/** Whether a file is one of those that the lesson is made of. */
export function isMadeFile(fileName: string): boolean {
  return fileName === SHIPPED_LESSON_FILE || /^eeg-[0-9a-f]{6}\.edf$/.test(fileName)
}
