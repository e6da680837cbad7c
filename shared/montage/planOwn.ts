/** The lines of a reader's own montage on a recording. For the reader: `planOwn`. */
import type { Header, SignalHeader } from '../edf/header/model.ts'
import { combine, combineIn, explain, type Frame, framesOf, isIn, type Part, type Reason } from './combine.ts'
import { emptyRow } from './derivation.ts'
import { parseElectrode, siteOf } from './electrodes.ts'
import { AVERAGE, labelOf, type OwnLine, type OwnMontage, type OwnTerm } from './ownMontages.ts'
import { type DerivedPlan, emptyNotes, type Line, scalpOf, sideOf } from './planLines.ts'
import { isNoVoltage, recordedDerivation, shortLabel } from './recordedLines.ts'
import { type Electrodes, findElectrodes, type Usable, usableOf } from './sources.ts'

/** A summand as it lies in this recording. */
type Found =
  | { readonly is: 'average'; readonly weight: number }
  | { readonly is: 'electrode'; readonly name: string; readonly weight: number }
  | { readonly is: 'signal'; readonly signal: SignalHeader; readonly weight: number }
  | { readonly is: 'nothing'; readonly name: string }

/**
 * Line after line, those that cannot be had empty, with the reason; refused where none can. Signals of `bad`, by header
 * index, are in no average.
 */
export function planOwn(header: Header, montage: OwnMontage, bad: readonly number[]): DerivedPlan {
  const electrodes = findElectrodes(header)
  const frames = framesOf(electrodes.sources)
  let group = 0
  const lines = montage.lines.map((line, index) => {
    if (line.gap && index > 0) group += 1
    const planned = planLine(header, line, electrodes, frames, bad)
    const { derivation } = planned
    return { ...planned, group, derivation: { ...derivation, id: `${index}:${labelOf(line)}`, block: group } }
  })
  if (lines.every(({ reason }) => reason !== null)) {
    const [first] = lines
    const why = first?.reason == null ? '' : ` (${first.derivation.label}: ${first.reason.text})`
    return {
      derivations: [],
      problem: `None of its ${lines.length} lines can be made here${why}.`,
      notes: [],
    }
  }
  return { derivations: lines.map(({ derivation }) => derivation), problem: null, notes: emptyNotes(lines) }
}

function planLine(
  header: Header,
  line: OwnLine,
  electrodes: Electrodes,
  frames: readonly Frame[],
  bad: readonly number[],
): Omit<Line, 'group'> {
  const label = labelOf(line)
  const found = line.terms.map((term) => find(header, electrodes, frames, term))
  const empty = (reason: Reason): Omit<Line, 'group'> => ({
    derivation: { ...emptyRow(label, null), problem: reason.text },
    reason,
  })
  const [only] = found
  // A signal by itself is as it was recorded, whatever it is.
  if (found.length === 1 && only?.is === 'signal' && only.weight === 1) {
    return { derivation: { ...recordedDerivation(only.signal, 0), label }, reason: null }
  }
  const absent = found.find((each) => each.is === 'nothing')
  if (absent !== undefined) {
    return (
      pairOf(label, line, electrodes) ??
      empty(explain(electrodes, frames, [{ names: [absent.name], weight: 1 }]))
    )
  }
  return sumOf(label, found, frames, bad) ?? empty(apart(found, electrodes, frames))
}

/** Of a recording that is bipolar already, where it has this pair. */
function pairOf(label: string, { terms }: OwnLine, electrodes: Electrodes): Omit<Line, 'group'> | null {
  const parts = terms.map(({ channel, weight }) => ({ names: [nameOf(channel)], weight }))
  const pair = combine(electrodes, [], parts)
  if (pair === null) return null
  const { names: places, unit, sampleRate } = pair
  const line = { ...emptyRow(label, sideOf(places)), unit, sampleRate, terms: pair.terms, places }
  return { derivation: line, reason: null }
}

function nameOf(channel: string): string {
  return parseElectrode(channel)?.electrode ?? channel
}

/** An electrode before a signal: `EEG Fp1-Ref` and `Fp1` are both Fp1, in any recording. */
function find(
  header: Header,
  electrodes: Electrodes,
  frames: readonly Frame[],
  { channel, weight }: OwnTerm,
): Found {
  if (channel === AVERAGE) return { is: 'average', weight }
  const name = nameOf(channel)
  const isThere = frames.some((frame) => isIn(frame, name))
  if (isThere) return { is: 'electrode', name, weight }
  const signal = header.signals.find(
    (each) =>
      each.kind !== 'annotations' &&
      (isSameText(each.label, channel) || isSameText(shortLabel(each), channel)) &&
      !electrodes.unusable.some((unusable) => unusable.signal.index === each.index),
  )
  return signal === undefined ? { is: 'nothing', name } : { is: 'signal', signal, weight }
}

function isSameText(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase()
}

/** In the first frame that holds all of it; else null. */
function sumOf(
  label: string,
  found: readonly Found[],
  frames: readonly Frame[],
  bad: readonly number[],
): Omit<Line, 'group'> | null {
  const usable = found.flatMap((each) => (each.is === 'signal' ? [usableVoltage(each.signal)] : []))
  if (usable.includes(null)) return null
  const isAveraged = found.some((each) => each.is === 'average')
  const own = usable.flatMap((each) => (each === null ? [] : [frameOfSignal(each)]))
  for (const frame of [...frames, ...own]) {
    if (isAveraged && goodScalpOf(frame, bad).length < FEWEST_AVERAGED) continue
    const withSignals = { ...frame, electrodes: new Map(frame.electrodes) }
    for (const each of usable) {
      if (each !== null && isOfFrame(each, frame))
        withSignals.electrodes.set(keyOf(each.signal), asSource(each, frame))
    }
    const parts = found.flatMap((each): readonly Part[] => partsOf(each, frame, bad))
    const combined = combineIn(withSignals, parts)
    if (combined === null) continue
    const { terms, unit, sampleRate } = combined
    const places = placesOf(found)
    const kind = found.find((each) => each.is === 'signal')?.signal.kind ?? 'eeg'
    const line = {
      ...emptyRow(label, kind === 'eeg' ? sideOf(places) : null),
      kind,
      unit,
      sampleRate,
      terms,
      places,
    }
    return { derivation: line, reason: null }
  }
  return null
}

function usableVoltage(signal: SignalHeader): Usable | null {
  return isNoVoltage(signal) ? null : usableOf(signal)
}

/** What follows the last sign of a label: what the signal was recorded against, where it says so. */
function referenceOf({ label }: SignalHeader): string | null {
  return (
    parseElectrode(label)?.reference ??
    /[-–]\s*([^-–]+)$/.exec(label.trim())?.[1]?.trim().toUpperCase() ??
    null
  )
}

function isOfFrame({ signal, sampleRate, unit }: Usable, frame: Frame): boolean {
  return (
    sampleRate === frame.sampleRate &&
    unit === frame.unit &&
    (referenceOf(signal)?.toUpperCase() ?? null) === (frame.reference?.toUpperCase() ?? null)
  )
}

function frameOfSignal({ signal, sampleRate, unit }: Usable): Frame {
  return { reference: referenceOf(signal), sampleRate, unit, electrodes: new Map() }
}

/** No electrode has a name with this sign. */
function keyOf({ index }: SignalHeader): string {
  return `#${index}`
}

function asSource(usable: Usable, { reference }: Frame) {
  return { ...usable, reference, site: NOWHERE }
}

const NOWHERE = siteOf('Cz')!

function partsOf(found: Found, frame: Frame, bad: readonly number[]): readonly Part[] {
  if (found.is === 'electrode') return [{ names: [found.name], weight: found.weight }]
  if (found.is === 'signal') return [{ names: [keyOf(found.signal)], weight: found.weight }]
  const scalp = goodScalpOf(frame, bad)
  return scalp.map((name) => ({
    names: [name],
    weight: found.is === 'average' ? found.weight / scalp.length : 0,
  }))
}

function goodScalpOf(frame: Frame, bad: readonly number[]): readonly string[] {
  return scalpOf(frame).filter((name) => !bad.includes(frame.electrodes.get(name)?.signal.index ?? -1))
}

/** As many as the average reference of the table needs. */
const FEWEST_AVERAGED = 8

/** Both of a difference of two on the scalp; else what is added, since what is taken away is a reference. */
function placesOf(found: readonly Found[]): readonly string[] {
  const named = found.flatMap((each) => {
    if (each.is === 'electrode')
      return [{ place: each.name, weight: each.weight, ear: siteOf(each.name)?.ear === true }]
    return each.is === 'signal' ? [{ place: each.signal.label.trim(), weight: each.weight, ear: false }] : []
  })
  const isPair = found.length === 2 && named.length === 2 && named.every(({ ear }) => !ear)
  const own = isPair ? named : named.filter(({ weight }) => weight > 0)
  return [...new Set((own.length === 0 ? named : own).map(({ place }) => place))]
}

function apart(found: readonly Found[], electrodes: Electrodes, frames: readonly Frame[]): Reason {
  const signal = found.flatMap((each) => (each.is === 'signal' ? [each.signal] : []))
  const unusable = signal.find((each) => usableVoltage(each) === null)
  if (unusable !== undefined) {
    return { about: 'reference', text: `${shortLabel(unusable)} is no voltage that can be added to another` }
  }
  if (signal.length > 0) {
    return { about: 'reference', text: 'its signals differ in reference, sampling rate or unit' }
  }
  if (found.some((each) => each.is === 'average')) {
    const text = `an average needs ${FEWEST_AVERAGED} good scalp electrodes with one reference and sampling rate`
    return { about: 'reference', text }
  }
  const parts = found.flatMap((each) => (each.is === 'electrode' ? [{ names: [each.name], weight: 1 }] : []))
  return explain(electrodes, frames, parts)
}
