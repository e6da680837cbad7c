/**
 * Undo and redo as a value. Nothing here is lost by a save; the journal carries it through a crash.
 * `done` is oldest first, `undone` holds the next redo last.
 */
import { applyEdit, invertEdit, joinEdits, type StepLike } from './applyEdit.ts'
import type { AnnotationDocument, Edit } from './document.ts'

export type HistoryOf<Step> = { readonly done: readonly Step[]; readonly undone: readonly Step[] }
export type History = HistoryOf<Edit>

/** A document and how it came to be. */
export type Marked = { readonly document: AnnotationDocument; readonly history: History }

export const EMPTY_HISTORY: History = { done: [], undone: [] }

/** Remembers an edit that was applied. One of the same gesture as the last becomes one step with it. */
export function record<Step extends StepLike>(history: HistoryOf<Step>, edit: Step): HistoryOf<Step> {
  const last = history.done.at(-1)
  if (last === undefined || edit.gesture === undefined || last.gesture !== edit.gesture) {
    return { done: [...history.done, edit], undone: [] }
  }
  const joined = joinEdits(last, edit)
  const earlier = history.done.slice(0, -1)
  return { done: joined.changes.length === 0 ? earlier : [...earlier, joined], undone: [] }
}

/** What takes the last step back, and the history after that. null: there is nothing to undo. */
export function stepBack<Step extends StepLike>(
  history: HistoryOf<Step>,
): { readonly edit: Step; readonly history: HistoryOf<Step> } | null {
  const last = history.done.at(-1)
  if (last === undefined) return null
  return {
    edit: invertEdit(last),
    history: { done: history.done.slice(0, -1), undone: [...history.undone, last] },
  }
}

/** What does the last undone step again, and the history after that. null: there is nothing to redo. */
export function stepForward<Step extends StepLike>(
  history: HistoryOf<Step>,
): { readonly edit: Step; readonly history: HistoryOf<Step> } | null {
  const edit = history.undone.at(-1)
  if (edit === undefined) return null
  return { edit, history: { done: [...history.done, edit], undone: history.undone.slice(0, -1) } }
}

/** Takes the last step back; `edit` is what was applied to do so. null: there is nothing to undo. */
export function undo(
  document: AnnotationDocument,
  history: History,
): (Marked & { readonly edit: Edit }) | null {
  const step = stepBack(history)
  return step === null ? null : { ...step, document: applyEdit(document, step.edit) }
}

/** Does the last undone step again; `edit` is what was applied. null: there is nothing to redo. */
export function redo(
  document: AnnotationDocument,
  history: History,
): (Marked & { readonly edit: Edit }) | null {
  const step = stepForward(history)
  return step === null ? null : { ...step, document: applyEdit(document, step.edit) }
}

/** "move edge" for "Undo move edge"; null: nothing to undo. */
export function undoLabel(history: HistoryOf<Pick<Edit, 'label'>>): string | null {
  return history.done.at(-1)?.label ?? null
}

export function redoLabel(history: HistoryOf<Pick<Edit, 'label'>>): string | null {
  return history.undone.at(-1)?.label ?? null
}
