/** Figures as they are printed: each is nothing without its counts, which stand beside it. */
import type { Figure, Kappa } from '../../shared/agreement/kappa.ts'
import type { Spread } from '../../shared/agreement/spread.ts'

/** `0.94`; a dash where it means nothing. */
export function figureText({ value }: Pick<Figure, 'value'>): string {
  return value === null ? '–' : signless(value.toFixed(2), value)
}

/** `0.68 to 1.00`. */
export function intervalText({ interval }: Kappa): string {
  if (interval === null) return ''
  return `95 % ${figureText({ value: interval[0] })} to ${figureText({ value: interval[1] })}`
}

/** `+0.012 s`. */
export function medianText({ median }: Spread): string {
  return median === null ? '–' : `${signed(median)} s`
}

/** `−0.004 to +0.031`. */
export function quartilesText({ quartiles }: Spread): string {
  return quartiles === null ? '' : `${signed(quartiles[0])} to ${signed(quartiles[1])}`
}

/** With a true minus sign, also below a thousandth, and a plus. */
function signed(value: number): string {
  const size = Math.abs(value).toFixed(3)
  return Number(size) === 0 ? size : `${value < 0 ? '−' : '+'}${size}`
}

function signless(text: string, value: number): string {
  return value < 0 ? text.replace('-', '−') : text
}
