// @vitest-environment jsdom
/** The spectrogram strip: asked for, built in the background, cancelled, kept; and its picture. */
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TopBar } from '../../../renderer/app/TopBar.tsx'
import { SpectrogramStrip } from '../../../renderer/recording/SpectrogramStrip.tsx'
import { decibels, levelsOf, planSpectrogramChart } from '../../../renderer/recording/spectrogramFigure.ts'
import { followJob } from '../../../renderer/store/jobs.ts'
import { toggleSpectrogram } from '../../../renderer/store/spectrogram.ts'
import { changeView } from '../../../renderer/store/viewing.ts'
import type { JobAnswer } from '../../../shared/contract/jobs.ts'
import { ReviewError } from '../../../shared/failure.ts'
import type { Spectrogram } from '../../../shared/signal/spectrogram.ts'
import { deferred } from '../../support/fakeHost.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

/** Two columns of three rows: 1, 10, 100 and a gap. */
const BUILT: Spectrogram = {
  start: 0,
  columnLength: 2,
  columns: 2,
  rows: 3,
  power: Float32Array.of(1, 10, 100, Number.NaN, Number.NaN, Number.NaN),
  unit: 'uV',
  channels: 19,
}

let root: Root
let container: HTMLElement

beforeEach(() => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
})

afterEach(async () => {
  await act(async () => root.unmount())
  container.remove()
})

const text = () => container.textContent ?? ''
const picture = () => container.querySelector('[role="img"]')?.getAttribute('aria-label')

async function show() {
  const answers = [deferred<JobAnswer>(), deferred<JobAnswer>()]
  let started = 0
  const asked = openEmptySet({
    startJob: async () => {
      started += 1
      return { jobId: `job ${started}` }
    },
    jobResult: async ({ jobId }) => answers[Number(jobId.slice(4)) - 1]!.promise,
    cancelJob: async ({ jobId }) => {
      answers[Number(jobId.slice(4)) - 1]!.reject(new ReviewError('cancelled', 'The work was cancelled.'))
      return null
    },
  })
  await act(async () =>
    root.render(
      <>
        <TopBar />
        <SpectrogramStrip theme="light" />
      </>,
    ),
  )
  const finish = (job: number) =>
    act(async () => answers[job - 1]!.resolve({ name: 'spectrogram', value: BUILT }))
  return {
    asked,
    finish,
    fail: (message: string) => act(async () => answers[0]!.reject(new ReviewError('unsupported', message))),
  }
}

const toggle = () => act(async () => toggleSpectrogram())

describe('the spectrogram strip', () => {
  it('is not there, and reads nothing, before it is asked for', async () => {
    const { asked } = await show()
    expect(container.querySelector('section')).toBeNull()
    expect(asked.startJob).toEqual([])
  })

  it('is built in the background with its progress, in the strip and in the top bar', async () => {
    const { asked, finish } = await show()
    await toggle()
    expect(asked.startJob).toEqual([
      { recordingId: 'recording', job: { name: 'spectrogram', input: { bad: [] } } },
    ])
    await act(async () => followJob('job 1', 0.34))
    expect(text()).toContain('Reading the whole recording: 34 %')
    expect(container.querySelector('button[aria-label^="Spectrogram 34"]')).not.toBeNull()
    await finish(1)
    expect(picture()).toBe('Spectrogram of the whole recording, 0.5 to 1.5 Hz: median of 19 EEG channels')
    expect(container.querySelector('button[aria-label^="Spectrogram"]')).toBeNull()
    expect(text()).toContain('0…20 dB')
  })

  it('is cancelled by the chip, and the work in the host with it', async () => {
    const { asked } = await show()
    await toggle()
    await act(async () => container.querySelector<HTMLElement>('button[aria-label$="cancel"]')!.click())
    expect(asked.cancelJob).toEqual([{ jobId: 'job 1' }])
    expect(container.querySelector('section')).toBeNull()
    expect(text()).not.toContain('cancelled')
  })

  it('is kept while it is hidden, and not read again', async () => {
    const { asked, finish } = await show()
    await toggle()
    await finish(1)
    await toggle()
    expect(container.querySelector('section')).toBeNull()
    await toggle()
    expect(picture()).toContain('median of 19')
    expect(asked.startJob).toHaveLength(1)
  })

  it('is built anew once an electrode is marked bad', async () => {
    const { asked, finish } = await show()
    await toggle()
    await finish(1)
    await act(async () => changeView({ bad: [4] }))
    expect(asked.startJob.map(({ job }) => job.input)).toEqual([{ bad: [] }, { bad: [4] }])
    await finish(2)
    expect(picture()).toContain('median of 19')
  })

  it('says why there is none', async () => {
    const { fail } = await show()
    await toggle()
    await fail('A spectrogram needs an EEG; here is none.')
    expect(text()).toContain('A spectrogram needs an EEG; here is none.')
  })
})

describe('its picture', () => {
  const levels = levelsOf(BUILT)
  const options = { width: 1000, span: { start: 0, end: 4 }, spectrogram: BUILT, levels, ink2: 'ink' }
  const { data } = planSpectrogramChart(options) as unknown as {
    readonly data: readonly {
      readonly x0: number
      readonly y0: number
      readonly z: readonly (readonly (number | null)[])[]
    }[]
  }

  it('has each row at its frequency and each column in the middle of its time, in decibels', () => {
    expect(decibels(100)).toBe(20)
    expect(data[0]).toMatchObject({ x0: 1, y0: 0.5 })
    expect(data[0]?.z.map(([first]) => Math.round(first ?? -1))).toEqual([0, 10, 20])
  })

  it('is empty where nothing was recorded', () => {
    expect(data[0]?.z.map((row) => row[1])).toEqual([null, null, null])
  })

  it('has a scale that one artifact does not set', () => {
    const power = Float32Array.from({ length: 3000 }, (_, n) => (n === 7 ? 1e9 : 1 + (n % 100)))
    const { low, high } = levelsOf({ ...BUILT, power })
    expect(low).toBeLessThan(6)
    expect(high).toBeCloseTo(20, 0)
  })
})
