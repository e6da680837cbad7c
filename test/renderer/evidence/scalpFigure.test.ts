import { describe, expect, it } from 'vitest'
import { planScalpMap, rangeOf, sayExtremes, unitOf } from '../../../renderer/evidence/scalpFigure.ts'
import { STANDARD_SCALP } from '../../../shared/montage/montages.ts'

type Drawn = {
  readonly data: readonly [
    {
      readonly x: readonly number[]
      readonly y: readonly number[]
      readonly z: readonly (readonly number[])[]
      readonly zmin: number
      readonly zmax: number
      readonly colorbar: { readonly ticktext: readonly string[] }
    },
    { readonly x: readonly number[]; readonly y: readonly number[]; readonly fillcolor: string },
    { readonly x: readonly number[]; readonly y: readonly number[]; readonly text: readonly string[] },
  ]
}

const colours = { panel: 'panel', ink2: 'ink2' }

function plan(value: (name: string) => number, scale: 'amplitude' | 'power' = 'amplitude'): Drawn {
  const electrodes = [...STANDARD_SCALP]
  const values = electrodes.map(value)
  return planScalpMap({ width: 200, electrodes, values, scale, isNamed: true, colours }) as unknown as Drawn
}

/** The colour's value nearest to a place of the picture. */
function valueNear({ data: [map] }: Drawn, x: number, y: number): number {
  const nearest = (axis: readonly number[], to: number) =>
    axis.reduce((best, at, index) => (Math.abs(at - to) < Math.abs(axis[best]! - to) ? index : best), 0)
  return map.z[nearest(map.y, y)]![nearest(map.x, x)]!
}

describe('a scalp map', () => {
  it('has the nose up and left on the left', () => {
    const drawn = plan((name) => (name === 'F7' ? -100 : 0))
    const [, , spots] = drawn.data
    const at = (name: string) => [spots.x[spots.text.indexOf(name)]!, spots.y[spots.text.indexOf(name)]!]
    expect(at('T7')[0]).toBeCloseTo(-1, 6)
    expect(at('O1')[1]).toBeLessThan(-0.9)
    expect(valueNear(drawn, ...(at('F7') as [number, number]))).toBeLessThan(-80)
    expect(Math.abs(valueNear(drawn, ...(at('F8') as [number, number])))).toBeLessThan(10)
  })

  it('has a scale as far below 0 as above it for an amplitude, and from 0 for a power', () => {
    const [map] = plan((name) => (name === 'Cz' ? -80 : 20)).data
    expect([map.zmin, map.zmax, map.colorbar.ticktext]).toEqual([-80, 80, ['−80.0', '0', '80.0']])
    expect(rangeOf([3, 12], 'power')).toEqual([0, 12])
    expect(rangeOf([0, 0], 'amplitude')).toEqual([-1, 1])
  })

  it('covers what lies beyond the rim, and nothing within it', () => {
    const [, frame] = plan(() => 1).data
    const radii = frame.x.map((x, index) => Math.hypot(x, frame.y[index]!))
    expect(Math.min(...radii)).toBeCloseTo(1, 6)
    expect(frame.fillcolor).toBe('panel')
  })

  it('says where it is largest, with its unit', () => {
    const names = ['F3', 'F4', 'O1']
    expect(sayExtremes(names, [-120, 5, 30], unitOf('uV', 'amplitude'))).toEqual(['F3 −120 µV', 'O1 30.0 µV'])
    expect(sayExtremes(names, [12, 5, 3], unitOf('uV', 'power'))).toEqual(['F3 12.0 µV²'])
    expect(sayExtremes(names, [12, 5, 3], unitOf('', 'power'))).toEqual(['F3 12.0'])
  })
})
