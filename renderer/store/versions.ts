/** Two versions of the reader's own set: read, merged by what the reader has chosen as one step, and saved. */
import {
  countMerge,
  type Keep,
  planMerge,
  type VersionDifference,
} from '../../shared/agreement/mergeVersions.ts'
import type { OpenRef, SavedSet, SetSummary, SetVersion } from '../../shared/contract/model.ts'
import { canEdit, dispatch, editContext } from './editing.ts'
import { getHost } from './host.ts'
import { showOwn } from './lanes.ts'
import { notify, reportFailure } from './notices.ts'
import { refreshSets } from './openingSets.ts'
import { flushJournal } from './outbox.ts'
import type { ReviewState } from './reviewState.ts'
import { save } from './saving.ts'
import { isFileOf, ownSet } from './selectors.ts'
import { getState, patchUi } from './state.ts'

/** One's own set against one of its copies, or (null) against what lies on disk in its place. */
export function openVersions(copy: OpenRef | null): void {
  showOwn()
  patchUi({ dialog: 'versions', otherVersion: copy })
}

/** Whether a listed set is another version of the one that is marked in: another's never is, nor a key. */
export function isVersionOfOwn(state: Pick<ReviewState, 'sets'>, set: SetSummary): boolean {
  const own = ownSet(state)
  if (own === null || own.readOnly || set.isKey || set.isSealed || set.problem !== null) return false
  return set.reviewer === own.document.reviewer && !isFileOf(set, own)
}

/** Rejects with one sentence where it cannot be read, or is no version of this set. */
export async function readVersion(copy: OpenRef | null): Promise<SetVersion | null> {
  const own = ownSet(getState())
  if (own === null) return null
  await flushJournal(own.setId)
  return await getHost().readVersion({ setId: own.setId, ref: copy?.ref ?? null })
}

export type MergeChoice = {
  readonly version: SetVersion
  readonly differences: readonly VersionDifference[]
  readonly chosen: ReadonlyMap<string, Keep>
  /** The copy that it was read from; null: what lay in the set's own place, and is replaced. */
  readonly copy: OpenRef | null
  /** The copy is moved into a folder of its own once all is saved. */
  readonly setsAside: boolean
}

/** false: nothing was done, or it was not saved; why was said. What was merged can be undone. */
export async function mergeVersion({
  version,
  differences,
  chosen,
  copy,
  setsAside,
}: MergeChoice): Promise<boolean> {
  const own = ownSet(getState())
  if (own === null || !canEdit()) return false
  const step = planMerge(own.document, differences, chosen, editContext())
  if (step !== null && dispatch(step) === null) return false
  patchUi({ dialog: null, otherVersion: null })
  const counts = countMerge(step)
  const saved = await save({
    setId: own.setId,
    say: ({ fileName }) => sayMerged(fileName, counts),
    ...(copy === null ? { seen: version.hash } : {}),
  })
  if (saved && copy !== null && setsAside) await putAside(own.setId, copy, version.hash)
  await refreshSets()
  return saved
}

/** Puts aside a copy that holds nothing else than one's own set: there is nothing to merge. */
export async function moveCopyAside(copy: OpenRef, seen: string): Promise<void> {
  const own = ownSet(getState())
  if (own === null) return
  patchUi({ dialog: null, otherVersion: null })
  await putAside(own.setId, copy, seen)
  await refreshSets()
}

async function putAside(setId: string, copy: OpenRef, seen: string): Promise<void> {
  try {
    const { fileName, folder } = await getHost().setCopyAside({ setId, ref: copy.ref, seen })
    notify('good', `${fileName} lies in the folder “${folder}” now.`)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

function sayMerged(
  fileName: SavedSet['fileName'],
  { added, changed, deleted }: ReturnType<typeof countMerge>,
): string {
  const parts = [
    ...(added === 0 ? [] : [`${added} ${added === 1 ? 'mark' : 'marks'} taken over`]),
    ...(changed === 0 ? [] : [`${changed} changed`]),
    ...(deleted === 0 ? [] : [`${deleted} left out`]),
  ]
  return `${parts.length === 0 ? 'Saved' : `${parts.join(', ')}, and saved`} as ${fileName}`
}
