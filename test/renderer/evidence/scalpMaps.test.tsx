// @vitest-environment jsdom
/** The scalp maps of the tab of evidence: what is asked of the host, and what is said beside the picture. */
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { EvidencePanel } from '../../../renderer/evidence/EvidencePanel.tsx'
import { patchPane } from '../../../renderer/store/state.ts'
import { showEvidence } from '../../../renderer/store/ui.ts'
import { changeView } from '../../../renderer/store/viewing.ts'
import type { Host } from '../../../shared/contract/contract.ts'
import { openEmptySet, select } from '../../support/openSetInStore.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

const NAMES = 'Fp1 Fp2 F3 F4 C3 C4 O1 O2'.split(' ')
const FACTS = {
  electrodes: NAMES,
  unit: 'uV',
  reference: 'against the average of 8 electrodes',
  left: ['T1'],
}

const amplitudes: Host['amplitudes'] = async () => ({
  ok: true,
  map: { ...FACTS, values: [-120, -80, -40, -20, 0, 10, 30, 44] },
})
const bandPowers: Host['bandPowers'] = async () => ({
  ok: true,
  map: {
    ...FACTS,
    bands: [
      { band: 'delta', values: [9, 8, 7, 6, 5, 4, 3, 2] },
      { band: 'theta', values: [1, 1, 1, 1, 1, 1, 2, 1] },
      { band: 'alpha', values: [1, 1, 1, 1, 1, 1, 1, 30] },
      { band: 'beta', values: null },
    ],
  },
})

let root: Root
let container: HTMLElement

beforeEach(() => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, value: 400 })
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
})

afterEach(async () => {
  await act(async () => root.unmount())
  container.remove()
})

const show = () => act(async () => root.render(<EvidencePanel theme="light" />))
const text = () => container.textContent ?? ''
const pictures = () =>
  [...container.querySelectorAll('[role="img"]')].map((picture) => picture.getAttribute('aria-label'))

/** The page that stands on the screen. */
function showPage(start: number): void {
  patchPane({
    pageStart: start,
    shown: { span: { start, end: start + 10 }, page: {}, derivations: [] } as never,
  })
}

it('maps the power in each band over the selection, each with where it is most', async () => {
  const asked = openEmptySet({ bandPowers, amplitudes })
  showEvidence('bands')
  select(2, 6)
  await show()
  expect(asked.bandPowers).toMatchObject([{ recordingId: 'recording', span: { start: 2, end: 6 } }])
  expect(pictures()).toEqual([
    'Scalp map of delta power, 0.5 to 4 Hz; most: Fp1 9.00 µV²',
    'Scalp map of theta power, 4 to 8 Hz; most: O1 2.00 µV²',
    'Scalp map of alpha power, 8 to 13 Hz; most: O2 30.0 µV²',
  ])
  expect(text()).toContain('Beta 13–30 Hznot reached by the sampling rate')
  expect(text()).toContain('Power in µV² against the average of 8 electrodes; unfiltered')
  expect(text()).toContain('Not on the map: T1.')
  expect(asked.amplitudes).toEqual([])
})

it('maps what each electrode has at the cursor, as the page filters it', async () => {
  const asked = openEmptySet({ bandPowers, amplitudes })
  showEvidence('cursor')
  showPage(0)
  patchPane({ cursor: 4.2 })
  await show()
  expect(asked.amplitudes).toMatchObject([
    {
      recordingId: 'recording',
      span: { start: 0, end: 10 },
      time: 4.2,
      settings: { montage: 'longitudinal' },
    },
  ])
  expect(pictures()).toEqual(['Scalp map at the cursor: Fp1 −120 µV, O2 44.0 µV'])
  expect(text()).toContain('Negative blue, positive red.')
  const rows = [...container.querySelectorAll('[role="option"]')].map((row) => row.textContent)
  expect(rows.slice(0, 2)).toEqual(['Fp1−120 µV', 'Fp2−80.0 µV'])
  expect(container.querySelector('[aria-selected="true"]')?.textContent).toContain('Fp1')
  await act(async () => patchPane({ cursor: 4.3 }))
  await act(async () => changeView({ highFrequency: 35 }))
  expect(asked.amplitudes.map(({ time, settings }) => [time, settings.highFrequency])).toEqual([
    [4.2, 70],
    [4.3, 70],
    [4.3, 35],
  ])
})

it('asks nothing while the cursor is on another page, and says how it comes here', async () => {
  const asked = openEmptySet({ bandPowers, amplitudes })
  showEvidence('cursor')
  showPage(20)
  patchPane({ cursor: 4.2 })
  await show()
  expect(text()).toContain('There is no cursor on this page.Click on the page, or move the cursor with')
  expect(asked.amplitudes).toEqual([])
})

it('says why there is no map', async () => {
  const problem = 'The recording is already bipolar (Fp1-F7...): no other montage can be derived.'
  openEmptySet({ bandPowers: async () => ({ ok: false, problem }), amplitudes })
  showEvidence('bands')
  select(2, 6)
  await show()
  expect(text()).toContain(problem)
  expect(pictures()).toEqual([])
})

it('goes from one to the other by its buttons, with what was chosen kept', async () => {
  openEmptySet({ bandPowers, amplitudes })
  showEvidence('bands')
  showPage(0)
  patchPane({ cursor: 4.2 })
  await show()
  expect(text()).toContain('Nothing is selected.')
  const button = [...container.querySelectorAll('button')].find((each) => each.textContent === 'Cursor map')!
  await act(async () => button.click())
  expect(pictures()).toHaveLength(1)
  expect(button.getAttribute('aria-pressed')).toBe('true')
})
