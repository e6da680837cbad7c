/** Where the reader stands in the reference, kept while the panel is closed or an example is looked at. */
import { create } from 'zustand'
import { type ExerciseState, startExercise } from '../../shared/reference/exercise.ts'
import type { MimicFilter } from '../../shared/reference/reference.ts'

export type ReferenceTab = 'compare' | 'mimics' | 'errors' | 'sources'

type PanelState = {
  readonly tab: ReferenceTab
  readonly filter: MimicFilter
  readonly query: string
  readonly exercise: ExerciseState
  /** The sentence whose example was looked at last: where the reader comes back to. */
  readonly left: string | null
  /** How far each tab was scrolled; nothing is drawn from it. */
  readonly scrolled: Map<string, number>
}

const beginning = (): PanelState => ({
  tab: 'compare',
  filter: 'all',
  query: '',
  exercise: startExercise(),
  left: null,
  scrolled: new Map(),
})

export const usePanelState = create<PanelState>(beginning)

export function changePanel(change: Partial<PanelState>): void {
  usePanelState.setState(change)
}

export function rememberScroll(place: string, top: number): void {
  usePanelState.getState().scrolled.set(place, top)
}

export function scrollOf(place: string): number {
  return usePanelState.getState().scrolled.get(place) ?? 0
}

export function resetPanel(): void {
  usePanelState.setState(beginning())
}
