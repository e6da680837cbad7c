/** Y, N and the way on, while a candidate is chosen. */
import { type CandidateVerb, candidateVerbOf } from '../../shared/contract/candidateKeys.ts'
import {
  acceptCandidate,
  chooseCandidate,
  dismissCandidate,
  shownCandidates,
  stepCandidate,
} from '../store/candidates.ts'
import { getState } from '../store/state.ts'
import { isPanelShown } from '../store/ui.ts'
import { isTextField } from './textField.ts'
import { isInPopup } from './whoseKeys.ts'

const VERBS: Readonly<Record<CandidateVerb, () => void>> = {
  accept: acceptCandidate,
  dismiss: dismissCandidate,
  next: () => stepCandidate('next'),
  previous: () => stepCandidate('previous'),
  leave: () => chooseCandidate(null),
}

/** Whether the key was one of them; a held key decides once. */
export function runCandidateKey(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null
  if (isTextField(target) || isInPopup(target) || target instanceof HTMLSelectElement) return false
  const state = getState()
  // On another tab, or with the panel away, nobody sees what would be decided.
  if (state.ui.panel !== 'marks' || !isPanelShown(state)) return false
  if ((shownCandidates(state)?.chosen ?? null) === null) return false
  const verb = candidateVerbOf(event)
  if (verb === null) return false
  if (!event.repeat) VERBS[verb]()
  return true
}
