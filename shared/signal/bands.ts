/**
 * The frequency bands of the EEG, as the IFCN's glossary bounds them (Kane 2017, doi:10.1016/j.cnp.2017.07.002): delta
 * 0.1 to below 4 Hz, theta 4 to below 8, alpha 8 to 13, beta 14 to 30. A spectrum goes on between whole hertz, so beta
 * begins where alpha ends; and windows of two seconds less their mean tell nothing below half a hertz, so delta begins
 * there. Each is [from, to).
 */
import type { Hertz } from '../units.ts'

type Band = {
  readonly id: string
  readonly label: string
  readonly letter: string
  readonly from: Hertz
  readonly to: Hertz
}

export const BANDS = [
  { id: 'delta', label: 'Delta', letter: 'δ', from: 0.5, to: 4 },
  { id: 'theta', label: 'Theta', letter: 'θ', from: 4, to: 8 },
  { id: 'alpha', label: 'Alpha', letter: 'α', from: 8, to: 13 },
  { id: 'beta', label: 'Beta', letter: 'β', from: 13, to: 30 },
] as const satisfies readonly Band[]
