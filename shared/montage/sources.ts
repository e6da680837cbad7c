/** Which signals hold an electrode that a montage can be derived from. For the reader: `findElectrodes`. */
import type { Header, SignalHeader } from '../edf/header/model.ts'
import { areAmplifierPositions, parseBipolar, parseElectrode, type Site, siteOf } from './electrodes.ts'
import { factorOf, isCredible, microvoltsPer } from './recordedLines.ts'

/** A signal that holds one electrode against a reference. */
export type Source = {
  readonly signal: SignalHeader
  readonly site: Site
  readonly reference: string | null
  readonly sampleRate: number
  /** uV per unit of the file; 1 where that has none. */
  readonly factor: number
  /** Empty where the file gives none: such electrodes can be subtracted from one another, not from voltages. */
  readonly unit: 'uV' | ''
}

export function findElectrodes(header: Header): {
  readonly sources: readonly Source[]
  readonly problem: string | null
} {
  const candidates = header.signals.filter((signal) => signal.kind === 'eeg' || signal.kind === 'other')
  if (areAmplifierPositions(candidates.map((signal) => signal.label))) {
    return {
      sources: [],
      problem: 'The labels (A1, A2, ... B1, ...) are positions on the amplifier, not 10-20 electrodes.',
    }
  }
  const usable = candidates.filter((signal) => signal.scaling === 'calibrated' && isCredible(signal))
  const common = commonScalpReference(usable)
  const all: Source[] = []
  const bipolar: string[] = []
  for (const signal of usable) {
    const pair = parseBipolar(signal.label)
    const electrode =
      pair === null
        ? parseElectrode(signal.label)
        : pair.second === common
          ? { electrode: pair.first, reference: pair.second }
          : null
    if (electrode === null && pair !== null) bipolar.push(signal.label)
    const site = electrode === null ? null : siteOf(electrode.electrode)
    const factor = factorOf(signal)
    const unit = microvoltsPer(signal.unit) === null ? '' : 'uV'
    if (electrode === null || site === null || factor === null || signal.sampleRate === null) continue
    all.push({ signal, site, reference: electrode.reference, sampleRate: signal.sampleRate, factor, unit })
  }
  const sources = usualUnit(all)
  const scalp = sources.filter(({ site }) => !site.ear)
  if (scalp.length === 0 && bipolar.length > 0) {
    return {
      sources,
      problem: `The recording is already bipolar (${bipolar[0]}...): no other montage can be derived.`,
    }
  }
  if (scalp.length === 0) {
    return { sources, problem: 'No signal has the name of a 10-20 electrode and a voltage as its unit.' }
  }
  return { sources, problem: null }
}

/** Those with a unit, or those without: whichever are more. */
function usualUnit(sources: readonly Source[]): readonly Source[] {
  const voltages = sources.filter(({ unit }) => unit === 'uV')
  return 2 * voltages.length >= sources.length ? voltages : sources.filter(({ unit }) => unit === '')
}

/** Fp1-Cz, F3-Cz, ... eight of them: recorded against one scalp electrode, which is a common reference. */
function commonScalpReference(signals: readonly SignalHeader[]): string | null {
  const firsts = new Map<string, Set<string>>()
  for (const signal of signals) {
    const pair = parseBipolar(signal.label)
    if (pair === null) continue
    const seen = firsts.get(pair.second) ?? new Set()
    firsts.set(pair.second, seen.add(pair.first))
  }
  for (const [second, seen] of firsts) if (seen.size >= 8) return second
  return null
}
