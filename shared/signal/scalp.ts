/**
 * Values of the electrodes for a scalp map: of one moment, or of the power in each band over a span. A map needs a value
 * at each electrode against one reference: that of the page where its montage has one, else the average.
 */

import type { Header, Recording, SignalSamples } from '../edf/header/model.ts'
import { groupBy } from '../groupBy.ts'
import type { Derivation } from '../montage/derivation.ts'
import { positionOf } from '../montage/electrodePositions.ts'
import { parseElectrode } from '../montage/electrodes.ts'
import { type MontageId, montageOf } from '../montage/montages.ts'
import { isOwnId } from '../montage/ownMontages.ts'
import { placesIn } from '../montage/places.ts'
import { planMontage } from '../montage/planMontage.ts'
import { findElectrodes } from '../montage/sources.ts'
import type { Seconds, Span } from '../units.ts'
import { BANDS } from './bands.ts'
import { computeSpectrum, unfiltered } from './spectra.ts'
import { computeValues, type DerivedSignal, planView, type ViewPlan } from './view.ts'
import { badOf, type ViewSettings } from './viewSettings.ts'
import { bandPower } from './welch.ts'

/** With fewer there is no field to see, only the surface that was laid through it. */
export const FEWEST_ON_A_MAP = 8

/** Of one band, or of one moment: a value for each of the electrodes, in their order. */
export type ScalpValues = {
  readonly electrodes: readonly string[]
  readonly values: readonly number[]
  /** uV, or the unit that a power is the square of; empty where the file gives none. */
  readonly unit: string
  /** What the values are against, within a sentence; where the page cannot give a map, why another montage does. */
  readonly reference: string
  /** EEG lines that are not on the map: their labels. */
  readonly left: readonly string[]
}

export type BandPowers = Omit<ScalpValues, 'values'> & {
  /** By `BANDS`, power in the square of the unit; null where a sampling rate does not reach the band. */
  readonly bands: readonly {
    readonly band: (typeof BANDS)[number]['id']
    readonly values: readonly number[] | null
  }[]
}

/** A sentence where no map can be made. */
export type ScalpAnswer<Map> =
  | { readonly ok: true; readonly map: Map }
  | { readonly ok: false; readonly problem: string }

type Lines = {
  readonly montage: MontageId
  readonly reference: string
  /** By the derivation's id. */
  readonly electrodes: ReadonlyMap<string, string>
  readonly left: readonly string[]
}

export type ScalpPlan = { readonly lines: Lines; readonly view: ViewPlan }

/**
 * What must be read for the map at a time of the page `span`, under the filters of the page: the moment, or all of the
 * page where that is drawn less its mean.
 */
export function planAmplitudes(
  recording: Recording,
  settings: ViewSettings,
  span: Span,
  time: Seconds,
): ScalpAnswer<ScalpPlan> {
  const found = findLines(recording.header, settings)
  if (!found.ok) return found
  const { montage } = found.map
  const plan = (read: Span) => planView(recording, { ...settings, montage }, read)
  const view = plan(withLast({ start: time, end: time }))
  const needsMean = view.derivations.some(
    ({ id }, index) => found.map.electrodes.has(id) && view.lines[index]?.isMeanRemoved === true,
  )
  return { ok: true, map: { lines: found.map, view: needsMean ? plan(withLast(span)) : view } }
}

/** Holds a sample of any EEG. */
const AROUND: Seconds = 0.1

/** The span with the samples at its ends, where the cursor may stand. */
function withLast({ start, end }: Span): Span {
  return { start: start - AROUND, end: end + AROUND }
}

/** What must be read for the maps of `span`, unfiltered. */
export function planBandPowers(
  recording: Recording,
  settings: ViewSettings,
  span: Span,
): ScalpAnswer<ScalpPlan> {
  const found = findLines(recording.header, settings)
  if (!found.ok) return found
  const { montage } = found.map
  const view = planView(recording, unfiltered({ ...settings, montage }), span)
  return { ok: true, map: { lines: found.map, view } }
}

/**
 * The values at `time`, of the samples of the page `span`: the nearest sample of each, less the mean over the page
 * where the page is drawn less it.
 */
export function computeAmplitudes(
  { lines, view }: ScalpPlan,
  samples: readonly SignalSamples[],
  span: Span,
  time: Seconds,
): ScalpAnswer<ScalpValues> {
  const signals = computeValues(view, samples, withLast(span))
  const found = signals.flatMap((signal, index) => {
    const electrode = lines.electrodes.get(signal.derivation.id)
    const value = electrode === undefined ? null : valueAt(signal, time)
    if (electrode === undefined || value === null) return []
    const mean = view.lines[index]?.isMeanRemoved === true ? meanOf(signal, span) : 0
    return [{ electrode, value: value - mean, unit: signal.derivation.unit }]
  })
  const facts = factsOf(lines, found)
  if (facts === null) return refuse('Here the recording has a gap, or too few electrodes for a map.')
  return { ok: true, map: { ...facts, values: found.map(({ value }) => value) } }
}

/** The lines of a plan of band powers that are electrodes, to be measured one after the other. */
export function bandSignals({ lines, view }: ScalpPlan, samples: readonly SignalSamples[], span: Span) {
  return computeValues(view, samples, span).filter(({ derivation }) => lines.electrodes.has(derivation.id))
}

/** The power in each band of one line; null where it has no spectrum. */
export function bandsOf(signal: DerivedSignal): readonly (number | null)[] | null {
  const { spectrum } = computeSpectrum(signal)
  const nyquist = (signal.derivation.sampleRate ?? 0) / 2
  return spectrum === null
    ? null
    : BANDS.map(({ from, to }) => (nyquist < to ? null : bandPower(spectrum, from, to)))
}

export function collectBandPowers(
  { lines }: ScalpPlan,
  signals: readonly Pick<DerivedSignal, 'derivation'>[],
  powers: readonly (readonly (number | null)[] | null)[],
): ScalpAnswer<BandPowers> {
  const found = signals.flatMap(({ derivation }, index) => {
    const own = powers[index]
    const electrode = lines.electrodes.get(derivation.id)
    return own == null || electrode === undefined ? [] : [{ electrode, own, unit: derivation.unit }]
  })
  const facts = factsOf(lines, found)
  if (facts === null) return refuse('Too few electrodes have half a second without a gap here.')
  const bands = BANDS.map(({ id }, band) => {
    const values = found.map(({ own }) => own[band] ?? null)
    return { band: id, values: values.every((value) => value !== null) ? values : null }
  })
  return { ok: true, map: { ...facts, bands } }
}

function refuse(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem }
}

function factsOf(
  { reference, left }: Lines,
  found: readonly { readonly electrode: string; readonly unit: string }[],
): Omit<ScalpValues, 'values'> | null {
  if (found.length < FEWEST_ON_A_MAP) return null
  return { electrodes: found.map(({ electrode }) => electrode), unit: found[0]!.unit, reference, left }
}

/** The lines that give a value at an electrode: of the page's montage, else of the average. */
function findLines(header: Header, settings: ViewSettings): ScalpAnswer<Lines> {
  const { montage } = settings
  // What a reader's own montage gives at one electrode alone is not known.
  const own = isOwnId(montage) ? null : linesOf(header, montage, settings)
  if (own !== null) return { ok: true, map: own }
  const average = linesOf(header, 'average', settings)
  if (average !== null) {
    const label = isOwnId(montage) ? settings.own?.name : montageOf(montage).label
    const reference = `${average.reference}, since ${label} has no value of one electrode`
    return { ok: true, map: { ...average, reference } }
  }
  const { problem } = planMontage(header, 'average', badOf(settings))
  return refuse(
    problem ?? `A map needs ${FEWEST_ON_A_MAP} electrodes of the 10-10 system against one reference.`,
  )
}

function linesOf(header: Header, montage: MontageId, settings: ViewSettings): Lines | null {
  const { by } = montageOf(montage).recipe
  if (by === 'chains' || by === 'neighbours' || by === 'sleep') return null
  // What stands on an amplifier's own labels, or in pairs, has no place on the head.
  if (by === 'recording' && findElectrodes(header).problem !== null) return null
  const { derivations, problem } = planMontage(header, montage, badOf(settings))
  if (problem !== null) return null
  const eeg = derivations.filter(({ kind }) => kind === 'eeg')
  const comparable = by === 'recording' ? ofUsualReference(header, eeg) : eeg
  const placesOf = placesIn(header)
  const electrodes = new Map<string, string>()
  const taken = new Set<string>()
  for (const line of comparable) {
    const [electrode, second] = placesOf(line)
    const isOne = electrode !== undefined && second === undefined && line.problem === null
    if (!isOne || taken.has(electrode) || positionOf(electrode) === null) continue
    taken.add(electrode)
    electrodes.set(line.id, electrode)
  }
  if (electrodes.size < FEWEST_ON_A_MAP) return null
  return {
    montage,
    reference:
      by === 'average' ? `against the average of ${electrodes.size} electrodes` : inSentence(montage),
    electrodes,
    left: eeg.filter(({ id }) => !electrodes.has(id)).map(({ label }) => label),
  }
}

/** Values against different references, or in different units, cannot be compared by a colour: the usual ones stay. */
function ofUsualReference(header: Header, lines: readonly Derivation[]): readonly Derivation[] {
  const groups = groupBy(lines, ({ terms, unit }) => {
    const label = header.signals[terms[0]?.signal ?? -1]?.label ?? ''
    return `${parseElectrode(label)?.reference ?? ''} ${unit}`
  })
  return [...groups.values()].reduce<readonly Derivation[]>((a, b) => (b.length > a.length ? b : a), [])
}

/** The value of the sample nearest to the time; null where none is within half a step. */
function valueAt({ derivation, pieces }: DerivedSignal, time: Seconds): number | null {
  const rate = derivation.sampleRate ?? 0
  for (const { start, values } of pieces) {
    const value = values[Math.round((time - start) * rate)]
    if (value !== undefined && Number.isFinite(value)) return value
  }
  return null
}

function meanOf({ derivation, pieces }: DerivedSignal, span: Span): number {
  const rate = derivation.sampleRate ?? 0
  let sum = 0
  let count = 0
  for (const { start, values } of pieces) {
    const from = Math.max(0, Math.ceil((span.start - start) * rate - 1e-6))
    const to = Math.min(values.length, Math.ceil((span.end - start) * rate - 1e-6))
    for (let n = from; n < to; n++) sum += values[n]!
    count += Math.max(0, to - from)
  }
  return count === 0 ? 0 : sum / count
}

/** `to both ears` */
function inSentence(montage: MontageId): string {
  const { label } = montageOf(montage)
  return label.charAt(0).toLowerCase() + label.slice(1)
}
