/** What a reader is told of the choice of signals of a montage: nothing recorded is left out in silence. */
import type { SignalHeader } from '../edf/header/model.ts'
import type { Derivation } from './derivation.ts'
import { isNoVoltage, shortLabel } from './recordedLines.ts'
import type { Electrodes, Source } from './sources.ts'

/** A sentence, and the signals that it names, by header index. */
export type MontageNote = {
  /** 'missing': a line or an electrode of the montage is not there. 'bad': the reader has marked one so. */
  readonly about: 'missing' | 'bad' | 'choice' | 'unshown'
  readonly text: string
  readonly signals: readonly number[]
}

/** Names all that is not shown, however many: what was recorded is never left out in silence. */
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
export function unusableNotes(unusable: Electrodes['unusable']): readonly MontageNote[] {
  return unusable.map(({ site, signal, reason }) => leftOut(site.name, signal, reason))
}

/** Electrodes of another rate than most: they cannot be added to the others. */
export function rateNotes(sources: readonly Source[]): readonly MontageNote[] {
  const rates = new Map<number, number>()
  for (const { sampleRate } of sources) rates.set(sampleRate, (rates.get(sampleRate) ?? 0) + 1)
  const [usual] = [...rates.entries()].sort((a, b) => b[1] - a[1])[0] ?? [null]
  return sources.flatMap(({ site, signal, sampleRate }) => {
    const reason = `it is recorded at ${sampleRate} Hz, most others at ${usual} Hz`
    return sampleRate === usual ? [] : [leftOut(site.name, signal, reason)]
  })
}

function leftOut(electrode: string, signal: SignalHeader, reason: string): MontageNote {
  const text = `${electrode} is left out of the montage: ${reason}.`
  return { about: 'missing', text, signals: [signal.index] }
}

/** What scoring needs beside the EEG and nobody recorded. */
export function absentNotes(lines: readonly Derivation[]): readonly MontageNote[] {
  const absent = lines.filter(({ terms }) => terms.length === 0).map(({ label }) => label)
  return absent.length === 0
    ? []
    : [{ about: 'missing', text: `Not recorded: ${absent.join(', ')}.`, signals: [] }]
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
