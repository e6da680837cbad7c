import { describe, expect, it } from 'vitest'
import { createPageMemory } from '../../../electron/host/pageMemory.ts'

describe('memory for pages', () => {
  it('is used again by the next page, and never by two at once', () => {
    const pages = createPageMemory()
    const first = pages.borrow()
    const second = pages.borrow()
    const a = first.allocate(1000)
    const b = second.allocate(900)
    expect(a.buffer).not.toBe(b.buffer)
    first.giveBack()
    expect(pages.borrow().allocate(500).buffer).toBe(a.buffer)
    second.giveBack()
    expect(pages.borrow().allocate(1000).length).toBeGreaterThanOrEqual(1000)
  })

  it('is not kept where one page needs very much', () => {
    const pages = createPageMemory()
    const page = pages.borrow()
    const large = page.allocate(4_000_000)
    page.giveBack()
    expect(pages.borrow().allocate(10).buffer).not.toBe(large.buffer)
  })
})
