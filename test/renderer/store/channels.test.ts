import { beforeEach, describe, expect, it } from 'vitest'
import {
  changeChannel,
  gainBeside,
  hideChannels,
  markBad,
  moveChannel,
  nextDirection,
  resetKindFilters,
  resetLooks,
  setGain,
  setKindFilters,
  setKindGain,
} from '../../../renderer/store/channels.ts'
import { takeAction } from '../../../renderer/store/noticeActions.ts'
import { openedOf } from '../../../renderer/store/selectors.ts'
import { getState } from '../../../renderer/store/state.ts'
import { changeView, showPage, stepFilter } from '../../../renderer/store/viewing.ts'
import type { OpenedRecording } from '../../../shared/contract/model.ts'
import { planMontage } from '../../../shared/montage/planMontage.ts'
import { arrangeLines } from '../../../shared/signal/channelLook.ts'
import { DEFAULT_VIEW } from '../../../shared/signal/viewSettings.ts'
import { pageOf } from '../../support/pages.ts'
import { noticesNow, paneNow, showOpened } from '../../support/reviewWindow.ts'
import { makeHeader, makeRecording } from '../../support/signals.ts'

const SCALP = 'Fp1 Fp2 F3 F4 C3 C4 P3 P4 O1 O2 F7 F8 T3 T4 T5 T6 Fz Cz Pz'.split(' ')
const HEADER = makeHeader([...SCALP.map((name) => `EEG ${name}-Ref`), { label: 'EMG Chin', kind: 'emg' }])
const T3 = SCALP.indexOf('T3')
const SPAN = { start: 0, end: 10 }

function opened(): OpenedRecording {
  return {
    recordingId: 'r',
    name: 'a.edf',
    bytes: 1,
    recording: makeRecording(HEADER),
    fingerprint: 'f',
    codePage: 'auto',
    sets: [],
  }
}

const lines = () => planMontage(HEADER, 'longitudinal').derivations
const lineOf = (label: string) => lines().find((line) => line.label === label)!
const shownNow = () => {
  const { looks, view } = paneNow()
  return arrangeLines(lines(), looks, view.montage).map(({ label }) => label)
}

beforeEach(() => {
  showOpened(opened())
  showPage({ span: SPAN, page: pageOf(SPAN, 10, {}), derivations: lines() })
})

describe('a bad electrode', () => {
  it('is marked by one gesture, and the notice offers the way back', () => {
    markBad([T3], true)
    expect(paneNow().view.bad).toEqual([T3])
    const [notice] = noticesNow()
    expect(notice).toMatchObject({
      text: 'T7 marked bad: no average and no derivation has it.',
      action: { do: 'markGood', signals: [T3] },
    })
    takeAction(notice!.action!)
    expect(paneNow().view.bad).toEqual([])
  })

  it('leaves the marks and their undo alone', () => {
    const before = getState().sets
    markBad([T3], true)
    expect(getState().sets).toBe(before)
  })

  it('is refused where the montage could not be derived any more, in a sentence', () => {
    changeView({ montage: 'average' })
    const most = SCALP.map((_, signal) => signal).slice(0, 12)
    markBad(most, true)
    expect(paneNow().view.bad ?? []).toEqual([])
    expect(noticesNow().at(-1)).toMatchObject({ tone: 'problem' })
  })
})

describe('gains', () => {
  it('of a kind change alone: neither the EEG’s nor another kind’s', () => {
    setKindGain('limb', 50)
    expect(paneNow()).toMatchObject({ view: { sensitivity: 7 }, looks: { gains: { limb: 50 } } })
    setKindGain('limb', null)
    expect(paneNow().looks.gains).toEqual({})
  })

  it('of one channel are its own until it is as its kind again', () => {
    const chin = lineOf('Chin EMG')
    setGain(chin, 50)
    expect(paneNow().looks.lines[chin.id]).toEqual({ sensitivity: 50 })
    setGain(chin, null)
    expect(paneNow().looks.lines).toEqual({})
  })

  it('go by steps from 1 to more than 1000', () => {
    expect(gainBeside(20, -1)).toBe(15)
    expect(gainBeside(20, 1)).toBe(30)
    expect(gainBeside(260, 1)).toBe(300)
    expect(gainBeside(1, -1)).toBe(1)
  })
})

describe('channels', () => {
  it('are hidden and come back, one or all of a kind', () => {
    hideChannels([lineOf('Fp1-F7'), lineOf('Chin EMG')], true)
    expect(shownNow()).not.toContain('Chin EMG')
    expect(shownNow()).toHaveLength(lines().length - 2)
    hideChannels(lines(), false)
    expect(shownNow()).toHaveLength(lines().length)
    expect(paneNow().looks.lines).toEqual({})
  })

  it('move past their neighbour', () => {
    moveChannel(lineOf('F7-T7'), -1)
    expect(shownNow().slice(0, 2)).toEqual(['F7-T7', 'Fp1-F7'])
    moveChannel(lineOf('F7-T7'), -1)
    expect(shownNow().slice(0, 2)).toEqual(['F7-T7', 'Fp1-F7'])
  })

  it('are as at first once that is asked for, but for what is bad', () => {
    changeChannel(lineOf('Chin EMG'), { inverted: true, colour: 'left' })
    markBad([T3], true)
    resetLooks()
    expect(paneNow().looks.lines).toEqual({})
    expect(paneNow().view.bad).toEqual([T3])
  })
})

describe('filters', () => {
  const band = { lowFrequency: 20, highFrequency: 200, notch: 50 }

  it('of a kind change alone, and can be those of the EEG', () => {
    setKindFilters('emg', band)
    expect(paneNow().view).toMatchObject({
      lowFrequency: 0.5,
      kinds: { emg: band, eog: { lowFrequency: 0.3 } },
    })
    setKindFilters('emg', null)
    expect(paneNow().view.kinds).not.toHaveProperty('emg')
    nextDirection()
    expect(paneNow().view.direction).toBe('causal')
    resetKindFilters()
    expect(paneNow().view).toMatchObject({ kinds: DEFAULT_VIEW.kinds, direction: 'zero-phase' })
  })

  it('of the EEG go on by key, round and round', () => {
    stepFilter('lowFrequency', 1)
    expect(paneNow().view.lowFrequency).toBe(1)
    changeView({ lowFrequency: 20 })
    stepFilter('lowFrequency', 1)
    expect(paneNow().view.lowFrequency).toBeNull()
    stepFilter('lowFrequency', -1)
    expect(paneNow().view.lowFrequency).toBe(20)
    expect(openedOf(getState())).not.toBeNull()
  })
})
