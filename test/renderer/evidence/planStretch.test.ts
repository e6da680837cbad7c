import { describe, expect, it } from 'vitest'
import { planStretches } from '../../../renderer/evidence/planStretch.ts'
import type { Page, TracePiece } from '../../../shared/signal/model.ts'
import { pageOf } from '../../support/pages.ts'

const SPAN = { start: 10, end: 12 }
const eeg = (id: string) => ({ id, kind: 'eeg', unit: 'uV' }) as const
const samples = (...values: number[]): TracePiece => ({
  ...{ form: 'samples', start: 10, step: 0.5, values: Float32Array.from(values) },
})

/** Corners of a path, in pixels from the left and from the top of 48 by 20. */
function corners(path: string | undefined): readonly (readonly number[])[] {
  return (path ?? '')
    .split(/[ML]/)
    .slice(1)
    .map((point) => point.split(' ').map(Number))
}

describe('the picture of a stretch', () => {
  it('goes from edge to edge, negative up, the largest value of its kind to the edge', () => {
    const page = pageOf(SPAN, 48, { F3: [samples(0, -90, 90, 0, 45)], F4: [samples(0, 45, 0, -45, 0)] })
    const paths = planStretches(page, [eeg('F3'), eeg('F4')])
    expect(corners(paths.get('F3'))).toEqual([
      [0, 10],
      [12, 1],
      [24, 19],
      [36, 10],
      [48, 14.5],
    ])
    expect(corners(paths.get('F4')).map(([, y]) => y)).toEqual([10, 14.5, 10, 5.5, 10])
  })

  it('has a scale for each kind, and none of the neighbours beside the stretch', () => {
    const before: TracePiece = { form: 'samples', start: 9.5, step: 0.5, values: Float32Array.of(10, -9, 9) }
    const page = pageOf(SPAN, 48, { F3: [samples(0, 900)], Chin: [before] })
    const paths = planStretches(page, [eeg('F3'), { id: 'Chin', kind: 'emg', unit: 'uV' }])
    expect(corners(paths.get('Chin'))).toEqual([
      [0, 1.9],
      [12, 18.1],
    ])
  })

  it('shows first, least, largest and last of a column, and a gap as a gap', () => {
    const column = (firstColumn: number): TracePiece => ({
      ...{ form: 'columns', firstColumn, values: Float32Array.of(0, -9, 9, 0) },
    })
    const paths = planStretches(pageOf(SPAN, 48, { F3: [column(0), column(40)] }), [eeg('F3')])
    expect(paths.get('F3')).toBe('M0.5 10L0.5 1L0.5 19L0.5 10M40.5 10L40.5 1L40.5 19L40.5 10')
  })

  it('stands around the baseline of what has an offset, and is a line where nothing moves', () => {
    const { traces, ...page } = pageOf(SPAN, 48, { F3: [samples(500, 510)], F4: [samples(7, 7)] })
    const offset: Page = {
      ...page,
      traces: traces.map((trace) => ({ ...trace, baseline: trace.id === 'F3' ? 505 : 7 })),
    }
    const paths = planStretches(offset, [eeg('F3'), eeg('F4')])
    expect(corners(paths.get('F3')).map(([, y]) => y)).toEqual([1, 19])
    expect(corners(paths.get('F4')).map(([, y]) => y)).toEqual([10, 10])
  })

  it('is not there for a channel without samples', () => {
    expect([...planStretches(pageOf(SPAN, 48, { F3: [] }), [eeg('F3'), eeg('O1')])]).toEqual([])
  })
})
