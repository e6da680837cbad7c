/** Which signals hold an electrode that a montage can be derived from. For the reader: `findElectrodes`. */
import type { Header, SignalHeader } from '../edf/header/model.ts'
import {
  areAmplifierPositions,
  type BipolarPair,
  type Electrode,
  parseBipolar,
  parseElectrode,
  type Site,
  siteOf,
} from './electrodes.ts'
import { factorOf, isCredible, isNoVoltage, microvoltsPer } from './recordedLines.ts'

/** A signal of which sums can be made. */
export type Usable = {
  readonly signal: SignalHeader
  readonly sampleRate: number
  /** uV per unit of the file; 1 where that has none. */
  readonly factor: number
  /** Empty where the file gives none: such electrodes can be subtracted from one another, not from voltages. */
  readonly unit: 'uV' | ''
}

/** A signal that holds one electrode against a reference. */
export type Source = Usable & { readonly site: Site; readonly reference: string | null }

/** A signal that was recorded between two electrodes. */
type PairSource = Usable & BipolarPair

export type Electrodes = {
  readonly sources: readonly Source[]
  readonly pairs: readonly PairSource[]
  /** Electrodes that were recorded and cannot be used, each with its reason. */
  readonly unusable: readonly {
    readonly site: Site
    readonly signal: SignalHeader
    readonly reason: string
  }[]
  /** Why there are none, else null. */
  readonly problem: string | null
}

export function findElectrodes(header: Header): Electrodes {
  const candidates = header.signals.filter((signal) => signal.kind === 'eeg' || signal.kind === 'other')
  if (areAmplifierPositions(candidates.map((signal) => signal.label))) {
    const problem = 'The labels (A1, A2, ... B1, ...) are positions on the amplifier, not 10-20 electrodes.'
    return { sources: [], pairs: [], unusable: [], problem }
  }
  const labelled = candidates.map((signal) => ({ signal, usable: usableOf(signal) }))
  const isReference = commonReferences(
    labelled.flatMap(({ signal, usable }) => (usable === null ? [] : [signal])),
  )
  const all: Source[] = []
  const pairs: PairSource[] = []
  const named: { readonly site: Site; readonly signal: SignalHeader }[] = []
  for (const { signal, usable } of labelled) {
    const pair = parseBipolar(signal.label)
    if (pair !== null && !isReference(pair)) {
      if (usable !== null) pairs.push({ ...usable, ...pair })
      continue
    }
    const electrode: Electrode | null =
      pair === null ? parseElectrode(signal.label) : { electrode: pair.first, reference: pair.second }
    const site = electrode === null ? null : siteOf(electrode.electrode)
    if (electrode === null || site === null) continue
    named.push({ site, signal })
    if (usable !== null) all.push({ ...usable, site, reference: electrode.reference })
  }
  const sources = usualUnit(all)
  return {
    sources,
    pairs: usualUnit(pairs),
    unusable: findUnusable(named, sources),
    problem:
      pairs.length > 0 || sources.some(({ site }) => !site.ear)
        ? null
        : 'No signal has the name of a 10-20 electrode and a voltage as its unit.',
  }
}

/** null for what cannot be added to anything. */
export function usableOf(signal: SignalHeader): Usable | null {
  const factor = factorOf(signal)
  const { sampleRate } = signal
  if (signal.scaling !== 'calibrated' || !isCredible(signal) || factor === null || sampleRate === null)
    return null
  return { signal, sampleRate, factor, unit: microvoltsPer(signal.unit) === null ? '' : 'uV' }
}

function findUnusable(
  named: readonly { readonly site: Site; readonly signal: SignalHeader }[],
  sources: readonly Source[],
): Electrodes['unusable'] {
  const used = new Set(sources.map(({ signal }) => signal.index))
  const present = new Set(sources.map(({ site }) => site.name))
  return named.flatMap(({ site, signal }) => {
    // Its impedance beside the electrode itself is named with what is no voltage.
    if (used.has(signal.index) || (isNoVoltage(signal) && present.has(site.name))) return []
    return [{ site, signal, reason: unusableReason(signal) }]
  })
}

function unusableReason(signal: SignalHeader): string {
  if (signal.scaling !== 'calibrated' || !isCredible(signal)) return 'its header cannot scale it to a voltage'
  if (signal.sampleRate === null) return 'it has no sampling rate'
  if (microvoltsPer(signal.unit) !== null) return 'most others have no unit'
  return signal.unit === '' ? 'its unit is empty' : `its unit is ${signal.unit}, no voltage`
}

/** Those with a unit, or those without: whichever are more. */
function usualUnit<Each extends Usable>(sources: readonly Each[]): readonly Each[] {
  const voltages = sources.filter(({ unit }) => unit === 'uV')
  return 2 * voltages.length >= sources.length ? voltages : sources.filter(({ unit }) => unit === '')
}

/** Electrodes that must share their second for it to be their reference and no chain. */
const FEWEST_AGAINST_ONE = 8

/**
 * Tells which pairs are electrodes against a common reference: Fp1-Cz, F3-Cz, ... eight of them; and A2-A1 where
 * others were recorded against A1 too.
 */
function commonReferences(signals: readonly SignalHeader[]): (pair: BipolarPair) => boolean {
  const firsts = new Map<string, Set<string>>()
  const references = new Set<string | null>()
  for (const signal of signals) {
    const pair = parseBipolar(signal.label)
    if (pair === null) references.add(parseElectrode(signal.label)?.reference ?? null)
    else firsts.set(pair.second, (firsts.get(pair.second) ?? new Set()).add(pair.first))
  }
  const [common] = [...firsts].find(([, seen]) => seen.size >= FEWEST_AGAINST_ONE) ?? []
  return ({ second }) => second === common || references.has(second)
}
