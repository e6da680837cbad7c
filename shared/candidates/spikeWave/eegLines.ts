/** The EEG signals that are searched together: of one sampling rate, as they were recorded. */
import type { Header, SignalHeader } from '../../edf/header/model.ts'
import type { Side } from '../../montage/derivation.ts'
import { siteOf } from '../../montage/electrodes.ts'
import { STANDARD_SCALP } from '../../montage/montages.ts'
import { factorOf } from '../../montage/recordedLines.ts'
import { findElectrodes } from '../../montage/sources.ts'
import type { Hertz } from '../../units.ts'

export type EegLine = {
  readonly signal: number
  readonly label: string
  /** To microvolts. */
  readonly factor: number
  readonly side: Side | null
}

export type EegLines = { readonly sampleRate: Hertz; readonly lines: readonly EegLine[] }

/** A spike of 20 to 70 ms is no more than a bend below this rate. */
const LOWEST_RATE: Hertz = 90
/** A larger array says the same, and costs more. */
const MOST_LINES = 32
/** From so many of the usual 19 on, they are searched alone. */
const USUAL_ENOUGH = 8

/** What a recording has of EEG; a sentence where that is not enough for a generalised discharge. */
export function findEegLines(header: Header, bad: readonly number[] = []): EegLines | string {
  const all = linesOf(header).filter(({ signal }) => !bad.includes(signal))
  const rates = new Map<number, number>()
  for (const { sampleRate } of all) rates.set(sampleRate, (rates.get(sampleRate) ?? 0) + 1)
  const [usual] = [...rates].sort((a, b) => b[1] - a[1] || b[0] - a[0])
  if (usual === undefined || usual[1] < 2)
    return '3 Hz spike-and-wave was not looked for: it needs two EEG channels of one sampling rate.'
  const [sampleRate] = usual
  if (sampleRate < LOWEST_RATE)
    return `3 Hz spike-and-wave was not looked for: it needs ${LOWEST_RATE} samples a second, the EEG has ${sampleRate}.`
  const lines = all.filter((line) => line.sampleRate === sampleRate)
  return { sampleRate, lines: lines.slice(0, MOST_LINES) }
}

type Line = EegLine & { readonly sampleRate: Hertz }

function linesOf(header: Header): readonly Line[] {
  const { sources, pairs } = findElectrodes(header)
  const scalp = new Map<string, Line>()
  for (const { signal, sampleRate, factor, site } of sources) {
    if (site.ear || scalp.has(site.name)) continue
    scalp.set(site.name, { ...lineOf(signal, factor), sampleRate, side: site.side })
  }
  const usual = STANDARD_SCALP.flatMap((name) => scalp.get(name) ?? [])
  if (usual.length >= USUAL_ENOUGH) return usual
  const chains = pairs.map(({ signal, sampleRate, factor, first }) => ({
    ...lineOf(signal, factor),
    sampleRate,
    side: siteOf(first)?.side ?? null,
  }))
  const named = scalp.size >= chains.length ? [...scalp.values()] : chains
  if (named.length >= 2) return named
  return header.signals.flatMap((signal) => {
    const factor = factorOf(signal)
    const { sampleRate, kind, scaling } = signal
    if (kind !== 'eeg' || scaling !== 'calibrated' || factor === null || sampleRate === null) return []
    return [{ ...lineOf(signal, factor), sampleRate }]
  })
}

function lineOf({ index, label }: SignalHeader, factor: number): EegLine {
  return { signal: index, label, factor, side: null }
}
