import { expect, it } from 'vitest'
import { plainFileName } from '../../../shared/text/fileName.ts'

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
