import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  NAME_ROOM,
  nameSize,
  placeGains,
  placeMeansRemoved,
  roomsBesideGains,
  shortenName,
} from '../../../renderer/page/channelNames.ts'
import { computeLayout, type PlotLayout } from '../../../renderer/page/layout.ts'
import { PLAIN_LOOKS, planLooks } from '../../../shared/signal/channelLook.ts'
import { gainKindOf } from '../../../shared/signal/gains.ts'
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

  const context = { sensitivity: 7, rWave: 900 }
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

  it('stand once a kind, at its first row, whatever its name leaves', () => {
    const layout = computeLayout(1200, 400, lines)
    const at = (label: string) => layout.lanes.find(({ derivation }) => derivation.label === label)?.y
    expect(place(layout)).toMatchObject([
      { text: '15 µV/mm', y: at('LOC'), under: false },
      { text: '100 µV/mm', y: at('Left leg EMG'), under: true },
      // 900 uV are more than 3 mm at 200.
      { text: '500 µV/mm', y: at('ECG'), under: false },
    ])
  })

  it('stand at the first row of a kind on its own height, clear of names, at every height of rows', () => {
    const gainHeight = 10
    const names = ['Neck EMG', 'Chin EMG', 'Leg/Left tibialis ant', 'EOG Left', 'ECG1-ECG2', 'LAT']
    const any = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(any, fc.integer({ min: 85, max: 1200 }), fc.boolean(), (labels, height, inverted) => {
        const made = labels.map((label, index) =>
          lineNamed(label, {
            id: `${index}`,
            kind: /^E[CO]G/.test(label) ? (/^ECG/.test(label) ? 'ecg' : 'eog') : 'emg',
          }),
        )
        const layout = computeLayout(1200, height, made)
        const looks = inverted ? { ...PLAIN_LOOKS, lines: { 'ECG1-ECG2': { inverted } } } : PLAIN_LOOKS
        const gains = place(layout, looks)
        const rooms = roomsBesideGains(layout, gains, measure)
        const size = nameSize(layout.lanes.length)
        for (const kind of new Set(made.map(gainKindOf))) {
          const first = layout.lanes.find(({ derivation }) => gainKindOf(derivation) === kind)!
          const gain = gains.find(({ y }) => y === first.y)
          expect(gain?.text).toMatch(/^\d/)
        }
        for (const { y, under, width } of gains) {
          const { derivation } = layout.lanes.find((lane) => lane.y === y)!
          // Under: from 5 px below the baseline (gutter.module.css) and inside the row.
          if (under) expect(5 + gainHeight).toBeLessThanOrEqual(layout.laneHeight / 2 + 1)
          else {
            const name = shortenName(derivation.label, rooms[derivation.id] ?? NAME_ROOM, (text) =>
              measure(text, size),
            )
            expect(measure(name, size) + width).toBeLessThan(NAME_ROOM)
          }
        }
      }),
    )
  })

  it('stand at each channel that has its own, with what is inverted', () => {
    const layout = computeLayout(1200, 400, lines)
    const own = { Fp1: {}, 'Fp1-F7': { sensitivity: 20 }, ECG: { inverted: true }, RAT: { sensitivity: 50 } }
    expect(place(layout, { ...PLAIN_LOOKS, lines: own }).map(({ text }) => text)).toEqual([
      '20 µV/mm',
      '15 µV/mm',
      '100 µV/mm',
      '50 µV/mm',
      '500 µV/mm · inv',
    ])
  })

  it('stand below a name that leaves no room where the row is high enough, else in short beside it', () => {
    const long = [lineNamed('Left tibialis', { kind: 'emg' }), lineNamed('x')]
    expect(letters('Left tibialis')).toBeLessThan(NAME_ROOM)
    expect(place(computeLayout(1200, 400, long))[0]).toMatchObject({ text: '100 µV/mm', under: true })
    const low = computeLayout(1200, 120, long)
    const gains = place(low)
    expect(gains).toMatchObject([{ text: '100', under: false }])
    // 86 of room, less three letters of 4.9 px and the distance: the name is shortened, and the number whole.
    expect(roomsBesideGains(low, gains, measure)['Left tibialis']).toBeCloseTo(86 - 14.7 - 6, 1)
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
    expect(placed).toEqual([{ text: 'mean removed', y: roomy.lanes[0]!.y, under: true, width: 0 }])
    const gains = [{ text: '15 µV/mm', y: roomy.lanes[0]!.y, under: true, width: 0 }]
    expect(placeMeansRemoved(roomy, gains, ({ kind }) => kind === 'eeg')).toEqual([])
    expect(placeMeansRemoved({ ...roomy, laneHeight: 14 }, [], () => true)).toEqual([])
  })
})
