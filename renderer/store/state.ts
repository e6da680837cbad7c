/** The one store, and how its parts are changed. Verbs stand beside it in this folder; components show and call. */
import { create } from 'zustand'
import { newReview, newTools } from './beginnings.ts'
import type { Pane, PaneId } from './panesState.ts'
import type { QuizState } from './quizState.ts'
import type {
  LessonsState,
  OpenLesson,
  OpenRecording,
  ReviewState,
  ShellState,
  UiState,
} from './reviewState.ts'
import type { ComparingState, OpenSetState, SetId } from './setsState.ts'

export const useReview = create<ReviewState>(() => newReview(newTools(null, null)))

export const getState = useReview.getState
export const setState = useReview.setState

export function patchShell(change: Partial<ShellState>): void {
  setState(({ shell }) => ({ shell: { ...shell, ...change } }))
}

export function patchUi(change: Partial<UiState>): void {
  setState(({ ui }) => ({ ui: { ...ui, ...change } }))
}

export function patchComparing(change: Partial<ComparingState>): void {
  setState(({ comparing }) => ({ comparing: { ...comparing, ...change } }))
}

export function patchLessons(change: Partial<LessonsState>): void {
  setState(({ lessons }) => ({ lessons: { ...lessons, ...change } }))
}

/** Changes the lesson that is open under this ref; does nothing where another one is by now. */
export function patchLesson(ref: string, change: Partial<Omit<OpenLesson, 'ref'>>): void {
  setState((state) => {
    const { open } = state.lessons
    return open?.ref === ref ? { lessons: { ...state.lessons, open: { ...open, ...change } } } : state
  })
}

/** Changes the quiz under way; does nothing where there is none. */
export function patchQuiz(change: Partial<QuizState>): void {
  setState(({ quiz }) => (quiz === null ? {} : { quiz: { ...quiz, ...change } }))
}

/** Changes the open recording; does nothing where none is open. */
export function patchRecording(change: Partial<Omit<OpenRecording, 'phase'>>): void {
  setState((state) =>
    state.recording.phase === 'open' ? { recording: { ...state.recording, ...change } } : state,
  )
}

/** Changes a set; does nothing where it is not open any more. */
export function patchSet(setId: SetId, change: Partial<Omit<OpenSetState, 'setId'>>): void {
  setState((state) => {
    const set = state.sets.byId[setId]
    if (set === undefined) return state
    return { sets: { ...state.sets, byId: { ...state.sets.byId, [setId]: { ...set, ...change } } } }
  })
}

/** Changes every pane: what is locked between pages side by side is changed here. null: nothing of this one. */
export function patchPanes(change: (pane: Pane) => Partial<Omit<Pane, 'id'>> | null): void {
  setState(({ panes }) => {
    const changed = Object.values(panes.byId).map((pane) => ({ ...pane, ...change(pane) }))
    return { panes: { ...panes, byId: Object.fromEntries(changed.map((pane) => [pane.id, pane])) } }
  })
}

/** Changes a pane, the active one where none is named. */
export function patchPane(change: Partial<Omit<Pane, 'id'>>, id?: PaneId): void {
  setState((state) => {
    const { byId, active } = state.panes
    const pane = byId[id ?? active]
    if (pane === undefined) return state
    return { panes: { ...state.panes, byId: { ...byId, [pane.id]: { ...pane, ...change } } } }
  })
}
