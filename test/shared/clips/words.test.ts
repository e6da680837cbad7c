/** What goes into a clip unasked: words of the field in the spellings of many recorders, and nothing that could be anybody's name. */
import { describe, expect, test } from 'vitest'
import { identifyingWords, repeatsWord } from '../../../shared/clips/identifyingWords.ts'
import { isKnown, type TextField } from '../../../shared/clips/words.ts'

const KNOWN: Readonly<Record<TextField, readonly string[]>> = {
  label: [
    ...['EEG Fp1-Ref', 'EEG FP1-LE', 'Fc5.', 'T3 - T5', 'C4A1', 'EEG A2-A1', 'FP1-F7', 'E129', 'A12', 'EXG3'],
    ...['EMG Chin1-Chin2', 'EMG LAT', 'EOG E1-M2', 'LOC', 'ECG', 'ECG II', 'EKG1-REF', 'EEG EKG-REF', 'SpO2'],
    ...['SaO2', 'Resp oro-nasal', 'Airflow', 'THO', 'Status', 'Pulse', 'Temp rectal', 'DC01', 'Event marker'],
  ],
  unit: ['uV', 'µV', 'mV', '%', 'bpm', 'Ohm', 'degC', 'cmH2O', 'Boolean', 'L/s', ''],
  transducer: [
    'AgAgCl electrode',
    'Ag/AgCl cup electrodes',
    'Active Electrode, pin-type',
    'Triggers and Status',
    '',
  ],
  prefilter: [
    ...[
      'HP:0.1Hz LP:75Hz N:50Hz',
      'HP: DC; LP: 417 Hz',
      'HP:0.500000Hz LP:45.000000Hz RF:50Hz',
      'No filtering',
    ],
    ...['LP:30.00Hz HP:0.30Hz NOTCH:50', 'HP0.16Hz', 'BP 0.3-35 Hz', 'HP:0.16Hz LP:100Hz N:None', 'TC:0.3s'],
  ],
  annotation: [
    ...[
      'Sleep stage N2',
      'Sleep stage W',
      'Lights off',
      'EYES  OPEN',
      'Photic 12 Hz',
      'Hypnic jerk',
      'Mimic: FIRDA',
    ],
    ...['3 Hz spike-and-wave', 'Obstructive apnea', 'Trigger 12', '202', 'T0'],
  ],
}

const NOT_KNOWN: Readonly<Record<TextField, readonly string[]>> = {
  label: [
    ...[
      'EEG Haagse',
      'Mark',
      'EMG Mark',
      'EEG 1234567',
      'EEG 12 03 62',
      'F3 1951',
      'C3-Kowalski',
      'Dr Fp1',
      '1962',
    ],
    ...['EEG 02-05-51', 'EEG Łódź', 'EEG\u202eFp1', 'LAH3-Smith', ''],
  ],
  unit: ['Haagse', 'uVolga', '1951', '%Smith'],
  transducer: [
    '\u00af au',
    'Ag\u{10ffff}',
    'AgAgCl no. 77134',
    'electrode of Haagse',
    'serial JE921',
    '77134',
  ],
  prefilter: [
    ...[
      'HP:0.1Hz Haagse',
      '12.03.1962',
      'HP:12.03.1962',
      '1962',
      'HP:0.1Hz 0.2Hz 0.3Hz',
      '02/05/51',
      'HP 12/03/62',
    ],
    ...['LP:75Hz by JS'],
  ],
  annotation: [
    ...[
      'Mrs Haagse awake',
      'Lights off Haagse',
      'Patient awake',
      '0601234567',
      '02-05-1951',
      '22:15',
      'called Dr K',
    ],
    ...['Sleep stage Haagse', 'Photic by Vandertech', 'Trigger 1234', '1951', 'Eyes open.Haagse'],
  ],
}

describe('a text', () => {
  const rows = (table: typeof KNOWN) =>
    Object.entries(table).flatMap(([field, texts]) =>
      texts.map((text) => [field as TextField, text] as const),
    )
  test.each(rows(KNOWN))('%s "%s" goes unasked', (field, text) => {
    expect(isKnown(field, text)).toBe(true)
  })
  test.each(rows(NOT_KNOWN))('%s "%s" is asked about', (field, text) => {
    expect(isKnown(field, text)).toBe(false)
  })
})

describe('what a recording could be found by', () => {
  const header = {
    patient: 'MCH-0234567 F 02-MAY-1951 Haagse_Harriet',
    recording: 'Startdate 17-SEP-2016 PSG-1234/2016 NN Telemetry',
    start: '2016-09-17T22:15:37',
  }
  const words = identifyingWords(header, 'night EEG haagse2.edf')
  test.each(['0234567', 'HARRIET', 'seen by haagse', '17.09.16', '2016-09-17', '22:15:37', 'psg-1234'])(
    '%s',
    (text) => {
      expect(repeatsWord(text, words)).not.toBeNull()
    },
  )
  const accented = identifyingWords(
    { ...header, patient: 'MRN99887766 F 17-FEB-1961 Z\u00f6rblax_Stra\u00dfer' },
    'night.edf',
  )
  test.each([
    'Z\u00f6rblax',
    'Zo\u0308rblax',
    'ZO\u0308RBLAX',
    'Zorblax',
    'Z\u00f6r\u200bblax',
    'https://example.org/Z%C3%B6rblax',
    'STRASSER',
    'number 99887766',
  ])('%s, however it is spelled', (text) => {
    expect(repeatsWord(text, accented)).not.toBeNull()
  })
  test('short names are looked for as words of their own', () => {
    const kim = identifyingWords({ ...header, patient: 'X F 02-MAR-1951 Kim_van_Le\u00ea' }, 'night.edf')
    for (const text of ['Seen: Kim, awake', 'KIM_2', 'Mrs Le\u00ea', 'Mrs Lee'])
      expect(repeatsWord(text, kim)).not.toBeNull()
    for (const text of ['kimono', 'van Gogh', 'in mar']) expect(repeatsWord(text, kim)).toBeNull()
  })
  test('and a percent sign that escapes nothing is a percent sign', () => {
    expect(repeatsWord('100 % of Zorblax', accented)).not.toBeNull()
    expect(repeatsWord('100 % of the time', accented)).toBeNull()
  })
  test.each(['Startdate', 'EEG', 'Telemetry', 'night', 'X', 'Lights off', 'clip-2', '01.01.85 00.00.00'])(
    'but not %s',
    (text) => {
      expect(repeatsWord(text, words)).toBeNull()
    },
  )
  test('is nothing where the header is of nobody', () => {
    const nobody = { patient: 'X X X X', recording: 'Startdate X X X X', start: '1985-01-01T00:00:00' }
    expect(identifyingWords(nobody, 'clip.edf')).not.toContain('00:00:00')
    expect(repeatsWord('Hypnic jerk of 5 s', identifyingWords(nobody, 'clip.edf'))).toBeNull()
  })
})
