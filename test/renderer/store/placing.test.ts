import { beforeEach, describe, expect, it } from 'vitest'
import { addMarkOver, cancel } from '../../../renderer/store/marking.ts'
import {
  changeEdge,
  commitMove,
  commitResize,
  cyclePart,
  nudge,
  setEdge,
} from '../../../renderer/store/placing.ts'
import { selectedMarkOf } from '../../../renderer/store/selectors.ts'
import { getState, patchPane } from '../../../renderer/store/state.ts'
import { goTo } from '../../../renderer/store/viewing.ts'
import { seconds } from '../../support/annotations.ts'
import { lastNotice, marks, openEmptySet, select, steps } from '../../support/openSetInStore.ts'
import { paneNow } from '../../support/reviewWindow.ts'

beforeEach(() => {
  openEmptySet()
})

describe('with the keyboard alone', () => {
  it('[ and ] set a selection at the cursor, in either order', () => {
    patchPane({ cursor: 3 })
    setEdge('start')
    patchPane({ cursor: 4.5 })
    setEdge('end')
    expect(paneNow().selection).toEqual({ start: 3, end: 4.5 })
    cancel()
    patchPane({ cursor: 4.5 })
    setEdge('end')
    patchPane({ cursor: 3 })
    setEdge('start')
    expect(paneNow().selection).toEqual({ start: 3, end: 4.5 })
  })

  it('[ and ] move the edges of the mark that is picked', () => {
    addMarkOver({ start: 3, end: 5 }, 'hypnic_jerk')
    patchPane({ cursor: 2 })
    setEdge('start')
    patchPane({ cursor: 6 })
    setEdge('end')
    expect(marks()).toEqual([['hypnic_jerk', 2, 6]])
    // Across the other edge the mark turns round.
    patchPane({ cursor: 8 })
    setEdge('start')
    expect(marks()).toEqual([['hypnic_jerk', 6, 8]])
  })

  it('without a cursor they say how to get one', () => {
    setEdge('start')
    expect(lastNotice()).toContain('cursor')
  })

  it('nudges the mark, its start or its end by exactly what was said, a held key as one step', () => {
    addMarkOver({ start: 3, end: 5 }, 'hypnic_jerk')
    for (let count = 0; count < 7; count += 1) nudge(0.01, 'press 1')
    expect(marks()).toEqual([['hypnic_jerk', 3.07, 5.07]])
    cyclePart()
    nudge(-0.01, 'press 2')
    cyclePart()
    nudge(0.01, 'press 3')
    expect(marks()).toEqual([['hypnic_jerk', 3.06, 5.08]])
    cyclePart()
    expect(paneNow().markPart).toBe('whole')
    expect(steps()).toEqual(['mark hypnic jerk', 'move mark', 'move edge', 'move edge'])
  })

  it('nudges the selection, or the cursor where there is none', () => {
    select(3, 4)
    nudge(0.01, 'a')
    expect(paneNow().selection?.start).toBeCloseTo(3.01, 9)
    cancel()
    patchPane({ cursor: 3 })
    nudge(-0.01, 'b')
    expect(paneNow().cursor).toBe(2.99)
    expect(steps()).toEqual([])
  })

  it('[ and ] never use a cursor that is out of sight', () => {
    addMarkOver({ start: 8, end: 12 }, 'hypnic_jerk')
    patchPane({ cursor: 2 })
    goTo(10)
    setEdge('start')
    expect(marks()).toEqual([['hypnic_jerk', 8, 12]])
    expect(lastNotice()).toContain('cursor on this page')
    cancel()
    setEdge('start')
    expect(paneNow().selection).toBeNull()
  })

  it('[ at the end of a mark is refused', () => {
    addMarkOver({ start: 3, end: 5 }, 'hypnic_jerk')
    patchPane({ cursor: 5 })
    setEdge('start')
    expect(marks()).toEqual([['hypnic_jerk', 3, 5]])
    expect(lastNotice()).toContain('two different edges')
  })

  it('a nudged edge stops before the other, and at the end of the recording', () => {
    goTo(590)
    addMarkOver({ start: 599.97, end: 599.99 }, 'hypnic_jerk')
    cyclePart()
    for (let count = 0; count < 5; count += 1) nudge(0.01, 'press 1')
    expect(marks()).toEqual([['hypnic_jerk', 599.98, 599.99]])
    cyclePart()
    for (let count = 0; count < 5; count += 1) nudge(0.01, 'press 2')
    expect(marks()).toEqual([['hypnic_jerk', 599.98, 600]])
  })

  it('nudges nothing that is out of sight', () => {
    select(3, 4)
    patchPane({ cursor: 5 })
    goTo(100)
    nudge(0.01, 'a')
    expect(paneNow().selection).toEqual({ start: 3, end: 4 })
    expect(lastNotice()).toBe('The selection is not on this page.')
    patchPane({ selection: null })
    nudge(0.01, 'b')
    expect(paneNow().cursor).toBe(5)
  })

  it('nudges a selection up to the end of the recording without changing its length', () => {
    goTo(590)
    select(598, 599.995)
    nudge(0.01, 'a')
    expect(paneNow().selection).toEqual({ start: 598, end: 599.995 })
  })
})

describe('with the mouse', () => {
  it('a move and a resize are one step each', () => {
    addMarkOver({ start: 3, end: 5 }, 'hypnic_jerk')
    const { id } = selectedMarkOf(getState())!
    commitMove(id, seconds(7))
    commitResize(id, 'end', seconds(9.5))
    expect(marks()).toEqual([['hypnic_jerk', 7, 9.5]])
    expect(steps()).toEqual(['mark hypnic jerk', 'move mark', 'move edge'])
    commitMove(id, seconds(7))
    expect(steps()).toHaveLength(3)
  })

  it('typed times move the edges', () => {
    addMarkOver({ start: 3, end: 5 }, 'hypnic_jerk')
    changeEdge(selectedMarkOf(getState())!, 'start', 2.5)
    changeEdge(selectedMarkOf(getState())!, 'end', 4)
    expect(marks()).toEqual([['hypnic_jerk', 2.5, 4]])
  })

  it('a typed time does not turn the mark round', () => {
    addMarkOver({ start: 3, end: 5 }, 'hypnic_jerk')
    changeEdge(selectedMarkOf(getState())!, 'start', 10)
    expect(lastNotice()).toContain('before the end')
    changeEdge(selectedMarkOf(getState())!, 'end', 1)
    expect(lastNotice()).toContain('after the start')
    changeEdge(selectedMarkOf(getState())!, 'end', 3)
    expect(lastNotice()).toContain('two different edges')
    expect(marks()).toEqual([['hypnic_jerk', 3, 5]])
  })

  it('nothing leaves the recording', () => {
    addMarkOver({ start: 595, end: 597 }, 'hypnic_jerk')
    const { id } = selectedMarkOf(getState())!
    commitMove(id, seconds(700))
    expect(marks()).toEqual([['hypnic_jerk', 598, 600]])
    commitMove(id, seconds(-5))
    expect(marks()).toEqual([['hypnic_jerk', 0, 2]])
    commitResize(id, 'end', seconds(1000))
    expect(marks()).toEqual([['hypnic_jerk', 0, 600]])
  })

  it('an edge put on the other is refused', () => {
    addMarkOver({ start: 3, end: 5 }, 'hypnic_jerk')
    commitResize(selectedMarkOf(getState())!.id, 'start', seconds(5))
    expect(marks()).toEqual([['hypnic_jerk', 3, 5]])
    expect(lastNotice()).toContain('two different edges')
  })
})
