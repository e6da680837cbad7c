/**
 * The lines of another recording in the rows of this one's, so that a row is read across both: each line stands beside
 * the one that it answers to, and where the other recording has none, the row is empty and says so. Pure.
 */
import type { Derivation } from './derivation.ts'

export type AlignedLine = {
  /** What is drawn, with the row's own label and place; its id is that of the other recording. */
  readonly line: Derivation
  /** Whose row it is: gain, polarity and colour are those of this line. */
  readonly row: Derivation
}

export type AlignedLines = {
  /** One for each row. */
  readonly lines: readonly AlignedLine[]
  /** Lines of the other recording that have no row here. */
  readonly left: readonly Derivation[]
}

type PlacesOf = (line: Derivation) => readonly string[]

/** How a line is known again, the surest first; null: not by this. */
type Known = (line: Derivation, placesOf: PlacesOf) => string | null

const KNOWN: readonly Known[] = [
  ({ kind, id }) => `${kind} ${id}`,
  ({ kind, label }) => `${kind} ${sortedWords(label)}`,
  byPlaces,
]

/** Under other names: `EEG T3-Ref` and `T7` were recorded at one place. */
function byPlaces(line: Derivation, placesOf: PlacesOf): string | null {
  if (line.kind !== 'eeg' && line.kind !== 'eog') return null
  const places = placesOf(line)
  return places.length === 0 ? null : `${line.kind} ${places.join('-')}`
}

/** `rows`: the lines of this recording as they stand on the page. `name`: of the other recording, for the reader. */
export function alignLines(
  rows: readonly Derivation[],
  others: readonly Derivation[],
  {
    placesOfRow,
    placesOfOther,
    name,
  }: {
    readonly placesOfRow: PlacesOf
    readonly placesOfOther: PlacesOf
    readonly name: string
  },
): AlignedLines {
  const found = new Map<Derivation, Derivation>()
  const free = new Set(others)
  for (const known of KNOWN) {
    const waiting = new Map<string, Derivation[]>()
    for (const line of free) {
      const key = known(line, placesOfOther)
      if (key !== null) waiting.set(key, [...(waiting.get(key) ?? []), line])
    }
    for (const row of rows) {
      if (found.has(row)) continue
      const key = known(row, placesOfRow)
      const line = key === null ? undefined : waiting.get(key)?.shift()
      if (line === undefined) continue
      found.set(row, line)
      free.delete(line)
    }
  }
  const lines = rows.map((row) => {
    const line = found.get(row)
    const { label, side, block } = row
    if (line !== undefined) return { row, line: { ...line, label, side, block } }
    const nothing = { terms: [], places: [], sampleRate: null, problem: `not in ${name}` }
    return { row, line: { ...row, ...nothing } }
  })
  return { lines, left: [...free] }
}

/** `EMG Chin` and `Chin EMG` alike. */
function sortedWords(label: string): string {
  return label
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()
    .join(' ')
}
