import { describe, expect, it } from 'vitest'
import { createPageMemory } from '../../../electron/host/pageMemory.ts'

describe('memory for pages', () => {
  it('is used again by the next page, which waits for the one before it', async () => {
    const pages = createPageMemory()
    const first = await pages.borrow()
    const a = first.allocate(1000)
    let isSecondThere = false
    const second = pages.borrow().then((memory) => {
      isSecondThere = true
      return memory
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(isSecondThere).toBe(false)
    first.giveBack()
    const memory = await second
    expect(memory.allocate(500).buffer).toBe(a.buffer)
    memory.giveBack()
    expect((await pages.borrow()).allocate(2000).length).toBeGreaterThanOrEqual(2000)
  })

  it('is given back at once where it is too small for a page, or one page needs very much', async () => {
    const pages = createPageMemory()
    const small = await pages.borrow()
    const tooSmall = small.allocate(10)
    small.giveBack()
    const page = await pages.borrow()
    const large = page.allocate(4_000_000)
    expect([tooSmall.buffer.byteLength, large.length]).toEqual([0, 4_000_000])
    page.giveBack()
    expect(large.buffer.byteLength).toBe(0)
    expect((await pages.borrow()).allocate(10).length).toBeGreaterThanOrEqual(10)
  })
})
