/** What a reader is told of the choice of signals of a montage: nothing recorded is left out in silence. */
import type { Header, SignalHeader } from '../edf/header/model.ts'
import { parseElectrode, type Site, siteOf } from './electrodes.ts'
import { isCredible, isNoVoltage, microvoltsPer, shortLabel } from './recordedLines.ts'
import type { Source } from './sources.ts'

/** A sentence, and the signals that it names, by header index. */
export type MontageNote = {
  /** 'missing': a line or an electrode of the montage is not there. 'bad': the reader has marked one so. */
  readonly about: 'missing' | 'bad' | 'choice' | 'unshown'
  readonly text: string
  readonly signals: readonly number[]
}

/** By name, however many: what was recorded is never left out in silence. */
export function unshownNotes(unshown: readonly SignalHeader[]): readonly MontageNote[] {
  const beside = unshown.filter(isNoVoltage)
  const others = unshown.filter((signal) => !isNoVoltage(signal))
  const names = (signals: readonly SignalHeader[]) => signals.map(shortLabel).join(', ')
  const indexes = (signals: readonly SignalHeader[]) => signals.map(({ index }) => index)
  const notes: MontageNote[] = []
  if (others.length > 0) {
    notes.push({
      about: 'unshown',
      text: `Recorded, but not part of this montage: ${names(others)}.`,
      signals: indexes(others),
    })
  }
  if (beside.length > 0) {
    const [is, are] = ['1 channel that is no voltage is', `${beside.length} channels that are no voltage are`]
    const text = `${beside.length === 1 ? is : are} not shown: ${names(beside)}. The montage As recorded shows all.`
    notes.push({ about: 'unshown', text, signals: indexes(beside) })
  }
  return notes
}

/** Electrodes that were recorded and cannot be used, each with its reason: a reader must not miss them unawares. */
export function unusableNotes(header: Header, sources: readonly Source[]): readonly MontageNote[] {
  const rates = new Map<number, number>()
  for (const { sampleRate } of sources) rates.set(sampleRate, (rates.get(sampleRate) ?? 0) + 1)
  const [usual] = [...rates.entries()].sort((a, b) => b[1] - a[1])[0] ?? [null]
  const used = new Map(sources.map((source) => [source.signal.index, source]))
  const present = new Set(sources.map((source) => source.site.name))
  return header.signals.flatMap((signal) => {
    const site = signal.kind === 'eeg' || signal.kind === 'other' ? siteOfSignal(signal) : null
    if (site === null) return []
    const source = used.get(signal.index)
    // Its impedance beside the electrode itself is named with what is no voltage.
    if (source === undefined && isNoVoltage(signal) && present.has(site.name)) return []
    const reason = source === undefined ? unusableReason(signal) : rateReason(source.sampleRate, usual)
    if (reason === null) return []
    const text = `${site.name} is left out of the montage: ${reason}.`
    return [{ about: 'missing', text, signals: [signal.index] } as const]
  })
}

function siteOfSignal(signal: SignalHeader): Site | null {
  const electrode = parseElectrode(signal.label)
  return electrode === null ? null : siteOf(electrode.electrode)
}

function unusableReason(signal: SignalHeader): string | null {
  if (signal.scaling !== 'calibrated' || !isCredible(signal)) return 'its header cannot scale it to a voltage'
  if (signal.sampleRate === null) return 'it has no sampling rate'
  if (microvoltsPer(signal.unit) !== null) return 'most others have no unit'
  return signal.unit === '' ? 'its unit is empty' : `its unit is ${signal.unit}, no voltage`
}

function rateReason(own: number, usual: number | null): string | null {
  return usual === null || own === usual ? null : `it is recorded at ${own} Hz, most others at ${usual} Hz`
}

export function duplicateNotes(sources: readonly Source[]): readonly MontageNote[] {
  const first = new Map<string, Source>()
  const notes: MontageNote[] = []
  for (const source of sources) {
    const key = `${source.site.name} against ${source.reference ?? 'an unnamed reference'}`
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, source)
    else {
      notes.push({
        about: 'choice',
        text: `${source.site.name} is recorded twice (signals ${earlier.signal.index + 1} and ${source.signal.index + 1}): the first is used.`,
        signals: [source.signal.index],
      })
    }
  }
  return notes
}
