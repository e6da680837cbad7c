/** What the host tells of the journal of the open set: whether steps are kept as they are made. */
import { notify } from './notices.ts'
import { getState, patchSet } from './state.ts'

export function journalFailed(setId: string, message: string): void {
  if (getState().sets.byId[setId]?.journalProblem !== message) notify('problem', message)
  patchSet(setId, { journalProblem: message })
}

export function journalRecovered(setId: string): void {
  patchSet(setId, { journalProblem: null })
  notify('good', 'Your steps are kept again as you make them.')
}
