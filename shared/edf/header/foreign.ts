/** Files that are not EDF, told by their first bytes, so that the refusal can say what they are. */
import { latin1 } from './text.ts'

/** As many bytes as the longest mark below needs. */
export const FOREIGN_BYTES = 512

const UNPACK = 'unpack it and open the recording inside'
const CONVERT = 'convert it to EDF first'

/** What begins so, is so. The bytes are written as characters of the same number. */
const PREFIXES: readonly (readonly [name: string, prefixes: readonly string[], way?: string])[] = [
  ['a ZIP archive', ['PK\x03\x04', 'PK\x05\x06'], UNPACK],
  ['a gzip archive', ['\x1f\x8b'], UNPACK],
  ['a 7-Zip archive', ['7z\xbc\xaf\x27\x1c'], UNPACK],
  ['a RAR archive', ['Rar!'], UNPACK],
  ['a bzip2 archive', ['BZh'], UNPACK],
  ['an xz archive', ['\xfd7zXZ'], UNPACK],
  ['a Zstandard archive', ['\x28\xb5\x2f\xfd'], UNPACK],
  ['a PDF document', ['%PDF']],
  ['a GDF recording', ['GDF 0', 'GDF 1', 'GDF 2', 'GDF 3'], CONVERT],
  [
    'a BrainVision header',
    ['Brain Vision', 'BrainVision', '\xef\xbb\xbfBrain'],
    'convert the recording to EDF first',
  ],
  ['a CFWB recording', ['CFWB'], CONVERT],
  ['a Neuroscan recording', ['Version 3.0'], CONVERT],
  ['an EGI recording', ['EGI'], CONVERT],
  ['a Nihon Kohden recording', ['EEG-1', 'EEG-2', 'DAE-2', 'DAE-1', 'QI-4'], CONVERT],
  ['a Micromed recording', ['* MICROMED'], CONVERT],
  ['an XDF recording', ['XDF:'], CONVERT],
  ['a FIF recording', ['\0\0\0\x64\0\0\0\x1f'], CONVERT],
  ['a MATLAB file', ['MATLAB '], 'export it as EDF first'],
  ['an HDF5 or MATLAB file', ['\x89HDF\r\n'], 'export it as EDF first'],
  ['a NumPy file', ['\x93NUMPY']],
  ['a Microsoft Office document', ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1']],
  ['a picture', ['\x89PNG', '\xff\xd8\xff', 'GIF8', 'II*\0', 'MM\0*']],
  ['a video or sound file', ['RIFF', 'OggS', 'ID3', '\x1aE\xdf\xa3']],
  ['a SQLite database', ['SQLite format 3']],
  ['a program', ['MZ', '\x7fELF', '\xcf\xfa\xed\xfe', '#!']],
  ['a text in UTF-16', ['\xff\xfe', '\xfe\xff']],
]

const PATTERNS: readonly (readonly [name: string, test: (head: string) => boolean, way?: string])[] = [
  ['a Nicolet recording', (head) => NICOLET_TAGS.some((tag) => head.includes(tag, 172)), CONVERT],
  ['a video or sound file', (head) => head.slice(4, 8) === 'ftyp'],
  ['a DICOM file', (head) => head.slice(128, 132) === 'DICM', 'export it as EDF first'],
  ['a tar archive', (head) => head.slice(257, 262) === 'ustar', UNPACK],
  ['an XML or HTML text', (head) => /^(?:\xef\xbb\xbf)?\s*<(?:[?!]|\w+[ >])/.test(head)],
  ['a JSON text', (head) => /^(?:\xef\xbb\xbf)?\s*[{[]\s*["{[\]}\d]/.test(head)],
]

/** Names in the tag table that a Nicolet `.e` file begins with, in UTF-16. */
const NICOLET_TAGS = ['ExtraData', 'DataStream', 'SegmentStream', 'InfoGuids'].map((tag) =>
  [...tag].join('\0'),
)

/**
 * A sentence that names what the file is, or null where its first bytes (`FOREIGN_BYTES` of them, or all
 * there are) may be those of EDF or BDF.
 */
export function describeForeign(bytes: Uint8Array, byteLength: number): string | null {
  if (byteLength === 0) return 'The file is empty.'
  const start = bytes.subarray(0, FOREIGN_BYTES)
  const head = latin1(start)
  if (head.startsWith('\xff') && head.slice(1, 8).toUpperCase() === 'BIOSEMI') return null
  if (head.startsWith('0') && head.slice(1, 8).replaceAll('\0', ' ').trim() === '') return null
  if (start.every((byte) => byte === 0)) {
    return 'Not an EDF or BDF file: it begins with nothing but zeros, as after a copy that failed.'
  }
  for (const [name, prefixes, way] of PREFIXES) {
    if (prefixes.some((prefix) => head.startsWith(prefix))) return sentence(name, way)
  }
  for (const [name, test, way] of PATTERNS) {
    if (test(head)) return sentence(name, way)
  }
  return looksLikeProse(start) ? sentence('a text') : null
}

function sentence(name: string, way?: string): string {
  return `Not an EDF or BDF file: it is ${name}${way === undefined ? '' : ` (${way})`}.`
}

/** Printable and with line breaks, which no EDF header has. */
function looksLikeProse(bytes: Uint8Array): boolean {
  if (!bytes.includes(0x0a) && !bytes.includes(0x0d)) return bytes.length < 256 && bytes.every(isPrintable)
  return bytes.every((byte) => isPrintable(byte) || byte === 0x0a || byte === 0x0d)
}

function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte !== 0x7f) || byte === 0x09
}
