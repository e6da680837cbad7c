import { expect, test } from 'vitest'
import { bytesSource } from '../../../../shared/bytes.ts'
import { openRecording } from '../../../../shared/edf/recording.ts'
import { concat, edfBytes } from '../../../support/edfBytes.ts'
import { refusalOf } from '../../../support/recordings.ts'

const text = (value: string) => Uint8Array.from(value, (character) => character.charCodeAt(0))
const padded = (value: string, at = 0) =>
  concat([new Uint8Array(at).fill(0x41), text(value), new Uint8Array(2048).fill(0x42)])

test.each([
  ['a ZIP archive', padded('PK\x03\x04\x14\0')],
  ['a gzip archive', padded('\x1f\x8b\x08\0')],
  ['a 7-Zip archive', padded('7z\xbc\xaf\x27\x1c')],
  ['a PDF document', padded('%PDF-1.7\n')],
  ['a GDF recording', padded('GDF 2.51')],
  ['a BrainVision header', padded('Brain Vision Data Exchange Header File Version 1.0\r\n')],
  ['a Neuroscan recording', padded('Version 3.0\0')],
  ['a FIF recording', padded('\0\0\0\x64\0\0\0\x1f\0\0\0\x14')],
  ['a Nihon Kohden recording', padded('EEG-1100C V01.00')],
  ['a Nicolet recording', padded([...'InfoGuids'].join('\0'), 176)],
  ['a MATLAB file', padded('MATLAB 5.0 MAT-file')],
  ['an HDF5', padded('\x89HDF\r\n\x1a\n')],
  ['a Microsoft Office document', padded('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')],
  ['a picture', padded('\x89PNG\r\n')],
  ['a video', concat([text('\0\0\0\x18ftypmp42'), new Uint8Array(500)])],
  ['a DICOM file', padded('DICM', 128)],
  ['a tar archive', padded('ustar', 257)],
  ['an XML', text('<?xml version="1.0"?><a/>'.padEnd(600))],
  ['a JSON text', text('{"format": "hypnospike"}')],
  ['a text', text('Patient;Date\r\n1;2\r\n'.repeat(40))],
  ['a text', text('just a note')],
  ['a text in UTF-16', padded('\xff\xfeh\0i\0')],
  ['nothing but zeros', new Uint8Array(4096)],
  ['empty', new Uint8Array(0)],
  ['does not begin with the header', concat([text('RANDOM\x01\x02\x03'), new Uint8Array(1000).fill(0x80)])],
  ['has only 100 bytes', edfBytes().subarray(0, 100)],
])('%s is named in one sentence', async (name, bytes) => {
  const refusal = await refusalOf(openRecording(bytesSource(bytes)))
  expect(refusal.code).toBe('not-edf')
  expect(refusal.message).toContain(name)
  expect(refusal.message).not.toContain('\n')
})

test('only the first bytes of a huge foreign file are read', async () => {
  const zip = padded('PK\x03\x04')
  let read = 0
  const source = {
    byteLength: 12_000_000_000,
    slice: async (start: number, end: number) => {
      read += end - start
      return zip.subarray(start, end)
    },
  }
  await refusalOf(openRecording(source))
  expect(read).toBeLessThanOrEqual(512)
})

test("a header's claim takes no memory: 9999 signals in a small file", async () => {
  const refusal = await refusalOf(
    openRecording(bytesSource(edfBytes({ signalCount: '9999', headerBytes: '2560000' }))),
  )
  expect(refusal.code).toBe('damaged')
  expect(refusal.message).toContain('2560000 bytes of header')
})

test("a header's claim takes no memory: 99,999,999 samples a record", async () => {
  const signals = Array.from({ length: 50 }, () => ({ samplesPerRecord: '99999999' }))
  const refusal = await refusalOf(openRecording(bytesSource(edfBytes({ signals }))))
  expect(refusal.code).toBe('damaged')
})

test('a recording of centuries is a damaged header', async () => {
  const refusal = await refusalOf(
    openRecording(bytesSource(edfBytes({ recordDuration: '99999999', recordCount: 20 }))),
  )
  expect(refusal.code).toBe('damaged')
  expect(refusal.message).toContain('63 years')
})
