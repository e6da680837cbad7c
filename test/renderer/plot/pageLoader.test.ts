/** Which page reaches the screen, whatever order the answers come in. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { ProcedureInput } from '../../../shared/contract/contract.ts'
import type { Page } from '../../../shared/signal/model.ts'
import { deferred, makeHost, openedRecording } from '../../support/fakeHost.ts'

type Request = ProcedureInput<'page'> & ReturnType<typeof deferred<Page>>

/** Modules of their own: the loader remembers pages. */
async function begin() {
  vi.resetModules()
  const { getState, setState, useReview } = await import('../../../renderer/store/state.ts')
  const { setHost } = await import('../../../renderer/store/host.ts')
  const { ReviewError } = await import('../../../shared/failure.ts')
  const viewing = await import('../../../renderer/store/viewing.ts')
  const loader = await import('../../../renderer/plot/pageLoader.ts')
  const requests: Request[] = []
  const { host } = makeHost({
    page: (input) => {
      const answer = deferred<Page>()
      requests.push({ ...input, ...answer })
      return answer.promise
    },
  })
  setHost(host, async () => null)
  setState({ ...useReview.getInitialState(), phase: 'open', recording: openedRecording() })
  loader.startPageLoader()
  loader.setPlotColumns(1000)
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0))
  await settle()
  return {
    ...viewing,
    ReviewError,
    getState,
    setState,
    loader,
    requests,
    settle,
    starts: () => requests.map(({ span }) => span.start),
    shown: () => getState().shown?.span.start ?? null,
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

describe('pages', () => {
  it('are asked for one at a time: of many wishes only the last is followed', async () => {
    for (let count = 0; count < 20; count += 1) desk.turnPages(1)
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

  it('beside the one on the screen are fetched ahead and then shown at once', async () => {
    desk.goTo(100)
    await desk.answer(0)
    await desk.answer(1)
    expect(desk.starts()).toEqual([0, 100, 110])
    await desk.answer(2)
    expect(desk.starts()).toEqual([0, 100, 110, 90])
    await desk.answer(3)
    desk.turnPages(1)
    expect(desk.shown()).toBe(110)
    desk.turnPages(-1)
    desk.turnPages(-1)
    expect(desk.shown()).toBe(90)
  })

  it('are asked for anew when the filters change, and the old one stands until they come', async () => {
    await desk.answer(0)
    desk.changeView({ lowFrequency: 0.3 })
    await desk.settle()
    expect(desk.shown()).toBe(0)
    const request = desk.requests.find(({ settings }) => settings.lowFrequency === 0.3)
    expect(request?.span.start).toBe(0)
  })

  it('are not asked for when only their drawing changes', async () => {
    await desk.answer(0)
    await desk.answer(1)
    const before = desk.requests.length
    desk.moreSensitive()
    await desk.settle()
    expect(desk.requests).toHaveLength(before)
  })

  it('of another recording are never shown', async () => {
    desk.setState({ recording: openedRecording('other'), shown: null, pageStart: 0 })
    await desk.answer(0)
    expect(desk.shown()).toBeNull()
    expect(desk.requests.at(-1)).toMatchObject({ recordingId: 'other' })
    await desk.answer(desk.requests.length - 1)
    expect(desk.shown()).toBe(0)
  })

  it('that were kept are forgotten when the record times turn out to be others', async () => {
    await desk.answer(0)
    const before = desk.requests.length
    const same = desk.getState().recording!
    desk.setState({ recording: { ...same, recording: { ...same.recording } } })
    await desk.settle()
    expect(desk.requests.length).toBeGreaterThan(before)
  })

  it('that fail say why, and do not keep a later wish from the screen', async () => {
    desk.goTo(50)
    desk.requests[0]!.reject(new desk.ReviewError('unreadable', 'The disk does not answer.'))
    await desk.settle()
    expect(desk.getState().notices.at(-1)?.text).toBe('The disk does not answer.')
    expect(desk.starts()).toEqual([0, 50])
    await desk.answer(1)
    expect(desk.shown()).toBe(50)
  })

  it('of a recording that was closed meanwhile fail without a word, and the next is read', async () => {
    desk.setState({ recording: openedRecording('other'), shown: null })
    desk.requests[0]!.reject(new desk.ReviewError('cancelled', 'The recording was closed.'))
    await desk.settle()
    expect(desk.getState().notices).toEqual([])
    expect(desk.requests.at(-1)).toMatchObject({ recordingId: 'other' })
  })
})
