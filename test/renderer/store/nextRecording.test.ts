/** What is waited for when another recording is chosen. */
import { expect, it } from 'vitest'
import { beginWindow } from '../../../renderer/store/host.ts'
import { addMarkOver } from '../../../renderer/store/marking.ts'
import { openRecording } from '../../../renderer/store/opening.ts'
import { recordingNameOf } from '../../../renderer/store/selectors.ts'
import { getState } from '../../../renderer/store/state.ts'
import type { Host } from '../../../shared/contract/contract.ts'
import { deferred, makeHost, openedRecording, openedSet } from '../../support/fakeHost.ts'

const SECOND = { ref: 'second', name: 'second.edf' }

/** A window in which a recording `first` is open with its set. */
async function begin(answers: Partial<Host>) {
  const { host, asked } = makeHost({
    openRecording: async ({ ref }) => openedRecording(ref),
    closeRecording: async () => null,
    scanned: async ({ recordingId }) => {
      const { recording } = openedRecording(recordingId)
      return { complete: true, annotations: [], recording, activity: null }
    },
    openSet: async ({ recordingId }) => openedSet({ setId: `set of ${recordingId}` }),
    closeSet: async () => null,
    journal: async () => null,
    ...answers,
  })
  beginWindow(host, async () => null)
  await openRecording({ ref: 'first', name: 'first.edf' })
  return asked
}

it('the next recording is shown while the host still closes the set before it, and its own set is opened only then', async () => {
  const closing = deferred<null>()
  const asked = await begin({ closeSet: () => closing.promise })
  const opening = openRecording(SECOND)
  await expect.poll(() => asked.scanned.length).toBe(2)
  expect(recordingNameOf(getState())).toBe('second.edf')
  expect([asked.closeSet.length, asked.openSet.length, asked.closeRecording.length]).toEqual([1, 1, 0])
  closing.resolve(null)
  await opening
  expect(asked.openSet.at(-1)).toMatchObject({ recordingId: 'second' })
  await expect.poll(() => asked.closeRecording).toEqual([{ recordingId: 'first' }])
})

it('the next recording waits until the last step in the one before is kept', async () => {
  const journal = deferred<null>()
  const asked = await begin({ journal: () => journal.promise })
  addMarkOver({ start: 1, end: 2 }, 'hypnic_jerk')
  const opening = openRecording(SECOND)
  await expect.poll(() => asked.openRecording.length).toBe(2)
  expect(recordingNameOf(getState())).toBe('first.edf')
  expect(asked.closeSet).toEqual([])
  journal.resolve(null)
  await opening
  expect(recordingNameOf(getState())).toBe('second.edf')
  expect(asked.closeSet.length).toBe(1)
})
