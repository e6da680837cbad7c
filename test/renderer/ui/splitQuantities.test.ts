import { describe, expect, it } from 'vitest'
import { splitQuantities } from '../../../renderer/ui/splitQuantities.ts'

const quantitiesOf = (text: string) =>
  splitQuantities(text)
    .filter(({ isQuantity }) => isQuantity)
    .map((part) => part.text)

describe('quantities in running text', () => {
  it.each<[string, readonly string[]]>([
    ['3 of 4 muscles, 145 to 160 ms', ['160 ms']],
    ['71 → 82/min (+11)', ['82/min', '+11']],
    ['Regular at 120 / s', ['120 / s']],
    ['Cz-Ref −124 µV, 145 ms, 375 ms after; largest at Cz-Ref', ['−124 µV', '145 ms', '375 ms']],
    ['3.4 → 2.8 Hz', ['2.8 Hz']],
    ['Error: ±0.1 Hz, or ± 15 %.', ['±0.1 Hz', '± 15 %']],
    ['Median 10.2 s in 1,932 seizures', ['10.2 s']],
    ['at 7 µV/mm and 30 mm/s', ['7 µV/mm', '30 mm/s']],
    ['4 seconds, 2 spikes, C3 some, Fp1 s', []],
    ['', []],
  ])('%s', (text, quantities) => {
    expect(quantitiesOf(text)).toEqual(quantities)
    expect(
      splitQuantities(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text)
  })
})
