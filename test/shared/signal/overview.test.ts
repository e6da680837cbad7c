import { describe, expect, it } from 'vitest'
import type { Recording } from '../../../shared/edf/model.ts'
import {
  addToOverview,
  type OverviewPlan,
  planOverview,
  readOverview,
  startOverview,
} from '../../../shared/signal/overview.ts'
import { makeHeader, makeRecording, readMade } from '../../support/signals.ts'

const HOUR = 3600
const header = makeHeader(
  [
    { label: 'EEG Fp1', sampleRate: 64 },
    { label: 'EEG C3', sampleRate: 64, unit: 'mV' },
    { label: 'EEG O1', sampleRate: 64 },
    { label: 'EMG Chin', kind: 'emg', sampleRate: 128 },
    { label: 'SaO2', kind: 'other', unit: '%', sampleRate: 1 },
  ],
  HOUR,
)

function scan(recording: Recording, plan: OverviewPlan, valueAt: (signal: number, time: number) => number) {
  const state = startOverview(plan)
  for (const block of plan.blocks) addToOverview(state, readMade(recording, plan.signals, block, valueAt))
  return readOverview(state)
}

describe('the overview', () => {
  const recording = makeRecording(header)
  const plan = planOverview(recording, 360)

  it('covers the recording in blocks of whole bins', () => {
    expect(plan).toMatchObject({ bins: 360, binLength: 10, signals: [0, 1, 2, 3] })
    expect(plan.blocks).toHaveLength(60)
    expect(plan.blocks[0]).toEqual({ start: 0, end: 60 })
    expect(plan.blocks.at(-1)).toEqual({ start: 3540, end: 3600 })
  })

  it('shows a burst in its bin, whatever the offset of the electrodes', () => {
    const overview = scan(recording, plan, (signal, time) => {
      const burst = time >= 1000 && time < 1010 ? 400 * Math.sin(2 * Math.PI * 3 * time) : 0
      if (signal === 3) return time >= 2000 && time < 2001 ? 50 * Math.sin(2 * Math.PI * 40 * time) : 0
      return signal === 1 ? 50 + burst / 1000 : 50_000 + burst
    })
    expect(overview.eeg[100]).toBeGreaterThan(350)
    expect(overview.eeg[100]).toBeLessThan(450)
    expect(overview.eeg[99]).toBeLessThan(5)
    expect(overview.eeg[102]).toBeLessThan(5)
    expect(overview.emg[200]).toBeGreaterThan(8)
    expect(overview.emg[199]).toBe(0)
    expect(overview.seen.every((seen) => seen === 1)).toBe(true)
  })

  it('shows the middle of the channels, so that one bad electrode does not fill the strip', () => {
    const overview = scan(recording, plan, (signal, time) => (signal === 0 ? 3000 * Math.sin(time * 20) : 0))
    expect(Math.max(...overview.eeg)).toBe(0)
  })

  it('can be read half way', () => {
    const state = startOverview(plan)
    const [block] = plan.blocks
    addToOverview(
      state,
      readMade(recording, plan.signals, block!, () => 1),
    )
    expect([...readOverview(state).seen].filter((seen) => seen === 1)).toHaveLength(6)
  })

  it('reads nothing in a gap and does not count it as seen', () => {
    const broken = makeRecording(header, [
      { start: 0, end: 600 },
      { start: 3000, end: 6000 },
    ])
    const plan = planOverview(broken, 600)
    expect(plan.blocks).toHaveLength(60)
    const overview = scan(broken, plan, () => 1)
    expect([overview.seen[59], overview.seen[60], overview.seen[299], overview.seen[300]]).toEqual([
      1, 0, 0, 1,
    ])
  })

  it('of a short recording has bins of one second', () => {
    const short = makeRecording(makeHeader(['EEG Cz'], 30))
    expect(planOverview(short)).toMatchObject({ bins: 30, binLength: 1 })
  })

  it('of a recording without voltages reads nothing', () => {
    const empty = planOverview(makeRecording(makeHeader([{ label: 'SaO2', kind: 'other', unit: '%' }])))
    expect(empty.blocks).toEqual([])
    expect(readOverview(startOverview(empty)).eeg.every((value) => value === 0)).toBe(true)
  })
})
