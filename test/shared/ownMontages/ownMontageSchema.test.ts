import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { MONTAGES } from '../../../shared/montage/montages.ts'
import { isOwnId, MOST_LINES, type OwnMontage, ownIdOf } from '../../../shared/montage/ownMontages.ts'
import { freeName, nameProblem, ownMontageSchema } from '../../../shared/ownMontages/ownMontageSchema.ts'

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

describe('the name of a montage', () => {
  it('is never that of one of the program, by id or label, in any case', () => {
    for (const { id, label } of MONTAGES) {
      for (const name of [id, label, label.toUpperCase(), ` ${label} `]) {
        expect(nameProblem(name, []), name).toMatch(
          /is the name of a montage of the program: choose another\.$/,
        )
      }
    }
  })

  it('is never that of another of the reader’s', () => {
    expect(nameProblem('neonatal', [ONE])).toBe('You have a montage called neonatal already.')
    expect(freeName('Neonatal', [ONE])).toBe('Neonatal 2')
    expect(freeName('To Cz', [])).toBe('To Cz 2')
    expect(freeName('', [])).toBe('Montage')
  })

  it('is not empty and not long', () => {
    expect(nameProblem(' \n ', [])).toBe('A montage needs a name.')
    expect(nameProblem('x'.repeat(61), [])).toBe('The name has 61 characters: 60 are the most.')
  })

  it('makes an id that no montage of the program can have', () => {
    expect(ownIdOf(ONE)).toBe('own:Neonatal')
    for (const { id } of MONTAGES) expect(isOwnId(id)).toBe(false)
  })
})

describe('what arrives as a montage', () => {
  const line = ONE.lines[0]
  it.each([
    ['no name', { ...ONE, name: '' }],
    ['the name of one of the program', { ...ONE, name: 'longitudinal' }],
    ['no line', { ...ONE, lines: [] }],
    ['too many lines', { ...ONE, lines: Array(MOST_LINES + 1).fill(line) }],
    ['no term', { ...ONE, lines: [{ ...line, terms: [] }] }],
    ['a weight of nothing', { ...ONE, lines: [{ ...line, terms: [{ channel: 'Cz', weight: 0 }] }] }],
    ['a weight beyond all', { ...ONE, lines: [{ ...line, terms: [{ channel: 'Cz', weight: 1e9 }] }] }],
    ['no number', { ...ONE, lines: [{ ...line, terms: [{ channel: 'Cz', weight: Number.NaN }] }] }],
    ['more than is known', { ...ONE, path: '/etc/passwd' }],
    ['no object', 'Fp1-F7'],
  ])('is refused with %s', (_, value) => {
    expect(v.safeParse(ownMontageSchema, value).success).toBe(false)
  })

  it('is taken as it is', () => {
    expect(v.parse(ownMontageSchema, ONE)).toEqual(ONE)
  })
})
