// @vitest-environment jsdom
/** What stands around the page comes after the first page; its room is there before. */
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BarsRoom, FootRoom } from '../../../renderer/app/Rooms.tsx'
import { useAround } from '../../../renderer/app/useAround.ts'
import { closed, newReview, newTools } from '../../../renderer/store/beginnings.ts'
import { patchPane, setState } from '../../../renderer/store/state.ts'
import { openedRecording } from '../../support/fakeHost.ts'
import { showOpened } from '../../support/reviewWindow.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

vi.mock('../../../renderer/app/Around.tsx', () => ({ Bars: () => null }))

function Window() {
  return useAround() === null ? (
    <>
      <BarsRoom />
      <FootRoom />
    </>
  ) : (
    'all of it'
  )
}

let container: HTMLElement
let root: Root

beforeEach(async () => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  vi.useFakeTimers()
  container = document.createElement('div')
  root = createRoot(container)
  await act(async () => root.render(<Window />))
})

afterEach(async () => {
  await act(async () => root.unmount())
  vi.useRealTimers()
  setState(newReview(newTools(null, null)), true)
})

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))

describe('what stands around the page', () => {
  it('comes at once where nothing is opened', async () => {
    await act(async () => setState(closed(null)))
    await pass(250)
    await vi.dynamicImportSettled()
    await pass(0)
    expect(container.textContent).toBe('all of it')
  })

  it('leaves its room to itself until the first page is on the screen', async () => {
    await act(async () => setState({ recording: { phase: 'opening', name: 'night.edf' } }))
    // Both bars, the strip of the whole recording and the line at the foot.
    expect(container.childElementCount).toBe(4)
    await act(async () => showOpened(openedRecording()))
    await pass(300)
    expect(container.textContent).toBe('')
    await act(async () =>
      patchPane({ shown: { span: { start: 0, end: 10 }, page: {} as never, derivations: [] } }),
    )
    await pass(250)
    await vi.dynamicImportSettled()
    await pass(0)
    expect(container.textContent).toBe('all of it')
  })

  it('does not wait for a page that is long in coming', async () => {
    await act(async () => setState({ recording: { phase: 'opening', name: 'night.edf' } }))
    await pass(600)
    await pass(250)
    await vi.dynamicImportSettled()
    await pass(0)
    expect(container.textContent).toBe('all of it')
  })
})
