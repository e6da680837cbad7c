/** The number of signals, which everything else in the header hangs on: as declared, or as its length says. */
import { ReviewError } from '../../failure.ts'
import { parseInteger } from './fields.ts'
import type { Finding } from './finding.ts'
import { describeForeign } from './foreign.ts'
import { fitsThroughout } from './headerSizes.ts'
import { FILE_FIELDS, FIXED_HEADER_BYTES, readField, SIGNAL_HEADER_BYTES } from './layout.ts'
import { type FileKind, parseSignalHeaders } from './signalHeader.ts'
import { quote } from './text.ts'

export function isBiosemi(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && /^biosemi$/i.test(String.fromCharCode(...bytes.subarray(1, 8)))
}

/** The number of signals, which everything else hangs on; throws where the file shows no header. */
export function countSignals(bytes: Uint8Array, byteLength: number, findings: Finding[]): number {
  const foreign = describeForeign(bytes, byteLength)
  if (foreign !== null) throw new ReviewError('not-edf', foreign)
  if (bytes.length < FIXED_HEADER_BYTES) {
    throw new ReviewError(
      'not-edf',
      `Not an EDF or BDF file: it has only ${byteLength} bytes, a header has at least 256.`,
    )
  }
  const declared = parseInteger(readField(bytes, 'signals')).value
  const implied = impliedSignals(bytes, byteLength)
  const version = readField(bytes, 'version')
  const known = version === '0' || isBiosemi(bytes)
  const usable = declared !== null && declared >= 1 && declared <= 9999
  const fits = usable && FIXED_HEADER_BYTES + SIGNAL_HEADER_BYTES * declared <= byteLength

  if (!known && !(fits && declared === implied)) {
    throw new ReviewError('not-edf', 'Not an EDF or BDF file: it does not begin with the header of one.')
  }
  if (!known) {
    findings.push({
      code: 'version',
      clause: 'EDF: version of this data format',
      field: 'Version',
      byteOffset: 0,
      found: quote(version),
      expected: '"0" (EDF) or 0xFF "BIOSEMI" (BDF)',
      howRead: 'read as an EDF header, which the rest of it is',
    })
  }
  if (fits) return declared
  const found = quote(readField(bytes, 'signals'))
  if (implied !== null) {
    findings.push({
      code: 'signal-count',
      clause: 'EDF: number of signals',
      field: 'Number of signals',
      byteOffset: FILE_FIELDS.signals.offset,
      found,
      expected: 'a whole number from 1 to 9999',
      howRead: `read as ${implied} signals, as the header's length says`,
    })
    return implied
  }
  if (usable) {
    throw new ReviewError(
      'damaged',
      `The file is cut off inside its header: ${declared} signals need ${256 * (declared + 1)} bytes of header, the file has ${byteLength} bytes.`,
    )
  }
  throw new ReviewError('damaged', `The header is damaged: its number of signals is ${found}.`)
}

/** The number of signals that the header's length, as the header gives it, is that of; null where the file has no room. */
export function impliedSignals(bytes: Uint8Array, byteLength: number): number | null {
  const { value } = parseInteger(readField(bytes, 'headerBytes'))
  if (value === null || value % SIGNAL_HEADER_BYTES !== 0 || value > byteLength) return null
  const count = (value - FIXED_HEADER_BYTES) / SIGNAL_HEADER_BYTES
  return count >= 1 && count <= 9999 ? count : null
}

/**
 * The number of signals where the header says one and its length another: the other only where every field
 * reads with it and the file's length bears it out, and with the number as written they do not.
 */
export function settleSignals(
  bytes: Uint8Array,
  claims: {
    readonly byteLength: number
    readonly claimedRecords: number | null
    readonly declared: number
    readonly implied: number | null
    readonly file: FileKind
  },
  findings: Finding[],
): number {
  const { declared, implied, file } = claims
  const isSound = (count: number) => {
    const ownHeaderBytes = FIXED_HEADER_BYTES + SIGNAL_HEADER_BYTES * count
    if (bytes.length < ownHeaderBytes) return false
    return fitsThroughout(parseSignalHeaders(bytes, count, file, []), file.family, {
      ...claims,
      ownHeaderBytes,
    })
  }
  if (implied === null || implied === declared || isSound(declared) || !isSound(implied)) return declared
  findings.push({
    code: 'signal-count',
    clause: 'EDF: number of signals',
    field: 'Number of signals',
    byteOffset: FILE_FIELDS.signals.offset,
    found: `${declared}, with a header of ${FIXED_HEADER_BYTES + SIGNAL_HEADER_BYTES * implied} bytes`,
    expected: `${implied}, which that length is for`,
    howRead: `read as ${implied} signals, with which every field reads and the data records fill the file`,
  })
  return implied
}
