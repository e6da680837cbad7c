import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  areAmplifierPositions,
  normaliseElectrode,
  parseBipolar,
  parseElectrode,
  siteOf,
} from '../../../shared/montage/electrodes.ts'

describe('the electrode of a label', () => {
  it.each([
    ['Fp1', 'Fp1', null],
    ['FP1', 'Fp1', null],
    ['fp2', 'Fp2', null],
    ['EEG Fp1', 'Fp1', null],
    ['EEG FPZ', 'Fpz', null],
    ['EEG Fp1-REF', 'Fp1', 'Ref'],
    ['FP1-REF', 'Fp1', 'Ref'],
    ['Fp1-Ref', 'Fp1', 'Ref'],
    ['EEG FP1-LE', 'Fp1', 'LE'],
    ['EEG T3-LE', 'T7', 'LE'],
    ['Fp1-Avg', 'Fp1', 'Avg'],
    ['T4-AVG', 'T8', 'Avg'],
    ['EEG F3-AR', 'F3', 'Avg'],
    ['T3', 'T7', null],
    ['T4', 'T8', null],
    ['T5', 'P7', null],
    ['T6', 'P8', null],
    ['EEG T5-Ref', 'P7', 'Ref'],
    ['Fc5.', 'FC5', null],
    ['C3..', 'C3', null],
    ['Iz..', 'Iz', null],
    ['C3-M2', 'C3', 'M2'],
    ['C3-A2', 'C3', 'A2'],
    ['EEG F3-A2', 'F3', 'A2'],
    ['EEG C4-A1', 'C4', 'A1'],
    ['C4A1', 'C4', 'A1'],
    ['O2M1', 'O2', 'M1'],
    ['C3:A2', 'C3', 'A2'],
    ['EEG O1-A1A2', 'O1', 'LE'],
    ['Cz-(A1+A2)/2', 'Cz', 'LE'],
    ['Pz-LM', 'Pz', 'LM'],
    ['EEG A1-Ref', 'A1', 'Ref'],
    ['POL Fp1', 'Fp1', null],
    ['EEG-Cz', 'Cz', null],
    ['EEG Fp1-Ref-0', 'Fp1', 'Ref'],
    ['  EEG Cz  ', 'Cz', null],
    ['AF7', 'AF7', null],
    ['PO10', 'PO10', null],
    ['TP9', 'TP9', null],
    ['EEG F3-CS2', 'F3', 'CS2'],
  ])('%s is %s against %s', (label, electrode, reference) => {
    expect(parseElectrode(label)).toEqual({ electrode, reference })
    expect(normaliseElectrode(label)).toBe(electrode)
  })

  it.each([
    'EEG A2-A1',
    'FP1-F7',
    'T8-P8',
    'EEG Fpz-Cz',
    'E1-M2',
    'EOG L',
    'EOG LOC',
    'EMG Chin',
    'ECG ECG',
    'Status',
    'EEG Channel-1',
    'EEG(sec)',
    'SaO2',
    'EEG',
    'Fp3',
    'T12',
    '-',
    '',
    'EDF Annotations',
    'Resp oro-nasal',
  ])('%j is none', (label) => {
    expect(parseElectrode(label)).toBeNull()
    expect(normaliseElectrode(label)).toBeNull()
  })
})

describe('a label that is bipolar as recorded', () => {
  it.each([
    ['FP1-F7', 'Fp1', 'F7'],
    ['EEG Fpz-Cz', 'Fpz', 'Cz'],
    ['T8-P8-1', 'T8', 'P8'],
    ['T3-T5', 'T7', 'P7'],
    ['EEG A2-A1', 'A2', 'A1'],
    ['A1-Cz', 'A1', 'Cz'],
  ])('%s is %s against %s', (label, first, second) => {
    expect(parseBipolar(label)).toEqual({ first, second })
  })

  it.each(['C3-M2', 'C3-A2', 'Fp1-Ref', 'Fp1', 'EOG L-A2'])('%s is not', (label) => {
    expect(parseBipolar(label)).toBeNull()
  })
})

describe('sites', () => {
  it('have odd numbers on the left, even on the right, z between', () => {
    expect(siteOf('Fp1')).toMatchObject({ side: 'left', region: 'frontal', ear: false })
    expect(siteOf('T8')).toMatchObject({ side: 'right', region: 'temporal' })
    expect(siteOf('Cz')).toMatchObject({ side: 'midline', region: 'central', lateral: 0 })
    expect(siteOf('PO10')).toMatchObject({ side: 'right', region: 'occipital', lateral: 5 })
    expect(siteOf('M1')).toMatchObject({ side: 'left', ear: true })
    expect(siteOf('E1')).toBeNull()
  })
})

describe('amplifier positions', () => {
  it('are recognised, so that their C3 is not taken for the electrode', () => {
    expect(areAmplifierPositions(['A1', 'A2', 'A3', 'A4', 'B1', 'C3', 'C4'])).toBe(true)
  })

  it('are not seen in a 10-20 recording with both ears', () => {
    expect(areAmplifierPositions(['EEG Fp1', 'EEG A1', 'EEG A2', 'EEG C3', 'E1', 'E2'])).toBe(false)
  })
})

it('names an electrode for every scalp label of the real recordings', (context) => {
  const folder = path.resolve(import.meta.dirname, '../../../../shared/recordings/valid')
  if (!existsSync(folder)) {
    console.log('skipped: no real recordings beside this checkout')
    return
  }
  const golden = (name: string): readonly string[] =>
    JSON.parse(readFileSync(path.join(folder, name), 'utf8')).signals.map(
      (signal: { readonly label: string }) => signal.label,
    )
  const names = readdirSync(folder)
  expect(names.length, context.task.name).toBeGreaterThan(10)
  expect(golden('eegmat-Subject00_1.edf.golden.json').filter(normaliseElectrode)).toHaveLength(19)
  expect(golden('microstates-test.edf.golden.json').filter(normaliseElectrode)).toHaveLength(30)
  expect(golden('chbmit-header-chb01_01.edf.golden.json').filter(parseBipolar)).toHaveLength(23)
  expect(golden('sleepedf-short_psg.edf.golden.json').filter(normaliseElectrode)).toHaveLength(0)
})
