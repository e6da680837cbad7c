/**
 * Edits as an algebra: applying, turning round, and joining two into one. Everything that changes a
 * document goes through `applyEdit`, for the reader: start there.
 */
import { ReviewError } from '../failure.ts'
import type { AnnotationDocument, Change, Decision, Edit, Item, Mark, ReviewedRange } from './document.ts'
import { compareMarks } from './order.ts'
import { sameValue } from './sameValue.ts'
import { carrySize } from './setSize.ts'

/** What can be taken back: things by id, each as it was and as it is then. Marks of a set, cases of a lesson. */
export type StepLike = {
  readonly label: string
  readonly changes: readonly { readonly id: string; readonly before: unknown; readonly after: unknown }[]
  readonly gesture?: string
}

/**
 * The document after the edit. Throws ReviewError `conflict` where the document is not as the edit
 * found it: `before` differs from what is there, or a new id is already taken.
 */
export function applyEdit(document: AnnotationDocument, edit: Edit): AnnotationDocument {
  const changes = changesById(edit)
  const found = new Set<string>()
  const takeOut = <Listed extends Mark | ReviewedRange | Decision>(
    list: readonly Listed[],
    type: Item['type'],
  ) =>
    list.filter((listed) => {
      const change = changes.get(listed.id)
      if (change === undefined) return true
      if (!sameValue(change.before, { type, ...listed })) throw conflict(edit)
      found.add(listed.id)
      return false
    })
  const marks = takeOut(document.marks, 'mark')
  const reviewed = takeOut(document.reviewed, 'reviewed')
  const { decisions: earlier = [], ...rest } = document
  const decisions = takeOut(earlier, 'decision')
  const newMarks: Mark[] = []
  const newRanges: ReviewedRange[] = []
  const newDecisions: Decision[] = []
  for (const { id, before, after } of edit.changes) {
    if (before !== null && !found.has(id)) throw conflict(edit)
    if (after === null) continue
    const { type, ...item } = after
    if (type === 'mark') newMarks.push(item as Mark)
    else if (type === 'decision') newDecisions.push(item as Decision)
    else newRanges.push(item)
  }
  const decided = mergeSorted(decisions, newDecisions)
  const next = {
    ...rest,
    marks: mergeSorted(marks, newMarks),
    reviewed: mergeSorted(reviewed, newRanges),
    ...(decided.length > 0 && { decisions: decided }),
    changed: edit.at > document.changed ? edit.at : document.changed,
  }
  carrySize(document, next, edit)
  return next
}

/** The edit that takes this one back. */
export function invertEdit<Step extends StepLike>(edit: Step): Step {
  return {
    ...edit,
    changes: edit.changes.map((change) => ({ ...change, before: change.after, after: change.before })),
  }
}

/** One edit that does both, the second after the first; what comes back to where it was is left out. */
export function joinEdits<Step extends StepLike>(first: Step, second: Step): Step {
  const joined = new Map(first.changes.map((change) => [change.id, change]))
  for (const change of second.changes) {
    const earlier = joined.get(change.id)
    joined.set(change.id, earlier === undefined ? change : { ...change, before: earlier.before })
  }
  const changes = [...joined.values()].filter((change) => !sameValue(change.before, change.after))
  return { ...second, label: first.label, changes }
}

export function markItem(mark: Mark): Item {
  return { type: 'mark', ...mark }
}

export function rangeItem(range: ReviewedRange): Item {
  return { type: 'reviewed', ...range }
}

export function decisionItem(decision: Decision): Item {
  return { type: 'decision', ...decision }
}

function changesById(edit: Edit): ReadonlyMap<string, Change> {
  const changes = new Map(edit.changes.map((change) => [change.id, change]))
  const coherent = edit.changes.every(
    ({ id, before, after }) => (before ?? after)?.id === id && (after ?? before)?.id === id,
  )
  if (changes.size !== edit.changes.length || !coherent) throw conflict(edit)
  return changes
}

function mergeSorted<Listed extends Mark | ReviewedRange | Decision>(
  kept: readonly Listed[],
  unsorted: readonly Listed[],
): readonly Listed[] {
  if (unsorted.length === 0) return kept
  const added = [...unsorted].sort(compareMarks)
  const merged: Listed[] = []
  let next = 0
  for (const listed of kept) {
    while (next < added.length && compareMarks(added[next]!, listed) < 0) merged.push(added[next++]!)
    merged.push(listed)
  }
  merged.push(...added.slice(next))
  return merged
}

export function conflict(edit: Edit): ReviewError {
  return new ReviewError('conflict', `"${edit.label}" does not fit: the marks have changed since.`)
}
