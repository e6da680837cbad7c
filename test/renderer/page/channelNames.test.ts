import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NAME_ROOM, placeGains, placeMeansRemoved, shortenName } from '../../../renderer/page/channelNames.ts'
import { computeLayout, type PlotLayout } from '../../../renderer/page/layout.ts'
import { PLAIN_LOOKS, planLooks } from '../../../shared/signal/channelLook.ts'
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

  const context = { sensitivity: 7, rWave: 900, rowMm: 6 }
  const place = (layout: PlotLayout, looks = PLAIN_LOOKS) =>
    placeGains(
      layout,
      planLooks(
        layout.lanes.map(({ derivation }) => derivation),
        looks,
        context,
      ),
      measure,
    )

  it('stand once a kind, beside a name that leaves them room', () => {
    const layout = computeLayout(1200, 400, lines)
    const at = (label: string) => layout.lanes.find(({ derivation }) => derivation.label === label)?.y
    expect(place(layout)).toEqual([
      { text: '15 µV/mm', y: at('LOC'), under: false },
      { text: '100 µV/mm', y: at('RAT'), under: false },
      // 900 uV over half a row of 6 mm.
      { text: '300 µV/mm', y: at('ECG'), under: false },
    ])
  })

  it('stand at each channel that has its own, with what is inverted', () => {
    const layout = computeLayout(1200, 400, lines)
    const own = { Fp1: {}, 'Fp1-F7': { sensitivity: 20 }, ECG: { inverted: true }, RAT: { sensitivity: 50 } }
    expect(place(layout, { ...PLAIN_LOOKS, lines: own }).map(({ text }) => text)).toEqual([
      '20 µV/mm',
      '15 µV/mm',
      '100 µV/mm',
      '50 µV/mm',
      '300 µV/mm · inverted',
    ])
  })

  it('stand below a name that leaves no room, where the row is high enough', () => {
    const long = [lineNamed('Left tibialis', { kind: 'emg' }), lineNamed('x')]
    expect(letters('Left tibialis')).toBeLessThan(NAME_ROOM)
    expect(place(computeLayout(1200, 400, long))[0]).toMatchObject({ under: true })
    expect(place(computeLayout(1200, 85, long))).toEqual([])
  })

  it('are in short where rows are low', () => {
    const looks = { ...PLAIN_LOOKS, lines: { ECG: { sensitivity: 150, inverted: true } } }
    const low = computeLayout(1200, 85, [lineNamed('ECG', { kind: 'ecg' }), lineNamed('x')])
    expect(place(low, looks).map(({ text }) => text)).toEqual(['150 inv'])
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
