// @vitest-environment jsdom
/** The dialog of a clip: what is seen of it before it is written, and that nothing is seen of what cannot be. */
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ClipDialog } from '../../../renderer/exchange/ClipDialog.tsx'
import type { ClipPreview } from '../../../shared/contract/clipProcedures.ts'
import { openEmptySet, select } from '../../support/openSetInStore.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

const PREVIEW: ClipPreview = {
  ...{ format: 'EDF+C', span: { start: 20, end: 25 }, length: 5, bytes: 5000, texts: [] },
  ...{ proof: [], unwritable: [], complete: true },
}

let root: Root
let container: HTMLElement

beforeEach(async () => {
  vi.useFakeTimers()
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
  openEmptySet({ previewClip: async () => PREVIEW })
  select(20, 25)
  await act(async () => root.render(<ClipDialog onClose={() => {}} />))
  await seen()
  expect(said()).toContain('Proof sheet')
})

afterEach(async () => {
  await act(async () => root.unmount())
  container.remove()
  vi.useRealTimers()
})

/** A span that is typed is asked about once it rests. */
const seen = () => act(async () => vi.advanceTimersByTimeAsync(1000))

const said = () => document.body.textContent ?? ''

async function type(label: string, text: string): Promise<void> {
  const field = [...document.querySelectorAll('label')].find((each) => each.textContent?.startsWith(label))
  const input = field?.querySelector('input') ?? expect.fail(`there is no field ${label}`)
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  await act(async () => {
    set?.call(input, text)
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

it.each([
  ['an end before the beginning', '0:00:10'],
  ['no time', 'abc'],
])('shows no proof sheet beside %s, and one again once there is a span', async (_what, to) => {
  await type('To', to)
  expect(said()).not.toContain('Proof sheet')
  await type('To', '0:00:30')
  await seen()
  expect(said()).toContain('Proof sheet')
})
