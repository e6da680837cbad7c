import { describe, expect, it, onTestFinished } from 'vitest'
import { changeLooks, markBad } from '../../../renderer/store/channels.ts'
import { beginWindow } from '../../../renderer/store/host.ts'
import { leaveRecording, openRecording } from '../../../renderer/store/opening.ts'
import {
  forgetDefaultView,
  keepDefaultView,
  rememberViews,
  viewToOpen,
} from '../../../renderer/store/remembering.ts'
import { changeView, goTo, showPage } from '../../../renderer/store/viewing.ts'
import { asDefault, isRememberedView, type RememberedView } from '../../../shared/contract/rememberedView.ts'
import { planMontage } from '../../../shared/montage/planMontage.ts'
import { PLAIN_LOOKS } from '../../../shared/signal/channelLook.ts'
import { DEFAULT_VIEW } from '../../../shared/signal/viewSettings.ts'
import { deferred, makeHost, openedRecording, openedSet } from '../../support/fakeHost.ts'
import { pageOf } from '../../support/pages.ts'
import { noticesNow, paneNow, showOpened } from '../../support/reviewWindow.ts'

const KEPT: RememberedView = {
  view: { ...DEFAULT_VIEW, montage: 'average', sensitivity: 20, direction: 'causal', bad: [3, 4000] },
  looks: { ...PLAIN_LOOKS, overlap: 'all' },
}

describe('a recording opens', () => {
  const opened = openedRecording()

  it('as the program has it, where nothing is kept', () => {
    expect(viewToOpen(opened)).toEqual({
      view: { ...DEFAULT_VIEW, montage: 'longitudinal' },
      looks: PLAIN_LOOKS,
    })
  })

  it('as it was last, with the bad electrodes that it has', () => {
    const { view, looks } = viewToOpen({ ...opened, remembered: KEPT, defaultView: null })
    expect(view).toMatchObject({ montage: 'average', sensitivity: 20, direction: 'causal', bad: [3] })
    expect(looks.overlap).toBe('all')
  })

  it('as the reader wants all to, where it is new to them', () => {
    const { view } = viewToOpen({ ...opened, remembered: null, defaultView: KEPT })
    expect(view).toMatchObject({ sensitivity: 20 })
  })

  it.each(['gone', 'toString', ''])(
    'in its own montage, where that of the view is not there: "%s"',
    (montage) => {
      const { view } = viewToOpen({ ...opened, remembered: { ...KEPT, view: { ...KEPT.view, montage } } })
      expect(view.montage).toBe('longitudinal')
    },
  )

  it('in its own montage, where too few electrodes are good for that of the view', () => {
    const bad = Array.from({ length: 14 }, (_, signal) => signal)
    const remembered = { ...KEPT, view: { ...KEPT.view, bad } }
    expect(viewToOpen({ ...opened, remembered }).view.montage).toBe('longitudinal')
  })
})

describe('what is changed', () => {
  function begin(answer: () => Promise<null> = async () => null) {
    const { host, asked } = makeHost({ rememberView: answer })
    beginWindow(host, async () => null)
    showOpened(openedRecording())
    onTestFinished(rememberViews())
    return asked
  }

  it('of view and channels is sent, what is turned to is not', async () => {
    const asked = begin()
    goTo(30)
    expect(asked.rememberView).toEqual([])
    changeView({ sensitivity: 10 })
    await expect.poll(() => asked.rememberView.length).toBe(1)
    changeLooks({ overlap: 'none' })
    await expect
      .poll(() => asked.rememberView.at(-1)?.remembered)
      .toMatchObject({
        view: { sensitivity: 10 },
        looks: { overlap: 'none' },
      })
  })

  it('while an answer is awaited is sent once, as it is then', async () => {
    const waits = deferred<null>()
    const asked = begin(() => waits.promise)
    for (const sensitivity of [10, 15, 20, 30]) changeView({ sensitivity })
    expect(asked.rememberView).toHaveLength(1)
    waits.resolve(null)
    await expect
      .poll(() => asked.rememberView.map(({ remembered }) => remembered.view.sensitivity))
      .toEqual([10, 30])
  })

  it('is lost without a word where it cannot be kept', async () => {
    const asked = begin(async () => {
      throw new Error('disk full')
    })
    changeView({ sensitivity: 10 })
    await expect.poll(() => asked.rememberView.length).toBe(1)
    changeView({ sensitivity: 15 })
    await expect.poll(() => asked.rememberView.length).toBe(2)
  })

  it('and is sent is what the host takes', async () => {
    const asked = begin()
    markBad([3], true)
    await expect.poll(() => asked.rememberView.length).toBe(1)
    expect(isRememberedView(asked.rememberView[0]!.remembered)).toBe(true)
  })
})

describe('where the page was left', () => {
  /** Long enough that no test comes to its end. */
  const LONG = 3_600_000

  function begin(restMs: number, keptAt?: number) {
    const { host, asked } = makeHost({ rememberView: async () => null, closeRecording: async () => null })
    beginWindow(host, async () => null)
    const remembered = keptAt === undefined ? null : { ...KEPT, pageStart: keptAt }
    showOpened({ ...openedRecording(), remembered })
    onTestFinished(rememberViews(restMs))
    return asked.rememberView
  }
  const starts = (asked: ReturnType<typeof begin>) => asked.map(({ remembered }) => remembered.pageStart)

  it('is kept once the reader rests there, and what the host takes', async () => {
    const asked = begin(0)
    for (const start of [10, 20, 30]) goTo(start)
    await expect.poll(() => starts(asked)).toEqual([30])
    expect(isRememberedView(asked[0]!.remembered)).toBe(true)
  })

  it('is kept when the recording is left, however soon', async () => {
    const asked = begin(LONG)
    goTo(30)
    await leaveRecording()
    expect(starts(asked)).toEqual([30])
  })

  it('goes along with what is changed of the view', async () => {
    const asked = begin(LONG)
    goTo(30)
    changeView({ sensitivity: 10 })
    await expect.poll(() => starts(asked)).toEqual([30])
  })

  it('is not kept where the recording begins, or where it is kept already', async () => {
    const first = begin(LONG)
    goTo(30)
    goTo(0)
    await leaveRecording()
    expect(first).toEqual([])
    const again = begin(LONG, 30)
    goTo(30)
    await leaveRecording()
    expect(again).toEqual([])
  })

  it('is forgotten where the reader goes back to the start', async () => {
    const asked = begin(LONG, 30)
    goTo(40)
    goTo(0)
    await leaveRecording()
    expect(starts(asked)).toEqual([undefined])
  })

  it('is where the recording opens next, in its timebase, and the window says so', async () => {
    const opened = openedRecording('next')
    const remembered = { ...KEPT, view: { ...KEPT.view, timebase: 30 }, pageStart: 580 }
    const { host } = makeHost({
      openRecording: async () => ({ ...opened, remembered }),
      scanned: async () => ({
        ...{ complete: true, annotations: [], recording: opened.recording, activity: null },
      }),
      openSet: async () => openedSet(),
    })
    beginWindow(host, async () => null)
    await openRecording({ ref: 'next', name: 'next.edf' })
    // A page of 30 s begins at 570 s at the latest.
    expect(paneNow()).toMatchObject({ pageStart: 570, view: { timebase: 30 } })
    expect(noticesNow().map(({ text }) => text)).toContain(
      'Opened where you left it. Home goes to its start.',
    )
  })

  it('is no part of the reader’s default', () => {
    expect(asDefault({ ...KEPT, pageStart: 30 }, () => undefined)).not.toHaveProperty('pageStart')
  })
})

describe('the reader’s default', () => {
  it('has channels by their names, and no bad electrode', () => {
    const looks = {
      ...PLAIN_LOOKS,
      lines: { '22:EMG Chin': { sensitivity: 50 }, '30:EMG Leg': { inverted: true } },
      order: { longitudinal: ['22:EMG Chin', 'Fp1-F7'] },
    }
    const kept = asDefault({ view: KEPT.view, looks }, (id) =>
      id === '22:EMG Chin' ? 'Chin EMG' : undefined,
    )
    expect(kept.view).not.toHaveProperty('bad')
    expect(kept.looks.lines).toEqual({ 'Chin EMG': { sensitivity: 50 }, 'EMG Leg': { inverted: true } })
    expect(kept.looks.order).toEqual({ longitudinal: ['Chin EMG', 'Fp1-F7'] })
  })

  it('is kept and forgotten by a command, and holds for what is opened next', async () => {
    let kept: RememberedView | null = null
    const { host } = makeHost({
      keepDefaultView: async ({ defaultView }) => {
        kept = defaultView as RememberedView | null
        return null
      },
      openRecording: async () => ({ ...openedRecording('next'), defaultView: kept }),
      closeRecording: async () => null,
      scanned: async () => ({
        complete: true,
        annotations: [],
        recording: openedRecording('next').recording,
        activity: null,
      }),
      openSet: async () => openedSet(),
    })
    beginWindow(host, async () => null)
    const opened = openedRecording()
    showOpened(opened)
    const { derivations } = planMontage(opened.recording.header, 'longitudinal')
    const span = { start: 0, end: 10 }
    showPage({ span, page: pageOf(span, 10, {}), derivations })
    changeView({ sensitivity: 30 })
    await keepDefaultView()
    await openRecording({ ref: 'next', name: 'next.edf' })
    expect(paneNow().view.sensitivity).toBe(30)
    await forgetDefaultView()
    await openRecording({ ref: 'next', name: 'next.edf' })
    expect(paneNow().view.sensitivity).toBe(7)
  })
})
