import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fromDisc, onDisc, type Position, positionOf } from '../../../shared/montage/electrodePositions.ts'
import { STANDARD_SCALP } from '../../../shared/montage/montages.ts'

const { positions }: { readonly positions: Readonly<Record<string, readonly [number, number, number]>> } =
  JSON.parse(readFileSync(new URL('../../fixtures/scalp/eegPositions.json', import.meta.url), 'utf8'))

function degreesApart(a: Position, [x, y, z]: readonly [number, number, number]): number {
  const cosine = (a.x * x + a.y * y + a.z * z) / Math.hypot(x, y, z)
  return (Math.acos(Math.min(1, cosine)) * 180) / Math.PI
}

describe('the places of the electrodes', () => {
  it.each(Object.entries(positions))('%s lies where eeg_positions has it', (name, known) => {
    const found = positionOf(name)!
    expect(Math.hypot(found.x, found.y, found.z)).toBeCloseTo(1, 9)
    expect(degreesApart(found, known)).toBeLessThan(1.5)
  })

  it('has every electrode of the 10-20 system, and AF3 and PO4 between their neighbours', () => {
    expect(STANDARD_SCALP.filter((name) => positionOf(name) === null)).toEqual([])
    expect(positionOf('AF3')?.y).toBeGreaterThan(positionOf('F3')!.y)
    expect(positionOf('PO4')?.y).toBeLessThan(positionOf('P4')!.y)
  })

  it.each(['A1', 'M2', 'T1', 'X7', 'EMG', ''])('has no place for %s', (name) => {
    expect(positionOf(name)).toBeNull()
  })

  it('on the disc the nose is up, left is left and the equator is the rim', () => {
    const disc = (name: string) => onDisc(positionOf(name)!)
    expect(disc('Cz')).toEqual({ x: 0, y: 0 })
    expect(disc('Fpz').y).toBeCloseTo(1, 9)
    expect(disc('T7').x).toBeCloseTo(-1, 9)
    expect(disc('Oz').y).toBeCloseTo(-1, 9)
    expect(disc('Fz').y).toBeCloseTo(0.5, 9)
    expect(Math.hypot(disc('F9').x, disc('F9').y)).toBeCloseTo(1.25, 9)
  })

  it.each([...STANDARD_SCALP])('%s goes to the disc and back', (name) => {
    const position = positionOf(name)!
    const { x, y } = onDisc(position)
    const back = fromDisc(x, y)
    expect(degreesApart(back, [position.x, position.y, position.z])).toBeLessThan(1e-5)
  })
})
