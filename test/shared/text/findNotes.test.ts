import { expect, it } from 'vitest'
import { findNotes } from '../../../shared/text/findNotes.ts'

const note = (text: string, channel: string | null = null) => ({ onset: 0, duration: null, text, channel })
const NOTES = [note('Eyes closed'), note('Crise généralisée'), note('closed', 'EMG Chin'), note('')]

it.each([
  ['closed', [0, 2]],
  ['CLOSED eyes', [0]],
  ['generalisee', [1]],
  ['Généra', [1]],
  ['chin', [2]],
  ['nothing', []],
  ['  ', [0, 1, 2, 3]],
])('finds “%s” in the notes that have every word of it', (wanted, found) => {
  expect(findNotes(NOTES, wanted)).toEqual(found.map((index) => NOTES[index]))
})
