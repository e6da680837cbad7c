/**
 * Undo and redo as a value. Nothing here is lost by a save; the journal carries it through a crash.
 * `done` is oldest first, `undone` holds the next redo last.
 */
import { applyEdit, invertEdit, joinEdits } from './applyEdit.ts'
import type { AnnotationDocument, Edit } from './document.ts'

export type History = { readonly done: readonly Edit[]; readonly undone: readonly Edit[] }

/** A document and how it came to be. */
export type Marked = { readonly document: AnnotationDocument; readonly history: History }

export const EMPTY_HISTORY: History = { done: [], undone: [] }

/** Remembers an edit that was applied. One of the same gesture as the last becomes one step with it. */
export function record(history: History, edit: Edit): History {
  const last = history.done.at(-1)
  if (last === undefined || edit.gesture === undefined || last.gesture !== edit.gesture) {
    return { done: [...history.done, edit], undone: [] }
  }
  const joined = joinEdits(last, edit)
  const earlier = history.done.slice(0, -1)
  return { done: joined.changes.length === 0 ? earlier : [...earlier, joined], undone: [] }
}

/** Takes the last step back; `edit` is what was applied to do so. null: there is nothing to undo. */
export function undo(
  document: AnnotationDocument,
  history: History,
): (Marked & { readonly edit: Edit }) | null {
  const last = history.done.at(-1)
  if (last === undefined) return null
  const edit = invertEdit(last)
  return {
    document: applyEdit(document, edit),
    history: { done: history.done.slice(0, -1), undone: [...history.undone, last] },
    edit,
  }
}

/** Does the last undone step again; `edit` is what was applied. null: there is nothing to redo. */
export function redo(
  document: AnnotationDocument,
  history: History,
): (Marked & { readonly edit: Edit }) | null {
  const edit = history.undone.at(-1)
  if (edit === undefined) return null
  return {
    document: applyEdit(document, edit),
    history: { done: [...history.done, edit], undone: history.undone.slice(0, -1) },
    edit,
  }
}

/** "move edge" for "Undo move edge"; null: nothing to undo. */
export function undoLabel(history: History): string | null {
  return history.done.at(-1)?.label ?? null
}

export function redoLabel(history: History): string | null {
  return history.undone.at(-1)?.label ?? null
}
