import { describe, expect, it } from 'vitest'
import { bell, cosine, exponential, sine, smoothStep, squareRoot } from '../../samples/arithmetic.ts'
import { randomStream } from '../../samples/random.ts'

describe('arithmetic from additions and multiplications', () => {
  const places = Array.from({ length: 2001 }, (_, k) => (k - 1000) * 0.01237)

  it.each([
    ['sine', sine, (x: number) => Math.sin(2 * Math.PI * x)],
    ['cosine', cosine, (x: number) => Math.cos(2 * Math.PI * x)],
    ['exponential', (x: number) => exponential(x) / Math.exp(x), () => 1],
    ['square root', (x: number) => squareRoot(x * x), Math.abs],
    ['bell', bell, (x: number) => (Math.abs(x) > 6 ? 0 : Math.exp(-x * x * 0.5))],
  ] as const)('%s agrees with the engine to a billionth', (_, ours, theirs) => {
    for (const x of places) expect(Math.abs(ours(x) - theirs(x)), String(x)).toBeLessThan(2e-9)
  })

  it('steps from 0 to 1 without a corner', () => {
    expect([smoothStep(-1), smoothStep(0.5), smoothStep(2)]).toEqual([0, 0.5, 1])
    expect(smoothStep(0.01)).toBeLessThan(1e-4)
  })
})

describe('a stream of chance', () => {
  it('is the same for the same name and another for another', () => {
    const draw = (name: string) => Array.from({ length: 8 }, randomStream(name).uniform)
    expect(draw('a')).toEqual(draw('a'))
    expect(draw('a')).not.toEqual(draw('b'))
  })

  it('has the mean and deviation it says', () => {
    const { normal } = randomStream('moments')
    const values = Array.from({ length: 40_000 }, normal)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    expect(Math.abs(mean)).toBeLessThan(0.02)
    expect(Math.abs(variance - 1)).toBeLessThan(0.03)
  })
})
