/**
 * Comparing sets of the open recording: which of them, by which rules, and the tour of where they differ. Other sets are
 * read and never changed. What a comparison comes to is computed in shared/agreement.
 */
import { type Case, verdictOf } from '../../shared/agreement/cases.ts'
import { codeIn } from '../../shared/agreement/confusion.ts'
import type { MatchRules, RuleField, RuleId } from '../../shared/agreement/rules.ts'
import { ruleProblem, secondsOf } from '../../shared/agreement/rules.ts'
import { sameValue } from '../../shared/annotation/sameValue.ts'
import type { SetSummary } from '../../shared/contract/model.ts'
import { toOwnPage } from './activePage.ts'
import { type Comparison, comparisonOf, currentComparison, isAwaited, OWN } from './comparison.ts'
import { readToCompare } from './lanes.ts'
import { notify } from './notices.ts'
import { refreshSets } from './openingSets.ts'
import type { ReviewState } from './reviewState.ts'
import { activeSet, ownSet, readerOf, setOfRef, setsBeside } from './selectors.ts'
import type { ComparedRef, ComparingState, MarkOfSet, OpenSetState, TourCell } from './setsState.ts'
import { getState, patchComparing, patchPane, patchUi } from './state.ts'
import { showPanel } from './ui.ts'
import { cursorInView, reveal, wantedSpan } from './viewing.ts'

/** A set that can be chosen to be compared. */
export type Comparable = {
  readonly ref: ComparedRef
  readonly name: string
  readonly fileName: string
  readonly isKey: boolean
  readonly isCopy: boolean
  /** null: not known before it is read. */
  readonly marks: number | null
  /** Why it cannot be. */
  readonly problem: string | null
}

const SEALED = 'sealed until you sign off'

/** The set that is marked in, then every other of the recording. */
export function comparableSets(
  own: OpenSetState | null,
  beside: readonly SetSummary[] | null,
): readonly Comparable[] {
  const others = (beside ?? []).filter(({ name }) => name !== own?.fileName)
  return [
    ...(own === null
      ? []
      : [
          {
            ref: OWN,
            name: readerOf(own),
            fileName: own.fileName,
            isKey: own.isKey,
            isCopy: false,
            marks: own.document.marks.length,
            problem: null,
          },
        ]),
    ...others.map((set) => ({
      ref: set.ref,
      name: readerOf(set),
      fileName: set.name,
      isKey: set.isKey,
      isCopy: set.copyOf !== null,
      marks: set.marks,
      problem: set.isSealed ? SEALED : set.problem,
    })),
  ]
}

/** The events that the tour goes through: a cell's, else all on which not everybody agrees. */
export function tourOf({ several }: Comparison, cell: ComparingState['cell']): readonly Case[] {
  if (cell === null) return several.cases.filter((each) => verdictOf(each) !== 'agreed')
  const { reference, other, detail, row, column } = cell
  return several.cases.filter(
    (each) => codeIn(each, reference, detail) === row && codeIn(each, other, detail) === column,
  )
}

/** What a case is known by again after its sets have changed. */
export function caseKey({ events }: Case): string {
  return events.map((event) => event?.marks[0].id ?? '').join(' ')
}

/** Shows the comparison; at the first time of the key, or of every other set, with one's own. */
export async function openCompare(): Promise<void> {
  showPanel('compare')
  await refreshSets()
  if (getState().comparing.chosen.length > 0) return
  // A copy is no other reader.
  const usable = comparableSets(ownSet(getState()), setsBeside(getState())).filter(
    ({ problem, isCopy }) => problem === null && !isCopy,
  )
  const key = usable.find(({ isKey, ref }) => isKey && ref !== OWN)
  await choose(key === undefined ? usable.map(({ ref }) => ref) : [key.ref, OWN])
}

/** One step from marking to the figures: the recording's key is the reference. */
export async function scoreAgainstKey(): Promise<void> {
  await refreshSets()
  const sets = comparableSets(ownSet(getState()), setsBeside(getState()))
  const key = sets.find(({ isKey, problem, ref }) => isKey && problem === null && ref !== OWN)
  if (key === undefined) {
    const refused = sets.find(({ isKey }) => isKey)?.problem ?? null
    const none = 'There is no key beside this recording to be scored against.'
    return notify('info', refused === null ? none : refused === SEALED ? `The key is ${SEALED}.` : refused)
  }
  showPanel('compare')
  await choose([key.ref, OWN])
}

/** Compares the set too, or no longer. */
export async function toggleCompared(ref: ComparedRef): Promise<void> {
  const { chosen } = getState().comparing
  await choose(chosen.includes(ref) ? chosen.filter((each) => each !== ref) : [...chosen, ref])
}

/** The others are compared against this one. */
export async function makeReference(ref: ComparedRef): Promise<void> {
  const { chosen } = getState().comparing
  await choose([ref, ...chosen.filter((each) => each !== ref)])
}

export async function choose(chosen: readonly ComparedRef[]): Promise<void> {
  patchComparing({ chosen, cell: null, at: null, outlines: [] })
  const failed: ComparedRef[] = []
  for (const ref of chosen) {
    if (ref === OWN) continue
    await readToCompare(ref)
    if (setOfRef(getState().sets, ref) === null) failed.push(ref)
  }
  if (failed.length === 0) return
  // Why was said; what was chosen meanwhile stays.
  patchComparing({ chosen: getState().comparing.chosen.filter((ref) => !failed.includes(ref)) })
}

/** What the reader typed; says why where it cannot be so. */
export function changeRule(id: RuleId, field: RuleField, value: number | null): void {
  const problem = ruleProblem(field, value)
  if (problem !== null) return notify('problem', problem)
  const { rules } = getState().ui
  patchUi({ rules: { ...rules, [id]: { ...rules[id], [field.name]: value } } })
}

export function setRules(rules: MatchRules): void {
  patchUi({ rules })
}

/** Keeps the tour to a cell of the confusion table and goes to its first event; the same cell again lets go of it. */
export function chooseCell(cell: TourCell | null): void {
  const before = getState().comparing.cell
  if (cell === null || sameValue(before, cell)) return patchComparing({ cell: null })
  patchComparing({ cell })
  const comparison = comparisonOf(getState())
  if (comparison === null || typeof comparison === 'string') return
  const [first] = tourOf(comparison, cell)
  if (first !== undefined) goToCase(comparison, first)
}

export function goToDisagreement(direction: 'next' | 'previous'): void {
  const state = getState()
  const comparison = comparisonOf(state)
  if (comparison === null) {
    void (isAwaited(state) ? currentComparison().then(() => goToDisagreement(direction)) : openCompare())
    return
  }
  if (typeof comparison === 'string') return notify('problem', comparison)
  showPanel('compare')
  const tour = tourOf(comparison, state.comparing.cell)
  const found = nextInTour(tour, direction, state)
  if (found === undefined) {
    const what = state.comparing.cell === null ? 'disagreement' : 'event of this cell'
    const [none, after, before] = [`No ${what}.`, `No ${what} after this one.`, `No ${what} before this one.`]
    return notify('info', tour.length === 0 ? none : direction === 'next' ? after : before)
  }
  goToCase(comparison, found)
}

function nextInTour(
  tour: readonly Case[],
  direction: 'next' | 'previous',
  state: ReviewState,
): Case | undefined {
  const at = tour.findIndex((each) => caseKey(each) === state.comparing.at)
  if (at !== -1) return tour[direction === 'next' ? at + 1 : at - 1]
  const from = cursorInView(state) ?? wantedSpan(state).start
  return direction === 'next'
    ? tour.find((each) => secondsOf(each).onset >= from)
    : tour.findLast((each) => secondsOf(each).onset < from)
}

/** Its place comes into view, with what every reader has there drawn as outlines. */
export function goToCase({ sets }: Comparison, each: Case): void {
  const active = activeSet(getState())
  const outlines = sets.flatMap((set, index): readonly MarkOfSet[] =>
    set.setId === active?.setId
      ? []
      : (each.events[index]?.marks ?? []).map(({ id }) => ({ setId: set.setId, markId: id })),
  )
  patchComparing({ at: caseKey(each), outlines })
  toOwnPage()
  patchPane({ selectedMark: null, selection: null, subtypeFor: null, outlined: null })
  const { onset, duration } = secondsOf(each)
  reveal({ start: onset, end: onset + duration })
  patchPane({ cursor: onset })
}

/** Marks of the case that the tour stands at, while the comparison is looked at. */
export function outlinesOfTour({ ui, comparing }: ReviewState): readonly MarkOfSet[] {
  return ui.panel === 'compare' ? comparing.outlines : NO_OUTLINES
}

const NO_OUTLINES: readonly MarkOfSet[] = []
