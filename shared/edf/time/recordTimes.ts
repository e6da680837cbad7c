/** When the records start, from their timekeeping TALs: all of them, or as few as tell the gaps. */
import type { ByteSource } from '../../bytes.ts'
import { parseRecordOnset, type RecordOnset } from '../annotations/tal.ts'
import type { Finding } from '../header/finding.ts'
import type { Header, Timeline } from '../header/model.ts'
import { annotationSignals, readSignal, walkRecords } from '../records/walkRecords.ts'
import { exactDuration, ticksOfRecords } from './sampleClock.ts'
import { createTimelineBuilder, isDiscontinuous, onsetTolerance } from './timeline.ts'

export type TimelineDepth = 'complete' | 'quick'

export type RecordTimes = { readonly timeline: Timeline; readonly findings: readonly Finding[] }

/** A file this small is read at once: it takes no longer than a page. */
const SMALL_RECORDS = 4096
const SMALL_BYTES = 32 * 1024 * 1024
/** When halving needs more reads than this, the gaps are so many that reading every record is cheaper. */
const MOST_READS = 20_000
const READS_AT_ONCE = 64
/** The TAL that keeps a record's time begins within its first bytes; what text follows does not matter here. */
const ONSET_BYTES = 512

/**
 * `quick` takes a long continuous file at its word after the first record, and finds the gaps of a
 * discontinuous one by halving: where two records lie as far apart in time as in the file, no gap is
 * between them. Both leave `timeline.confirmed` false.
 */
export async function recordTimes(
  source: ByteSource,
  header: Header,
  depth: TimelineDepth,
): Promise<RecordTimes> {
  const [keeper] = annotationSignals(header)
  if (keeper === undefined || header.records === 0) return fromRuns(header, [], true)
  if (depth === 'complete' || isSmall(header)) return readAll(source, header, keeper)
  if (!isDiscontinuous(header) || header.recordDuration === 0) {
    const onset = parseRecordOnset(await readSignal(source, header, 0, keeper, ONSET_BYTES))
    return fromRuns(header, onset === null ? [[null, 1]] : [[onset, header.records]], header.records === 1)
  }
  const runs = await findRuns(source, header, keeper)
  return runs === null ? readAll(source, header, keeper) : fromRuns(header, runs, false)
}

function isSmall(header: Header): boolean {
  const annotationBytes = Math.max(
    0,
    ...annotationSignals(header).map((i) => header.signals[i]?.samplesPerRecord ?? 0),
  )
  const read = Math.min(header.recordBytes, annotationBytes * header.bytesPerSample + 4096)
  return header.records <= SMALL_RECORDS && header.records * read <= SMALL_BYTES
}

type Run = readonly [onset: RecordOnset | null, records: number]

/** Runs of records whose times are known; records after the last of them are taken to follow it. */
function fromRuns(header: Header, runs: readonly Run[], confirmed: boolean): RecordTimes {
  const builder = createTimelineBuilder(header)
  let records = 0
  for (const [onset, count] of runs) {
    builder.add(onset, count)
    records += count
  }
  if (records > 0 && records < header.records) builder.extend(header.records - records)
  return builder.finish(confirmed)
}

async function readAll(source: ByteSource, header: Header, keeper: number): Promise<RecordTimes> {
  const builder = createTimelineBuilder(header)
  for await (const block of walkRecords(source, header, [keeper])) {
    for (let record = block.firstRecord; record < block.firstRecord + block.records; record++) {
      builder.add(parseRecordOnset(block.bytesOf(record, keeper)))
    }
  }
  return builder.finish(true)
}

/** The runs of records between which time jumps; null where halving does not pay or a record has no time. */
async function findRuns(source: ByteSource, header: Header, keeper: number): Promise<readonly Run[] | null> {
  const duration = exactDuration(header.recordDuration)
  const onsets = new Map<number, RecordOnset>()
  const ask = async (records: readonly number[]): Promise<boolean> => {
    for (let i = 0; i < records.length; i += READS_AT_ONCE) {
      const some = records.slice(i, i + READS_AT_ONCE)
      const read = await Promise.all(
        some.map((record) => readSignal(source, header, record, keeper, ONSET_BYTES)),
      )
      for (const [k, bytes] of read.entries()) {
        const onset = parseRecordOnset(bytes)
        if (onset === null) return false
        onsets.set(some[k] ?? 0, onset)
      }
    }
    return true
  }
  let open: (readonly [number, number])[] = [[0, header.records - 1]]
  if (!(await ask([0, header.records - 1]))) return null
  while (open.length > 0) {
    const halves: [number, number][] = []
    const asked: number[] = []
    for (const [i, j] of open) {
      const [from, to] = [onsets.get(i), onsets.get(j)]
      if (j - i < 2 || from === undefined || to === undefined) continue
      const due = from.at + ticksOfRecords(duration, j - i)
      if (Math.abs(to.at - due) <= onsetTolerance(header, Math.max(from.decimals, to.decimals))) continue
      const middle = (i + j) >> 1
      asked.push(middle)
      halves.push([i, middle], [middle, j])
    }
    if (onsets.size + asked.length > MOST_READS) return null
    if (!(await ask(asked))) return null
    open = halves
  }
  const known = [...onsets.entries()].sort(([a], [b]) => a - b)
  return known.map(([record, onset], k): Run => [onset, (known[k + 1]?.[0] ?? header.records) - record])
}
