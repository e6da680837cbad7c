// @vitest-environment jsdom
/** The tab of what is measured: what it is of, what it asks of the host, and what it says in words. */
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { EvidencePanel } from '../../../renderer/evidence/EvidencePanel.tsx'
import { beginWindow } from '../../../renderer/store/host.ts'
import { label } from '../../../renderer/store/marking.ts'
import { patchPane } from '../../../renderer/store/state.ts'
import { showEvidence } from '../../../renderer/store/ui.ts'
import { changeView } from '../../../renderer/store/viewing.ts'
import type { Host } from '../../../shared/contract/contract.ts'
import { ReviewError } from '../../../shared/failure.ts'
import type { ChannelSpectrum, SpanSpectra } from '../../../shared/signal/spectra.ts'
import { deferred, makeHost, openedRecording } from '../../support/fakeHost.ts'
import { openEmptySet, select } from '../../support/openSetInStore.ts'
import { pageOf } from '../../support/pages.ts'
import { showOpened } from '../../support/reviewWindow.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

let root: Root
let container: HTMLElement

beforeEach(() => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  // jsdom lays nothing out: a list without a height has no rows.
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

/** The spectrum; what is measured has tests of its own. */
const show = async () => {
  showEvidence('spectrum')
  await act(async () => root.render(<EvidencePanel theme="light" />))
}
const text = () => container.textContent ?? ''

function channel(name: string, fields: Partial<ChannelSpectrum>): ChannelSpectrum {
  return {
    id: name,
    label: name,
    kind: 'eeg',
    side: 'left',
    unit: 'uV',
    spectrum: { step: 0.25, power: new Float64Array(401).fill(1), windows: 4, windowLength: 2 },
    dominant: null,
    problem: null,
    ...fields,
  }
}

const CHANNELS = [
  channel('Fp1-F7', { dominant: { frequency: 3, power: 512 } }),
  channel('F7-T7', { dominant: { frequency: 3.25, power: 900 } }),
  channel('T7-P7', {}),
  channel('Chin EMG', { kind: 'emg', dominant: { frequency: 42, power: 4000 } }),
  channel('P7-O1', { spectrum: null, problem: 'It has no samples here.' }),
]

const answer: Host['spectra'] = async ({ span }): Promise<SpanSpectra> => ({ span, channels: CHANNELS })

function rows(): readonly string[] {
  return [...container.querySelectorAll('[role="option"]')].map((row) =>
    [...row.querySelectorAll('strong, span > span')].map((cell) => cell.textContent).join(' | '),
  )
}

it('says the next step where nothing is selected, and asks nothing of the host', async () => {
  const asked = openEmptySet({ spectra: answer })
  await show()
  expect(text()).toMatch(/Nothing is selected\.Drag over the page/)
  expect(asked.spectra).toEqual([])
})

it('lists the dominant frequency and its power by channel, the strongest EEG chosen', async () => {
  const asked = openEmptySet({ spectra: answer })
  select(20, 25)
  await show()
  expect(asked.spectra).toMatchObject([
    { recordingId: 'recording', span: { start: 20, end: 25 }, settings: { montage: 'longitudinal' } },
  ])
  expect(text()).toContain('Selection 5.00 s')
  expect(rows()).toEqual([
    'Fp1-F7 | 3.00 Hz | 512',
    'F7-T7 | 3.25 Hz | 900',
    'T7-P7 | – | –',
    'Chin EMG | 42.0 Hz | 4000',
    'P7-O1 | – | –',
  ])
  expect(container.querySelector('[aria-selected="true"]')?.textContent).toContain('F7-T7')
  expect(container.querySelector('[role="img"]')?.getAttribute('aria-label')).toBe(
    'Power by frequency of 4 channels, F7-T7 strong: largest at 3.25 Hz, 900 µV²/Hz',
  )
  expect(text()).toContain('4 half-overlapping Hann windows of 2.00 s: 0.50 Hz can be told apart.')
  expect(text()).toContain('Welch 1967')
})

it('has beside each value a picture of the stretch, unfiltered and in as many columns as it has pixels', async () => {
  const values = Float32Array.of(0, -9, 9, 0)
  const asked = openEmptySet({
    spectra: answer,
    page: async ({ span, columns }) =>
      pageOf(span, columns, { 'Fp1-F7': [{ form: 'columns', firstColumn: 0, values }] }),
  })
  select(20, 25)
  await show()
  expect(asked.page).toEqual([
    {
      ...{ recordingId: 'recording', span: { start: 20, end: 25 }, columns: 48 },
      settings: { montage: 'longitudinal', lowFrequency: null, highFrequency: null, notch: null },
    },
  ])
  const drawn = [...container.querySelectorAll('[role="option"]')].map(
    (row) => row.querySelector('path') !== null,
  )
  expect(drawn).toEqual([true, false, false, false, false])
  await act(async () => changeView({ highFrequency: 35 }))
  expect(asked.page).toHaveLength(1)
})

it('goes through the channels by the arrows, and says why one has no spectrum', async () => {
  openEmptySet({ spectra: answer })
  select(20, 25)
  await show()
  const list = container.querySelector('[role="listbox"]')!
  const press = (key: string) =>
    act(async () => {
      list.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    })
  await press('End')
  expect(text()).toContain('P7-O1: It has no samples here.')
  await press('ArrowUp')
  expect(text()).toContain('Dominant is where power is largest from 10 to 100 Hz.')
})

it('is of the selected mark first', async () => {
  openEmptySet({ spectra: answer })
  select(3, 6)
  label('spike_wave_3hz')
  await show()
  expect(text()).toContain('3 Hz spike-and-wave 3.00 s')
})

it('asks once at a time, and for the latest selection only', async () => {
  const first = deferred<SpanSpectra>()
  const spans: number[] = []
  openEmptySet({
    spectra: async (input) => {
      spans.push(input.span.end)
      return spans.length === 1 ? first.promise : answer(input)
    },
  })
  select(20, 21)
  await show()
  for (const end of [22, 23, 24]) await act(async () => select(20, end))
  expect(spans).toEqual([21])
  await act(async () => first.resolve({ span: { start: 20, end: 21 }, channels: CHANNELS }))
  expect(spans).toEqual([21, 24])
})

it('asks again in another montage, and not for another filter or scale', async () => {
  const asked = openEmptySet({ spectra: answer })
  select(20, 25)
  await show()
  await act(async () => changeView({ sensitivity: 20 }))
  await act(async () => changeView({ highFrequency: 35 }))
  expect(asked.spectra).toHaveLength(1)
  await act(async () => changeView({ montage: 'average' }))
  expect(asked.spectra.map(({ settings }) => settings.montage)).toEqual(['longitudinal', 'average'])
})

it.each([
  [{ start: 5, end: 306 }, 'At most 5 minutes are measured: select a shorter stretch.'],
  [{ start: 5, end: 5 }, 'It has no length: give it one with [ and ].'],
])('says of %j what to do instead', async (span, words) => {
  const asked = openEmptySet({ spectra: answer })
  patchPane({ selection: span })
  await show()
  expect(text()).toContain(words)
  expect(asked.spectra).toEqual([])
})

it('says what the host could not do', async () => {
  const { host } = makeHost({
    spectra: async () => {
      throw new ReviewError('unreadable', 'The file is gone.')
    },
  })
  beginWindow(host, async () => null)
  showOpened(openedRecording())
  select(20, 25)
  await show()
  expect(text()).toContain('The file is gone.')
})
