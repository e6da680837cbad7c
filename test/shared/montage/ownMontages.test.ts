import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatFormula, labelOf, type OwnMontage, parseFormula } from '../../../shared/montage/ownMontages.ts'

const ONE: OwnMontage = {
  name: 'Neonatal',
  lines: [
    {
      label: '',
      terms: [
        { channel: 'Fp1', weight: 1 },
        { channel: 'C3', weight: -1 },
      ],
      gap: false,
    },
  ],
}

describe('a formula', () => {
  it.each([
    [
      'Fp1-F7',
      [
        ['Fp1', 1],
        ['F7', -1],
      ],
    ],
    [
      ' Fp1 \u2212 F7 ',
      [
        ['Fp1', 1],
        ['F7', -1],
      ],
    ],
    [
      'C3-0.5*A1-0.5*A2',
      [
        ['C3', 1],
        ['A1', -0.5],
        ['A2', -0.5],
      ],
    ],
    [
      'C3-0,5*A1',
      [
        ['C3', 1],
        ['A1', -0.5],
      ],
    ],
    [
      '-C3+2*Cz',
      [
        ['C3', -1],
        ['Cz', 2],
      ],
    ],
    [
      'Cz-Avg',
      [
        ['Cz', 1],
        ['Avg', -1],
      ],
    ],
    ['EMG Chin', [['EMG Chin', 1]]],
    [
      '"EEG Fp1-Ref"-"EEG F7-Ref"',
      [
        ['EEG Fp1-Ref', 1],
        ['EEG F7-Ref', -1],
      ],
    ],
  ] as const)('%s is read', (typed, terms) => {
    expect(parseFormula(typed).terms).toEqual(terms.map(([channel, weight]) => ({ channel, weight })))
  })

  it.each([
    ['', 'Type what the line shows, such as Fp1-F7.'],
    ['Fp1-', '“-” cannot be read: write sums such as C3-0.5*A1-0.5*A2.'],
    ['Fp1--F7', '“--F7” cannot be read: write sums such as C3-0.5*A1-0.5*A2.'],
    ['"Fp1', '“"Fp1” cannot be read: write sums such as C3-0.5*A1-0.5*A2.'],
    ['"Fp1""F7"', '“"F7"” cannot be read: write sums such as C3-0.5*A1-0.5*A2.'],
    ['500*Fp1', 'The factor 500 is not from 0.001 to 128.'],
    ['0*Fp1', 'The factor 0 is not from 0.001 to 128.'],
    ['x'.repeat(81), 'A name has at most 80 characters.'],
    [Array(65).fill('Cz').join('+'), 'A line has at most 64 terms.'],
  ])('%j is refused in a sentence', (typed, problem) => {
    expect(parseFormula(typed)).toEqual({ terms: null, problem })
  })

  it('is written so that it is read as the same', () => {
    const channel = fc.oneof(
      fc.constantFrom('Fp1', 'Avg', 'EMG Chin', 'EEG Fp1-Ref', '2*C', '7', 'a+b', '- x', 'É µ'),
      fc
        .string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...'Ab1 -+*.,') })
        .map((text) => text.replace(/\s+/g, ' ').trim())
        .filter((text) => text !== ''),
    )
    const weight = fc
      .tuple(fc.integer({ min: 1, max: 128_000 }), fc.constantFrom(1, -1))
      .map(([thousandths, sign]) => (sign * thousandths) / 1000)
    const terms = fc.array(fc.record({ channel, weight }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(terms, (made) => {
        expect(parseFormula(formatFormula(made)).terms).toEqual(made)
      }),
    )
  })

  it('is the label of a line that has no other', () => {
    expect(labelOf(ONE.lines[0]!)).toBe('Fp1-C3')
    expect(labelOf({ label: '', terms: [{ channel: 'EMG L-R', weight: 1 }] })).toBe('EMG L-R')
    expect(labelOf({ ...ONE.lines[0]!, label: 'left' })).toBe('left')
  })
})
