import { expect, it } from 'vitest'
import { PICTURE, planPicture } from '../../../renderer/evidence/planPicture.ts'

const picture = { span: { start: 10, end: 14 }, channel: 'F3', unit: 'uV', moments: [11, 20] }
const half = PICTURE.width / 2

it('draws negative up, a gap as a gap, and the moments at its foot', () => {
  const { trace, moments } = planPicture({ ...picture, columns: [[-8, 8], null] })
  const [from, to] = [...trace.matchAll(/[ML](\S+) (\S+?)(?=[ML]|$)/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ])
  expect(from![0]).toBe(half / 2)
  // The lower value stands higher.
  expect(from![1]).toBeLessThan(to![1]!)
  expect(trace.match(/M/g)).toHaveLength(1)
  expect(moments).toBe(`M${PICTURE.width / 4} ${PICTURE.height}v-4`)
})

it('draws a flat line where nothing moves, and nothing where there is nothing', () => {
  expect(
    planPicture({
      ...picture,
      columns: [
        [5, 5],
        [5, 5],
      ],
    }).trace,
  ).not.toContain('NaN')
  expect(planPicture({ ...picture, columns: [null, null] }).trace).toBe('')
})
