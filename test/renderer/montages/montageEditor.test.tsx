// @vitest-environment jsdom
/** Leaving the editor: what was typed goes only when the reader says so. */
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { MontageEditor } from '../../../renderer/montages/MontageEditor.tsx'
import { beginWindow } from '../../../renderer/store/host.ts'
import { parseFormula } from '../../../shared/montage/ownMontages.ts'
import { makeHost } from '../../support/fakeHost.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

const MONTAGE = { name: 'Front', lines: [{ label: '', terms: parseFormula('Fp1-F7').terms!, gap: false }] }

let container: HTMLElement
let root: Root
const went = vi.fn<(where: string) => void>()

beforeEach(async () => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  went.mockClear()
  beginWindow(makeHost({}).host, async () => null)
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
  await act(async () =>
    root.render(
      <MontageEditor
        title="Montage Front"
        montage={MONTAGE}
        others={[]}
        onClose={() => went('closed')}
        onCancel={() => went('to the list')}
        onSave={() => went('saved')}
      />,
    ),
  )
})

afterEach(async () => {
  await act(async () => root.unmount())
  container.remove()
})

const field = (label: string) => document.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`)!
const button = (name: string) =>
  [...document.querySelectorAll('button')].find(
    (each) =>
      each.textContent === name || each.ariaLabel === name || each.getAttribute('aria-label') === name,
  )
const click = (name: string) => act(async () => button(name)!.click())
const pressEscape = () =>
  act(async () => {
    const from = document.activeElement ?? document.body
    from.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))
  })

async function type(text: string): Promise<void> {
  await act(async () => {
    const input = field('Line 1')
    input.focus()
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(input, text)
    input.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

it('goes at once where nothing was typed', async () => {
  await click('Cancel')
  expect(went.mock.calls).toEqual([['to the list']])
  await pressEscape()
  expect(went.mock.calls).toEqual([['to the list'], ['closed']])
})

it.each([
  ['Escape', pressEscape, 'closed'],
  ['Close', () => click('Close'), 'closed'],
  ['Cancel', () => click('Cancel'), 'to the list'],
] as const)('asks before %s throws away what was typed', async (_name, leave, where) => {
  await type('Fp1-F3')
  await leave()
  expect(went).not.toHaveBeenCalled()
  expect(document.querySelector('[role="alert"]')!.textContent).toBe('What you changed is not saved.')
  expect(document.activeElement).toBe(button('Keep editing'))
  await click('Don’t save')
  expect(went.mock.calls).toEqual([[where]])
})

it('keeps what was typed, and its place, when that is the answer or Escape is pressed again', async () => {
  await type('Fp1-F3')
  for (const keep of [() => click('Keep editing'), pressEscape]) {
    await pressEscape()
    await keep()
    expect(field('Line 1').value).toBe('Fp1-F3')
    expect(document.activeElement).toBe(field('Line 1'))
    expect(button('Keep editing')).toBeUndefined()
  }
  expect(went).not.toHaveBeenCalled()
  await click('Save')
  expect(went.mock.calls).toEqual([['saved']])
})
