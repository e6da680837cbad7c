/** The lines on the page as a montage of the reader's own, to change from there. */
import type { Header } from '../edf/header/model.ts'
import type { Derivation } from './derivation.ts'
import { parseBipolar, parseElectrode, siteOf } from './electrodes.ts'
import { AVERAGE, labelOf, MOST_LINES, type OwnLine, type OwnTerm } from './ownMontages.ts'
import { factorOf } from './recordedLines.ts'
import { findElectrodes } from './sources.ts'

/** At most as many lines as a montage may have; those of the chains also where an electrode is missing here. */
export function ownFromLines(header: Header, derivations: readonly Derivation[]): readonly OwnLine[] {
  const sites = new Map(findElectrodes(header).sources.map(({ signal, site }) => [signal.index, site.name]))
  const lines: OwnLine[] = []
  let block: number | null = null
  for (const derivation of derivations.slice(0, MOST_LINES)) {
    const terms = termsOf(header, derivation, sites)
    if (terms.length === 0) continue
    const gap = block !== null && derivation.block !== block
    block = derivation.block
    const isTold = labelOf({ label: '', terms }) === derivation.label
    lines.push({ label: isTold ? '' : derivation.label, terms, gap })
  }
  return lines
}

function termsOf(
  header: Header,
  { label, terms, places }: Derivation,
  sites: ReadonlyMap<number, string>,
): readonly OwnTerm[] {
  if (places !== undefined) {
    const named = namedTerms(label)
    if (named !== null) return named
  }
  return terms.flatMap(({ signal, weight }): OwnTerm[] => {
    const from = header.signals[signal]
    if (from === undefined) return []
    const channel = sites.get(signal) ?? from.label.trim()
    // As it was recorded, whatever its unit.
    if (terms.length === 1 && places === undefined) return channel === '' ? [] : [{ channel, weight: 1 }]
    return [{ channel, weight: Number((weight / (factorOf(from) ?? 1)).toPrecision(12)) }]
  })
}

/** What a label of a montage says by itself: Fp1-F7, Cz-Avg, C3-A1A2. */
function namedTerms(label: string): readonly OwnTerm[] | null {
  const pair = parseBipolar(label)
  if (pair !== null) return difference(pair.first, pair.second)
  const electrode = parseElectrode(label)
  if (electrode === null) return null
  const { electrode: own, reference } = electrode
  if (reference === AVERAGE) return difference(own, AVERAGE)
  if (reference !== null && siteOf(reference) !== null) return difference(own, reference)
  const ears = /-([AM]1)([AM]2)$/.exec(label)
  return ears === null
    ? null
    : [
        { channel: own, weight: 1 },
        { channel: ears[1]!, weight: -0.5 },
        { channel: ears[2]!, weight: -0.5 },
      ]
}

function difference(first: string, second: string): readonly OwnTerm[] {
  return [
    { channel: first, weight: 1 },
    { channel: second, weight: -1 },
  ]
}
