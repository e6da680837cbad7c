import { expect, it } from 'vitest'
import { cutToBytes, plainFileName } from '../../../shared/text/fileName.ts'

it.each([
  ['Run, jerk', 'Run, jerk'],
  ["Lennox & Gastaut's (2) + 1", "Lennox & Gastaut's (2) + 1"],
  ['Mu\u0308ller 睡眠 नींद', 'Müller 睡眠 नींद'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
  ['tab\tline\nnull\0', 'tab_line_null_'],
  ['right\u202eto left\u200b', 'right_to left_'],
])('%j becomes %j', (text, name) => {
  expect(plainFileName(text)).toBe(name)
})

it.each([
  ['night', 5, 'night'],
  ['nights', 5, 'night'],
  ['éé', 3, 'é'],
  ['睡眠', 5, '睡'],
  ['a𠮷', 4, 'a'],
  ['a𠮷', 5, 'a𠮷'],
  ['睡眠', 2, ''],
])('%j is cut to %i bytes by whole characters', (text, most, kept) => {
  expect(cutToBytes(text, most)).toBe(kept)
})
