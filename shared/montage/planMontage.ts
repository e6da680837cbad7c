/**
 * From the signals of a header to the lines of a montage. `planMontage` is the function to read first.
 * Signals are told apart by index only: labels are duplicated in real files (CHB-MIT has two `T8-P8`).
 */
import type { Header } from '../edf/header/model.ts'
import { badNotes, emptyBadLines } from './badElectrodes.ts'
import type { Derivation } from './derivation.ts'
import { absentNotes, duplicateNotes, rateNotes, unshownNotes, unusableNotes } from './montageNotes.ts'
import { MONTAGES, type MontageId, montageOf } from './montages.ts'
import type { OwnMontage } from './ownMontages.ts'
import { type DerivedPlan, planLines } from './planLines.ts'
import { planOwn } from './planOwn.ts'
import { planPolygraphy, planRecorded, planSleepPolygraphy } from './recordedLines.ts'
import { type Electrodes, findElectrodes } from './sources.ts'

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
export function planMontage(
  header: Header,
  montage: MontageId | OwnMontage,
  bad: readonly number[] = [],
): MontagePlan {
  if (typeof montage !== 'string') return finish(header, planOwn(header, montage, bad), bad, () => [], null)
  const { recipe, caution } = montageOf(montage)
  if (recipe.by === 'recording') {
    const all = planRecorded(header)
    const notes = badNotes(header, all, bad).map(({ text }) => text)
    return { ...EMPTY, derivations: emptyBadLines(header, all, bad), notes }
  }
  const found = findElectrodes(header)
  if (found.problem !== null) return refuse(found.problem)
  const plan = planLines(recipe, found, bad)
  if (plan.problem !== null) return refuse(bipolarProblem(found) ?? plan.problem)
  const polygraphy = recipe.by === 'sleep' ? planSleepPolygraphy : planPolygraphy
  return finish(header, plan, bad, (block) => polygraphy(header, block), caution)
}

/** With what stands below the EEG, and what the reader should know. */
function finish(
  header: Header,
  plan: DerivedPlan,
  bad: readonly number[],
  planBelow: (firstBlock: number) => readonly Derivation[],
  caution: string | null,
): MontagePlan {
  if (plan.problem !== null) return refuse(plan.problem)
  const found = findElectrodes(header)
  const below = planBelow((plan.derivations.at(-1)?.block ?? 0) + 1)
  const planned = [...plan.derivations, ...below]
  const derivations = emptyBadLines(header, planned, bad)
  const used = new Set(derivations.flatMap(({ terms }) => terms.map(({ signal }) => signal)))
  const unshown = header.signals.filter(({ kind, index }) => kind !== 'annotations' && !used.has(index))
  const notes = [
    ...badNotes(header, planned, bad),
    ...duplicateNotes(found.sources),
    ...unusableNotes(found.unusable),
    ...rateNotes(found.sources),
    ...plan.notes,
    ...absentNotes(below),
  ]
  if (caution !== null) notes.push({ about: 'choice', text: caution, signals: [] })
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

/** Longitudinal bipolar where it can be derived, else as recorded: so is what is bipolar already, with nothing left out. */
export function defaultMontage(header: Header): MontageId {
  if (bipolarProblem(findElectrodes(header)) !== null) return 'recorded'
  return planMontage(header, 'longitudinal').problem === null ? 'longitudinal' : 'recorded'
}

/** The reason that explains all others where most of the EEG was recorded between two electrodes, else null. */
function bipolarProblem({ sources, pairs }: Electrodes): string | null {
  const [first] = pairs
  const scalp = sources.filter(({ site }) => !site.ear)
  if (first === undefined || pairs.length <= scalp.length) return null
  return `The recording is already bipolar (${first.signal.label.trim()}...): no other montage can be derived.`
}

const EMPTY: MontagePlan = { derivations: [], problem: null, notes: [], isComplete: true, unshown: [] }

function refuse(problem: string) {
  return { ...EMPTY, problem, notes: [] }
}
