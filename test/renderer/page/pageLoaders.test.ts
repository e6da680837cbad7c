/** A page of its own for each pane: which recording it asks for, and what is left when it goes. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPageLoaders, type PageLoaders } from '../../../renderer/page/pageLoaders.ts'
import { FIRST_PANE, SECOND_PANE } from '../../../renderer/store/beginnings.ts'
import { closeBeside, showBeside, splitPage } from '../../../renderer/store/sideBySide.ts'
import { getState } from '../../../renderer/store/state.ts'
import { changeView, turnPages } from '../../../renderer/store/viewing.ts'
import type { ProcedureInput } from '../../../shared/contract/contract.ts'
import { makeHost, openedRecording } from '../../support/fakeHost.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'
import { lookAt, makeEasel } from '../../support/pictures.ts'

let loaders: PageLoaders
let easel: ReturnType<typeof makeEasel>
let asked: ProcedureInput<'page'>[]
let painterCloses: number

beforeEach(() => {
  openEmptySet({
    openRecording: async ({ ref }) => openedRecording(ref),
    closeRecording: async () => null,
    scanned: async ({ recordingId }) => ({
      complete: true,
      annotations: [],
      recording: openedRecording(recordingId).recording,
      activity: null,
    }),
  })
  asked = []
  painterCloses = 0
  easel = makeEasel()
  const { host } = makeHost({
    page: async (input) => {
      asked.push(input)
      return { span: input.span, columns: input.columns, traces: [] }
    },
  })
  const close = () => {
    painterCloses += 1
    easel.painter.close()
  }
  loaders = createPageLoaders({
    askPage: host.page,
    painter: { ...easel.painter, close },
    afterFrame: () => () => {},
  })
})

afterEach(() => loaders.close())

/** As the page does once it is laid out. */
function layOut(id: string): void {
  loaders.of(id)?.setSurface(easel.surface)
  loaders.of(id)?.setLook(lookAt([]))
}

const shownIn = (id: string) => getState().panes.byId[id]?.shown?.span ?? null

it('shows each pane the page of its own recording, in the same settings', async () => {
  layOut(FIRST_PANE)
  await showBeside({ ref: 'other', name: 'other.edf' })
  layOut(SECOND_PANE)
  changeView({ highFrequency: 30 })
  turnPages(1)
  await expect.poll(() => shownIn(SECOND_PANE)).toEqual({ start: 10, end: 20 })
  await expect.poll(() => shownIn(FIRST_PANE)).toEqual({ start: 0, end: 10 })
  const latest = (recordingId: string) => asked.findLast((each) => each.recordingId === recordingId)
  expect(latest('other')?.settings).toEqual(latest('recording')?.settings)
  expect(latest('other')?.settings.highFrequency).toBe(30)
})

it('has a loader as long as there is a pane, and leaves the painter to the one that stays', () => {
  expect(loaders.of(SECOND_PANE)).toBeNull()
  splitPage()
  expect(loaders.of(SECOND_PANE)).not.toBeNull()
  const stays = loaders.of(FIRST_PANE)
  closeBeside()
  expect(loaders.of(SECOND_PANE)).toBeNull()
  expect(loaders.of(FIRST_PANE)).toBe(stays)
  expect(painterCloses).toBe(0)
  loaders.close()
  expect(painterCloses).toBe(1)
})

it('is on its way while one of the pages is', async () => {
  layOut(FIRST_PANE)
  await expect.poll(() => loaders.isPageOnItsWay()).toBe(false)
  splitPage()
  layOut(SECOND_PANE)
  expect(loaders.isPageOnItsWay()).toBe(true)
  await expect.poll(() => shownIn(SECOND_PANE)).toEqual({ start: 10, end: 20 })
  expect(loaders.isPageOnItsWay()).toBe(false)
})
