/**
 * The lines of a recipe, made of the electrodes that were recorded: `planLines` is the function to read first. A line
 * whose electrodes are missing keeps its row, empty, with the reason: what is looked for at its place must not be
 * taken for what has moved up.
 */
import { assertNever } from '../units.ts'
import {
  combine,
  combineIn,
  explain,
  type Frame,
  framesOf,
  isIn,
  listed,
  type Part,
  type Reason,
} from './combine.ts'
import { type Derivation, emptyRow, type Side } from './derivation.ts'
import { type Site, siteOf } from './electrodes.ts'
import type { MontageNote } from './montageNotes.ts'
import { type Against, type Recipe, STANDARD_SCALP } from './montages.ts'
import type { Electrodes } from './sources.ts'

/** The derivations of the EEG alone. */
export type DerivedPlan = {
  readonly derivations: readonly Derivation[]
  readonly problem: string | null
  readonly notes: readonly MontageNote[]
}

/** A line before it is known what was recorded. */
type Wanted = {
  /** Ways to make it, the first that can be had counts. */
  readonly ways: readonly (readonly Part[])[]
  /** Lines of one group share a block. */
  readonly group: number
  /** By the names of the electrodes of a way. */
  readonly label: (names: readonly string[]) => string
  /** Whether a mark on it belongs to its first electrode alone, as against a reference. */
  readonly isOfFirst: boolean
  /** Ears without which nothing stands in its place, not even an empty row. */
  readonly ears: readonly string[]
}

/**
 * The lines of the EEG, in order, with blocks from 0; where there are too few, none and the reason. Signals of `bad`, by
 * header index, are in no average; what else they are part of is emptied by `emptyBadLines`.
 */
export function planLines(
  recipe: Exclude<Recipe, { by: 'recording' }>,
  electrodes: Electrodes,
  bad: readonly number[],
): DerivedPlan {
  const frames = framesOf(electrodes.sources)
  if (recipe.by === 'average') return planAverage(recipe, electrodes, frames, bad)
  const lines = wantedOf(recipe, electrodes, frames).flatMap((wanted) => {
    const hasEar = wanted.ears.length === 0 || wanted.ears.some((ear) => wasRecorded(ear, electrodes, frames))
    return hasEar ? [lineOf(wanted, electrodes, frames)] : []
  })
  return finish(lines, recipe.fewest, recipe.by === 'chains' ? 'bipolar derivations' : 'lines')
}

function wasRecorded(name: string, { unusable }: Electrodes, frames: readonly Frame[]): boolean {
  return frames.some((frame) => isIn(frame, name)) || unusable.some(({ site }) => site.name === name)
}

/** A row, and why it is empty. */
export type Line = { readonly derivation: Derivation; readonly group: number; readonly reason: Reason | null }

function finish(lines: readonly Line[], fewest: number, name: string): DerivedPlan {
  const made = lines.filter(({ reason }) => reason === null)
  if (made.length < fewest) {
    const count = made.length === 0 ? 'None' : made.length
    const reason = mostFrequent(lines.flatMap(({ reason }) => (reason === null ? [] : [reason.text])))
    const why = reason === null ? '' : `: ${reason}`
    return {
      derivations: [],
      problem: `${count} of the ${lines.length} ${name} can be made${why}.`,
      notes: [],
    }
  }
  const groups = [...new Set(lines.map(({ group }) => group))]
  const unit = made[0]?.derivation.unit ?? 'uV'
  return {
    derivations: lines.map(({ derivation, group, reason }) => ({
      ...derivation,
      block: groups.indexOf(group),
      ...(reason === null ? {} : { unit }),
    })),
    problem: null,
    notes: emptyNotes(lines),
  }
}

function mostFrequent(texts: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}

/** A sentence a reason, with the rows it empties; none where one says it of the electrode itself. */
export function emptyNotes(lines: readonly Line[]): readonly MontageNote[] {
  const labels = new Map<string, string[]>()
  for (const { derivation, reason } of lines) {
    if (reason === null || reason.about === 'unusable' || reason.about === 'rate') continue
    labels.set(reason.text, [...(labels.get(reason.text) ?? []), derivation.label])
  }
  return [...labels].map(([reason, rows]) => ({
    about: 'missing',
    text: `Empty: ${rows.join(', ')} (${reason}).`,
    signals: [],
  }))
}

function lineOf(wanted: Wanted, electrodes: Electrodes, frames: readonly Frame[]): Line {
  const { ways, group, label, isOfFirst } = wanted
  for (const parts of ways) {
    const combined = combine(electrodes, frames, parts)
    if (combined === null) continue
    const { names, terms, unit, sampleRate } = combined
    const name = label(names)
    const places = isOfFirst ? names.slice(0, 1) : names
    const line = { id: name, label: name, side: sideOf(places), unit, sampleRate, terms, places }
    return { derivation: { ...line, kind: 'eeg', block: group, problem: null }, group, reason: null }
  }
  const parts = ways[0] ?? []
  const names = parts.map((part) => part.names[0] ?? '')
  const derivation = emptyRow(label(names), sideOf(isOfFirst ? names.slice(0, 1) : names))
  const reason = explain(electrodes, frames, parts)
  return { derivation: { ...derivation, problem: reason.text }, group, reason }
}

export function sideOf(names: readonly string[]): Side | null {
  const sides = new Set(names.map((name) => siteOf(name)?.side ?? 'midline'))
  const [side = null] = sides
  return sides.size > 1 ? 'midline' : side
}

function wantedOf(
  recipe: Exclude<Recipe, { by: 'recording' | 'average' }>,
  electrodes: Electrodes,
  frames: readonly Frame[],
): readonly Wanted[] {
  switch (recipe.by) {
    case 'chains':
      return recipe.chains.flatMap((chain, group) =>
        chain.map((name): Wanted => {
          const parts = differenceOf(name)
          const ears = recipe.links.includes(name) ? parts.flatMap(({ names }) => names).filter(isEar) : []
          return { ways: [parts], group, label: joined, isOfFirst: false, ears }
        }),
      )
    case 'reference':
      return electrodesOf(electrodes, frames)
        .filter((name) => recipe.against !== 'Cz' || name !== 'Cz')
        .map((name) => ({ ...ofOne(name), ways: waysAgainst(name, recipe.against), label: against }))
    case 'neighbours':
      return STANDARD_SCALP.map((name) => ({
        ...ofOne(name),
        ways: [lessMean(name, recipe.neighbours[name] ?? [])],
        label: ([own]) => `${own}-Lap`,
      }))
    case 'sleep':
      return recipe.electrodes.map((name) => ({
        ...ofOne(name),
        group: 0,
        ways: [[part(name), { names: siteOf(name)?.side === 'left' ? RIGHT_EAR : LEFT_EAR, weight: -1 }]],
        label: against,
      }))
    default:
      return assertNever(recipe)
  }
}

function ofOne(name: string): Pick<Wanted, 'group' | 'isOfFirst' | 'ears'> {
  return { group: groupOf(name), isOfFirst: true, ears: [] }
}

/** Mastoids before ears: what AASM asks for, and where both were recorded the less active. */
const LEFT_EAR = ['M1', 'A1'] as const
const RIGHT_EAR = ['M2', 'A2'] as const

function part(name: string, weight = 1): Part {
  return { names: [name], weight }
}

/** `A1-T7`, where M1 stands in for an ear that was not recorded. */
function differenceOf(name: string): readonly Part[] {
  const [first = '', second = ''] = name.split('-')
  return [
    { names: earOrItself(first), weight: 1 },
    { names: earOrItself(second), weight: -1 },
  ]
}

function earOrItself(name: string): readonly string[] {
  return name === 'A1' ? ['A1', 'M1'] : name === 'A2' ? ['A2', 'M2'] : [name]
}

function lessMean(name: string, others: readonly string[]): readonly Part[] {
  return [part(name), ...others.map((other) => part(other, -1 / others.length))]
}

function waysAgainst(name: string, to: Against): readonly (readonly Part[])[] {
  const side = siteOf(name)?.side
  if (to === 'Cz') return [[part(name), part('Cz', -1)]]
  const toLeft = [part(name), { names: earOrItself('A1'), weight: -1 }]
  const toRight = [part(name), { names: earOrItself('A2'), weight: -1 }]
  if (to === 'own ear' && side === 'left') return [toLeft]
  if (to === 'own ear' && side === 'right') return [toRight]
  const toBoth = [
    lessMean(name, ['A1', 'A2']),
    lessMean(name, ['M1', 'M2']),
    // As the amplifier had them linked.
    [part(name), part('LE', -1)],
    [part(name), part('LM', -1)],
  ]
  // The midline was perhaps recorded against one ear alone.
  return to === 'own ear' ? [...toBoth, toLeft, toRight] : toBoth
}

function joined(names: readonly string[]): string {
  return names.join('-')
}

/** `C3-A1`, `Cz-A1A2` */
function against([own, ...others]: readonly string[]): string {
  return `${own}-${others.join('')}`
}

/** More than half of the usual 19: then a row is kept for each of them; a smaller array is as it was chosen. */
const USUAL_ARRAY = 10

/** The scalp electrodes that have a row, left to right and front to back. */
function electrodesOf({ sources }: Electrodes, frames: readonly Frame[]): readonly string[] {
  const recorded = new Set([
    ...sources.flatMap(({ site }) => (site.ear ? [] : [site.name])),
    ...frames.flatMap(({ reference }) => (isScalp(reference) ? [reference] : [])),
  ])
  const isUsual = STANDARD_SCALP.filter((name) => recorded.has(name)).length >= USUAL_ARRAY
  const names = [...new Set([...(isUsual ? STANDARD_SCALP : []), ...recorded])]
  const sites = names.flatMap((name) => siteOf(name) ?? [])
  return sites
    .sort((a, b) => blockOf(a) - blockOf(b) || a.row - b.row || b.lateral - a.lateral)
    .map(({ name }) => name)
}

function isEar(name: string): boolean {
  return siteOf(name)?.ear === true
}

function isScalp(name: string | null): name is string {
  return name !== null && siteOf(name)?.ear === false
}

function groupOf(name: string): number {
  const site = siteOf(name)
  return site === null ? 0 : blockOf(site)
}

/** Left lateral, left parasagittal, midline, right parasagittal, right lateral: as the bipolar blocks lie. */
function blockOf({ side, lateral, row }: Site): number {
  if (side === 'midline') return 2
  const isLateral = lateral >= 4 || row <= 1 || row >= 12
  if (side === 'left') return isLateral ? 0 : 1
  return isLateral ? 4 : 3
}

/**
 * The scalp electrodes of a frame. Recorded against one of them, that one is 0 and as much a part of a mean as the
 * others.
 */
export function scalpOf({ electrodes, reference }: Frame): readonly string[] {
  return [...electrodes.keys(), ...(isScalp(reference) ? [reference] : [])].filter(isScalp)
}

function planAverage(
  { without, fewest }: Extract<Recipe, { by: 'average' }>,
  electrodes: Electrodes,
  frames: readonly Frame[],
  bad: readonly number[],
): DerivedPlan {
  const [frame] = [...frames].sort((a, b) => scalpOf(b).length - scalpOf(a).length)
  const scalp = frame === undefined ? [] : scalpOf(frame)
  const isGood = (name: string) => !bad.includes(frame?.electrodes.get(name)?.signal.index ?? -1)
  const good = scalp.filter(isGood)
  if (frame === undefined || good.length < fewest) {
    const are = good.length === 1 ? 'is' : 'are'
    const besides = good.length < scalp.length ? ' that are not marked bad' : ''
    const problem = `An average reference needs ${fewest} scalp electrodes with one reference and sampling rate; here ${are} ${good.length}${besides}.`
    return { derivations: [], problem, notes: [] }
  }
  const meaned = good.filter((name) => !without.includes(name))
  const lines = electrodesOf(electrodes, frames).map((name): Line => {
    const label = `${name}-Avg`
    const group = groupOf(name)
    const combined = combineIn(frame, lessMean(name, meaned))
    if (combined !== null) {
      const { terms, unit, sampleRate } = combined
      const line = { ...emptyRow(label, sideOf([name])), unit, sampleRate, terms, places: [name] }
      return { derivation: line, group, reason: null }
    }
    const other = meaned.find((each) => each !== name) ?? name
    const reason = isIn(frame, name)
      ? { about: 'reference' as const, text: `${listed([name, other])} cannot be told apart` }
      : explain(electrodes, frames, [part(name), part(other, -1)])
    return { derivation: { ...emptyRow(label, sideOf([name])), problem: reason.text }, group, reason }
  })
  return finish(lines, fewest, 'lines')
}
