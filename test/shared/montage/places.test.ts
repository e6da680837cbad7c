import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOn, isWhollyOn, placesIn, placesOfLabel, toggleLine } from '../../../shared/montage/places.ts'
import { planMontage } from '../../../shared/montage/planMontage.ts'
import { makeHeader } from '../../support/signals.ts'

const SCALP = 'Fp1 Fp2 F3 F4 C3 C4 P3 P4 O1 O2 F7 F8 T3 T4 T5 T6 Fz Cz Pz'.split(' ')
const HEADER = makeHeader([
  ...SCALP.map((name) => `EEG ${name}-A2`),
  { label: 'EMG Chin', kind: 'emg' },
  { label: 'ECG ECG', kind: 'ecg', unit: 'mV' },
])

/** The lines of a montage that a mark tied to `channels` is on. */
function linesOn(
  channels: readonly string[],
  montage: 'recorded' | 'longitudinal' | 'average',
  header = HEADER,
) {
  const placesOf = placesIn(header)
  const { derivations } = planMontage(header, montage)
  return derivations.filter((line) => isOn(channels, placesOf(line))).map(({ label }) => label)
}

describe('a mark made on P3-O1', () => {
  const line = planMontage(HEADER, 'longitudinal').derivations.find(({ label }) => label === 'P3-O1')!
  const channels = placesIn(HEADER)(line)

  it('belongs to P3 and O1', () => {
    expect(channels).toEqual(['P3', 'O1'])
  })

  it('is on these two alone against the average, though all have them in it', () => {
    expect(linesOn(channels, 'average').toSorted()).toEqual(['O1-Avg', 'P3-Avg'])
  })

  it('is on these two as recorded, and on each bipolar line of one of them', () => {
    expect(linesOn(channels, 'recorded')).toEqual(['P3-A2', 'O1-A2'])
    expect(linesOn(channels, 'longitudinal')).toEqual(['P7-O1', 'C3-P3', 'P3-O1'])
  })
})

describe('a mark', () => {
  it('tied to nothing is on every line', () => {
    for (const montage of ['recorded', 'longitudinal', 'average'] as const) {
      expect(linesOn([], montage)).toEqual(planMontage(HEADER, montage).derivations.map(({ label }) => label))
    }
  })

  it('on a signal that is no electrode is on it in every montage, and on no other', () => {
    for (const montage of ['recorded', 'longitudinal', 'average'] as const) {
      expect(linesOn(['EMG Chin'], montage)).toEqual(['Chin EMG'])
    }
  })

  it('on an electrode that the recording has not is on no line', () => {
    expect(linesOn(['Oz'], 'recorded')).toEqual([])
  })

  it('on T7 is on what the file calls T3', () => {
    expect(linesOn(['T7'], 'recorded')).toEqual(['T3-A2'])
  })

  it('on a line of a recording that is bipolar already is on both electrodes', () => {
    const header = makeHeader(['EEG Fp1-F7', 'EEG F7-T3', 'EEG P3-O1'])
    expect(linesOn(['F7'], 'recorded', header)).toEqual(['Fp1-F7', 'F7-T3'])
  })

  it('on Cz is not on all that were recorded against it', () => {
    const header = makeHeader(SCALP.filter((name) => name !== 'Cz').map((name) => `EEG ${name}-Cz`))
    expect(linesOn(['P3'], 'recorded', header)).toEqual(['P3-Cz'])
    expect(linesOn(['Cz'], 'recorded', header)).toEqual([])
  })

  it('is on every line it was tied to, whatever the montage', () => {
    for (const montage of ['recorded', 'longitudinal', 'average'] as const) {
      for (const line of planMontage(HEADER, montage).derivations) {
        expect(linesOn(placesIn(HEADER)(line), montage)).toContain(line.label)
      }
    }
  })
})

describe('the places of a label', () => {
  it.each([
    ['P3-O1', ['P3', 'O1']],
    ['EEG P3-A2', ['P3']],
    ['P3-Avg', ['P3']],
    ['t5', ['P7']],
    ['EMG Chin', ['EMG Chin']],
    ['', ['']],
  ])('%s', (label, places) => {
    expect(placesOfLabel(label)).toEqual(places)
  })
})

describe('ticking a line', () => {
  const lines = planMontage(HEADER, 'longitudinal').derivations.map(placesIn(HEADER))

  it('ties the mark to both electrodes, and unticking unties those that no other ticked line has', () => {
    const one = toggleLine([], ['P3', 'O1'], lines)
    const two = toggleLine(one, ['C3', 'P3'], lines)
    expect(two).toEqual(['P3', 'O1', 'C3'])
    expect(toggleLine(two, ['P3', 'O1'], lines)).toEqual(['P3', 'C3'])
    expect(toggleLine(one, ['P3', 'O1'], lines)).toEqual([])
  })

  it('ticks each line that is asked for, and names no electrode twice', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(lines.length - 1), { maxLength: 30 }), (presses) => {
        let channels: readonly string[] = []
        for (const press of presses) {
          const line = lines[press]!
          const was = isWhollyOn(channels, line)
          channels = toggleLine(channels, line, lines)
          expect(new Set(channels).size).toBe(channels.length)
          if (!was) expect(isWhollyOn(channels, line)).toBe(true)
        }
      }),
    )
  })
})
