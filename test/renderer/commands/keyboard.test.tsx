// @vitest-environment jsdom
/** Whose a key is: a list has those that it uses, a popup all, and what is left is the page's. */
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listenToKeys } from '../../../renderer/commands/keyboard.ts'
import { getState } from '../../../renderer/store/state.ts'
import { useRovingFocus } from '../../../renderer/ui/rovingFocus.ts'
import { VirtualList } from '../../../renderer/ui/VirtualList.tsx'
import { openEmptySet, select } from '../../support/openSetInStore.ts'
import { paneNow } from '../../support/reviewWindow.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

function Rows() {
  const roving = useRovingFocus()
  return (
    <div {...roving}>
      <button type="button" data-roving="first" id="first" />
      <button type="button" data-roving="second" id="second" />
    </div>
  )
}

let root: Root
let container: HTMLElement
let stopListening: () => void
let chosen: readonly string[]

beforeEach(async () => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
  openEmptySet({ saveSettings: async () => null as never })
  stopListening = listenToKeys(() => false)
  chosen = []
  await act(async () =>
    root.render(
      <>
        <div className="page" tabIndex={-1} />
        <Rows />
        <VirtualList
          label="Rows"
          items={['one', 'two']}
          keyOf={(item) => item}
          chosen={0}
          onChoose={(item) => {
            chosen = [...chosen, item]
          }}
          rowHeight={30}
          empty=""
        >
          {(item) => item}
        </VirtualList>
        <div role="listbox" id="popup" tabIndex={-1} />
        <input type="radio" id="radio" />
      </>,
    ),
  )
})

afterEach(async () => {
  stopListening()
  await act(async () => root.unmount())
  container.remove()
})

const element = (selector: string) => container.querySelector<HTMLElement>(selector)!
const LIST = '[aria-label="Rows"]'

async function press(selector: string, key: string, code = key): Promise<void> {
  const target = element(selector)
  target.focus()
  const event = new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true })
  await act(async () => target.dispatchEvent(event))
}

describe.each([
  ['a list of buttons', '#first'],
  ['a list of rows', LIST],
])('in %s', (_name, selector) => {
  it('keys that it does not use are the page’s', async () => {
    await press(selector, 'l', 'KeyL')
    expect(paneNow().view.lowFrequency).not.toBe(0.5)
    await press(selector, 'ArrowRight')
    expect(paneNow().pageStart).toBe(1)
    await press(selector, '?', 'Slash')
    expect(getState().ui.dialog).toBe('keys')
  })

  it('Escape gives the focus back to the page, and lets go of nothing', async () => {
    select(1, 2)
    await press(selector, 'Escape')
    expect(document.activeElement).toBe(element('.page'))
    expect(paneNow().selection).toEqual({ start: 1, end: 2 })
    await press('.page', 'Escape')
    expect(paneNow().selection).toBeNull()
  })
})

it('a list keeps the keys that it uses', async () => {
  const { sensitivity } = paneNow().view
  await press('#first', 'ArrowDown')
  expect(document.activeElement?.id).toBe('second')
  await press(LIST, 'ArrowDown')
  await press(LIST, 'PageDown')
  expect(chosen).toEqual(['two', 'two'])
  expect(paneNow().pageStart).toBe(0)
  expect(paneNow().view.sensitivity).toBe(sensitivity)
})

it('a button of a list keeps Enter and Space', async () => {
  await press('#first', ' ', 'Space')
  expect(paneNow().pageStart).toBe(0)
})

it('a popup has all keys', async () => {
  await press('#popup', 'l', 'KeyL')
  await press('#popup', 'ArrowRight')
  expect(paneNow().view.lowFrequency).toBe(0.5)
  expect(paneNow().pageStart).toBe(0)
})

it('a choice keeps its arrows', async () => {
  await press('#radio', 'ArrowRight')
  expect(paneNow().pageStart).toBe(0)
})
