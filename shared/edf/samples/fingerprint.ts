/** A recording's fingerprint: what ties a set of marks to the samples they were made on. */
import type { ByteSource } from '../../bytes.ts'
import { recordOffset, signalOffsets } from '../header/layout.ts'
import type { Header, Recording, SignalHeader } from '../header/model.ts'
import type { Digest } from './auditSamples.ts'

const FIRST_RECORDS = 16
const SPREAD_RECORDS = 48
const SAMPLES_A_SIGNAL = 4096
const SIGNALS_SHARE_A_READ_BYTES = 1024 * 1024
/** Each read and each digest alone is mostly waiting. */
const RECORDS_AT_ONCE = 8
/** Of the records at once together: a header may name 9999 signals, and one record then take a hundred megabytes. */
const HELD_BYTES = 16 * 1024 * 1024

/**
 * `hs1:` and the SHA-256, in lower-case hex, of one 32-byte digest after the other:
 *
 * 1. SHA-256 of the ASCII text `hs1|B|n0,n1,...`: B bytes a sample, then the samples a data record of every
 *    signal that is no annotation signal, in header order;
 * 2. for each record taken, in ascending order, SHA-256 of the bytes of these signals in header order, of
 *    each its first min(n, 4096) samples in that record.
 *
 * With R = `records` (all that are used, unless given), the records taken are all of them where R <= 64, else
 * 0 to 15 and, for k = 1 to 48, floor(k * R / 48) - 1, each once.
 *
 * Header and annotations have no part in it, so it outlives de-identification. Only where no other signal has
 * samples, so that nothing else tells recordings of one shape apart, the annotation signals that have bytes
 * take the place of the others in 1 and 2. A file that has grown is
 * recognised by asking for its earlier number of records. A record of more than 16 MB is fed to `digest` (SHA-256)
 * part by part; without one it is held whole. Rejects with what the source rejects with.
 */
export async function fingerprint(
  source: ByteSource,
  recording: Recording,
  records?: number,
  digest?: () => Digest,
): Promise<string> {
  const { header } = recording
  const ordinary = header.signals.filter((signal) => signal.kind !== 'annotations')
  const texts = header.signals.filter((signal) => signal.kind === 'annotations')
  const isSampled = (signal: SignalHeader) => signal.samplesPerRecord > 0
  const told = ordinary.some(isSampled) || !texts.some(isSampled) ? ordinary : texts
  const signals = told.filter(isSampled)
  const counts = told.map((signal) => signal.samplesPerRecord)
  const taken = recordsTaken(Math.min(records ?? header.records, header.records))
  const layout = new TextEncoder().encode(`hs1|${header.bytesPerSample}|${counts.join(',')}`)
  const digests = [await sha256(layout)]
  const pieces = piecesOf(header, signals)
  const bytes = pieces.reduce((sum, piece) => sum + piece.bytes, 0)
  const digestOf = async (record: number) =>
    bytes > HELD_BYTES && digest !== undefined
      ? digestInParts(source, recordOffset(header, record), pieces, digest())
      : sha256(await readRecord(source, header, pieces, record))
  const atOnce = Math.min(RECORDS_AT_ONCE, Math.max(1, Math.floor(HELD_BYTES / Math.max(1, bytes))))
  for (let k = 0; k < taken.length; k += atOnce) {
    digests.push(...(await Promise.all(taken.slice(k, k + atOnce).map(digestOf))))
  }
  const whole = new Uint8Array(digests.length * 32)
  for (const [index, digest] of digests.entries()) whole.set(digest, index * 32)
  return `hs1:${hex(await sha256(whole))}`
}

/** The records a fingerprint over the first `records` takes. */
export function recordsTaken(records: number): readonly number[] {
  if (records <= FIRST_RECORDS + SPREAD_RECORDS)
    return Array.from({ length: Math.max(0, records) }, (_, index) => index)
  const taken = new Set<number>()
  for (let record = 0; record < FIRST_RECORDS; record++) taken.add(record)
  for (let k = 1; k <= SPREAD_RECORDS; k++) taken.add(Math.floor((k * records) / SPREAD_RECORDS) - 1)
  return [...taken].sort((a, b) => a - b)
}

/** What is read of a record in one go: samples that lie one after the other, up to a megabyte. */
type Piece = { readonly offset: number; readonly bytes: number }

function piecesOf(header: Header, signals: readonly SignalHeader[]): readonly Piece[] {
  const offsets = signalOffsets(header)
  const pieces: Piece[] = []
  for (const { index, samplesPerRecord } of signals) {
    const offset = offsets[index] ?? 0
    const bytes = Math.min(samplesPerRecord, SAMPLES_A_SIGNAL) * header.bytesPerSample
    const last = pieces.at(-1)
    const joins = last !== undefined && last.offset + last.bytes === offset
    if (joins && last.bytes + bytes <= SIGNALS_SHARE_A_READ_BYTES) {
      pieces[pieces.length - 1] = { offset: last.offset, bytes: last.bytes + bytes }
    } else pieces.push({ offset, bytes })
  }
  return pieces
}

async function readRecord(
  source: ByteSource,
  header: Header,
  pieces: readonly Piece[],
  record: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const start = recordOffset(header, record)
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.bytes, 0))
  const whole =
    header.recordBytes <= SIGNALS_SHARE_A_READ_BYTES
      ? await source.slice(start, start + header.recordBytes)
      : null
  let at = 0
  for (const { offset, bytes } of pieces) {
    const own =
      whole?.subarray(offset, offset + bytes) ?? (await source.slice(start + offset, start + offset + bytes))
    joined.set(own, at)
    at += bytes
  }
  return joined
}

async function digestInParts(
  source: ByteSource,
  start: number,
  pieces: readonly Piece[],
  digest: Digest,
): Promise<Uint8Array> {
  for (const { offset, bytes } of pieces) {
    digest.update(await source.slice(start + offset, start + offset + bytes))
  }
  return Uint8Array.from(digest.hex().match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytes))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
