import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { PROCEDURES } from '../../../shared/contract/contract.ts'

const OLD = { montage: 'recorded', lowFrequency: 1, highFrequency: 70, notch: null }
const OFF = { lowFrequency: null, highFrequency: null, notch: null }

const OWN = { name: 'Mine', lines: [{ label: '', terms: [{ channel: 'Fp1', weight: 1 }], gap: false }] }

function accepts(settings: object): boolean {
  const asked = { recordingId: 'r', span: { start: 0, end: 10 }, settings, columns: 100 }
  return v.safeParse(PROCEDURES.page.input, asked).success
}

describe('the settings of a page, as they are asked for', () => {
  it.each([
    ['of the four old fields', {}],
    ['with filters by kind', { kinds: { emg: OFF, other: { ...OFF, notch: 50 } } }],
    ['in a montage of the reader’s own', { montage: 'own:Mine', own: OWN }],
    ['causal, with bad electrodes', { direction: 'causal', bad: [0, 4095] }],
  ])('are taken %s', (_, more) => {
    expect(accepts({ ...OLD, ...more })).toBe(true)
  })

  it.each([
    ['a kind that is none', { kinds: { eeg: OFF } }],
    ['a kind with half of its filters', { kinds: { emg: { notch: 50 } } }],
    ['a frequency of 0', { kinds: { emg: { ...OFF, lowFrequency: 0 } } }],
    ['another direction', { direction: 'backward' }],
    ['a signal before the first', { bad: [-1] }],
    ['more signals than a header has', { bad: Array.from({ length: 5000 }, () => 0) }],
    ['no list', { bad: 3 }],
    ['a montage that nobody has', { montage: 'sagittal' }],
    ['a montage of one’s own without its lines', { montage: 'own:Mine' }],
    ['lines that go with another montage', { own: OWN }],
    ['lines of another name', { montage: 'own:Yours', own: OWN }],
    [
      'more lines than a page has',
      { montage: 'own:Mine', own: { ...OWN, lines: Array(129).fill(OWN.lines[0]) } },
    ],
    ['a line with a path', { montage: 'own:Mine', own: { ...OWN, path: '/etc/passwd' } }],
  ])('are refused with %s', (_, more) => {
    expect(accepts({ ...OLD, ...more })).toBe(false)
  })
})
