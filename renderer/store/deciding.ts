/** The consensus set: begun from what is compared, and each case decided in it as one step that can be undone. */
import type { Case } from '../../shared/agreement/cases.ts'
import {
  type Choice,
  type ComparedReader,
  decideCase,
  decisionKeys,
  type decisionsByMark,
  takeAgreed,
} from '../../shared/agreement/consensus.ts'
import type { Decision } from '../../shared/annotation/document.ts'
import { choose } from './comparing.ts'
import { type Comparison, comparisonOf, currentComparison, OWN } from './comparison.ts'
import { canEdit, dispatch, editContext } from './editing.ts'
import { notify } from './notices.ts'
import { openConsensusSet, refreshSets } from './openingSets.ts'
import { isDeciding, ownSet, setsBeside } from './selectors.ts'
import { getState } from './state.ts'
import { showPanel } from './ui.ts'

const TOO_FEW = 'Choose two or more sets first: what they agree on is taken over, and the rest is decided.'

/**
 * Opens the consensus set in the place of one's own, which is compared as it was saved, and takes over what all agree
 * on. Where it is open already, takes over what has come to be agreed on since.
 */
export async function beginConsensus(): Promise<void> {
  showPanel('compare')
  if (!isDeciding(getState())) {
    const { chosen } = getState().comparing
    const own = ownSet(getState())
    await refreshSets()
    const saved = (setsBeside(getState()) ?? []).find(({ name }) => name === own?.fileName)
    const refs = chosen.flatMap((ref) => (ref === OWN ? (saved?.ref ?? []) : ref))
    if (refs.length < 2) return notify('info', TOO_FEW)
    if (!(await openConsensusSet())) return
    await choose(refs)
  }
  const comparison = await currentComparison()
  const own = ownSet(getState())
  if (comparison === null) return notify('info', TOO_FEW)
  if (typeof comparison === 'string') return notify('problem', comparison)
  if (own === null || !canEdit()) return
  const { cases, common } = comparison.several
  dispatch(takeAgreed(own.document, { cases, common, readers: comparedReaders(comparison) }, editContext()))
}

export function decide(each: Case, choice: Choice, reason: string): void {
  const comparison = comparisonOf(getState())
  const own = ownSet(getState())
  if (comparison === null || typeof comparison === 'string' || own === null) return
  if (!isDeciding(getState()) || !canEdit()) return
  const decided = { case: each, readers: comparedReaders(comparison) }
  dispatch(decideCase(own.document, decided, choice, reason, editContext()))
}

/** What was decided on a case of the comparison. */
export function decisionOn(
  decisions: ReturnType<typeof decisionsByMark>,
  comparison: Comparison,
  each: Case,
): Decision | null {
  const keys = decisionKeys(each, comparedReaders(comparison))
  return keys.map((key) => decisions.get(key)).find((decision) => decision !== undefined) ?? null
}

function comparedReaders({ sets }: Comparison): readonly ComparedReader[] {
  return sets.map(({ document: { reviewer, changed } }) => ({ reviewer, changed }))
}
