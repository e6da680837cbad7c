/** Which signals must be read for which entries, over which span. Pure; `measureEvidence` reads. */
import type { Header, Recording } from '../edf/header/model.ts'
import type { Derivation } from '../montage/derivation.ts'
import { parseElectrode, siteOf } from '../montage/electrodes.ts'
import { planView, type ViewPlan } from '../signal/view.ts'
import type { Hertz, Span } from '../units.ts'
import type { Channel, Entry, LineFacts, Need } from './common/entry.ts'

/** Lines that several entries need alike, read and filtered once. */
export type Reading = {
  readonly needs: readonly Need[]
  /** What the lines will hold. */
  readonly span: Span
  /** One a line: they are read and filtered one after the other, so that a page waits for one of them at most. */
  readonly lines: readonly { readonly facts: LineFacts; readonly view: ViewPlan }[]
  /** How many there were to choose from. */
  readonly of: number
}

/** A larger array says the same of what is generalised, and costs as much more. */
const MOST_LINES = 64
/** Of all lines of a reading, some seconds of work; the 21 of the 10-20 system with its ears may take four times as much. */
const USUAL_SAMPLES = 2_000_000
const MOST_SAMPLES = 8_000_000
const USUAL_LINES = 21
/** Amplifiers of EEG and EMG end below it; the minutes before a mark alone are 100 MB of a faster one. */
const FASTEST: Hertz = 20_000

export function planEvidence(
  recording: Recording,
  entries: readonly Entry[],
  span: Span,
  bad: readonly number[],
): readonly Reading[] {
  const groups = new Map<string, Need[]>()
  const choosers: Need['choose'][] = []
  for (const need of entries.flatMap(({ needs }) => Object.values(needs))) {
    if (!choosers.includes(need.choose)) choosers.push(need.choose)
    const { kind, band } = need
    const key = [
      kind,
      band.lowFrequency,
      band.highFrequency,
      band.notch,
      choosers.indexOf(need.choose),
    ].join()
    groups.set(key, [...(groups.get(key) ?? []), need])
  }
  return [...groups.values()].map((needs) => planReading(recording, needs, span, bad))
}

function planReading(
  recording: Recording,
  needs: readonly Need[],
  { start, end }: Span,
  bad: readonly number[],
): Reading {
  const [{ kind, band, choose }] = needs as [Need, ...Need[]]
  const span = {
    start: start - Math.max(...needs.map(({ before }) => before)),
    end: end + Math.max(...needs.map(({ after }) => after)),
  }
  const view = planView(recording, { ...band, montage: 'recorded', bad }, span)
  const known = new Map<LineFacts, ViewPlan>()
  for (const recipe of view.recipes) {
    const derivation = view.derivations[recipe.index]!
    const facts = factsOf(derivation)
    if (facts === null || facts.kind !== kind) continue
    const signals = [...new Set(derivation.terms.map(({ signal }) => signal))]
    known.set(facts, { ...view, recipes: [recipe], signals, held: null })
  }
  const all = [...known.keys()]
  const wanted = choose === undefined ? all : choose(all)
  const fastest = Math.max(0, ...wanted.map(({ sampleRate }) => sampleRate))
  const samples = fastest * (span.end - span.start)
  const usual = Math.max(USUAL_SAMPLES / samples, Math.min(USUAL_LINES, MOST_SAMPLES / samples))
  const lines = wanted
    .slice(0, Math.min(MOST_LINES, Math.max(1, Math.floor(usual))))
    .map((facts) => ({ facts, view: known.get(facts)! }))
  return { needs, span, lines, of: wanted.length }
}

function factsOf({ id, label, kind, unit, sampleRate, problem }: Derivation): LineFacts | null {
  if (problem !== null || sampleRate === null || sampleRate > FASTEST) return null
  const electrode = kind === 'eeg' ? parseElectrode(label) : null
  return {
    id,
    channel: label,
    kind,
    site: electrode === null ? null : siteOf(electrode.electrode),
    reference: electrode?.reference ?? null,
    unit,
    sampleRate,
  }
}

/** All signals but annotations, with what keeps each from being measured. */
export function listChannels(recording: Recording, bad: readonly number[]): readonly Channel[] {
  const { signals }: Header = recording.header
  const span = recording.timeline.span
  const view = planView(
    recording,
    { lowFrequency: null, highFrequency: null, notch: null, montage: 'recorded' },
    span,
  )
  return view.derivations.map(({ label, kind, sampleRate, terms, problem }) => {
    const isBad = terms.some(({ signal }) => bad.includes(signals[signal]?.index ?? -1))
    const [only] = terms
    const prefilter = only === undefined ? '' : (signals[only.signal]?.prefilter ?? '')
    const isTooFast = sampleRate !== null && sampleRate > FASTEST
    const unread = isTooFast ? `sampled above ${FASTEST / 1000} kHz, which is not measured` : problem
    return { channel: label, kind, sampleRate, problem: isBad ? 'marked bad' : unread, prefilter }
  })
}
