import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPause } from '../../../electron/host/pause.ts'

describe('a pause before work in the background', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('of no length is over at once', () => {
    const then = vi.fn()
    createPause(0, then)
    expect(then).toHaveBeenCalledTimes(1)
  })

  it('ends by itself, once', () => {
    const then = vi.fn()
    createPause(1000, then)
    vi.advanceTimersByTime(999)
    expect(then).not.toHaveBeenCalled()
    vi.advanceTimersByTime(5000)
    expect(then).toHaveBeenCalledTimes(1)
  })

  it('is cut short, never made longer', () => {
    const then = vi.fn()
    const pause = createPause(5000, then)
    vi.advanceTimersByTime(100)
    pause.atMost(250)
    pause.atMost(4000)
    vi.advanceTimersByTime(250)
    expect(then).toHaveBeenCalledTimes(1)
    pause.atMost(1)
    vi.advanceTimersByTime(9000)
    expect(then).toHaveBeenCalledTimes(1)
  })

  it('that is given up never ends', () => {
    const then = vi.fn()
    const pause = createPause(1000, then)
    pause.giveUp()
    pause.atMost(1)
    vi.advanceTimersByTime(5000)
    expect(then).not.toHaveBeenCalled()
  })
})
