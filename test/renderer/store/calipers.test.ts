import { beforeEach, describe, expect, it } from 'vitest'
import {
  caliperToComment,
  cycleCaliperPart,
  dragCaliper,
  moveCaliperLine,
  readCaliper,
  snapCaliper,
  stepBySample,
  stepCursor,
  toggleCaliper,
} from '../../../renderer/store/calipers.ts'
import { addMarkOver } from '../../../renderer/store/marking.ts'
import { patchPane } from '../../../renderer/store/state.ts'
import { changeView, goTo } from '../../../renderer/store/viewing.ts'
import type { CaliperReading } from '../../../shared/signal/caliper.ts'
import { type Asked, deferred } from '../../support/fakeHost.ts'
import { lastNotice, openEmptySet, select } from '../../support/openSetInStore.ts'
import { lineNamed, pageOf } from '../../support/pages.ts'
import { paneNow, setNow } from '../../support/reviewWindow.ts'

const READING: CaliperReading = {
  label: 'Fp1-F7',
  unit: 'uV',
  from: { time: 2, value: -10 },
  to: { time: 3, value: -224 },
  sign: -1,
  peaks: [2.02, 2.35, 2.68, 3.01].map((time) => ({ time, value: -300 })),
  run: { count: 3, mean: 3, slowest: 2.9, fastest: 3.1, firstSecond: null, lastSecond: null },
}

let asked: Asked
let answers: (() => Promise<CaliperReading | null>)[]

beforeEach(() => {
  answers = []
  asked = openEmptySet({ caliper: async () => (answers.shift() ?? (async () => READING))() })
  const span = { start: 0, end: 10 }
  const derivations = [lineNamed('Fp1-F7'), lineNamed('F7-T7'), lineNamed('ECG', { kind: 'ecg' })]
  patchPane({ shown: { span, page: pageOf(span, 100, {}), derivations } })
})

const caliper = () => paneNow().caliper
const points = () => [caliper()?.from, caliper()?.to]
const isRead = () => expect.poll(() => caliper()?.reading).toEqual(READING)

describe('the caliper', () => {
  it('is put on the selection, else from the cursor on, else in the middle, and taken away again', () => {
    toggleCaliper()
    expect(caliper()).toMatchObject({ line: 'Fp1-F7', from: 4.5, to: 5.5, part: 'to' })
    toggleCaliper()
    expect(caliper()).toBeNull()
    patchPane({ cursor: 2 })
    toggleCaliper()
    expect(points()).toEqual([2, 3])
    toggleCaliper()
    select(6, 8.5)
    patchPane({ hover: { time: 1, trace: 'F7-T7' } })
    toggleCaliper()
    expect(caliper()).toMatchObject({ line: 'F7-T7', from: 6, to: 8.5 })
  })

  it('is read in the filters of the page, and anew when they change', async () => {
    patchPane({ cursor: 2 })
    toggleCaliper()
    await isRead()
    changeView({ highFrequency: 30 })
    readCaliper(paneNow().id)
    await expect.poll(() => asked.caliper.length).toBe(2)
    expect(asked.caliper.map(({ settings }) => settings.highFrequency)).toEqual([70, 30])
    expect(asked.caliper[0]).toMatchObject({ line: 'Fp1-F7', from: 2, to: 3 })
  })

  it('shows the latest reading only, whichever answer comes last', async () => {
    const late = deferred<CaliperReading>()
    answers.push(() => late.promise)
    patchPane({ cursor: 2 })
    toggleCaliper()
    stepCursor(0.1)
    await isRead()
    late.resolve({ ...READING, label: 'too late' })
    await late.promise
    await isRead()
  })

  it('moves by its second point, its first, or both, and stays on the recording', () => {
    patchPane({ cursor: 2 })
    toggleCaliper()
    stepCursor(0.1)
    expect(points()).toEqual([2, 3.1])
    cycleCaliperPart()
    stepCursor(0.01)
    expect(points()).toEqual([2.01, 3.1])
    cycleCaliperPart()
    stepCursor(1)
    expect(points()).toEqual([3.01, 4.1])
    stepBySample(1)
    expect(points()).toEqual([3.011719, 4.101563])
    stepCursor(-100)
    expect(points()).toEqual([0, 0])
    // The cursor stays where it was.
    expect(paneNow().cursor).toBe(2)
  })

  it('takes the page along', () => {
    patchPane({ cursor: 9 })
    toggleCaliper()
    stepCursor(1)
    stepCursor(1)
    expect(points()).toEqual([9, 12])
    // At 11 s the page went to a tenth of its length before it.
    expect(paneNow().pageStart).toBe(10)
  })

  it('goes from line to line and stops at the last', () => {
    toggleCaliper()
    for (const expected of ['F7-T7', 'ECG', 'ECG']) {
      moveCaliperLine(1)
      expect(caliper()?.line).toBe(expected)
    }
    moveCaliperLine(-1)
    expect(caliper()?.line).toBe('F7-T7')
  })

  it('snaps both points to the nearest peaks, never both to one', async () => {
    patchPane({ cursor: 2 })
    toggleCaliper()
    await isRead()
    snapCaliper()
    expect(points()).toEqual([2.02, 3.01])
    await isRead()
    dragCaliper({ from: 2.6, to: 2.7 })
    await isRead()
    snapCaliper()
    expect(points()).toEqual([2.68, 3.01])
    answers.push(async () => ({ ...READING, peaks: [] }))
    dragCaliper({ from: 5, to: 5.1 })
    await expect.poll(() => caliper()?.reading).toMatchObject({ peaks: [] })
    snapCaliper()
    expect(lastNotice()).toMatch(/^No peak stands out/)
    expect(points()).toEqual([5, 5.1])
  })

  it('says why it reads nothing', async () => {
    answers.push(async () => null)
    toggleCaliper()
    await expect
      .poll(() => caliper()?.reading)
      .toMatchObject({ problem: expect.stringMatching(/not on this page/) })
    goTo(0)
    dragCaliper({ from: 0, to: 301 })
    expect(caliper()?.reading).toMatchObject({ problem: expect.stringMatching(/more than 5 minutes/) })
    expect(asked.caliper).toHaveLength(1)
  })
})

describe('what it read', () => {
  it('goes into the comment of the picked mark, with the filters it was read in', async () => {
    patchPane({ cursor: 2 })
    toggleCaliper()
    await isRead()
    caliperToComment()
    expect(lastNotice()).toMatch(/^Choose the mark/)
    addMarkOver({ start: 2, end: 4 }, 'spike_wave_3hz')
    caliperToComment()
    const line =
      'Fp1-F7: 1.00 s · 1.00 Hz · −214 µV · 3 negative peaks · mean 3.00 Hz (2.90 to 3.10) (0.5–70 Hz)'
    expect(setNow().document.marks[0]?.comment).toBe(line)
    caliperToComment()
    expect(setNow().document.marks[0]?.comment).toBe(`${line}\n${line}`)
  })
})
