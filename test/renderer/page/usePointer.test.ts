// @vitest-environment jsdom

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlotLayout } from '../../../renderer/page/layout.ts'
import { listenToPointer } from '../../../renderer/page/usePointer.ts'
import { FIRST_PANE, newPane } from '../../../renderer/store/beginnings.ts'
import { addMarkOver, label, selectMark } from '../../../renderer/store/marking.ts'
import type { ShownPage } from '../../../renderer/store/panesState.ts'
import { getState, patchPane, setState } from '../../../renderer/store/state.ts'
import { lastNotice, marks, openEmptySet, steps } from '../../support/openSetInStore.ts'
import { paneNow } from '../../support/reviewWindow.ts'

/** 100 pixels a second, from the left edge of the window. */
const LAYOUT = {
  width: 1000,
  height: 500,
  plot: { left: 0, top: 0, width: 1000, height: 500 },
  lanes: [{ derivation: { id: 'Fp1-F7', label: 'Fp1-F7', unit: 'uV' }, y: 250 }],
  laneHeight: 500,
} as unknown as PlotLayout

let element: HTMLElement
let stop: () => void

function showPage(start: number): void {
  const span = { start, end: start + 10 }
  const page = { span, columns: 1000, traces: [] } as unknown as ShownPage['page']
  patchPane({ pageStart: start, shown: { span, page, derivations: [] } })
}

function pointer(type: string, x: number, target: HTMLElement = element): void {
  target.dispatchEvent(
    new PointerEvent(`pointer${type}`, {
      clientX: x,
      clientY: 100,
      pointerId: 1,
      bubbles: true,
      cancelable: true,
    }),
  )
}

function drag(from: number, to: number): void {
  pointer('down', from)
  pointer('move', (from + to) / 2)
  pointer('move', to)
  pointer('up', to)
}

function pressEscape(): void {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
}

beforeEach(() => {
  openEmptySet()
  showPage(0)
  element = document.body.appendChild(document.createElement('div'))
  // jsdom has no pointer capture.
  element.setPointerCapture = () => {}
  stop = listenToPointer(element, () => LAYOUT, FIRST_PANE)
})

afterEach(() => {
  stop()
  element.remove()
})

describe('an edge', () => {
  beforeEach(() => addMarkOver({ start: 3, end: 5 }, 'hypnic_jerk'))

  it('that is pressed and let go stays where it is, and its mark stays picked', () => {
    for (const x of [494, 500, 506, 297, 303]) {
      pointer('down', x)
      pointer('move', x + 3)
      pointer('up', x + 3)
    }
    expect(marks()).toEqual([['hypnic_jerk', 3, 5]])
    expect(steps()).toEqual(['mark hypnic jerk'])
    expect(paneNow().selectedMark).not.toBeNull()
  })

  it.each([494, 500, 506])('goes as far as the pointer, wherever it was taken: at %i px', (x) => {
    drag(x, x + 100)
    expect(marks()).toEqual([['hypnic_jerk', 3, 6]])
  })

  it('taken beside itself reaches the end of the page', () => {
    drag(506, 1010)
    expect(marks()).toEqual([['hypnic_jerk', 3, 10]])
  })

  it('dropped on the other edge is refused', () => {
    drag(500, 300)
    expect(marks()).toEqual([['hypnic_jerk', 3, 5]])
    expect(lastNotice()).toContain('two different edges')
  })
})

describe('Escape while the button is down', () => {
  it.each([
    ['a move', 400, 700],
    ['a resize', 500, 700],
    ['a selection', 700, 900],
  ])('gives up %s', (_name, from, to) => {
    addMarkOver({ start: 3, end: 5 }, 'hypnic_jerk')
    const { selectedMark } = paneNow()
    pointer('down', from)
    pointer('move', to)
    pressEscape()
    pointer('move', to + 20)
    pointer('up', to + 20)
    expect(marks()).toEqual([['hypnic_jerk', 3, 5]])
    expect(paneNow()).toMatchObject({ drag: null, selection: null, selectedMark, cursor: null })
  })

  it('leaves the label armed', () => {
    label('spike_wave_3hz')
    pointer('down', 100)
    pointer('move', 300)
    pressEscape()
    pointer('up', 300)
    expect(marks()).toEqual([])
    expect(paneNow().armed).toBe('spike_wave_3hz')
  })
})

describe('a label key before the drag', () => {
  it('marks anew a second time', () => {
    label('hypnic_jerk')
    drag(200, 300)
    label('spike_wave_3hz')
    drag(500, 800)
    expect(marks()).toEqual([
      ['hypnic_jerk', 2, 3],
      ['spike_wave_3hz', 5, 8],
    ])
  })
})

describe('a click', () => {
  it('on the label of a mark picks the mark, though it is wider than the mark', () => {
    addMarkOver({ start: 3, end: 3.2 }, 'hypnic_jerk')
    const { selectedMark } = paneNow()
    selectMark(null)
    const text = element.appendChild(document.createElement('button'))
    text.dataset.mark = selectedMark!
    pointer('down', 380, text)
    pointer('up', 380, text)
    expect(paneNow()).toMatchObject({ selectedMark, cursor: null })
  })

  it('puts the cursor and picks what lies there', () => {
    addMarkOver({ start: 3, end: 5 }, 'hypnic_jerk')
    const { selectedMark } = paneNow()
    pointer('down', 700)
    pointer('up', 700)
    expect(paneNow()).toMatchObject({ selectedMark: null, cursor: 7 })
    pointer('down', 400)
    pointer('up', 402)
    expect(paneNow()).toMatchObject({ selectedMark, cursor: expect.closeTo(4.02, 9) })
  })
})

describe('a pointer over a page that is not the active one', () => {
  beforeEach(() => {
    const { panes } = getState()
    const second = newPane('second', paneNow())
    setState({ panes: { ...panes, byId: { ...panes.byId, second }, active: second.id } })
  })

  it('reads that page, and leaves the keys with the other', () => {
    pointer('move', 250)
    expect(getState().panes.byId[FIRST_PANE]?.hover?.time).toBe(2.5)
    expect(paneNow()).toMatchObject({ id: 'second', hover: null })
  })

  it('makes it the active one by a press', () => {
    drag(200, 300)
    expect(paneNow()).toMatchObject({ id: FIRST_PANE, selection: { start: 2, end: 3 } })
    expect(getState().panes.byId.second?.selection).toBeNull()
  })
})

describe('a still pointer', () => {
  it('is over another time once the page has turned', () => {
    pointer('move', 250)
    expect(paneNow().hover?.time).toBe(2.5)
    showPage(10)
    expect(paneNow().hover?.time).toBe(12.5)
  })

  it('that has left the page is over nothing', () => {
    pointer('move', 250)
    pointer('leave', 250)
    showPage(10)
    expect(paneNow().hover).toBeNull()
  })
})
