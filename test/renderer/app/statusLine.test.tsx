// @vitest-environment jsdom
/** The line at the foot: what a reader must know of what is not drawn. */
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { StatusLine } from '../../../renderer/app/StatusLine.tsx'
import { patchPane } from '../../../renderer/store/state.ts'
import { planMontage } from '../../../shared/montage/planMontage.ts'
import { PLAIN_LOOKS } from '../../../shared/signal/channelLook.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'
import { recordingNow } from '../../support/reviewWindow.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

let root: Root
let container: HTMLElement

beforeEach(async () => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
  openEmptySet()
  const { derivations } = planMontage(recordingNow().opened.recording.header, 'longitudinal')
  patchPane({ shown: { span: { start: 0, end: 10 }, derivations } as never })
  await act(async () => root.render(<StatusLine />))
})

afterEach(async () => {
  await act(async () => root.unmount())
  container.remove()
})

const said = () => container.textContent ?? ''

it('counts and names the channels that are hidden, apart from those that have no place in the montage', async () => {
  expect(said()).not.toContain('hidden')
  await act(async () => patchPane({ looks: { ...PLAIN_LOOKS, lines: { 'Fp1-F7': { hidden: true } } } }))
  expect(said()).toContain('1 channel hidden')
  expect(container.querySelector('[title="Hidden: Fp1-F7"]')).not.toBeNull()
})
