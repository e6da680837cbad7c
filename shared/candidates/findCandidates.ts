/**
 * Looks through a whole recording for what a reader may want to look at. Reads it once, in blocks; memory does not grow
 * with its length. For the reader: `findCandidates`.
 */
import type { ByteSource } from '../bytes.ts'
import type { Recording } from '../edf/header/model.ts'
import { throwIfCancelled } from '../edf/records/walkRecords.ts'
import { planBlocks, readBlock } from './common/blocks.ts'
import type { Found } from './common/candidate.ts'
import { DETECTORS } from './detectors.ts'

type Options = {
  /** By header index: EEG that is marked bad is not searched. */
  readonly bad?: readonly number[]
  /** From 0 to 1. */
  readonly onProgress?: (done: number) => void
  readonly signal?: AbortSignal
  readonly giveWay?: () => Promise<void>
}

/** Throws ReviewError `cancelled`, or what the source throws. What cannot be searched for is told in the notes. */
export async function findCandidates(
  source: ByteSource,
  recording: Recording,
  { bad = [], onProgress, signal, giveWay = async () => {} }: Options = {},
): Promise<Found> {
  const problems = DETECTORS.map(({ problemWith }) => problemWith(recording.header, bad))
  const searches = DETECTORS.filter((_, k) => problems[k] === null).map(({ begin }) =>
    begin({ source, recording, bad, giveWay }),
  )
  const signals = [...new Set(searches.flatMap((search) => search.signals))]
  const cores = signals.length > 0 ? planBlocks(recording, signals) : []
  for (const [done, core] of cores.entries()) {
    throwIfCancelled(signal)
    const block = await readBlock(source, recording, signals, core)
    await giveWay()
    for (const search of searches) await search.take(block)
    onProgress?.((done + 1) / cores.length)
  }
  throwIfCancelled(signal)
  const found = await Promise.all(searches.map((search) => search.finish()))
  return {
    candidates: found.flat().sort((a, b) => a.onset - b.onset),
    notes: problems.filter((problem) => problem !== null),
  }
}
