/**
 * From the signals of a header to the lines of a montage. `planMontage` is the function to read first.
 * Signals are told apart by index only: labels are duplicated in real files (CHB-MIT has two `T8-P8`).
 */
import type { Header } from '../edf/header/model.ts'
import { assertNever } from '../units.ts'
import { badNotes, emptyBadLines } from './badElectrodes.ts'
import type { Derivation } from './derivation.ts'
import type { Site } from './electrodes.ts'
import { duplicateNotes, type MontageNote, unshownNotes, unusableNotes } from './montageNotes.ts'
import { MONTAGES, type MontageId, montageOf, type Recipe } from './montages.ts'
import { planPolygraphy, planRecorded } from './recordedLines.ts'
import { findElectrodes, type Source } from './sources.ts'

export type MontagePlan = {
  readonly derivations: readonly Derivation[]
  /** Why the montage cannot be derived from this recording, in a sentence; null where it can. */
  readonly problem: string | null
  /** What a reader should know of the choice of signals: duplicates, electrodes left out, what is not shown. */
  readonly notes: readonly string[]
  /** false where a line or an electrode of the montage is missing: why stands in the notes. */
  readonly isComplete: boolean
  /** Signals that no line shows or uses, by header index; each is named in a note. */
  readonly unshown: readonly number[]
}

/**
 * The lines of a montage, top to bottom. Voltages are in uV (weights hold the conversion from the
 * file's unit). Where `problem` is not null there are no derivations. What `bad` signals (by header index) are part of
 * is empty, with the reason, and no average has them.
 */
export function planMontage(header: Header, montage: MontageId, bad: readonly number[] = []): MontagePlan {
  const { recipe } = montageOf(montage)
  if (recipe.by === 'recording') {
    const all = planRecorded(header)
    const notes = badNotes(header, all, bad).map(({ text }) => text)
    return { ...EMPTY, derivations: emptyBadLines(header, all, bad), notes }
  }
  const found = findElectrodes(header)
  if (found.problem !== null) return refuse(found.problem)
  const plan = deriveBy(recipe, found.sources, bad)
  if (plan.problem !== null) return refuse(plan.problem)
  const blocks = plan.derivations.at(-1)?.block ?? 0
  const planned = [...plan.derivations, ...planPolygraphy(header, blocks + 1)]
  const derivations = emptyBadLines(header, planned, bad)
  const used = new Set(derivations.flatMap(({ terms }) => terms.map(({ signal }) => signal)))
  const unshown = header.signals.filter(({ kind, index }) => kind !== 'annotations' && !used.has(index))
  const notes = [
    ...badNotes(header, planned, bad),
    ...duplicateNotes(found.sources),
    ...unusableNotes(header, found.sources),
    ...plan.notes,
  ]
  const named = new Set(notes.flatMap(({ signals }) => signals))
  notes.push(...unshownNotes(unshown.filter(({ index }) => !named.has(index))))
  return {
    derivations,
    problem: null,
    notes: notes.map(({ text }) => text),
    isComplete: notes.every(({ about }) => about !== 'missing'),
    unshown: unshown.map(({ index }) => index),
  }
}

/** Every montage with the reason why it cannot be had here, for a menu. */
export function availableMontages(
  header: Header,
): readonly { readonly id: MontageId; readonly label: string; readonly problem: string | null }[] {
  return MONTAGES.map(({ id, label }) => ({ id, label, problem: planMontage(header, id).problem }))
}

/** Longitudinal bipolar where the electrodes allow it, else as recorded. */
export function defaultMontage(header: Header): MontageId {
  return planMontage(header, 'longitudinal').problem === null ? 'longitudinal' : 'recorded'
}

/** The derivations of the EEG alone. */
type DerivedPlan = {
  readonly derivations: readonly Derivation[]
  readonly problem: string | null
  readonly notes: readonly MontageNote[]
}

const EMPTY: MontagePlan = { derivations: [], problem: null, notes: [], isComplete: true, unshown: [] }

function refuse(problem: string) {
  return { ...EMPTY, problem, notes: [] }
}

function deriveBy(
  recipe: Exclude<Recipe, { by: 'recording' }>,
  sources: readonly Source[],
  bad: readonly number[],
): DerivedPlan {
  switch (recipe.by) {
    case 'chains':
      return planChains(sources, recipe)
    case 'average':
      return planAverage(sources, recipe, bad)
    default:
      return assertNever(recipe)
  }
}

/** Two electrodes can be subtracted only if recorded at one rate against one reference. */
function canCombine(a: Source, b: Source): boolean {
  return a.sampleRate === b.sampleRate && a.reference === b.reference
}

function planChains(
  sources: readonly Source[],
  { chains, fewest }: Extract<Recipe, { by: 'chains' }>,
): DerivedPlan {
  const derivations: Derivation[] = []
  const missing: string[] = []
  let block = 0
  for (const chain of chains) {
    const before = derivations.length
    for (const name of chain) {
      const [first, second] = name.split('-')
      const pair = findPair(sources, first ?? '', second ?? '')
      if (pair === null) missing.push(name)
      else derivations.push(bipolarDerivation(name, block, pair[0], pair[1]))
    }
    if (derivations.length > before) block += 1
  }
  if (derivations.length < fewest) {
    return refuse(
      `${derivations.length === 0 ? 'None' : derivations.length} of the ${chains.flat().length} bipolar derivations can be made: the others lack an electrode with the same reference and sampling rate.`,
    )
  }
  return {
    derivations,
    problem: null,
    notes:
      missing.length === 0
        ? []
        : [{ about: 'missing', text: `Left out: ${missing.join(', ')}.`, signals: [] }],
  }
}

function findPair(
  sources: readonly Source[],
  first: string,
  second: string,
): readonly [Source, Source] | null {
  for (const a of sources) {
    if (a.site.name !== first) continue
    for (const b of sources) if (b.site.name === second && canCombine(a, b)) return [a, b]
  }
  return null
}

function bipolarDerivation(name: string, block: number, a: Source, b: Source): Derivation {
  return {
    id: name,
    label: name,
    kind: 'eeg',
    side: a.site.side === b.site.side ? a.site.side : 'midline',
    block,
    unit: a.unit,
    sampleRate: a.sampleRate,
    terms: [
      { signal: a.signal.index, weight: a.factor },
      { signal: b.signal.index, weight: -b.factor },
    ],
    problem: null,
  }
}

/** Left lateral, left parasagittal, midline, right parasagittal, right lateral: as the bipolar blocks lie. */
function averageBlock({ side, lateral, row }: Site): number {
  if (side === 'midline') return 2
  const isLateral = lateral >= 4 || row <= 1 || row >= 12
  if (side === 'left') return isLateral ? 0 : 1
  return isLateral ? 4 : 3
}

function planAverage(
  sources: readonly Source[],
  { fewest }: Extract<Recipe, { by: 'average' }>,
  bad: readonly number[],
): DerivedPlan {
  const groups = new Map<string, Source[]>()
  for (const source of sources) {
    if (source.site.ear) continue
    const key = `${source.sampleRate} ${source.reference}`
    const group = groups.get(key) ?? []
    groups.set(key, group)
    if (!group.some(({ site }) => site.name === source.site.name)) group.push(source)
  }
  const group = [...groups.values()].reduce((a, b) => (b.length > a.length ? b : a), [])
  const good = group.filter(({ signal }) => !bad.includes(signal.index))
  if (good.length < fewest) {
    const besides = good.length < group.length ? ' that are not marked bad' : ''
    return refuse(
      `An average reference needs ${fewest} scalp electrodes with one reference and sampling rate; here ${good.length === 1 ? 'is' : 'are'} ${good.length}${besides}.`,
    )
  }
  const used = new Set(group.map(({ site }) => site.name))
  const left = sources.filter(({ site }) => !site.ear && !used.has(site.name))
  const sorted = [...group].sort(
    (a, b) =>
      averageBlock(a.site) - averageBlock(b.site) ||
      a.site.row - b.site.row ||
      b.site.lateral - a.site.lateral,
  )
  const order = [...new Set(sorted.map(({ site }) => averageBlock(site)))]
  return {
    derivations: sorted.map((source) =>
      averageDerivation(source, good, order.indexOf(averageBlock(source.site))),
    ),
    problem: null,
    notes:
      left.length === 0
        ? []
        : [
            {
              about: 'missing',
              text: `Left out, for another reference or sampling rate: ${[...new Set(left.map(({ site }) => site.name))].join(', ')}.`,
              signals: left.map(({ signal }) => signal.index),
            },
          ],
  }
}

/** Against the mean of the good ones, which a bad electrode is not part of. */
function averageDerivation(source: Source, good: readonly Source[], block: number): Derivation {
  const share = 1 / good.length
  const others = good.filter((each) => each !== source)
  const own = others.length === good.length ? 1 : 1 - share
  return {
    id: `${source.site.name}-Avg`,
    label: `${source.site.name}-Avg`,
    kind: 'eeg',
    side: source.site.side,
    block,
    unit: source.unit,
    sampleRate: source.sampleRate,
    terms: (others.length === good.length ? [source, ...good] : good).map((each) => ({
      signal: each.signal.index,
      weight: (each === source ? own : -share) * each.factor,
    })),
    problem: null,
  }
}
