// @vitest-environment jsdom
/** The overview's strip: there as soon as there is a time to be shown, and as wide as its element from then on. */
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Overview } from '../../../renderer/recording/Overview.tsx'
import { beginWindow } from '../../../renderer/store/host.ts'
import { patchRecording } from '../../../renderer/store/state.ts'
import { makeHost, openedRecording } from '../../support/fakeHost.ts'
import { showOpened } from '../../support/reviewWindow.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

const DAY = 86_400
const STAGES = [
  { onset: 0, duration: 30_630, text: 'Sleep stage W', channel: null },
  { onset: 30_630, duration: DAY - 30_630, text: 'Sleep stage 1', channel: null },
]

let root: Root
let container: HTMLElement

beforeEach(async () => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1000)
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null)
  beginWindow(makeHost({}).host, async () => null)
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
  showOpened(openedRecording('hypnogram', 0))
  await act(async () => root.render(<Overview theme="light" />))
})

afterEach(async () => {
  await act(async () => root.unmount())
  container.remove()
  vi.restoreAllMocks()
})

const strip = () => container.querySelector<HTMLElement>('[role="slider"]')
const drawn = () => container.querySelector('canvas')?.style.width

it('has none for a file of notes alone before they have come, and their time once they have', async () => {
  expect(strip()).toBeNull()
  await act(async () => patchRecording({ notes: STAGES }))
  expect(strip()?.getAttribute('aria-valuemax')).toBe(String(DAY))
  expect(drawn()).toBe('1000px')
})

it('is as wide as ever for the recording that is opened after such a file', async () => {
  await act(async () => patchRecording({ notes: STAGES }))
  await act(async () => showOpened(openedRecording('next', 240)))
  expect(strip()?.getAttribute('aria-valuemax')).toBe('240')
  expect(drawn()).toBe('1000px')
  // A page of ten seconds in four minutes.
  expect(strip()?.querySelector<HTMLElement>('div')?.style.width).toBe(`${1000 / 24}px`)
})
