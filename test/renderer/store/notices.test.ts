import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { notify } from '../../../renderer/store/notices.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'
import { noticesNow } from '../../support/reviewWindow.ts'

beforeEach(() => {
  vi.useFakeTimers()
  openEmptySet()
})

afterEach(() => {
  vi.useRealTimers()
})

const texts = () => noticesNow().map(({ text }) => text)

it('goes by itself, a problem later than the rest', () => {
  notify('problem', 'The disk is full.')
  notify('info', 'Read again.')
  vi.advanceTimersByTime(5000)
  expect(texts()).toEqual(['The disk is full.'])
  vi.advanceTimersByTime(10_000)
  expect(texts()).toEqual([])
})

it('stays as long as it takes to be read', () => {
  notify('info', 'Where it lies. '.repeat(20))
  vi.advanceTimersByTime(17_000)
  expect(texts()).toHaveLength(1)
  vi.advanceTimersByTime(2000)
  expect(texts()).toEqual([])
})

it('is not taken away in the time of one of an earlier window, whose number was the same', () => {
  notify('info', 'Of the window before.')
  openEmptySet()
  vi.advanceTimersByTime(4000)
  notify('problem', 'The disk is full.')
  vi.advanceTimersByTime(2000)
  expect(texts()).toEqual(['The disk is full.'])
})
