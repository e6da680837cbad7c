/** The page as drawn, checked against the samples that it shows. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { HEAD } from '../../renderer/page/layout.ts'
import { annotationSignal, edfBytes } from '../support/edfBytes.ts'
import { baselineOf, readInk } from '../support/ink.ts'
import { chooseView, expectPage, expectView, press } from '../support/reader.ts'
import { openSession, placeForTest, sharedChromium } from '../support/session.ts'

const RATE = 256
/** Of an uncalibrated display: CSS defines 96 px to the inch. */
const PIXELS_PER_MM = 96 / 25.4
const SENSITIVITIES = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200]
const TIMEBASES = [1, 2, 3, 5, 10, 15, 20, 30, 60]
const TEN_TWENTY = [
  'Fp1', 'Fp2', 'F7', 'F3', 'Fz', 'F4', 'F8', 'T3', 'C3', 'Cz', 'C4', 'T4', 'T5', 'P3', 'Pz', 'P4', 'T6', 'O1', 'O2',
] // biome-ignore format: the electrodes in their rows

const chromium = sharedChromium()

type Wave = (time: number) => number

/** 1 s records at 256 Hz, one digital step 0.1 uV. */
function recordingOf(
  signals: Readonly<Record<string, Wave>>,
  seconds: number,
  options: { readonly onsets?: (record: number) => number } = {},
): Uint8Array {
  const { onsets } = options
  return edfBytes({
    reserved: onsets === undefined ? '' : 'EDF+D',
    recordCount: seconds,
    signals: [
      ...Object.entries(signals).map(([label, wave]) => ({
        label,
        samplesPerRecord: String(RATE),
        record: (record: number) =>
          Array.from({ length: RATE }, (_, k) => {
            const digital = Math.round(10 * wave((onsets?.(record) ?? record) + k / RATE))
            return Math.min(32767, Math.max(-32768, digital))
          }),
      })),
      ...(onsets === undefined ? [] : [annotationSignal((record) => `+${onsets(record)}||_`)]),
    ],
  })
}

/** Opens a recording as recorded and without filters. */
async function openUnfiltered(bytes: Uint8Array, options: BrowserContextOptions = {}): Promise<Page> {
  const place = placeForTest([])
  writeFileSync(path.join(place.folder, 'calibration.edf'), bytes)
  const { page } = await openSession(chromium(), place, 'calibration.edf', options)
  await press(page, 'F1')
  await chooseView(page, 'LFF', 'off')
  await chooseView(page, 'HFF', 'off')
  return page
}

/** From one half second to the next 50 uV down and 50 uV up: 100 uV from edge to edge, changing at x.5 and x.0. */
const square: Wave = (time) => (time % 1 < 0.5 ? 50 : -50)

/** One sample of -200 uV every 4 s, the first at 2 s. */
const spikes: Wave = (time) => (Math.round(time * RATE) % (4 * RATE) === 2 * RATE ? -200 : 0)

describe('heights', () => {
  it.each([1, 2])(
    'draws 100 uV to the right height at every sensitivity, %i device pixels a pixel',
    async (ratio) => {
      const page = await openUnfiltered(recordingOf({ 'EEG Fp1-Ref': square }, 20), {
        deviceScaleFactor: ratio,
      })
      await chooseView(page, 'Sensitivity', '1 µV/mm')
      for (const sensitivity of SENSITIVITIES) {
        await expectView(page, 'Sensitivity', `${sensitivity} µV/mm`)
        const expected = (100 / sensitivity) * PIXELS_PER_MM
        await expect
          .poll(async () => {
            const ink = await readInk(page)
            return Math.abs(ink.at(3.25)!.middle - ink.at(3.75)!.middle - expected)
          })
          .toBeLessThanOrEqual(1)
        await press(page, 'ArrowDown')
      }
    },
  )

  it('draws negative upward: as recorded, and in a bipolar montage the more negative first input', async () => {
    const dip: Wave = (time) => (time >= 4 && time < 5 ? -100 : 0)
    const signals = Object.fromEntries(
      TEN_TWENTY.map((name) => [`EEG ${name}-Ref`, name === 'F7' ? dip : () => 0]),
    )
    const page = await openUnfiltered(recordingOf(signals, 20))
    await chooseView(page, 'Sensitivity', '30 µV/mm')
    const height = (100 / 30) * PIXELS_PER_MM
    const upAt = async (channel: string) => {
      const baseline = await baselineOf(page, channel)
      const ink = await readInk(page, { from: baseline - 15, to: baseline + 15 })
      return ink.at(3)!.middle - ink.at(4.5)!.middle
    }
    await expect.poll(() => upAt('F7')).toBeCloseTo(height, 0)
    await press(page, 'F2')
    await expect.poll(() => upAt('Fp1-F7')).toBeCloseTo(-height, 0)
    expect(await upAt('F7-T7')).toBeCloseTo(height, 0)
    expect(await upAt('Fp2-F8')).toBeCloseTo(0, 1)
    await press(page, 'F3')
    // The mean of 19 electrodes takes one nineteenth away from F7 and adds it to all others.
    await expect.poll(() => upAt('F7')).toBeCloseTo((height * 18) / 19, 0)
    expect(await upAt('F8')).toBeCloseTo(-height / 19, 0)
  })

  it('follows a ramp in every column', async () => {
    const ramp: Wave = (time) => 40 * (time % 10) - 200
    const page = await openUnfiltered(recordingOf({ 'EEG Cz-Ref': ramp }, 20))
    await expectPage(page, 0, 10)
    const baseline = await baselineOf(page, 'Cz')
    await expect
      .poll(async () => {
        const ink = await readInk(page)
        const misses = ink.columns.flatMap((column, index) => {
          const x = (index + 0.5) / ink.ratio
          if (x < 2 || x > ink.width - 2) return []
          const expected = baseline + (ramp(ink.timeOf(x)) / 7) * PIXELS_PER_MM
          return column !== null && Math.abs(column.middle - expected) <= 1 ? [] : [x]
        })
        return misses
      })
      .toEqual([])
  })
})

describe('times', () => {
  it.each([1, 2])('draws an edge where it was recorded, %i device pixels a pixel', async (ratio) => {
    // Edges between a sample and the next: the later one is the first of the new level.
    const edges = [0.5, 3, 4.75, 9.25]
    const steps: Wave = (time) => (edges.filter((edge) => time >= edge - 1e-9).length % 2 === 1 ? -100 : 0)
    const page = await openUnfiltered(recordingOf({ 'EEG Fp1-Ref': steps }, 60), { deviceScaleFactor: ratio })
    // On shorter pages the line from one sample to the next is seen to slope.
    for (const timebase of TIMEBASES.filter((seconds) => seconds >= 5)) {
      await chooseView(page, 'Time', `${timebase} s`)
      await expectPage(page, 0, timebase)
      const ink = await readInk(page)
      const tall = ink.columns.flatMap((column, index) =>
        column !== null && column.bottom - column.top > 25 ? [(index + 0.5) / ink.ratio] : [],
      )
      const shown = edges.filter((edge) => edge < timebase)
      for (const edge of shown) {
        const nearest = Math.min(...tall.map((x) => Math.abs(x - ink.xOf(edge))))
        expect(nearest, `${edge} s at ${timebase} s a page`).toBeLessThanOrEqual(1)
      }
      // Nothing else stands up: every tall column is at an edge.
      const strays = tall.filter((x) => shown.every((edge) => Math.abs(x - ink.xOf(edge)) > 2))
      expect(strays).toEqual([])
    }
  })

  it.each([1, 2])(
    'shows a spike of one sample at every timebase, %i device pixels a pixel',
    async (ratio) => {
      const page = await openUnfiltered(recordingOf({ 'EEG Fp1-Ref': spikes }, 60), {
        deviceScaleFactor: ratio,
      })
      await chooseView(page, 'Sensitivity', '10 µV/mm')
      const height = (200 / 10) * PIXELS_PER_MM
      for (const timebase of TIMEBASES) {
        await chooseView(page, 'Time', `${timebase} s`)
        await expectPage(page, 0, timebase)
        const ink = await readInk(page)
        const baseline = ink.at(0.5)!.middle
        const spikeTimes = Array.from({ length: 15 }, (_, k) => 2 + 4 * k).filter((time) => time < timebase)
        for (const time of spikeTimes) {
          const near = ink.columns.filter(
            (_, index) => Math.abs((index + 0.5) / ink.ratio - ink.xOf(time)) <= 1.5,
          )
          const top = Math.min(...near.map((column) => column?.top ?? Number.POSITIVE_INFINITY))
          // Half a stroke lies beyond the value itself, and ink begins at a whole pixel.
          expect(baseline - top - height, `${time} s at ${timebase} s a page`).toBeGreaterThan(-0.5)
          expect(baseline - top - height, `${time} s at ${timebase} s a page`).toBeLessThan(1.6)
          // Not only there, but to be seen: a good part of a full stroke.
          const upper = await readInk(page, { from: top, to: top + height / 2 })
          const strongest = Math.max(
            ...upper.columns.map((column, index) =>
              Math.abs((index + 0.5) / ink.ratio - ink.xOf(time)) <= 1.5 ? (column?.strongest ?? 0) : 0,
            ),
          )
          expect(strongest).toBeGreaterThan(0.45)
        }
        // And no other column is taller than the line of zeros; the line to a spike just after the page is one.
        const others = ink.columns.filter((column, index) => {
          const x = (index + 0.5) / ink.ratio
          return (
            column !== null &&
            baseline - column.top > 3 &&
            [...spikeTimes, timebase].every((time) => Math.abs(x - ink.xOf(time)) > 3)
          )
        })
        expect(others).toEqual([])
      }
    },
  )
})

describe('a page that was drawn ahead', () => {
  it.each([1, 2])(
    'is the same to the pixel as one drawn at once, %i device pixels a pixel',
    async (ratio) => {
      const waves: Wave = (time) => 40 * Math.sin(2 * Math.PI * 7.3 * time) + (time % 4 < 1 / RATE ? 3000 : 0)
      const page = await openUnfiltered(recordingOf({ 'EEG Fp1-Ref': waves, 'EEG Fp2-Ref': square }, 40), {
        deviceScaleFactor: ratio,
      })
      // The one that draws ahead is there: the policy of the page allows it.
      await expect.poll(() => page.workers().length).toBe(1)
      await press(page, 'PageDown')
      await press(page, 'PageDown')
      await expectPage(page, 20, 30)
      const waited = await readInk(page)
      expect(waited.columns.filter((column) => column !== null).length).toBeGreaterThan(1000)
      await press(page, 'ArrowUp')
      await expectView(page, 'Sensitivity', '5 µV/mm')
      expect((await readInk(page)).columns).not.toEqual(waited.columns)
      await press(page, 'ArrowDown')
      await expectView(page, 'Sensitivity', '7 µV/mm')
      expect((await readInk(page)).columns).toEqual(waited.columns)
      await press(page, 'PageUp')
      await expectPage(page, 10, 20)
      expect((await readInk(page)).columns).not.toEqual(waited.columns)
    },
  )
})

describe('what is no signal', () => {
  it('leaves no ink in a gap, at any timebase', async () => {
    // Records follow each other but for 4 s after the tenth and 1 s after the twelfth.
    const onsets = (record: number) => record + (record >= 10 ? 4 : 0) + (record >= 12 ? 1 : 0)
    const page = await openUnfiltered(recordingOf({ 'EEG Fp1-Ref': square }, 60, { onsets }))
    for (const timebase of TIMEBASES.slice(2)) {
      await chooseView(page, 'Time', `${timebase} s`)
      await press(page, 'Home')
      await expectPage(page, 0, timebase)
      const ink = await readInk(page)
      const inked = (time: number) => ink.at(time) !== null
      const pixel = ink.timeOf(1) - ink.timeOf(0)
      expect([inked(9.9), inked(14.1)]).toEqual([true, true])
      for (const gap of [
        { start: 10, end: 14 },
        { start: 16, end: 17 },
      ]) {
        const inside = ink.columns.flatMap((column, index) => {
          const time = ink.timeOf((index + 0.5) / ink.ratio)
          return column !== null && time > gap.start + 1.5 * pixel && time < gap.end - 1.5 * pixel
            ? [time]
            : []
        })
        expect(inside, `the gap from ${gap.start} s at ${timebase} s a page`).toEqual([])
      }
    }
  })

  it('shows where the amplifier was at its limit, and only there', async () => {
    const clipped: Wave = (time) => (time >= 6 && time < 7 ? 1e6 : 0)
    const page = await openUnfiltered(recordingOf({ 'EEG Fp1-Ref': clipped, 'EEG Fp2-Ref': () => 0 }, 20))
    await chooseView(page, 'Sensitivity', '200 µV/mm')
    const warned = async (channel: string) => {
      const baseline = await baselineOf(page, channel)
      const ink = await readInk(page, { from: baseline - 20, to: baseline + 20, of: 'warnings' })
      const times = ink.columns.flatMap((column, index) =>
        column === null ? [] : [ink.timeOf(index / ink.ratio)],
      )
      return times.length === 0 ? null : [Math.min(...times), Math.max(...times)]
    }
    await expect.poll(() => warned('Fp1')).toEqual([expect.closeTo(6, 1), expect.closeTo(7, 1)])
    expect(await warned('Fp2')).toBeNull()
  })

  it('says at the edge of the page where a trace leaves it', async () => {
    const page = await openUnfiltered(recordingOf({ 'EEG Fp1-Ref': spikes }, 20))
    expect((await readInk(page, { of: 'warnings' })).columns.filter((column) => column !== null)).toEqual([])
    await chooseView(page, 'Sensitivity', '1 µV/mm')
    // The page without filters may still be on its way.
    await expect
      .poll(async () => {
        const ink = await readInk(page, { of: 'warnings' })
        return [2, 4, 6, 8].map((time) => ink.at(time)?.top ?? null)
      })
      .toEqual([-HEAD, null, -HEAD, null])
  })
})
