/** What a thread does before it has a recording. */
import { describe, expect, it } from 'vitest'
import { warmUp } from '../../../electron/host/warmUp.ts'

describe('warming up', () => {
  it('goes all the way to a page of a longitudinal montage, with the default filters', async () => {
    const page = await warmUp(async () => {})
    expect(page!.traces.length).toBeGreaterThan(18)
    for (const { pieces } of page!.traces) expect(pieces.length).toBe(1)
    expect(page!.traces.every(({ pieces }) => pieces[0]!.values.every(Number.isFinite))).toBe(true)
  })

  it('gives way between any two of its steps', async () => {
    let asked = 0
    await warmUp(async () => {
      asked += 1
    })
    expect(asked).toBe(8)
  })
})
