/** What stands in the list of marks: of the sets that are shown, in the order of time, less what is filtered out. Pure. */
import type { Mark } from '../../shared/annotation/document.ts'
import type { Confidence, MarkKind } from '../../shared/annotation/kinds.ts'
import { compareMarks } from '../../shared/annotation/order.ts'
import type { OpenSetState, SetId } from '../store/setsState.ts'

/** What the list needs of a set: the same as long as its marks are, whatever is saved or sent meanwhile. */
export type ListedSet = Pick<OpenSetState, 'setId' | 'document' | 'isKey' | 'copy'>

export function listedSet(set: OpenSetState | null): ListedSet | null {
  if (set === null) return null
  const { setId, document, isKey, copy } = set
  return { setId, document, isKey, copy }
}

export type ListedMark = { readonly set: ListedSet; readonly mark: Mark }

export type MarkFilter = {
  readonly hidden: ReadonlySet<MarkKind>
  /** In the comment, whatever its case; blank: any comment, or none. */
  readonly comment: string
  readonly confidence: Confidence | 'unsaid' | null
  /** Of one set alone; null: of all that are shown. */
  readonly reader: SetId | null
}

export const NO_FILTER: MarkFilter = { hidden: new Set(), comment: '', confidence: null, reader: null }

export function listMarks(sets: readonly ListedSet[], filter: MarkFilter): readonly ListedMark[] {
  const { hidden, confidence, reader } = filter
  const comment = filter.comment.trim().toLowerCase()
  const passes = (mark: Mark) =>
    !hidden.has(mark.kind) &&
    (confidence === null || (mark.confidence ?? 'unsaid') === confidence) &&
    (comment === '' || mark.comment.toLowerCase().includes(comment))
  const listed = sets
    .filter(({ setId }) => reader === null || setId === reader)
    .map((set) => set.document.marks.filter(passes).map((mark) => ({ set, mark })))
  // Each set is in order already.
  if (listed.length === 1) return listed[0] ?? []
  return listed.flat().sort((a, b) => compareMarks(a.mark, b.mark))
}

/** How many filters hold besides those of the kinds. */
export function isFiltered({ comment, confidence, reader }: MarkFilter): boolean {
  return comment.trim() !== '' || confidence !== null || reader !== null
}
