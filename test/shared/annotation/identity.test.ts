import { describe, expect, it } from 'vitest'
import {
  hasShrunk,
  matchRecording,
  mayHaveGrown,
  wrongRecording,
} from '../../../shared/annotation/identity.ts'
import { blankDocument, RECORDING } from '../../support/annotations.ts'

const document = blankDocument()
const grown = { ...RECORDING, fingerprint: 'b'.repeat(64), records: 900 }

describe('a set belongs to', () => {
  it('a recording with the same samples, whatever its name and labels', () => {
    const renamed = {
      ...RECORDING,
      fileName: 'anonymous.edf',
      signals: [{ label: 'x', samplesPerRecord: 1 }],
    }
    expect(matchRecording(document, renamed)).toBe('same')
  })

  it('a recording that has grown since, whose first records are the same', () => {
    expect(matchRecording(document, grown, RECORDING.fingerprint)).toBe('grown')
  })

  it('no other recording', () => {
    expect(matchRecording(document, grown)).toBe('other')
    expect(matchRecording(document, grown, 'c'.repeat(64))).toBe('other')
    expect(matchRecording(document, { ...grown, records: 300 }, RECORDING.fingerprint)).toBe('other')
  })
})

it.each([
  ['it has more records', grown, true],
  ['it has fewer records', { ...grown, records: 300 }, false],
  ['its records are longer', { ...grown, recordDuration: 2 }, false],
  ['it has another signal', { ...grown, signals: RECORDING.signals.slice(1) }, false],
  [
    'it has another rate',
    { ...grown, signals: RECORDING.signals.map((s) => ({ ...s, samplesPerRecord: 1 })) },
    false,
  ],
])('whether it may have grown where %s', (_, identity, expected) => {
  expect(mayHaveGrown(document, identity)).toBe(expected)
})

it('names the recording a set was made for, without its folder', () => {
  const elsewhere = { ...document, recording: { ...RECORDING, fileName: 'C:\\ward\\Doe\\night.edf' } }
  expect(wrongRecording(elsewhere)).toMatchObject({
    code: 'wrong-recording',
    message: 'This set was made for another recording, night.edf. Open that recording to see its marks.',
  })
  expect(wrongRecording({ ...document, recording: { ...RECORDING, fileName: '' } }).message).toMatch(
    /^This set was made for another recording\./,
  )
})

const shrunk = { ...RECORDING, fingerprint: 'b'.repeat(64), records: 400 }

it.each([
  ['it has fewer records', shrunk, true],
  ['it has as many records', RECORDING, false],
  ['it has the same samples', { ...RECORDING, records: 400 }, false],
  ['it has more records', grown, false],
  ['it has another name', { ...shrunk, fileName: 'other.edf' }, false],
  ['its records are longer', { ...shrunk, recordDuration: 2 }, false],
  ['it has another signal', { ...shrunk, signals: RECORDING.signals.slice(1) }, false],
])('whether it has lost records where %s', (_, identity, expected) => {
  expect(hasShrunk(document, identity)).toBe(expected)
})

it('says that a recording has lost records, and where the marks are', () => {
  expect(wrongRecording(document, { identity: shrunk, setName: 'night.JS.hypnospike.json' })).toMatchObject({
    code: 'wrong-recording',
    message:
      'night.edf had 600 records when this set was made and has 400 now; ' +
      'its marks are kept in night.JS.hypnospike.json.',
  })
  const other = { ...shrunk, fileName: 'other.edf' }
  expect(wrongRecording(document, { identity: other, setName: 'x.json' }).message).toMatch(
    /another recording/,
  )
})
