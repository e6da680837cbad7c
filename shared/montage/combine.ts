/**
 * Weighted sums of electrodes. Only what was recorded against one reference can be added: the reference then drops
 * out. `combine` is the function to read first; where a sum cannot be had, `explain` says why.
 */
import type { Derivation } from './derivation.ts'
import type { Electrodes, Source } from './sources.ts'

/** An electrode of a sum. Of several names the first that was recorded counts: A1, else M1. */
export type Part = { readonly names: readonly string[]; readonly weight: number }

/** Electrodes that can be added to one another. */
export type Frame = {
  readonly reference: string | null
  readonly sampleRate: number
  readonly unit: Source['unit']
  /** By canonical name. The reference itself is 0 in its own frame, and is not among them. */
  readonly electrodes: ReadonlyMap<string, Source>
}

export type Combined = {
  /** Of each part the electrode that counts. */
  readonly names: readonly string[]
  readonly terms: Derivation['terms']
  readonly unit: Source['unit']
  readonly sampleRate: number
}

/** Why a line is empty; `about` sorts what a note must still say from what one has said of the electrode itself. */
export type Reason = {
  readonly about: 'absent' | 'unusable' | 'reference' | 'rate'
  readonly text: string
}

/** Largest first: where a sum can be had in two, it is that of most other lines. */
export function framesOf(sources: readonly Source[]): readonly Frame[] {
  const frames = new Map<string, Frame & { readonly electrodes: Map<string, Source> }>()
  for (const source of sources) {
    const { reference, sampleRate, unit } = source
    const key = JSON.stringify([reference, sampleRate, unit])
    const frame = frames.get(key) ?? { reference, sampleRate, unit, electrodes: new Map() }
    frames.set(key, frame)
    // Of an electrode that was recorded twice the first counts, and a note says so.
    if (!frame.electrodes.has(source.site.name)) frame.electrodes.set(source.site.name, source)
  }
  return [...frames.values()].sort((a, b) => b.electrodes.size - a.electrodes.size)
}

/** The sum in the first of `frames` that has it; a difference also where it was recorded as such. Else null. */
export function combine(
  electrodes: Electrodes,
  frames: readonly Frame[],
  parts: readonly Part[],
): Combined | null {
  for (const frame of frames) {
    const combined = combineIn(frame, parts)
    if (combined !== null) return combined
  }
  return recordedPair(electrodes, parts)
}

export function combineIn(frame: Frame, parts: readonly Part[]): Combined | null {
  const weights = new Map<number, number>()
  const names: string[] = []
  for (const { names: choices, weight } of parts) {
    const name = choices.find((each) => isIn(frame, each))
    if (name === undefined) return null
    names.push(name)
    const source = frame.electrodes.get(name)
    if (source === undefined) continue
    const { index } = source.signal
    weights.set(index, (weights.get(index) ?? 0) + weight * source.factor)
  }
  const terms = [...weights].flatMap(([signal, weight]) => (weight === 0 ? [] : [{ signal, weight }]))
  const { unit, sampleRate } = frame
  // The reference against itself is a flat line, and nothing that was recorded.
  return terms.length === 0 ? null : { names, terms, unit, sampleRate }
}

export function isIn(frame: Frame, name: string): boolean {
  return frame.electrodes.has(name) || frame.reference === name
}

/** F7-T7 of a bipolar recording is the line F7-T7, and upside down the line T7-F7. */
function recordedPair({ pairs }: Electrodes, parts: readonly Part[]): Combined | null {
  const [plus, minus] = parts
  if (parts.length !== 2 || plus?.weight !== 1 || minus?.weight !== -1) return null
  for (const first of plus.names) {
    for (const second of minus.names) {
      const same = pairs.find((pair) => pair.first === first && pair.second === second)
      const found = same ?? pairs.find((pair) => pair.first === second && pair.second === first)
      if (found === undefined) continue
      const { signal, factor, unit, sampleRate } = found
      const terms = [{ signal: signal.index, weight: found === same ? factor : -factor }]
      return { names: [first, second], terms, unit, sampleRate }
    }
  }
  return null
}

/** Why none of `ways` can be had, told of the first of them. */
export function explain(electrodes: Electrodes, frames: readonly Frame[], parts: readonly Part[]): Reason {
  const missing = parts.filter(
    ({ names }) => !names.some((name) => frames.some((frame) => isIn(frame, name))),
  )
  for (const { names } of missing) {
    for (const name of names) {
      const reason = electrodes.unusable.find(({ site }) => site.name === name)?.reason
      if (reason !== undefined) return { about: 'unusable', text: `${name}: ${reason}` }
    }
  }
  if (missing.length > 0) return { about: 'absent', text: absence(electrodes, missing, parts) }
  return explainApart(frames, parts)
}

function absence({ pairs }: Electrodes, missing: readonly Part[], parts: readonly Part[]): string {
  const [first, ...others] = missing
  // Of what is bipolar already no electrode is there by itself.
  const inPairs = (part: Part) =>
    part.names.some((name) => pairs.some((pair) => pair.first === name || pair.second === name))
  if (missing.length === parts.length && missing.every(inPairs)) {
    return `${parts.map(({ names }) => names[0]).join('-')} was not recorded`
  }
  if (others.length === 0 && first !== undefined && first.names.length > 1) {
    return `neither ${first.names.join(' nor ')} was recorded`
  }
  const names = missing.map((part) => part.names.join(' or '))
  return names.length === 1 ? `${names[0]} was not recorded` : `${listed(names)} were not recorded`
}

/** All of them are there, but no two that differ can be added. */
function explainApart(frames: readonly Frame[], parts: readonly Part[]): Reason {
  const found = parts.flatMap(({ names }) => {
    for (const name of names) {
      const frame = frames.find((each) => each.electrodes.has(name))
      if (frame !== undefined) return [{ name, ...frame }]
    }
    return []
  })
  const [first] = found
  const other = found.find(({ reference }) => reference !== first?.reference)
  if (first !== undefined && other !== undefined) {
    const against = ({ reference }: Pick<Frame, 'reference'>) => reference ?? 'an unnamed reference'
    const text = `${first.name} was recorded against ${against(first)}, ${other.name} against ${against(other)}`
    return { about: 'reference', text }
  }
  const slower = found.find(({ sampleRate }) => sampleRate !== first?.sampleRate)
  if (first !== undefined && slower !== undefined) {
    const text = `${first.name} was recorded at ${first.sampleRate} Hz, ${slower.name} at ${slower.sampleRate} Hz`
    return { about: 'rate', text }
  }
  const names = parts.map(({ names: [name = ''] }) => name)
  return { about: 'reference', text: `${listed(names)} were never recorded against one reference` }
}

/** `A, B and C` */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
