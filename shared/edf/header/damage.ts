/**
 * What a transfer as text does to a recording: line feeds become CR LF, CR LF become line feeds, or bytes
 * that are no text are encoded anew. From the first such byte on every sample is off, so the reader must
 * know; it shows in the file's length and in a little of its data.
 */
import type { ByteSource } from '../../bytes.ts'
import type { Finding } from './finding.ts'
import type { Header } from './model.ts'

const LOOK_BYTES = 256 * 1024
/** One byte in 256 is a line feed by chance: so many, all with (or without) a return before them, are not. */
const FEWEST_FEEDS = 8
const FEWEST_LONE_FEEDS = 600
const FEWEST_HIGH_BYTES = 64

/** A finding where the file has been damaged by a transfer as text, else null. Reads at most 256 KiB. */
export async function findDamage(source: ByteSource, header: Header): Promise<Finding | null> {
  const { claimedRecords, headerBytes, recordBytes } = header
  const due =
    claimedRecords === null || claimedRecords < 1 ? null : headerBytes + claimedRecords * recordBytes
  if (due === null || due === source.byteLength) return null
  const data = await source.slice(headerBytes, Math.min(source.byteLength, headerBytes + LOOK_BYTES))
  const how = source.byteLength > due ? damageThatAdds(data) : damageThatTakes(data)
  if (how === null) return null
  return {
    code: 'text-transfer',
    clause: 'EDF: data records',
    field: 'Data records',
    byteOffset: headerBytes,
    found: `${how}: damage of a transfer in text mode (the file is ${Math.abs(source.byteLength - due)} bytes too ${source.byteLength > due ? 'long' : 'short'})`,
    expected: 'the bytes as they were recorded',
    howRead:
      'read as it is, but samples and times are wrong from the first damaged byte on: copy the file again in binary mode',
  }
}

function damageThatAdds(data: Uint8Array): string | null {
  const { feeds, afterReturn } = countFeeds(data)
  if (feeds >= FEWEST_FEEDS && afterReturn === feeds) return 'a carriage return before every line feed'
  const high = data.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0)
  return high >= FEWEST_HIGH_BYTES && isUtf8(data) ? 'nothing but valid UTF-8 text' : null
}

function damageThatTakes(data: Uint8Array): string | null {
  const { feeds, afterReturn } = countFeeds(data)
  return feeds >= FEWEST_LONE_FEEDS && afterReturn === 0 ? 'no carriage return before any line feed' : null
}

function countFeeds(data: Uint8Array): { readonly feeds: number; readonly afterReturn: number } {
  let feeds = 0
  let afterReturn = 0
  for (let at = data.indexOf(0x0a, 1); at !== -1; at = data.indexOf(0x0a, at + 1)) {
    feeds++
    if (data[at - 1] === 0x0d) afterReturn++
  }
  return { feeds, afterReturn }
}

/** The look may end inside a character: its last bytes do not count. */
function isUtf8(data: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(data, { stream: true })
    return true
  } catch {
    return false
  }
}
