import { beforeEach, describe, expect, it } from 'vitest'
import { outline, showAlone, showOwn, toggleLane, toggleLanes } from '../../../renderer/store/lanes.ts'
import { requestListed } from '../../../renderer/store/leaving.ts'
import { addMarkOver, selectMark } from '../../../renderer/store/marking.ts'
import { takeAction } from '../../../renderer/store/noticeActions.ts'
import { refreshSets } from '../../../renderer/store/openingSets.ts'
import { save } from '../../../renderer/store/saving.ts'
import { activeSet, hasUnsaved, lanesOf, ownSet, readerOf } from '../../../renderer/store/selectors.ts'
import { getState, patchRecording } from '../../../renderer/store/state.ts'
import type { SetSummary } from '../../../shared/contract/model.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { blankDocument, withMarks } from '../../support/annotations.ts'
import { type Asked, deferred, openedSet } from '../../support/fakeHost.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'
import { noticesNow, paneNow } from '../../support/reviewWindow.ts'

const LISTED: SetSummary = {
  ref: 'JS',
  name: 'recording.JS.hypnospike.json',
  reviewer: 'JS',
  marks: 0,
  changed: null,
  isKey: false,
  isSealed: false,
  signedOff: null,
  copyOf: null,
  strayedIn: null,
  problem: null,
}
const OTHERS = ['MK', 'key'].map((ref) => ({
  ...LISTED,
  ref,
  name: `recording.${ref}.json`,
  reviewer: ref,
  isKey: ref === 'key',
}))
const BAD = { ...LISTED, ref: 'bad', name: 'recording.bad.json', problem: 'It is not JSON.' }

const marksOf = (ref: string) => ({ ...withMarks([[30, 31]]), reviewer: ref })
let asked: Asked
let listed: readonly SetSummary[]

beforeEach(() => {
  let count = 0
  listed = [LISTED, ...OTHERS, BAD]
  asked = openEmptySet({
    openSet: async ({ ref }) => {
      count += 1
      return openedSet({
        setId: `${ref} ${count}`,
        fileName: `recording.${ref}.json`,
        readOnly: true,
        isKey: ref === 'key',
        document: ref === null ? blankDocument() : marksOf(ref),
      })
    },
    closeSet: async () => null,
    listSets: async () => listed,
  })
  patchRecording({ sets: listed })
})

const lanes = () => lanesOf(getState().sets).map(readerOf)

describe('a set of another reader', () => {
  it('is read once, for reading only, and is a lane until it is hidden', async () => {
    await toggleLane('MK')
    expect(lanes()).toEqual(['MK'])
    expect(asked.openSet).toEqual([{ recordingId: 'recording', reviewer: 'R-01', ref: 'MK', toRead: true }])
    await toggleLane('MK')
    expect(lanes()).toEqual([])
    await toggleLane('MK')
    expect(lanes()).toEqual(['MK'])
    expect(asked.openSet).toHaveLength(1)
    expect(asked.closeSet).toHaveLength(0)
  })

  it('leaves one’s own on the page, which is marked in as before', async () => {
    await toggleLane('MK')
    addMarkOver({ start: 1, end: 2 }, 'hypnic_jerk')
    expect(activeSet(getState())?.document.marks).toHaveLength(1)
    expect(lanesOf(getState().sets)[0]?.document.marks).toHaveLength(1)
    expect(await save()).toBe(true)
    expect(asked.saveSet).toEqual([{ setId: 'set', overwrite: false }])
  })

  it('that cannot be read is told of, and nothing is shown', async () => {
    openEmptySet({
      openSet: async () => {
        throw new ReviewError('bad-set', 'It is not JSON.')
      },
    })
    await toggleLane('MK')
    expect(noticesNow().at(-1)?.text).toBe('It is not JSON.')
    expect(lanes()).toEqual([])
  })

  it('that was asked for twice is shown once, and the second reading is closed', async () => {
    await Promise.all([toggleLane('MK'), toggleLane('MK')])
    expect(lanes()).toEqual(['MK'])
    expect(asked.closeSet).toHaveLength(1)
  })

  it('that comes when its recording is closed is closed too', async () => {
    const late = deferred<ReturnType<typeof openedSet>>()
    openEmptySet({ openSet: () => late.promise, closeSet: async () => null })
    const asking = toggleLane('MK')
    openEmptySet({ closeSet: async () => null })
    patchRecording({ opened: { ...recordingOf(), recordingId: 'the next' } })
    late.resolve(openedSet({ setId: 'late', readOnly: true }))
    await asking
    expect(lanes()).toEqual([])
  })

  it('is read again once it was saved anew, and stays what it was', async () => {
    await toggleLane('MK')
    const before = lanesOf(getState().sets)[0]
    await refreshSets()
    expect(asked.openSet).toHaveLength(1)
    listed = listed.map((set) => ({ ...set, changed: '2026-02-01T00:00:00.000Z' }))
    await refreshSets()
    expect(asked.openSet).toHaveLength(2)
    expect(asked.closeSet).toEqual([{ setId: before?.setId }])
    expect(lanes()).toEqual(['MK'])
    expect(lanesOf(getState().sets)[0]).not.toBe(before)
  })
})

function recordingOf() {
  const { recording } = getState()
  if (recording.phase !== 'open') throw new Error('no recording is open')
  return recording.opened
}

describe('all sets together', () => {
  it('become lanes, those that cannot be used and one’s own left out, and none again', async () => {
    await toggleLanes()
    expect(lanes()).toEqual(['MK', 'Key'])
    await toggleLanes()
    expect(lanes()).toEqual([])
  })

  it('stay when one’s own is opened anew', async () => {
    await toggleLanes()
    requestListed({ ...LISTED, reviewer: 'R-01' })
    await expect.poll(() => ownSet(getState())?.setId).not.toBe('set')
    expect(lanes()).toEqual(['MK', 'Key'])
  })
})

describe('a set alone on the page', () => {
  it('is for reading, while one’s own waits with what is not saved of it', async () => {
    addMarkOver({ start: 1, end: 2 }, 'hypnic_jerk')
    await showAlone('MK')
    expect(activeSet(getState())).toMatchObject({ readOnly: true, document: { reviewer: 'MK' } })
    expect([paneNow().selectedMark, getState().ui.dialog]).toEqual([null, null])
    expect(hasUnsaved(getState())).toBe(true)
    addMarkOver({ start: 3, end: 4 }, 'hypnic_jerk')
    expect(noticesNow().at(-1)).toMatchObject({ action: { do: 'showOwn' } })
    expect(await save()).toBe(true)
    expect(asked.saveSet).toEqual([{ setId: 'set', overwrite: false }])
    takeAction({ do: 'showOwn' })
    expect(activeSet(getState())).toMatchObject({ setId: 'set', document: { marks: [{ onset: 1e7 }] } })
  })

  it('is one of a list, and is no lane meanwhile', async () => {
    await toggleLanes()
    requestListed(OTHERS[1]!)
    await expect.poll(() => activeSet(getState())?.isKey).toBe(true)
    expect(lanes()).toEqual(['MK'])
    showOwn()
    expect(lanes()).toEqual(['MK', 'Key'])
  })
})

describe('a mark of another’s set', () => {
  it('is outlined until one’s own is picked, or its lane is hidden', async () => {
    await toggleLane('MK')
    const [lane] = lanesOf(getState().sets)
    const there = { setId: lane!.setId, markId: lane!.document.marks[0]!.id }
    outline(there)
    expect(paneNow().outlined).toEqual(there)
    selectMark(null)
    expect(paneNow().outlined).toBeNull()
    outline(there)
    await toggleLane('MK')
    expect(paneNow().outlined).toBeNull()
  })
})
