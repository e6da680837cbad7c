// @vitest-environment jsdom
/** The evidence card: what it asks, what it says, where a row leads, and what is pinned. */
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { EvidencePanel } from '../../../renderer/evidence/EvidencePanel.tsx'
import { label, undoStep } from '../../../renderer/store/marking.ts'
import { activePane, activeSet } from '../../../renderer/store/selectors.ts'
import { getState } from '../../../renderer/store/state.ts'
import { showEvidence } from '../../../renderer/store/ui.ts'
import { changeView } from '../../../renderer/store/viewing.ts'
import type { Host } from '../../../shared/contract/contract.ts'
import type { EvidenceRow } from '../../../shared/evidence/evidence.ts'
import { openEmptySet, select } from '../../support/openSetInStore.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

let root: Root
let container: HTMLElement

beforeEach(() => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
})

afterEach(async () => {
  await act(async () => root.unmount())
  container.remove()
})

const about = { algorithm: 'Counted.', error: '±1', criteria: [], isMissing: false } as const

const RATE: EvidenceRow = {
  ...about,
  ...{ entry: 'repetition-rate', subject: 'spikeWave', label: 'Repetition rate' },
  criteria: [
    { text: 'Below 2.5 Hz excludes it.', sources: ['ilae-cae-eeg'] },
    { text: 'It slows.', sources: ['panayiotopoulos-2005'] },
  ],
  finding: {
    ...{ is: 'measured', text: '3.4 → 2.8 Hz', note: 'One channel was left out.' },
    values: [{ id: 'first', label: 'first second', value: 3.4, unit: 'Hz', decimals: 1 }],
    where: { span: { start: 20.5, end: 24 }, channel: 'F3-Ref', moments: [21, 22] },
    picture: {
      ...{ span: { start: 20.5, end: 24 }, channel: 'F3-Ref', unit: 'uV', moments: [21, 22] },
      columns: [[-10, 10], [0, 1], null, [2, 3]],
    },
  },
}

const ROWS: readonly EvidenceRow[] = [
  RATE,
  {
    ...about,
    ...{ entry: 'complexes', subject: 'spikeWave', label: 'Complexes' },
    finding: { is: 'refused', reason: 'No rhythm runs through it.' },
  },
  {
    ...about,
    ...{ entry: 'regularity', subject: 'spikeWave', label: 'Variation' },
    finding: { is: 'refused', reason: 'No rhythm runs through it.' },
  },
  {
    ...about,
    ...{ entry: 'no-muscles', subject: 'jerk', label: 'Muscles', isMissing: true },
    finding: {
      ...{ is: 'measured', text: 'No EMG channel', values: [], where: null, picture: null },
    },
  },
]

const evidence: Host['evidence'] = async ({ span }) => ({ span, rows: ROWS })
const text = () => container.textContent ?? ''
const button = (name: string | RegExp) => {
  const found = [...container.querySelectorAll('button')].find((each) => {
    const said = each.getAttribute('aria-label') ?? each.textContent ?? ''
    return typeof name === 'string' ? said === name : name.test(said)
  })
  if (found === undefined) throw new Error(`there is no button ${name}`)
  return found
}
const press = (name: string | RegExp) => act(async () => button(name).click())

async function show(): Promise<void> {
  showEvidence('card')
  await act(async () => root.render(<EvidencePanel theme="light" />))
}

it('asks for the selection, and again neither for a montage nor for a filter', async () => {
  const asked = openEmptySet({ evidence })
  select(20, 25)
  await show()
  await act(async () => changeView({ montage: 'average', highFrequency: 35 }))
  expect(asked.evidence).toEqual([{ recordingId: 'recording', span: { start: 20, end: 25 }, bad: [] }])
  expect(text()).toContain('Repetition rate3.4 → 2.8 Hz')
  expect(text()).toContain('Below 2.5 Hz excludes it.')
  expect(text()).toContain('One channel was left out.')
})

it('shows nothing of one span while another is being measured', async () => {
  let answer = () => {}
  const first = { start: 20, end: 25 }
  openEmptySet({
    evidence: async ({ span }) => {
      if (span.start !== first.start) await new Promise<void>((resolve) => (answer = resolve))
      return { span, rows: ROWS }
    },
  })
  select(first.start, first.end)
  await show()
  await act(async () => select(30, 35))
  expect(text()).toContain('Measuring…')
  expect(text()).not.toContain('3.4 → 2.8 Hz')
  await act(async () => answer())
  expect(text()).toContain('3.4 → 2.8 Hz')
})

it('says a reason once, with all that it keeps from being measured', async () => {
  openEmptySet({ evidence })
  select(20, 25)
  await show()
  expect(text()).toContain('No rhythm runs through it.Not measured: Complexes, Variation.')
  expect(text().split('No rhythm')).toHaveLength(2)
})

it('counts as many as there are rows below', async () => {
  const duration = { ...RATE, entry: 'duration', label: 'Duration' }
  openEmptySet({ evidence: async ({ span }) => ({ span, rows: [duration, ...ROWS] }) })
  select(20, 25)
  await show()
  expect(text()).toContain('2 measured')
  await press(/^Jerk/)
  expect(text()).toContain('nothing measured, 1 missing')
})

it('folds the side that nothing was measured of, and opens it', async () => {
  openEmptySet({ evidence })
  select(20, 25)
  await show()
  expect(text()).not.toContain('No EMG channel')
  await press(/^Jerk/)
  expect(text()).toContain('No EMG channel')
})

it.each([
  ['a jerk', 'hypnic_jerk', null],
  ['what is mistaken for one', 'mimic', 'leg_movement'],
] as const)('begins with the side of the mark: %s', async (_, kind, subtype) => {
  openEmptySet({ evidence })
  select(3, 6)
  label(kind, subtype)
  await show()
  const headings = [...container.querySelectorAll('h4')].map((each) => each.textContent)
  expect(headings[0]).toMatch(/^Jerk/)
  expect(text()).toContain('No EMG channel')
  expect(text()).not.toContain('3.4 → 2.8 Hz')
})

it.each([
  ['3 Hz spike-and-wave', 'spike_wave_3hz', null],
  ['what is mistaken for it', 'mimic', 'oirda'],
  ['a mimic of both, of which only this was measured', 'mimic', 'emg_artifact'],
] as const)('opens the values of spike-and-wave: %s', async (_, kind, subtype) => {
  openEmptySet({ evidence })
  select(3, 6)
  label(kind, subtype)
  await show()
  expect(text()).toContain('3.4 → 2.8 Hz')
  expect(text()).not.toContain('No EMG channel')
})

it('shows on the page where a value was measured, and no longer once it is of another span', async () => {
  openEmptySet({ evidence })
  select(20, 25)
  await show()
  await press(/^Repetition rate/)
  expect(activePane(getState()).measuredAt).toMatchObject({ channel: 'F3-Ref', moments: [21, 22] })
  await act(async () => select(30, 31))
  expect(activePane(getState()).measuredAt).toBeNull()
})

it('leads to the source in the reference', async () => {
  openEmptySet({ evidence })
  select(20, 25)
  await show()
  await press(/^Source \d+: International League/)
  expect(getState().ui).toMatchObject({ panel: 'reference', soughtSource: 'ilae-cae-eeg' })
})

it('tells how it was measured where that is asked for', async () => {
  openEmptySet({ evidence })
  select(20, 25)
  await show()
  expect(text()).not.toContain('It slows.')
  await press('More on Repetition rate')
  expect(text()).toContain('It slows.')
  expect(text()).toContain('Counted. Error: ±1.')
})

it('pins a value to the mark as one step, takes it out again, and undoes both', async () => {
  openEmptySet({ evidence })
  select(3, 6)
  label('spike_wave_3hz')
  await show()
  const pinned = () => activeSet(getState())?.document.marks[0]?.measured
  await press('Pin to the mark: Repetition rate')
  expect(pinned()).toEqual([
    {
      ...{ entry: 'repetition-rate', label: 'Repetition rate', text: '3.4 → 2.8 Hz' },
      values: [{ id: 'first', value: 3.4, unit: 'Hz' }],
      ...{ onset: 3e7, duration: 3e7 },
    },
  ])
  await press('Pin to the mark: Repetition rate')
  expect(pinned()).toBeUndefined()
  await act(async () => undoStep())
  expect(pinned()).toHaveLength(1)
  await act(async () => undoStep())
  expect(pinned()).toBeUndefined()
})

it('offers no pin where there is no mark of one’s own', async () => {
  openEmptySet({ evidence })
  select(20, 25)
  await show()
  expect(() => button(/^Pin/)).toThrow()
})
