/** A whole journal followed from its beginning: what it leads to, and what of that was never saved. */
import type { AnnotationDocument, Item } from './document.ts'
import { EMPTY_HISTORY, type Marked } from './history.ts'
import type { JournalLine, SetPlace } from './journalEntry.ts'
import { sameValue } from './sameValue.ts'
import { createWorkingCopy, type WorkingCopy } from './workingCopy.ts'

export type Replayed = Marked & {
  readonly set: SetPlace | null
  /** Steps since the last save; 0 where they left everything as it was saved. */
  readonly unsaved: number
  /** Time of the last step, null where there was none. */
  readonly lastChange: string | null
  /** How many lines were taken in: all, where there is no problem. */
  readonly applied: number
  /** Why it stopped before the last entry, else null. */
  readonly problem: string | null
}

const UNFIT = 'A step of the journal did not fit; the marks are as they were before it.'

/**
 * The state that the entries lead to from `document`; an `open` entry starts from its own. An entry
 * that does not fit ends it: what came before is kept and `problem` says so.
 */
export function replay(document: AnnotationDocument, lines: readonly JournalLine[]): Replayed {
  let copy = createWorkingCopy({ document, history: EMPTY_HISTORY })
  /** What was changed since the last save, as it was then; null: all of it may be. */
  let saved: Map<string, Item | null> | null = new Map()
  let set: SetPlace | null = null
  let steps = 0
  let lastChange: string | null = null
  let applied = 0
  for (const line of lines) {
    if (line.op === 'open') {
      copy = createWorkingCopy({ document: line.document, history: line.history })
      saved = line.unsaved ? null : new Map()
      set = line.set
      steps = line.unsaved ? 1 : 0
      lastChange = line.unsaved ? line.at : null
    } else if (line.op === 'saved') {
      saved = new Map()
      set = line.set
      steps = 0
    } else {
      const edit = tryStep(copy, line)
      if (edit === null) break
      for (const { id, before } of edit.changes) {
        if (saved?.has(id) === false) saved.set(id, before)
      }
      steps += 1
      lastChange = line.op === 'edit' ? line.edit.at : line.at
    }
    applied += 1
  }
  const marked = copy.marked()
  const problem = applied < lines.length ? UNFIT : null
  const unsaved = saved !== null && isBackAs(saved, marked.document) ? 0 : steps
  return { ...marked, set, unsaved, lastChange, applied, problem }
}

/** Whether everything that was changed is again as it was. */
function isBackAs(saved: ReadonlyMap<string, Item | null>, document: AnnotationDocument): boolean {
  if (saved.size === 0) return true
  const now = itemsOf(document)
  return [...saved].every(([id, item]) => sameValue(item, now.get(id) ?? null))
}

/** Marks, ranges and decisions by their ids. */
export function itemsOf(document: AnnotationDocument): ReadonlyMap<string, Item> {
  return new Map<string, Item>([
    ...document.marks.map((mark) => [mark.id, { type: 'mark', ...mark }] as const),
    ...document.reviewed.map((range) => [range.id, { type: 'reviewed', ...range }] as const),
    ...(document.decisions ?? []).map(
      (decision) => [decision.id, { type: 'decision', ...decision }] as const,
    ),
  ])
}

function tryStep(copy: WorkingCopy, entry: Parameters<WorkingCopy['step']>[0]) {
  try {
    return copy.step(entry)
  } catch {
    return null
  }
}
