// @vitest-environment jsdom
/** Where the keys go once a control has done its work: to the page of the window that holds the control. */
import { act, createRef, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { MainElement, useMainFocus } from '../../../renderer/ui/mainFocus.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

let container: HTMLElement
let root: Root

beforeEach(() => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
})

afterEach(async () => {
  await act(async () => root.unmount())
  container.remove()
})

function Control({ name }: { readonly name: string }) {
  const focusMain = useMainFocus()
  return (
    <button type="button" id={name} onClick={focusMain}>
      {name}
    </button>
  )
}

function Window({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const main = createRef<HTMLElement>()
  return (
    <MainElement value={main}>
      <section ref={main} tabIndex={-1} id={`page of ${name}`} />
      {children}
    </MainElement>
  )
}

const press = (name: string) => act(async () => document.getElementById(name)?.click())

it('is the page of the control’s own window, and nowhere else', async () => {
  await act(async () =>
    root.render(
      <>
        <Window name="first">
          <Control name="one" />
        </Window>
        <Window name="second">
          <Control name="two" />
        </Window>
        <Control name="alone" />
      </>,
    ),
  )
  await press('two')
  expect(document.activeElement?.id).toBe('page of second')
  await press('one')
  expect(document.activeElement?.id).toBe('page of first')
  await press('alone')
  expect(document.activeElement?.id).toBe('page of first')
})
