/**
 * Runs of generalised spike-and-wave of 2.5 to 4.5 Hz. First where all of the EEG beats together (`rhythmicFrames`), then
 * whether a spike comes with each wave (`measureRun`): slowing without spikes is no candidate. The band is that of
 * typical absences (ILAE; PMC3697883), the limits below are our own, tried on two simulators that are not the samples' and on real
 * backgrounds by `npm run bench`.
 */
import { ReviewError } from '../../failure.ts'
import { share } from '../../signal/statistics.ts'
import { type Seconds, type Span, toMicroseconds } from '../../units.ts'
import { readBlock } from '../common/blocks.ts'
import type { Candidate } from '../common/candidate.ts'
import type { Detector, Search, SearchOptions } from '../common/detector.ts'
import { type EegLines, findEegLines } from './eegLines.ts'
import { measureRun, type Run } from './measureRun.ts'
import { HOP, rhythmicFrames, type Usual } from './rhythmicFrames.ts'

/** Looks that miss in a row and do not end a stretch. */
const MISSES: Seconds = 0.75
const SHORTEST_STRETCH: Seconds = 1
/** What a look in the middle of its window says of the signal around it. */
const AROUND: Seconds = 0.5
/** Before and after a stretch, for the filters and for the first and last complex. */
const MARGIN: Seconds = 3
const LONGEST_PIECE: Seconds = 120
const FOUND_AGAIN: Seconds = 0.2
/** Runs that lie nearer are one. */
const JOINED: Seconds = 1

const RATES = [2.45, 4.6] as const
const SHORTEST_RUN: Seconds = 1.5
const FEWEST_COMPLEXES = 5
/** A notch or a bend in slow waves stays below. */
const LEAST_SPIKE = 0.08
/** The fewer the complexes, the more chance gathers. */
const LEAST_GATHERED = [2, 7] as const
const MOST_IRREGULAR = 0.09
const LEAST_SIZE = 30
const LEAST_SPREAD = 0.5

export const spikeWave: Detector = {
  kind: 'spike_wave_3hz',
  problemWith: (header, bad) => {
    const lines = findEegLines(header, bad)
    return typeof lines === 'string' ? lines : null
  },
  begin: beginSearch,
}

function beginSearch(options: SearchOptions): Search {
  const lines = findEegLines(options.recording.header, options.bad)
  if (typeof lines === 'string') throw new ReviewError('unsupported', lines)
  const usual: Usual = { levels: [] }
  const runs: Run[] = []
  let open: Span | null = null

  async function close(): Promise<void> {
    if (open !== null && open.end - open.start >= SHORTEST_STRETCH - 1e-9) {
      const stretch = { start: open.start - AROUND, end: open.end + AROUND }
      runs.push(...(await runsIn(options, lines as EegLines, stretch)))
    }
    open = null
  }

  return {
    signals: lines.lines.map(({ signal }) => signal),
    take: async (block) => {
      const frames = await rhythmicFrames(block, lines, usual, options.giveWay)
      for (const { time, isRhythmic } of frames) {
        if (open !== null && time - open.end > MISSES + HOP / 2) await close()
        if (!isRhythmic) continue
        open = open === null ? { start: time, end: time } : { start: open.start, end: time }
        if (open.end - open.start >= LONGEST_PIECE) await close()
      }
    },
    finish: async () => {
      await close()
      return joinRuns(runs)
        .filter(isCandidate)
        .map((run) => describe(run, lines))
    },
  }
}

/** Those of a stretch that look like spike-and-wave, complex by complex: one odd complex parts two runs. */
async function runsIn(
  { source, recording, giveWay }: SearchOptions,
  { sampleRate, lines }: EegLines,
  stretch: Span,
): Promise<readonly Run[]> {
  const signals = lines.map(({ signal }) => signal)
  const block = await readBlock(source, recording, signals, stretch, MARGIN)
  const found: Run[] = []
  const [first] = signals
  for (const [p, { start, values }] of (first === undefined ? [] : block.piecesOf(first)).entries()) {
    const channels = lines.map(({ signal, factor }) => {
      const own = block.piecesOf(signal)[p]?.values
      return own?.length === values.length
        ? own.map((value) => factor * value)
        : new Float64Array(values.length)
    })
    const waiting: Span[] = [stretch]
    while (waiting.length > 0) {
      const { start: from, end: to } = waiting.pop()!
      await giveWay()
      const run = measureRun({ sampleRate, start, channels, from, to })
      // Its own edge may find a run again.
      if (run === null || found.some(({ onset }) => Math.abs(onset - run.onset) < FOUND_AGAIN)) continue
      found.push(run)
      const end = run.onset + run.duration
      // The rest of it, each time shorter by at least a run.
      if (run.onset - from >= SHORTEST_RUN) waiting.push({ start: from, end: run.onset })
      if (to - end >= SHORTEST_RUN) waiting.push({ start: end, end: to })
    }
  }
  return found.filter(hasSpikes)
}

function hasSpikes(run: Run): boolean {
  return (
    run.spikeShare >= LEAST_SPIKE &&
    run.gathered >= leastGathered(run) &&
    run.irregularity <= MOST_IRREGULAR &&
    run.rate >= RATES[0] &&
    run.rate <= RATES[1]
  )
}

function leastGathered({ cycles }: Run): number {
  return LEAST_GATHERED[0] + LEAST_GATHERED[1] / cycles
}

function isCandidate(run: Run): boolean {
  return (
    run.duration >= SHORTEST_RUN &&
    run.cycles >= FEWEST_COMPLEXES &&
    run.size >= LEAST_SIZE &&
    run.following.length >= LEAST_SPREAD * run.channels
  )
}

/** By onset; two that touch, or were found twice, as one. */
function joinRuns(runs: readonly Run[]): readonly Run[] {
  const joined: Run[] = []
  for (const run of [...runs].sort((a, b) => a.onset - b.onset)) {
    const last = joined.at(-1)
    if (last === undefined || run.onset - (last.onset + last.duration) > JOINED) joined.push(run)
    else joined[joined.length - 1] = together(last, run)
  }
  return joined
}

function together(a: Run, b: Run): Run {
  const end = Math.max(a.onset + a.duration, b.onset + b.duration)
  const duration = end - a.onset
  if (end === a.onset + a.duration) return a
  const larger = b.cycles > a.cycles ? b : a
  const cycles = Math.round(a.cycles + b.cycles)
  return { ...larger, onset: a.onset, duration, cycles, firstRate: a.firstRate, lastRate: b.lastRate }
}

function describe(run: Run, { lines }: EegLines): Candidate {
  const { firstRate, lastRate, rate, following } = run
  const parts = [
    share(run.spikeShare, 0.02, 0.2),
    share(run.gathered, 1.5, 5),
    share(run.duration, 0.5, 3),
    share(MOST_IRREGULAR + 0.03 - run.irregularity, 0, 0.07),
    share(following.length / run.channels, 0.3, 0.8),
  ]
  const score = parts.reduce((product, part) => product * Math.max(part, 0.01), 1) ** (1 / parts.length)
  const course =
    firstRate - lastRate >= 0.15
      ? `${firstRate.toFixed(1)} slowing to ${lastRate.toFixed(1)} Hz`
      : `${rate.toFixed(1)} Hz`
  return {
    kind: 'spike_wave_3hz',
    onset: toMicroseconds(run.onset),
    duration: toMicroseconds(run.duration),
    score: Math.round(100 * score) / 100,
    reason: `${run.cycles} complexes in ${run.duration.toFixed(1)} s at ${course}, up to ${Math.round(run.size)} µV, in ${following.length} of ${run.channels} channels; a spike-like fast part recurs at one place of the cycle, ${Math.round(100 * run.spikeShare)} % as high as the slow wave.`,
    channels: following.map((line) => lines[line]!.label),
    rate: Math.round(100 * rate) / 100,
  }
}
