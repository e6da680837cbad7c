import { expect, it } from 'vitest'
import { beginWindow } from '../../../renderer/store/host.ts'
import { openRecording } from '../../../renderer/store/opening.ts'
import { getState, patchPane } from '../../../renderer/store/state.ts'
import { goTo } from '../../../renderer/store/viewing.ts'
import { makeHost, openedRecording, openedSet } from '../../support/fakeHost.ts'
import { paneNow } from '../../support/reviewWindow.ts'
import { makeHeader, makeRecording } from '../../support/signals.ts'

/** A window that opens one recording, whose R wave is as the test says. */
async function opensWith(rWave: () => Promise<number | null>, labels = ['Fp1', 'ECG']) {
  const signals = labels.map((label) => (label === 'ECG' ? { label, kind: 'ecg' as const } : label))
  const recording = makeRecording(makeHeader(signals, 600))
  const { host, asked } = makeHost({
    openRecording: async () => ({ ...openedRecording(), recording }),
    scanned: async () => ({ complete: false, annotations: [], recording, activity: null }),
    openSet: async () => openedSet(),
    rWave,
  })
  beginWindow(host, async () => null)
  await openRecording({ ref: 'night', name: 'night.edf' })
  return asked
}

it('the R wave is asked once of a recording, and stays while pages are turned', async () => {
  const asked = await opensWith(async () => 900)
  await expect.poll(() => paneNow().rWave).toBe(900)
  goTo(120)
  patchPane({ rowMm: 3 })
  expect(asked.rWave).toEqual([{ recordingId: 'recording' }])
  expect(paneNow().rWave).toBe(900)
})

it('the R wave is not asked of a recording without an ECG', async () => {
  const asked = await opensWith(async () => 900, ['Fp1'])
  expect(asked.rWave).toEqual([])
})

it('a host that cannot measure the R wave costs no notice', async () => {
  const asked = await opensWith(async () => {
    throw new Error('gone')
  })
  await expect.poll(() => asked.rWave).toHaveLength(1)
  expect(paneNow().rWave).toBeNull()
  expect(getState().ui.notices.filter(({ tone }) => tone === 'problem')).toEqual([])
})
