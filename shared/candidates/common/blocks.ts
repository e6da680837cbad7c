/** A recording read once, in blocks with a margin, so that a search needs no more memory than a block. */
import type { ByteSource } from '../../bytes.ts'
import type { Recording, SamplePiece, SignalSamples } from '../../edf/header/model.ts'
import { readSpan } from '../../edf/recording.ts'
import type { Seconds, Span } from '../../units.ts'

export type Block = {
  /** What this block answers for; its samples reach beyond, as far as there are any. */
  readonly core: Span
  /** Of a signal that was asked for, in time order, a gap between two. */
  readonly piecesOf: (signal: number) => readonly SamplePiece[]
}

/** Of samples around a core: the longest reach of a rule, that of bursts in a row. */
export const MARGIN: Seconds = 8
/** Some 30 MB of values. */
const SAMPLES_A_BLOCK = 4_000_000
const LONGEST_CORE: Seconds = 240
const SHORTEST_CORE: Seconds = 16

/** The cores one after the other, over the whole recording; those that lie in a gap altogether are left out. */
export function planBlocks({ header, timeline }: Recording, signals: readonly number[]): readonly Span[] {
  const rate = signals.reduce((sum, index) => sum + (header.signals[index]?.sampleRate ?? 0), 0)
  const length = Math.min(
    LONGEST_CORE,
    Math.max(SHORTEST_CORE, SAMPLES_A_BLOCK / Math.max(1, rate) - 2 * MARGIN),
  )
  const { start, end } = timeline.span
  const count = Math.ceil((end - start) / length - 1e-9)
  const cores = Array.from({ length: Math.max(0, count) }, (_, k) => ({
    start: start + k * length,
    end: Math.min(end, start + (k + 1) * length),
  }))
  return cores.filter((core) => !timeline.gaps.some((gap) => gap.start <= core.start && core.end <= gap.end))
}

export async function readBlock(
  source: ByteSource,
  recording: Recording,
  signals: readonly number[],
  core: Span,
  margin: Seconds = MARGIN,
): Promise<Block> {
  const wanted = { start: core.start - margin, end: core.end + margin }
  const samples = await readSpan(source, recording, signals, wanted)
  const known = new Map<number, SignalSamples>(samples.map((each) => [each.signal, each]))
  return { core, piecesOf: (signal) => known.get(signal)?.pieces ?? [] }
}
