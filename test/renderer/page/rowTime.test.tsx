// @vitest-environment jsdom
/** A time in a list is the time that the page's axis and the status line show. */

import { act, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, expect, it } from 'vitest'
import { StatusLine } from '../../../renderer/app/StatusLine.tsx'
import { describePage } from '../../../renderer/page/describePage.ts'
import { RowTime } from '../../../renderer/page/RowTime.tsx'
import { newReview, newTools } from '../../../renderer/store/beginnings.ts'
import { getState, patchPane, setState } from '../../../renderer/store/state.ts'
import { openedRecording } from '../../support/fakeHost.ts'
import { showOpened } from '../../support/reviewWindow.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

afterEach(() => setState(newReview(newTools(null, null)), true))

/** The page begins at `time` of a recording that began at `start`. */
function openAt(start: string | null, time: number): void {
  const opened = openedRecording()
  const header = { ...opened.recording.header, start }
  showOpened({ ...opened, recording: { ...opened.recording, header } })
  patchPane({
    shown: {
      span: { start: time, end: time + 10 },
      page: { derivations: [] } as never,
      derivations: [],
    },
  })
}

async function textOf(node: ReactNode): Promise<string> {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  const container = document.createElement('div')
  const root = createRoot(container)
  await act(async () => root.render(node))
  const text = container.textContent ?? ''
  await act(async () => root.unmount())
  return text
}

it.each([
  ['2020-01-01T22:31:40', 100, '22:33:20.0', '0:01:40.0'],
  ['2020-01-01T23:59:50', 30.25, '00:00:20.3 +1 d', '0:00:30.3'],
  ['2020-01-01T00:00:00', -1.5, '23:59:58.5 −1 d', '−0:00:01.5'],
])('begins with the clock, with the time elapsed after it: %s, %d s', async (start, time, clock, elapsed) => {
  openAt(start, time)
  expect(await textOf(<RowTime time={time} />)).toBe(`${clock} ${elapsed}`)
  const line = await textOf(<StatusLine />)
  expect(line.startsWith(`${clock} –`)).toBe(true)
  expect(line).toContain(`elapsed ${elapsed.slice(0, -2)}`)
  expect(describePage(getState())).toContain(`(${clock} to`)
})

it('is the time elapsed alone where the header has no start, so that no clock is invented', async () => {
  openAt(null, 100)
  expect(await textOf(<RowTime time={100} />)).toBe('0:01:40.0')
  expect((await textOf(<StatusLine />)).startsWith('0:01:40.0 –')).toBe(true)
  expect(describePage(getState())).not.toContain('clock')
})
