/** Which page reaches the screen, whatever order the answers come in. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPageLoader } from '../../../renderer/page/pageLoader.ts'
import { FIRST_PANE, newSet } from '../../../renderer/store/beginnings.ts'
import { goToMark } from '../../../renderer/store/marking.ts'
import { takeUpSet } from '../../../renderer/store/outbox.ts'
import { activePane } from '../../../renderer/store/selectors.ts'
import { patchRecording, useReview } from '../../../renderer/store/state.ts'
import { changeView, goTo, moreSensitive, step, turnPages } from '../../../renderer/store/viewing.ts'
import type { ProcedureInput } from '../../../shared/contract/contract.ts'
import { ReviewError } from '../../../shared/failure.ts'
import type { Page } from '../../../shared/signal/model.ts'
import { withMarks } from '../../support/annotations.ts'
import { deferred, makeHost, openedRecording, openedSet } from '../../support/fakeHost.ts'
import { lookAt, makeEasel } from '../../support/pictures.ts'
import { noticesNow, paneNow, recordingNow, showOpened } from '../../support/reviewWindow.ts'

type Request = ProcedureInput<'page'> & ReturnType<typeof deferred<Page>>

async function begin() {
  const requests: Request[] = []
  const later = new Set<() => void>()
  const { host } = makeHost({
    page: (input) => {
      const answer = deferred<Page>()
      requests.push({ ...input, ...answer })
      return answer.promise
    },
  })
  showOpened(openedRecording())
  const easel = makeEasel()
  const loader = createPageLoader({
    pane: FIRST_PANE,
    askPage: host.page,
    painter: easel.painter,
    afterFrame: (run) => {
      later.add(run)
      return () => later.delete(run)
    },
  })
  loader.setSurface(easel.surface)
  loader.setLook(lookAt([]))
  // As the page does: it lays out the lanes of what is shown.
  const unsubscribe = useReview.subscribe((state, before) => {
    const { shown } = activePane(state)
    if (shown !== null && shown.derivations !== activePane(before).shown?.derivations)
      loader.setLook(lookAt(shown.derivations))
  })
  /** All that needs no answer from outside has been done, the frame and what waits for it too. */
  const settle = async () => {
    for (let round = 0; round < 3; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 0))
      for (const run of later) {
        later.delete(run)
        run()
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  await settle()
  return {
    easel,
    loader,
    requests,
    settle,
    end: () => {
      unsubscribe()
      loader.close()
    },
    starts: () => requests.map(({ span }) => span.start),
    shown: () => paneNow().shown?.span.start ?? null,
    pictured: () => easel.put.at(-1)?.drawing.page.span.start ?? null,
    answer: async (index: number) => {
      const request = requests[index]!
      request.resolve({ span: request.span, columns: request.columns, traces: [] })
      await settle()
    },
  }
}

let desk: Awaited<ReturnType<typeof begin>>
beforeEach(async () => {
  desk = await begin()
})
afterEach(() => desk.end())

describe('pages', () => {
  it('are asked for one at a time: of many wishes only the last is followed', async () => {
    for (let count = 0; count < 20; count += 1) turnPages(1)
    await desk.settle()
    expect(desk.starts()).toEqual([0])
    expect(desk.loader.isPageOnItsWay()).toBe(true)
    await desk.answer(0)
    // The answer came too late to be shown.
    expect(desk.shown()).toBeNull()
    expect(desk.starts()).toEqual([0, 200])
    await desk.answer(1)
    expect(desk.shown()).toBe(200)
    expect(desk.loader.isPageOnItsWay()).toBe(false)
  })

  it('that may come next are fetched and drawn ahead, then shown at once', async () => {
    goTo(100)
    await desk.answer(0)
    await desk.answer(1)
    expect(desk.starts()).toEqual([0, 100, 110])
    await desk.answer(2)
    expect(desk.starts()).toEqual([0, 100, 110, 120])
    await desk.answer(3)
    expect(desk.starts()).toEqual([0, 100, 110, 120, 90])
    await desk.answer(4)
    for (let count = 0; count < 3; count += 1) await desk.easel.answer()
    const drawn = desk.easel.drawnNow.length
    turnPages(1)
    expect([desk.shown(), desk.pictured()]).toEqual([110, 110])
    await desk.settle()
    turnPages(1)
    expect([desk.shown(), desk.pictured()]).toEqual([120, 120])
    expect(desk.easel.drawnNow).toHaveLength(drawn)
  })

  it('on the way ahead are not asked for again when they are wanted', async () => {
    await desk.answer(0)
    expect(desk.starts()).toEqual([0, 10])
    turnPages(1)
    expect(desk.starts()).toEqual([0, 10])
    expect(desk.loader.isPageOnItsWay()).toBe(true)
    await desk.answer(1)
    expect([desk.shown(), desk.pictured()]).toEqual([10, 10])
  })

  it('after a step are fetched a step ahead', async () => {
    await desk.answer(0)
    step(1)
    // One answer at a time: the page ahead of the first, the one stepped to, and what is ahead of that.
    for (let index = 1; index < 5; index += 1) await desk.answer(index)
    expect(desk.starts()).toEqual([0, 10, 1, 2, 3, 11])
  })

  describe('of marks', () => {
    /** Marks at these seconds, in the set of the window. */
    function markAt(...times: readonly number[]): void {
      takeUpSet(newSet(openedSet({ document: withMarks(times.map((at) => [at, at + 0.5])) }), null))
    }

    it('before and after are not fetched while none is picked', async () => {
      markAt(200.2, 305, 401)
      goTo(300)
      for (let index = 0; index < 5; index += 1) await desk.answer(index)
      expect(desk.starts()).toEqual([0, 300, 310, 320, 290])
    })

    it('come first while one is picked, and are shown at once', async () => {
      markAt(5, 200.2, 305)
      for (let index = 0; index < 3; index += 1) await desk.answer(index)
      goToMark('next', false)
      await desk.settle()
      expect(desk.starts()).toEqual([0, 10, 20, 199])
      await desk.answer(3)
      for (let count = 0; count < 3; count += 1) await desk.easel.answer()
      const drawn = desk.easel.drawnNow.length
      goToMark('next', false)
      expect([desk.shown(), desk.pictured()]).toEqual([199, 199])
      expect(desk.easel.drawnNow).toHaveLength(drawn)
    })

    it('are those of the mark that was picked last, also where another was being fetched', async () => {
      markAt(2, 4, 200, 300)
      await desk.answer(0)
      goToMark('next', false)
      goToMark('next', false)
      await desk.settle()
      await desk.answer(1)
      expect(desk.starts()).toEqual([0, 10, 199])
    })
  })

  it('are drawn by the look of the moment they come in', async () => {
    const look = lookAt([], { sensitivity: 20 })
    desk.loader.setLook(look)
    await desk.answer(0)
    expect(desk.pictured()).toBe(0)
    expect(desk.easel.put.at(-1)!.drawing.page.columns).toBe(1000)
  })

  it('are asked for in as many columns as there are device pixels', async () => {
    await desk.answer(0)
    desk.loader.setLook(lookAt(paneNow().shown!.derivations, { pixelRatio: 2 }))
    expect(desk.requests.at(-1)).toMatchObject({ columns: 2000 })
  })

  it('are asked for anew when the filters change, and the old one stands until they come', async () => {
    await desk.answer(0)
    changeView({ lowFrequency: 0.3 })
    await desk.settle()
    expect(desk.shown()).toBe(0)
    const request = desk.requests.find(({ settings }) => settings.lowFrequency === 0.3)
    expect(request?.span.start).toBe(0)
  })

  it('are not asked for when only their drawing changes', async () => {
    await desk.answer(0)
    await desk.answer(1)
    const before = desk.requests.length
    moreSensitive()
    await desk.settle()
    expect(desk.requests).toHaveLength(before)
  })

  it('of another recording are never shown', async () => {
    showOpened(openedRecording('other'))
    await desk.answer(0)
    expect(desk.shown()).toBeNull()
    expect(desk.requests.at(-1)).toMatchObject({ recordingId: 'other' })
    await desk.answer(desk.requests.length - 1)
    expect(desk.shown()).toBe(0)
  })

  it('that were kept are forgotten when the record times turn out to be others', async () => {
    await desk.answer(0)
    const before = desk.requests.length
    const { opened } = recordingNow()
    patchRecording({ opened: { ...opened, recording: { ...opened.recording } } })
    await desk.settle()
    expect(desk.requests.length).toBeGreaterThan(before)
  })

  it('that fail say why, and do not keep a later wish from the screen', async () => {
    goTo(50)
    desk.requests[0]!.reject(new ReviewError('unreadable', 'The disk does not answer.'))
    await desk.settle()
    expect(noticesNow().at(-1)?.text).toBe('The disk does not answer.')
    expect(desk.starts()).toEqual([0, 50])
    await desk.answer(1)
    expect(desk.shown()).toBe(50)
  })

  it('of a recording that was closed meanwhile fail without a word, and the next is read', async () => {
    showOpened(openedRecording('other'))
    desk.requests[0]!.reject(new ReviewError('cancelled', 'The recording was closed.'))
    await desk.settle()
    expect(noticesNow()).toEqual([])
    expect(desk.requests.at(-1)).toMatchObject({ recordingId: 'other' })
  })
})
