import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NAME_ROOM, placeGains, placeMeansRemoved, shortenName } from '../../../renderer/page/channelNames.ts'
import { computeLayout } from '../../../renderer/page/layout.ts'
import { lineNamed } from '../../support/pages.ts'

const letters = (text: string) => text.length * 6
const measure = (text: string, size: number) => (text.length * 6 * size) / 11

describe('a channel name', () => {
  it('that fits stands as it is, and one that does not ends in an ellipsis', () => {
    expect(shortenName('Fp1-F7', 60, letters)).toBe('Fp1-F7')
    expect(shortenName('Resp oro-nasal', 60, letters)).toBe('Resp oro-…')
    // No blank before the ellipsis.
    expect(shortenName('Resp oro-nasal', 36, letters)).toBe('Resp…')
  })

  it('never takes more than its room, but for its first letter', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 12, max: 200 }), (name, room) => {
        expect(letters(shortenName(name, room, letters))).toBeLessThanOrEqual(Math.max(room, 18))
      }),
    )
  })
})

describe('the gains of the other kinds', () => {
  const lines = [
    lineNamed('Fp1-F7'),
    lineNamed('LOC', { kind: 'eog' }),
    lineNamed('Left leg EMG', { kind: 'emg' }),
    lineNamed('RAT', { kind: 'emg' }),
    lineNamed('ECG', { kind: 'ecg' }),
    lineNamed('SpO2', { kind: 'other', unit: '%' }),
  ]

  it('stand once a kind, beside a name that leaves them room', () => {
    const layout = computeLayout(1200, 400, lines)
    const at = (label: string) => layout.lanes.find(({ derivation }) => derivation.label === label)?.y
    expect(placeGains(layout, 7, measure)).toEqual([
      { text: '15 µV/mm', y: at('LOC'), under: false },
      { text: '10 µV/mm', y: at('RAT'), under: false },
      { text: '200 µV/mm', y: at('ECG'), under: false },
    ])
  })

  it('follow the sensitivity', () => {
    const texts = placeGains(computeLayout(1200, 400, lines), 10, measure).map(({ text }) => text)
    expect(texts).toEqual(['21.4 µV/mm', '14.3 µV/mm', '286 µV/mm'])
  })

  it('stand below a name that leaves no room, where the row is high enough', () => {
    const long = [lineNamed('Left tibialis', { kind: 'emg' }), lineNamed('x')]
    expect(letters('Left tibialis')).toBeLessThan(NAME_ROOM)
    expect(placeGains(computeLayout(1200, 400, long), 7, measure)[0]).toMatchObject({ under: true })
    expect(placeGains(computeLayout(1200, 85, long), 7, measure)).toEqual([])
  })
})

describe('a line drawn less its mean', () => {
  const lines = [lineNamed('Fp1'), lineNamed('Resp', { kind: 'respiration' })]

  it('says so below its name, where rows have room', () => {
    const roomy = computeLayout(1000, 500, lines)
    const placed = placeMeansRemoved(roomy, [], ({ kind }) => kind === 'eeg')
    expect(placed).toEqual([{ text: 'mean removed', y: roomy.lanes[0]!.y, under: true }])
    const gains = [{ text: '15 µV/mm', y: roomy.lanes[0]!.y, under: true }]
    expect(placeMeansRemoved(roomy, gains, ({ kind }) => kind === 'eeg')).toEqual([])
    expect(placeMeansRemoved({ ...roomy, laneHeight: 14 }, [], () => true)).toEqual([])
  })
})
