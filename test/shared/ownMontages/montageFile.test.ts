import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OwnMontage } from '../../../shared/montage/ownMontages.ts'
import {
  LARGEST_MONTAGE_FILE,
  parseMontageFile,
  serializeMontages,
} from '../../../shared/ownMontages/montageFile.ts'

const ONE: OwnMontage = {
  name: 'Neonatal',
  lines: [{ label: 'left', terms: [{ channel: 'Fp1', weight: 1 }], gap: false }],
}
const read = (text: string) => parseMontageFile({ name: 'a.json', text }, null)

describe('a file of montages', () => {
  it('comes back as it was written', () => {
    const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'aZ1-µé*"') })
    const line = fc.record({
      label: fc.oneof(fc.constant(''), word),
      terms: fc.array(
        fc.record({ channel: word, weight: fc.double({ min: 0.001, max: 128, noNaN: true }) }),
        { minLength: 1, maxLength: 8 },
      ),
      gap: fc.boolean(),
    })
    const montage = fc.record({
      name: word.map((text) => `mine ${text}`),
      lines: fc.array(line, { minLength: 1, maxLength: 20 }),
    })
    fc.assert(
      fc.property(fc.array(montage, { minLength: 1, maxLength: 5 }), (montages) => {
        expect(read(serializeMontages(montages))).toEqual(montages)
      }),
    )
  })

  const written = JSON.parse(serializeMontages([ONE]))
  it.each([
    ['of a later version', { ...written, version: 2 }, 'it is of version 2, and this program reads 1'],
    ['without a list', { ...written, montages: 'all' }, 'montages must be a list of montages'],
    [
      'with a weight of nothing',
      {
        ...written,
        montages: [{ ...ONE, lines: [{ ...ONE.lines[0], terms: [{ channel: 'Cz', weight: 0 }] }] }],
      },
      'montages.0.lines.0.terms.0.weight must be a weight of 0.001 to 128, or less than 0',
    ],
    [
      'under a name of the program',
      { ...written, montages: [{ ...ONE, name: 'To Cz' }] },
      'montages.0.name must be a name that no montage of the program has',
    ],
  ])('%s is refused in one sentence that says where', (_, value, why) => {
    expect(() => read(JSON.stringify(value))).toThrow(`a.json was not imported: ${why}.`)
  })

  it('that was cut off is refused', () => {
    expect(() => read(serializeMontages([ONE]).slice(0, -20))).toThrow(
      'a.json was not imported: it is neither a montage of Hypnospike nor of EDFbrowser.',
    )
  })

  it('that is larger than any is not looked at', () => {
    expect(() => read(' '.repeat(LARGEST_MONTAGE_FILE + 1))).toThrow('it is larger than 2 MB')
  })
})
