/** Y, N and the way on, while a candidate is chosen. */
import { type CandidateVerb, candidateVerbOf } from '../../shared/contract/candidateKeys.ts'
import { acceptCandidate, dismissCandidate, shownCandidates, stepCandidate } from '../store/candidates.ts'
import { getState } from '../store/state.ts'
import { isTextField } from './textField.ts'

const VERBS: Readonly<Record<CandidateVerb, () => void>> = {
  accept: acceptCandidate,
  dismiss: dismissCandidate,
  next: () => stepCandidate('next'),
  previous: () => stepCandidate('previous'),
}

/** Whether the key was one of them; a held key decides once. */
export function runCandidateKey(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null
  if (isTextField(target) || target?.closest('[role="menu"], [role="dialog"], select') != null) return false
  if ((shownCandidates(getState())?.chosen ?? null) === null) return false
  const verb = candidateVerbOf(event)
  if (verb === null) return false
  if (!event.repeat) VERBS[verb]()
  return true
}
