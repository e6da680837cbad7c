import { describe, expect, it } from 'vitest'
import { describePlace } from '../../../renderer/page/readOut.ts'
import type { Pane, ShownPage } from '../../../renderer/store/panesState.ts'
import { getState, patchPane } from '../../../renderer/store/state.ts'
import { openedRecording } from '../../support/fakeHost.ts'
import { showOpened } from '../../support/reviewWindow.ts'

const derivation = { id: 'Fp1-F7', label: 'Fp1-F7', unit: 'uV' } as ShownPage['derivations'][number]
const values = new Float32Array(1000).fill(-21.4)

function at(start: number, change: Partial<Pane>): string | null {
  const span = { start, end: start + 10 }
  const pieces = [{ form: 'samples', start, step: 0.01, values }]
  const page = { span, columns: 1000, traces: [{ id: 'Fp1-F7', pieces }] } as unknown as ShownPage['page']
  showOpened(openedRecording())
  patchPane({ pageStart: start, shown: { span, page, derivations: [derivation] }, ...change })
  return describePlace(getState())
}

describe('the read-out', () => {
  it('tells the pointer from the cursor', () => {
    const hover = { time: 102.5, trace: 'Fp1-F7' }
    expect(at(100, { hover, cursor: 103 })).toBe('pointer +2.500 s  Fp1-F7  −21.4 µV')
    expect(at(100, { cursor: 103 })).toBe('cursor +3.000 s')
  })

  it('says nothing of a pointer or a cursor that was left on another page', () => {
    const hover = { time: 102.5, trace: 'Fp1-F7' }
    expect(at(110, { hover, cursor: 103 })).toBeNull()
    expect(at(90, { hover: null, cursor: 103 })).toBeNull()
  })

  it('gives the length of the selection as its chip does', () => {
    expect(at(0, { selection: { start: 2, end: 2.4 } })).toBe('selection 0.400 s')
    expect(at(0, { selection: { start: 2, end: 70 } })).toBe('selection 1:08.0')
    expect(at(100, { selection: { start: 2, end: 2.4 } })).toBe('selection 0.400 s, not on this page')
  })
})
