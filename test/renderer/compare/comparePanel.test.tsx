// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ComparePanel } from '../../../renderer/compare/ComparePanel.tsx'
import { newSet } from '../../../renderer/store/beginnings.ts'
import { choose } from '../../../renderer/store/comparing.ts'
import { OWN } from '../../../renderer/store/comparison.ts'
import { takeUpSet } from '../../../renderer/store/outbox.ts'
import { getState, patchRecording } from '../../../renderer/store/state.ts'
import type { AnnotationDocument } from '../../../shared/annotation/document.ts'
import { seconds, withMarks } from '../../support/annotations.ts'
import { openedSet } from '../../support/fakeHost.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'
import { paneNow } from '../../support/reviewWindow.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

let root: Root
let container: HTMLElement

function reading(spans: readonly (readonly [number, number])[], reviewed: number): AnnotationDocument {
  const document = withMarks(spans)
  const all = [{ id: 'all', onset: seconds(0), duration: seconds(reviewed) }]
  return { ...document, reviewed: reviewed === 0 ? [] : all }
}

/** Opens one's own set and the key's, and compares them. */
async function show(own: AnnotationDocument, key: AnnotationDocument): Promise<void> {
  openEmptySet({
    openSet: async () =>
      openedSet({ setId: 'the key', readOnly: true, isKey: true, document: { ...key, reviewer: 'key' } }),
    closeSet: async () => null,
  })
  takeUpSet(newSet(openedSet({ document: own }), null))
  const facts = { name: 'recording.key.json', reviewer: 'key', marks: 3, changed: null, isKey: true }
  const open = { isSealed: false, signedOff: null, copyOf: null, strayedIn: null, problem: null }
  patchRecording({ sets: [{ ref: 'key', ...facts, ...open }] })
  await choose(['key', OWN])
  await act(async () => root.render(<ComparePanel />))
}

beforeEach(() => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
})

afterEach(async () => {
  await act(async () => root.unmount())
  container.remove()
})

function button(name: string): HTMLElement {
  const found = [...container.querySelectorAll<HTMLElement>('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent) === name,
  )
  if (found === undefined) throw new Error(`no button ${name}`)
  return found
}

const text = () => container.textContent ?? ''

describe('the panel of a comparison', () => {
  const three = [
    [30, 30.2],
    [100, 100.2],
    [300, 300.2],
  ] as const

  it('shows each figure with its counts, and a table that leads to the events', async () => {
    await show(reading([[30, 30.2]], 200), reading(three, 600))
    expect(text()).toContain('Both have reviewed 0:03:20. Outside of it, not counted: 1 of Key, 0 of JS.')
    expect(text()).toContain('Sensitivity0.501 of 2 of Key')
    expect(text()).toContain('Precision1.001 of 1 of JS')
    expect(text()).toContain('kappa is not defined')
    expect(text()).toContain('1 disagreement')
    await act(async () => button('Key: Hypnic jerk, JS: Not marked, 1').click())
    expect(paneNow().cursor).toBe(100)
    expect(text()).toContain('1 of 1 event')
    expect(text()).toContain('not marked')
  })

  it('says who has to review before there is anything to compare', async () => {
    await show(reading([[30, 30.2]], 0), reading(three, 600))
    expect(text()).toContain('JS has marked nothing as reviewed (V): there is nothing to compare.')
    expect(button('Decide in a consensus set…').hasAttribute('disabled')).toBe(true)
  })

  it('takes a rule as it is typed, with a comma too', async () => {
    await show(reading([[30.4, 30.6]], 600), reading([[30, 30.2]], 600))
    expect(text()).toContain('0 of 1 of Key')
    const input = container.querySelector<HTMLInputElement>('fieldset input')!
    await act(async () => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, '0,5')
      input.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await act(async () => {
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    })
    expect(getState().ui.rules.jerk.onset).toBe(0.5)
    expect(text()).toContain('1 of 1 of Key')
    await act(async () => button('As at first').click())
    expect(text()).toContain('0 of 1 of Key')
  })
})
