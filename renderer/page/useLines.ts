/** The lines of a page, and what of a guest has no place in its rows. */
import { useContext, useMemo } from 'react'
import type { AlignedLines } from '../../shared/montage/alignLines.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import { planMontage } from '../../shared/montage/planMontage.ts'
import { montageOfView } from '../../shared/signal/viewSettings.ts'
import { linesInRows } from '../store/linesOnPage.ts'
import type { Pane } from '../store/panesState.ts'
import type { ReviewState } from '../store/reviewState.ts'
import { activePane, ownPane, paneOf } from '../store/selectors.ts'
import { headerIn } from '../store/shownIn.ts'
import { getState, useReview } from '../store/state.ts'
import { PaneContext, usePane } from './usePane.ts'

const NO_DERIVATIONS: readonly Derivation[] = []

/** `derived`: of what is shown. A guest's lines stand in the rows of the window's own recording. */
export function useLines(derived: readonly Derivation[]): AlignedLines {
  const ownDerived = useReview((state) => ownPane(state).shown?.derivations ?? NO_DERIVATIONS)
  const id = useContext(PaneContext)
  const looks = usePane((pane) => pane.looks)
  const montage = usePane((pane) => pane.view.montage)
  const guest = usePane((pane) => pane.guest?.opened ?? null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the lines are made of
  return useMemo(() => {
    const state = getState()
    const pane = paneOf(state, id) ?? activePane(state)
    return linesInRows(state, pane, guest === null ? derived : ownDerived, derived)
  }, [derived, guest === null ? null : ownDerived, looks, montage, guest])
}

/** Why nothing of a guest can stand in this montage, in which the window's own recording is read; null where it can. */
export function refusalOf(state: ReviewState, pane: Pane): string | null {
  const header = headerIn(state, pane)
  if (pane.guest === null || header === null) return null
  return planMontage(header, montageOfView(pane.view), pane.view.bad).problem
}
