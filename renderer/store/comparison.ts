/**
 * What the chosen sets come to. Small ones are compared whenever somebody looks; two sets of 10,000 marks take a second,
 * so they are compared in a thread once the hand rests (`followComparison`), and until then what was compared last
 * stands, said to be so.
 */
import type { Reading } from '../../shared/agreement/agreement.ts'
import { type Compared, compareAll } from '../../shared/agreement/compareAll.ts'
import type { MatchRules } from '../../shared/agreement/rules.ts'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { messageOf } from './notices.ts'
import type { ReviewState } from './reviewState.ts'
import { ownSet, setOfRef, shortReaderOf } from './selectors.ts'
import type { ComparedSets, ComparingState, OpenSetState, SetsState } from './setsState.ts'
import { getState, patchComparing, useReview } from './state.ts'

/** The set that is marked in, among those that are compared. */
export const OWN: ComparingState['chosen'][number] = 'own'

/** Compared within a few milliseconds. */
const MOST_AT_ONCE = 1000
/** After the last change. */
const REST_MS = 400

export type Comparison = Compared & {
  /** In the order of the cases' events, the reference first. */
  readonly sets: readonly OpenSetState[]
  readonly names: readonly string[]
}

type Inputs = Omit<ComparedSets, 'value'> & { readonly sets: readonly OpenSetState[] }

/** null: fewer than two are chosen, or one is still being read. */
function inputsOf(all: SetsState, chosen: ComparingState['chosen'], rules: MatchRules): Inputs | null {
  const own = ownSet({ sets: all })
  const sets = chosen.flatMap((ref) => (ref === OWN ? (own ?? []) : (setOfRef(all, ref) ?? [])))
  if (chosen.length < 2 || sets.length < chosen.length) return null
  return {
    sets,
    setIds: sets.map(({ setId }) => setId),
    documents: sets.map(({ document }) => document),
    rules,
  }
}

function inputsNow({ sets, comparing, ui }: ReviewState): Inputs | null {
  return inputsOf(sets, comparing.chosen, ui.rules)
}

/**
 * null: there is nothing to compare, or nothing was compared yet (`isAwaited`). A text: why they cannot be compared.
 */
export function compareChosen(
  all: SetsState,
  { chosen, compared }: Pick<ComparingState, 'chosen' | 'compared'>,
  rules: MatchRules,
): Comparison | string | null {
  const inputs = inputsOf(all, chosen, rules)
  if (inputs === null) return null
  // An older one of the same sets stands while a newer one is on its way.
  const stands = sameList(compared?.setIds, inputs.setIds) ? compared?.value : undefined
  const value = isSmall(inputs) ? compareOnce(inputs) : stands
  if (value === undefined) return null
  if (typeof value === 'string') return value
  const { sets } = inputs
  return { ...value, sets, names: sets.map(shortReaderOf) }
}

/** The comparison that the reader has chosen. */
export function comparisonOf({ sets, comparing, ui }: ReviewState): Comparison | string | null {
  return compareChosen(sets, comparing, ui.rules)
}

/** It is on its way, whether an older one stands meanwhile or not. */
export function isAwaited(state: ReviewState): boolean {
  const inputs = inputsNow(state)
  return inputs !== null && !isSmall(inputs) && !isOf(state.comparing.compared, inputs)
}

/** What `comparisonOf` gives, of the sets as they are now, however long that takes. */
export async function currentComparison(): Promise<Comparison | string | null> {
  while (isAwaited(getState())) await bringUpToDate()
  return comparisonOf(getState())
}

/** Compares what is chosen in the thread, and keeps what it comes to. */
async function bringUpToDate(): Promise<void> {
  const inputs = inputsNow(getState())
  if (inputs === null || isOf(getState().comparing.compared, inputs)) return
  const { sets, ...compared } = inputs
  const value = await getState().tools.compareSets(readingsOf(sets), inputs.rules).catch(messageOf)
  // What has changed meanwhile makes it old, and other sets make it nothing.
  if (sameList(inputsNow(getState())?.setIds, inputs.setIds))
    patchComparing({ compared: { ...compared, value } })
}

/** Keeps what is looked at up to date, a while after the last change; returns what ends it. */
export function followComparison({ restMs = REST_MS }: { readonly restMs?: number } = {}): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let seen: Inputs | null = null
  let isBusy = false
  const compare = async () => {
    // What comes meanwhile is compared after it.
    if (isBusy) return
    isBusy = true
    try {
      await bringUpToDate()
    } finally {
      isBusy = false
    }
    if (isAwaited(getState())) wait(restMs)
  }
  const wait = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void compare(), ms)
  }
  const unsubscribe = useReview.subscribe((state) => {
    if (state.ui.panel !== 'compare' || !state.shell.settings.panelOpen) return
    const inputs = inputsNow(state)
    if (inputs === null || isSmall(inputs) || (seen !== null && isSame(seen, inputs))) return
    seen = inputs
    // Where nothing stands yet there is nothing to wait for.
    wait(sameList(state.comparing.compared?.setIds, inputs.setIds) ? restMs : 0)
  })
  return () => {
    clearTimeout(timer)
    unsubscribe()
  }
}

function isSmall({ documents }: Inputs): boolean {
  return documents.reduce((sum, { marks }) => sum + marks.length, 0) <= MOST_AT_ONCE
}

function isOf(compared: ComparedSets | null, inputs: Inputs): boolean {
  return compared !== null && isSame(compared, inputs)
}

type Named = Omit<ComparedSets, 'value'>

/** Documents and rules are never changed in place. */
function isSame(a: Named, b: Named): boolean {
  return a.rules === b.rules && sameList(a.setIds, b.setIds) && sameList(a.documents, b.documents)
}

function sameList(a: readonly unknown[] | undefined, b: readonly unknown[]): boolean {
  return a !== undefined && a.length === b.length && a.every((each, index) => each === b[index])
}

function readingsOf(sets: readonly OpenSetState[]): readonly Reading[] {
  return sets.map((set) => ({ ...set.document, reviewer: shortReaderOf(set) }))
}

const known = new WeakMap<AnnotationDocument, Named & { readonly value: Compared | string }>()

/** What was computed of documents holds as long as they live. */
function compareOnce({ sets, ...inputs }: Inputs): Compared | string {
  const [first] = inputs.documents
  if (first === undefined) return ''
  const before = known.get(first)
  if (before !== undefined && isSame(before, inputs as Inputs)) return before.value
  let value: Compared | string
  try {
    value = compareAll(readingsOf(sets), inputs.rules)
  } catch (thrown) {
    value = messageOf(thrown)
  }
  known.set(first, { ...inputs, value })
  return value
}
