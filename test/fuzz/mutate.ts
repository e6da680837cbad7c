/** Files made wrong, from a seed: the same seed makes the same file. */
import { FILE_FIELDS, SIGNAL_FIELDS, signalFieldOffset } from '../../shared/edf/header/layout.ts'
import { concat } from '../support/edfBytes.ts'

export type Random = {
  /** From 0 to below 1. */
  readonly next: () => number
  /** A whole number from 0 to below `end`. */
  readonly below: (end: number) => number
  readonly pick: <Value>(values: readonly Value[]) => Value
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (end: number) => Math.floor(next() * end)
  return { next, below, pick: (values) => values[below(values.length)] as (typeof values)[number] }
}

const TEXTS = [
  '',
  '0',
  '-1',
  '1',
  '2',
  '3',
  '99999999',
  '-9999999',
  '1e9',
  '1E-9',
  '9e307',
  '-9e307',
  '1e999',
  'NaN',
  'Infinity',
  '0.1',
  '0,1',
  '1,000',
  '.',
  '-',
  '+',
  '1.5',
  '32767',
  '-32768',
  '8388607',
  '-8388608',
  '256',
  '512',
  '768',
  '0.0000001',
  '3600',
  '86400',
  '\0\0\0\0',
  '\xff\xff',
  'EDF+C',
  'EDF+D',
  'BDF+C',
  '24BIT',
  'EDF Annotations',
  'BDF Annotations',
  '\xffBIOSEMI',
  '02.08.yy',
  '31.12.99',
  '29.02.00',
  'Startdate 02-AUG-2016 X X X',
  '\u001b[31m',
  ' 7',
  '٣',
  'X X X X',
]

const TALS = [
  '+0\x14\x14\0',
  '+1\x14\x14\0',
  '-5\x14\x14\0',
  '+99999999\x14\x14\0',
  '+1e9\x14\x14\0',
  '+0.0000001\x14\x14\0',
  '\x14\x14\0',
  '\x15\x14\0',
  '+1\x15\x14x\x14\0',
  '+1\x152\x14x\x14',
  '+5\x14\x14a\x14b\x14\0',
  '\0\0\0',
  '\x14'.repeat(40),
  '+'.repeat(60),
  '+1\x14\xff\xfe\x14\0',
  '+1\x14a@@b\x14\0',
  '0\x14\x14\0',
]

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array

const overwrite = (bytes: Uint8Array, offset: number, text: string, length = text.length) => {
  for (let i = 0; i < length && offset + i < bytes.length; i++)
    bytes[offset + i] = i < text.length ? text.charCodeAt(i) : 0x20
  return bytes
}

const signalsOf = (bytes: Uint8Array) =>
  Math.max(1, Number.parseInt(String.fromCharCode(...bytes.subarray(252, 256)), 10) || 1)

const MUTATIONS: readonly Mutation[] = [
  (bytes, random) => {
    const { offset, length } = random.pick(Object.values(FILE_FIELDS))
    return overwrite(bytes, offset, random.pick(TEXTS), length)
  },
  (bytes, random) => {
    const field = random.pick(Object.keys(SIGNAL_FIELDS) as (keyof typeof SIGNAL_FIELDS)[])
    const count = signalsOf(bytes)
    return overwrite(
      bytes,
      signalFieldOffset(field, count, random.below(count)),
      random.pick(TEXTS),
      SIGNAL_FIELDS[field].length,
    )
  },
  (bytes, random) => {
    // One character of the header becomes another digit, a sign or any byte.
    const at = random.below(Math.min(bytes.length, 256 + 256 * signalsOf(bytes)))
    if (at < bytes.length) bytes[at] = random.next() < 0.5 ? 0x2b + random.below(15) : random.below(256)
    return bytes
  },
  (bytes, random) => {
    for (let i = random.below(8); i >= 0; i--) bytes[random.below(bytes.length)] = random.below(256)
    return bytes
  },
  (bytes, random) => overwrite(bytes, random.below(bytes.length), random.pick(TALS)),
  (bytes, random) => {
    // Where a TAL begins.
    const at = bytes.indexOf(0x14, random.below(bytes.length))
    return at === -1 ? bytes : overwrite(bytes, Math.max(0, at - random.below(6)), random.pick(TALS))
  },
  (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
  (bytes, random) => bytes.slice(0, Math.max(0, bytes.length - random.below(64))),
  (bytes, random) => {
    const at = random.below(bytes.length)
    return concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + random.below(16)))])
  },
  (bytes, random) => {
    const at = random.below(bytes.length)
    const more = Uint8Array.from({ length: 1 + random.below(64) }, () => random.below(256))
    return concat([bytes.subarray(0, at), more, bytes.subarray(at)])
  },
  (bytes, random) => concat([bytes, bytes.subarray(random.below(bytes.length))]),
  (bytes, random) => {
    const at = random.below(bytes.length)
    return bytes.fill(random.pick([0, 0x20, 0x30, 0x39, 0x14, 0xff]), at, at + random.below(300))
  },
  (bytes) => Uint8Array.from([...bytes].flatMap((byte) => (byte === 0x0a ? [0x0d, 0x0a] : [byte]))),
]

/** One of the files, changed in one to six ways; now and then nothing but random bytes. */
export function mutate(files: readonly Uint8Array[], random: Random): Uint8Array {
  if (random.below(50) === 0) return Uint8Array.from({ length: random.below(3000) }, () => random.below(256))
  let bytes: Uint8Array = Uint8Array.from(random.pick(files))
  for (let i = random.below(6); i >= 0; i--) {
    if (bytes.length === 0) break
    bytes = random.pick(MUTATIONS)(bytes, random)
  }
  return bytes
}
