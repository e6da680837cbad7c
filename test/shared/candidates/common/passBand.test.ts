import { expect, test } from 'vitest'
import { decimate, filterBoth, highPass, lowPass } from '../../../../shared/candidates/common/passBand.ts'

// scipy.signal.butter(2, 9, 'high', fs=125), butter(2, 32, 'low', fs=125), butter(2, 1.8, 'high', fs=32); scipy 1.17.1
test.each([
  [highPass(9, 125), [0.72546916, -1.45093832, 0.72546916, -1.37409491, 0.52778173]],
  [lowPass(32, 125), [0.30402189, 0.60804379, 0.30402189, 0.0441698, 0.17191778]],
  [highPass(1.8, 32), [0.77855161, -1.55710322, 0.77855161, -1.5074474, 0.60675903]],
])('has the coefficients of scipy', ({ b0, b1, b2, a1, a2 }, expected) => {
  for (const [k, value] of [b0, b1, b2, a1, a2].entries()) expect(value).toBeCloseTo(expected[k]!, 7)
})

test('leaves nothing of a slow wave of 300 µV among spikes, and does not shift what stays', () => {
  const slow = Float64Array.from({ length: 1000 }, (_, k) => 150 * Math.sin((2 * Math.PI * 3 * k) / 125))
  const above = highPass(9, 125)
  const filtered = filterBoth([above, above, lowPass(32, 125)], slow)
  expect(Math.max(...filtered.subarray(300, 700).map(Math.abs))).toBeLessThan(0.05)
  const quick = Float64Array.from({ length: 1000 }, (_, k) => Math.sin((2 * Math.PI * 18 * k) / 125))
  const kept = filterBoth([above, above, lowPass(60, 125)], quick)
  for (let k = 300; k < 700; k++) expect(kept[k]! - quick[k]!).toBeLessThan(0.13)
  const crossing = (wave: Float64Array) =>
    wave.findIndex((value, k) => k > 400 && value >= 0 && wave[k - 1]! < 0)
  expect(crossing(kept)).toBe(crossing(quick))
})

test('takes the mean of so many values, and drops what is left over', () => {
  expect([...decimate(Float64Array.of(1, 3, 5, 7, 100), 2, 10)]).toEqual([20, 60])
})

test('gives nothing for nothing', () => {
  expect([...filterBoth([highPass(9, 125)], new Float64Array(0))]).toEqual([])
})
