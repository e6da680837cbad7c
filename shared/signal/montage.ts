/**
 * From the signals of a header to the lines of a montage. `planMontage` is the function to read first.
 * Signals are told apart by index only: labels are duplicated in real files (CHB-MIT has two `T8-P8`).
 */
import type { Header, SignalHeader } from '../edf/model.ts'
import { areAmplifierPositions, parseBipolar, parseElectrode, type Site, siteOf } from './electrodes.ts'
import type { Derivation } from './model.ts'
import { FEWEST_AVERAGED, FEWEST_BIPOLAR, LONGITUDINAL, MONTAGES, type MontageId } from './montages.ts'
import { isCredible, microvoltsPer, planPolygraphy, planRecorded } from './recordedLines.ts'

export type MontagePlan = {
  readonly derivations: readonly Derivation[]
  /** Why the montage cannot be derived from this recording, in a sentence; null where it can. */
  readonly problem: string | null
  /** What a reader should know of the choice of signals: duplicates, electrodes left out. */
  readonly notes: readonly string[]
}

/**
 * The lines of a montage, top to bottom. Voltages are in uV (weights hold the conversion from the
 * file's unit). Where `problem` is not null there are no derivations.
 */
export function planMontage(header: Header, montage: MontageId): MontagePlan {
  if (montage === 'recorded') return { derivations: planRecorded(header), problem: null, notes: [] }
  const found = findElectrodes(header)
  if (found.problem !== null) return refuse(found.problem)
  const plan = montage === 'longitudinal' ? planLongitudinal(found.sources) : planAverage(found.sources)
  if (plan.problem !== null) return plan
  const blocks = plan.derivations.at(-1)?.block ?? 0
  const notes = [...duplicateNotes(found.sources), ...unusableNotes(header, found.sources), ...plan.notes]
  return { ...plan, derivations: [...plan.derivations, ...planPolygraphy(header, blocks + 1)], notes }
}

/** Every montage with the reason why it cannot be had here, for a menu. */
export function availableMontages(
  header: Header,
): readonly { readonly id: MontageId; readonly label: string; readonly problem: string | null }[] {
  return MONTAGES.map(({ id, label }) => ({ id, label, problem: planMontage(header, id).problem }))
}

/** Longitudinal bipolar where the electrodes allow it, else as recorded. */
export function defaultMontage(header: Header): MontageId {
  return planMontage(header, 'longitudinal').problem === null ? 'longitudinal' : 'recorded'
}

/** A signal that holds one electrode against a reference. */
type Source = {
  readonly signal: SignalHeader
  readonly site: Site
  readonly reference: string | null
  readonly sampleRate: number
  /** uV per unit of the file. */
  readonly factor: number
}

function refuse(problem: string): MontagePlan {
  return { derivations: [], problem, notes: [] }
}

function findElectrodes(header: Header): {
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
  const sources: Source[] = []
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
    const factor = microvoltsPer(signal.unit)
    if (electrode === null || site === null || factor === null || signal.sampleRate === null) continue
    sources.push({ signal, site, reference: electrode.reference, sampleRate: signal.sampleRate, factor })
  }
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

/** Electrodes that were recorded and cannot be used, each with its reason: a reader must not miss them unawares. */
function unusableNotes(header: Header, sources: readonly Source[]): readonly string[] {
  const rates = new Map<number, number>()
  for (const { sampleRate } of sources) rates.set(sampleRate, (rates.get(sampleRate) ?? 0) + 1)
  const [usual] = [...rates.entries()].sort((a, b) => b[1] - a[1])[0] ?? [null]
  const used = new Map(sources.map((source) => [source.signal.index, source]))
  return header.signals.flatMap((signal) => {
    const site = signal.kind === 'eeg' || signal.kind === 'other' ? siteOfSignal(signal) : null
    if (site === null) return []
    const source = used.get(signal.index)
    const reason = source === undefined ? unusableReason(signal) : rateReason(source.sampleRate, usual)
    return reason === null ? [] : [`${site.name} is left out of the montage: ${reason}.`]
  })
}

function siteOfSignal(signal: SignalHeader): Site | null {
  const electrode = parseElectrode(signal.label)
  return electrode === null ? null : siteOf(electrode.electrode)
}

function unusableReason(signal: SignalHeader): string | null {
  if (signal.scaling !== 'calibrated' || !isCredible(signal)) return 'its header cannot scale it to a voltage'
  if (microvoltsPer(signal.unit) === null) {
    return signal.unit === '' ? 'its unit is empty' : `its unit is ${signal.unit}, no voltage`
  }
  return signal.sampleRate === null ? 'it has no sampling rate' : null
}

function rateReason(own: number, usual: number | null): string | null {
  return usual === null || own === usual ? null : `it is recorded at ${own} Hz, most others at ${usual} Hz`
}

function duplicateNotes(sources: readonly Source[]): readonly string[] {
  const first = new Map<string, Source>()
  const notes: string[] = []
  for (const source of sources) {
    const key = `${source.site.name} against ${source.reference ?? 'an unnamed reference'}`
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, source)
    else {
      notes.push(
        `${source.site.name} is recorded twice (signals ${earlier.signal.index + 1} and ${source.signal.index + 1}): the first is used.`,
      )
    }
  }
  return notes
}

/** Two electrodes can be subtracted only if recorded at one rate against one reference. */
function canCombine(a: Source, b: Source): boolean {
  return a.sampleRate === b.sampleRate && a.reference === b.reference
}

function planLongitudinal(sources: readonly Source[]): MontagePlan {
  const derivations: Derivation[] = []
  const missing: string[] = []
  let block = 0
  for (const chain of LONGITUDINAL) {
    const before = derivations.length
    for (const name of chain) {
      const [first, second] = name.split('-')
      const pair = findPair(sources, first ?? '', second ?? '')
      if (pair === null) missing.push(name)
      else derivations.push(bipolarDerivation(name, block, pair[0], pair[1]))
    }
    if (derivations.length > before) block += 1
  }
  if (derivations.length < FEWEST_BIPOLAR) {
    return refuse(
      `${derivations.length === 0 ? 'None' : derivations.length} of the 18 bipolar derivations can be made: the others lack an electrode with the same reference and sampling rate.`,
    )
  }
  return {
    derivations,
    problem: null,
    notes: missing.length === 0 ? [] : [`Left out: ${missing.join(', ')}.`],
  }
}

function findPair(
  sources: readonly Source[],
  first: string,
  second: string,
): readonly [Source, Source] | null {
  for (const a of sources) {
    if (a.site.name !== first) continue
    for (const b of sources) if (b.site.name === second && canCombine(a, b)) return [a, b]
  }
  return null
}

function bipolarDerivation(name: string, block: number, a: Source, b: Source): Derivation {
  return {
    id: name,
    label: name,
    kind: 'eeg',
    side: a.site.side === b.site.side ? a.site.side : 'midline',
    block,
    unit: 'uV',
    sampleRate: a.sampleRate,
    terms: [
      { signal: a.signal.index, weight: a.factor },
      { signal: b.signal.index, weight: -b.factor },
    ],
    problem: null,
  }
}

/** Left lateral, left parasagittal, midline, right parasagittal, right lateral: as the bipolar blocks lie. */
function averageBlock({ side, lateral, row }: Site): number {
  if (side === 'midline') return 2
  const isLateral = lateral >= 4 || row <= 1 || row >= 12
  if (side === 'left') return isLateral ? 0 : 1
  return isLateral ? 4 : 3
}

function planAverage(sources: readonly Source[]): MontagePlan {
  const groups = new Map<string, Source[]>()
  for (const source of sources) {
    if (source.site.ear) continue
    const key = `${source.sampleRate} ${source.reference}`
    const group = groups.get(key) ?? []
    groups.set(key, group)
    if (!group.some(({ site }) => site.name === source.site.name)) group.push(source)
  }
  const group = [...groups.values()].reduce((a, b) => (b.length > a.length ? b : a), [])
  if (group.length < FEWEST_AVERAGED) {
    return refuse(
      `An average reference needs ${FEWEST_AVERAGED} scalp electrodes with one reference and sampling rate; here ${group.length === 1 ? 'is' : 'are'} ${group.length}.`,
    )
  }
  const used = new Set(group.map(({ site }) => site.name))
  const left = sources.filter(({ site }) => !site.ear && !used.has(site.name)).map(({ site }) => site.name)
  const sorted = [...group].sort(
    (a, b) =>
      averageBlock(a.site) - averageBlock(b.site) ||
      a.site.row - b.site.row ||
      b.site.lateral - a.site.lateral,
  )
  const order = [...new Set(sorted.map(({ site }) => averageBlock(site)))]
  return {
    derivations: sorted.map((source) =>
      averageDerivation(source, group, order.indexOf(averageBlock(source.site))),
    ),
    problem: null,
    notes:
      left.length === 0
        ? []
        : [`Left out, for another reference or sampling rate: ${[...new Set(left)].join(', ')}.`],
  }
}

function averageDerivation(source: Source, group: readonly Source[], block: number): Derivation {
  const share = 1 / group.length
  return {
    id: `${source.site.name}-Avg`,
    label: `${source.site.name}-Avg`,
    kind: 'eeg',
    side: source.site.side,
    block,
    unit: 'uV',
    sampleRate: source.sampleRate,
    terms: group.map((each) => ({
      signal: each.signal.index,
      weight: (each === source ? 1 - share : -share) * each.factor,
    })),
    problem: null,
  }
}
