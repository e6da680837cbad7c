/**
 * Where a line of a montage was recorded: its electrodes, by their canonical names, and for a signal that is none
 * its label. A mark is tied to these rather than to lines, so that it means the same in every montage: what is
 * marked on P3-O1 belongs to P3 and O1, and not to all that have them in their average.
 */

import { classifySignal } from '../edf/header/kind.ts'
import type { Header } from '../edf/header/model.ts'
import type { Derivation } from './derivation.ts'
import { parseBipolar, parseElectrode } from './electrodes.ts'
import { shortLabel } from './recordedLines.ts'
import { findElectrodes } from './sources.ts'

/** `P3-O1`: P3 and O1. `EEG P3-A2`, `P3-Avg`, `P3`: P3. Else the label itself. */
export function placesOfLabel(label: string): readonly string[] {
  const pair = parseBipolar(label)
  if (pair !== null) return [...new Set([pair.first, pair.second])]
  return [parseElectrode(label)?.electrode ?? label.trim()]
}

/** As `placesOfLabel`, where a label may also be one that the page shows for a signal: `Chin EMG` for `EMG Chin`. */
export function placesOfShown(label: string, signals: readonly string[]): readonly string[] {
  const signal = signals.includes(label)
    ? label
    : signals.find((each, index) => {
        const kind = classifySignal(each, '', '')
        return shortLabel({ label: each, kind, index }) === label
      })
  return placesOfLabel(signal ?? label)
}

/** Gives the places of the lines of any montage of the recording. */
export function placesIn(header: Header): (line: Pick<Derivation, 'terms' | 'places'>) => readonly string[] {
  const sites = new Map(findElectrodes(header).sources.map(({ signal, site }) => [signal.index, site.name]))
  const placesOfSignal = (index: number): readonly string[] => {
    const site = sites.get(index)
    return site === undefined ? placesOfLabel(header.signals[index]?.label ?? '') : [site]
  }
  return ({ terms, places }) => places ?? [...new Set(terms.flatMap(({ signal }) => placesOfSignal(signal)))]
}

/** Whether a mark tied to `channels` is on a line at these places; a mark tied to none is on every line. */
export function isOn(channels: readonly string[], places: readonly string[]): boolean {
  // A journal of an earlier version may still name lines.
  return channels.length === 0 || channels.flatMap(placesOfLabel).some((place) => places.includes(place))
}

/** Ties to a line or, where it was tied to all of the line's places, unties from those that no other such line has. */
export function toggleLine(
  channels: readonly string[],
  line: readonly string[],
  others: readonly (readonly string[])[],
): readonly string[] {
  if (!isWhollyOn(channels, line)) return [...new Set([...channels, ...line])]
  const kept = new Set(others.filter((other) => isWhollyOn(channels, other) && !isSame(other, line)).flat())
  return channels.filter((channel) => kept.has(channel) || !line.includes(channel))
}

export function isWhollyOn(channels: readonly string[], line: readonly string[]): boolean {
  return line.length > 0 && line.every((place) => channels.includes(place))
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((place) => b.includes(place))
}
