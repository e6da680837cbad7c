/** Whether another program or computer has written the reader's own set, said before a save would be refused. */
import { getHost } from './host.ts'
import { ownSet } from './selectors.ts'
import type { SetId } from './setsState.ts'
import { getState, patchSet, useReview } from './state.ts'

export async function lookOnDisk(): Promise<void> {
  const before = ownSet(getState())
  if (before === null || before.readOnly || before.saving) return
  const { setId } = before
  // What was found before a save is not what lies there after it.
  let isOld = false
  const unsubscribe = useReview.subscribe(({ sets }) => {
    isOld ||= sets.byId[setId]?.saving === true
  })
  // A save says what is wrong; here nobody has asked.
  const found = await getHost()
    .findOnDisk({ setId })
    .catch(() => null)
  unsubscribe()
  const set = getState().sets.byId[setId]
  if (found === null || set === undefined || isOld) return
  const { hash } = found
  if (hash === (set.onDisk?.hash ?? null)) return
  patchSet(setId, { onDisk: hash === null ? null : { hash, isSeen: false } })
}

/** The reader knows, and goes on; what is written there later is said again. */
export function acceptOnDisk(setId: SetId): void {
  const onDisk = getState().sets.byId[setId]?.onDisk ?? null
  if (onDisk !== null) patchSet(setId, { onDisk: { ...onDisk, isSeen: true } })
}
