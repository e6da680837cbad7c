import { describe, expect, test } from 'vitest'
import { bytesSource } from '../../../../shared/bytes.ts'
import { checkRecording } from '../../../../shared/edf/check.ts'
import { assumeUnit, readUnit } from '../../../../shared/edf/header/unit.ts'
import { edfBytes, PLAIN_SIGNAL, type SignalBytes } from '../../../support/edfBytes.ts'
import { openFileBytes } from '../../../support/recordings.ts'

/** Units as bytes, one a character; the code tables are those of Unicode's mapping files. */
const VOLTAGES: Readonly<Record<'uV' | 'mV' | 'V' | 'nV', readonly string[]>> = {
  uV: [
    ...['uV', 'uv', 'UV', 'Uv', 'u V', 'uV.', '[uV]', '(uV)'],
    ...['uVolt', 'UVOLT', 'uVolts', 'microV', 'microvol', 'MICROVOL', 'micro V', 'mcV', 'mkV'],
    ...['mikroV', 'MIKROV', 'Mikrovol'],
    // Latin-1 and windows-1252; UTF-8 of the micro sign and of mu; UTF-8 encoded twice.
    ...['\xb5V', '\xc2\xb5V', '\xce\xbcV', '\xc3\x82\xc2\xb5V', '\xb5v', '\xb5Volt'],
    // Shift-JIS, GBK, Big5, EUC-KR, code page 437, windows-1253.
    ...['\x83\xcaV', '\xa6\xccV', '\xa3gV', '\xa5\xecV', '\xe6V', '\xecV'],
    // Full width in Shift-JIS; Cyrillic in UTF-8 and windows-1251; Chinese in GBK.
    ...['\x82\x95\x82\x75', '\xd0\xbc\xd0\xba\xd0\x92', '\xec\xea\xc2', '\xce\xa2\xb7\xfc'],
  ],
  mV: ['mV', 'mv', 'm V', 'mVolt', 'millivol', 'MILLIVOL', 'milliV'],
  V: ['V', 'v', 'Volt', 'volts', 'VOLT'],
  nV: ['nV', 'nv', 'NV', 'nanovolt', 'nVolt'],
}

describe('a unit that is clearly a voltage', () => {
  const all = Object.entries(VOLTAGES).flatMap(([unit, texts]) => texts.map((text) => [text, unit] as const))
  test.each(all)('%j is read as %s, in any case and code page, without a warning', async (text, unit) => {
    expect(readUnit(text)).toEqual({ certainty: 'clear', unit })
    const { recording } = await openFileBytes({ signals: [{ ...PLAIN_SIGNAL, unit: text }] })
    expect(recording.header.signals[0]?.unit).toBe(unit)
    expect(recording.header.signals[0]?.kind).toBe('eeg')
    expect(recording.warnings).toEqual([])
  })
})

describe('a unit in doubt', () => {
  const DOUBTFUL = ['.V', '?V', '\xef\xbf\xbdV', '5V', 'xV', 'uV/bit', 'uVrms', 'uVpp', 'MV', '/uV']
  test.each(DOUBTFUL)(
    '%j of an EEG is taken for uV, and both the window and the check say so',
    async (unit) => {
      const file = { signals: [{ ...PLAIN_SIGNAL, unit }] }
      const { recording } = await openFileBytes(file)
      expect(recording.header.signals[0]).toMatchObject({ kind: 'eeg', unit: 'uV' })
      expect(recording.warnings.map(({ code }) => code)).toEqual(['unit'])
      expect(recording.warnings[0]?.message).toMatch(/taken for uV/)
      const { deviations } = await checkRecording(bytesSource(edfBytes(file)))
      expect(deviations.some(({ field }) => field.startsWith('Physical dimension'))).toBe(true)
    },
  )

  test('a capital M is milli where the smallest step allows it, micro where it does not', () => {
    expect(assumeUnit(['mV', 'uV'], { step: 0.0001, range: 6.5 })).toBe('mV')
    expect(assumeUnit(['mV', 'uV'], { step: 0.1, range: 6553 })).toBe('uV')
  })

  test('four channels read alike are one warning, and one read otherwise is another', async () => {
    const doubtful = (unit: string, over: SignalBytes = {}): SignalBytes => ({
      ...PLAIN_SIGNAL,
      unit,
      ...over,
    })
    const { recording } = await openFileBytes({
      signals: [
        ...['.V', '?V', 'uV/bit', '5V'].map((unit, k) => doubtful(unit, { label: `EEG F${k + 3}` })),
        doubtful('MV', { label: 'EEG Cz', physicalMin: '-3.2768', physicalMax: '3.2767' }),
      ],
    })
    expect(recording.warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/of 4 signals .* found ".V", "\?V", "uV\/bit", "5V", .*taken for uV/),
      expect.stringMatching(/of signal 4 \(EEG Cz\).*taken for mV/),
    ])
  })
})

describe('no unit', () => {
  test.each(['', 'counts', 'a.u.', 'n/a', 'foo', '-'])(
    'an EEG in %j stays one, without a unit',
    async (unit) => {
      const { recording } = await openFileBytes({ signals: [{ ...PLAIN_SIGNAL, unit }] })
      expect(recording.header.signals[0]).toMatchObject({ kind: 'eeg', unit: '', scaling: 'calibrated' })
      expect(recording.warnings[0]?.message).toMatch(/without a unit .*negative is up/)
    },
  )

  test('one blank among channels of the same range takes their unit, and says so', async () => {
    const labels = ['Fp1', 'F3', 'C3', 'P3']
    const signals = labels.map((label, k) => ({ ...PLAIN_SIGNAL, label, unit: k === 2 ? '' : 'mV' }))
    const { recording } = await openFileBytes({ signals })
    expect(recording.header.signals.map(({ unit }) => unit)).toEqual(['mV', 'mV', 'mV', 'mV'])
    expect(recording.warnings[0]?.message).toMatch(/of signal 2 \(C3\): found none.*taken for mV/)
  })
})

describe('a unit that is no voltage', () => {
  const UNITS = [
    'Ohm',
    'kOhm',
    'K\xd9',
    '%',
    'bpm',
    '1/min',
    'L/min',
    'l/s',
    'degC',
    '\xb0C',
    'mmHg',
    'Hz',
    'uV^2',
  ]
  test.each(UNITS)('%j makes no EEG, EOG, EMG or ECG, whatever the label says', async (unit) => {
    const labels = ['EEG Fp1-REF', 'E1 Imp\xe9dance', 'EMG Chin', 'ECG']
    const signals = labels.map((label) => ({ ...PLAIN_SIGNAL, label, unit }))
    const { recording } = await openFileBytes({ signals })
    expect(recording.header.signals.map(({ kind }) => kind)).toEqual(['other', 'other', 'other', 'other'])
    expect(recording.warnings).toEqual([])
  })

  test('a trend of one value a second is no EEG either', async () => {
    const trend = { ...PLAIN_SIGNAL, label: 'EEG trend', samplesPerRecord: '1', record: () => [1] }
    const { recording } = await openFileBytes({ signals: [trend] })
    expect(recording.header.signals[0]?.kind).toBe('other')
  })
})

test('a range that no EEG amplifier has is said where its neighbours have another', async () => {
  const signals = ['uV', 'uV', 'V', 'nV'].map((unit, k) => ({ ...PLAIN_SIGNAL, label: `F${k + 3}`, unit }))
  const { recording } = await openFileBytes({ signals })
  expect(recording.warnings.map(({ code, signal }) => [code, signal])).toEqual([
    ['unit-range', 2],
    ['unit-range', 3],
  ])
})
