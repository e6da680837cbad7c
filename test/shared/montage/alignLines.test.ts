import { describe, expect, it } from 'vitest'
import { alignLines } from '../../../shared/montage/alignLines.ts'
import { placesIn } from '../../../shared/montage/places.ts'
import { planMontage } from '../../../shared/montage/planMontage.ts'
import { type MadeSignal, makeHeader } from '../../support/signals.ts'

type Made = readonly (string | MadeSignal)[]

function align(montage: 'recorded' | 'longitudinal' | 'average', own: Made, other: Made) {
  const [ours, theirs] = [makeHeader(own), makeHeader(other)]
  const rows = planMontage(ours, montage).derivations
  const { derivations } = planMontage(theirs, montage)
  const aligned = alignLines(rows, derivations, {
    placesOfRow: placesIn(ours),
    placesOfOther: placesIn(theirs),
    name: 'other.edf',
  })
  return { rows, theirs: derivations, ...aligned }
}

const emg = (label: string): MadeSignal => ({ label, kind: 'emg' })

describe('lines of another recording', () => {
  it('stand in the rows of this one, whatever their order in the file', () => {
    const { rows, lines, left } = align(
      'recorded',
      ['EEG Fp1', 'EEG Fp2', 'EEG O1'],
      ['EEG O1', 'EEG Fp2', 'EEG Fp1'],
    )
    expect(lines.map(({ row }) => row)).toEqual(rows)
    expect(lines.map(({ line }) => line.terms[0]?.signal)).toEqual([2, 1, 0])
    expect(left).toEqual([])
  })

  it('are known by their electrode under other names, and keep the row’s own', () => {
    const { lines } = align('recorded', ['EEG T3-Ref', 'EEG Fp1-Ref'], ['Fp1', 'T7'])
    expect(lines.map(({ line }) => [line.label, line.terms[0]?.signal, line.problem])).toEqual([
      ['T3-Ref', 1, null],
      ['Fp1-Ref', 0, null],
    ])
  })

  it('leave a row empty that they have nothing for, and say in which file', () => {
    const { lines } = align('recorded', ['EEG Fp1', emg('EMG Chin'), 'EEG O1'], ['EEG Fp1', 'EEG O1'])
    expect(lines.map(({ line }) => line.problem)).toEqual([null, 'not in other.edf', null])
    expect(lines[1]!.line).toMatchObject({ terms: [], sampleRate: null, label: lines[1]!.row.label })
  })

  it('that have no row are named', () => {
    const { left } = align('recorded', ['EEG Fp1'], ['EEG Fp1', emg('EMG LAT'), emg('EMG RAT')])
    expect(left.map(({ terms }) => terms[0]?.signal)).toEqual([1, 2])
  })

  it('are of one kind in a row: an electrode is no muscle of that name', () => {
    const { lines, left } = align('recorded', ['EEG Fz'], [emg('EEG Fz')])
    expect(lines[0]!.line.problem).toBe('not in other.edf')
    expect(left).toHaveLength(1)
  })

  it('of two of one name come in their order, none twice', () => {
    const { lines } = align('recorded', [emg('EMG Leg'), emg('EMG Leg')], [emg('Leg EMG'), emg('EMG Leg')])
    expect(lines.map(({ line }) => line.terms[0]?.signal).sort()).toEqual([0, 1])
    expect(new Set(lines.map(({ line }) => line.id)).size).toBe(2)
  })

  it('of a derived montage stand chain by chain where the other names its temples otherwise', () => {
    const sites = 'Fp1 F7 T3 T5 O1 F3 C3 P3 Fz Cz Pz Fp2 F4 C4 P4 O2 F8 T4 T6'.split(' ')
    const names: Readonly<Record<string, string>> = { T3: 'T7', T4: 'T8', T5: 'P7', T6: 'P8' }
    const { rows, lines, left } = align(
      'longitudinal',
      sites,
      [...sites].reverse().map((site) => `EEG ${names[site] ?? site}-Ref`),
    )
    expect(rows).toHaveLength(18)
    expect(lines.every(({ line, row }) => line.problem === null && line.block === row.block)).toBe(true)
    expect(left).toEqual([])
  })
})
