/**
 * Electrodes that the reader has marked bad. What a bad electrode is part of is not drawn: its line stays in its place,
 * empty, with the reason; and it is taken into no average. For the reader: `emptyBadLines`.
 */
import type { Header, SignalHeader } from '../edf/header/model.ts'
import type { Derivation } from './derivation.ts'
import { parseElectrode } from './electrodes.ts'
import type { MontageNote } from './montageNotes.ts'
import { shortLabel } from './recordedLines.ts'

/** The lines with those emptied that a bad signal is part of; `bad` by header index. */
export function emptyBadLines(
  header: Header,
  derivations: readonly Derivation[],
  bad: readonly number[],
): readonly Derivation[] {
  if (bad.length === 0) return derivations
  const isBad = new Set(bad)
  return derivations.map((derivation) => {
    const lost = derivation.terms.flatMap(({ signal }) => (isBad.has(signal) ? [signal] : []))
    if (lost.length === 0 || derivation.problem !== null) return derivation
    const names = [...new Set(lost)].map((signal) => nameOfSignal(header, signal))
    return {
      ...derivation,
      problem: `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} marked bad.`,
    }
  })
}

/** A sentence for each bad signal: what is empty for it, and that no average has it. */
export function badNotes(
  header: Header,
  derivations: readonly Derivation[],
  bad: readonly number[],
): readonly MontageNote[] {
  return bad.flatMap((signal) => {
    if (header.signals[signal] === undefined) return []
    const lines = derivations.filter(({ terms }) => terms.some((term) => term.signal === signal))
    const empty = lines.length === 0 ? '' : ` Empty for it: ${lines.map(({ label }) => label).join(', ')}.`
    const text = `${nameOfSignal(header, signal)} is marked bad: no average and no derivation has it.${empty}`
    return [{ about: 'bad', text, signals: [signal] } as const]
  })
}

/**
 * Signals that a line stands for, by header index: both of a bipolar one; of one against a reference its own alone,
 * which has the only positive weight.
 */
export function ownSignals({ terms, places }: Pick<Derivation, 'terms' | 'places'>): readonly number[] {
  const isOfOne = places?.length === 1 && terms.length > 1
  const own = isOfOne ? terms.filter(({ weight }) => weight > 0) : terms
  return own.map(({ signal }) => signal)
}

/** The electrode's name, else the signal's label as the page shows it. */
export function nameOfSignal(header: Header, index: number): string {
  const signal: SignalHeader | undefined = header.signals[index]
  if (signal === undefined) return `Signal ${index + 1}`
  const electrode = signal.kind === 'eeg' ? parseElectrode(signal.label) : null
  return electrode?.electrode ?? shortLabel(signal)
}
