/**
 * Real windows, ours and EDFbrowser's, on the same files: from a key to settled pixels, read from the screen in one
 * way for both. Their turns alternate, so that whatever else the machine does meets both. Ratios of one run count.
 */
import { mkdirSync } from 'node:fs'
import { link, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { OpenedFile } from '../../electron/host/workerMessages.ts'
import { serializeSet } from '../../shared/annotation/format.ts'
import { writeLargeFile } from '../support/largeFile.ts'
import { manyMarks } from './browserBench.ts'
import {
  HEIGHT,
  missingPrograms,
  type OpenWindow,
  openEdfbrowser,
  openOurs,
  timeEmptyChromium,
  WIDTH,
} from './programs.ts'
import { makeRandom, milliseconds, type Row, ratio, seconds } from './table.ts'
import type { VirtualScreen } from './virtualScreen.ts'

const TURNS = 60
const JUMPS = 20
/** Between a settled page and the next key: people read, too. */
const PAUSE_MS = 80
const MARKS = 10_000
/** Of the strip of the whole recording, in our window: from its left, from its right, and from the foot. */
const STRIP = { left: 130, right: 60, bottom: 66 }

/** 57 electrodes of the 10-10 system, eyes, muscles and heart: 64 channels of every kind. */
const DENSE_LABELS = [
  ...[
    'Fp1',
    'Fpz',
    'Fp2',
    'AF7',
    'AF3',
    'AFz',
    'AF4',
    'AF8',
    'F7',
    'F5',
    'F3',
    'F1',
    'Fz',
    'F2',
    'F4',
    'F6',
    'F8',
  ],
  ...[
    'FT7',
    'FC5',
    'FC3',
    'FC1',
    'FC2',
    'FC4',
    'FC6',
    'FT8',
    'T7',
    'C5',
    'C3',
    'C1',
    'Cz',
    'C2',
    'C4',
    'C6',
    'T8',
  ],
  ...[
    'TP7',
    'CP5',
    'CP3',
    'CP1',
    'CPz',
    'CP2',
    'CP4',
    'CP6',
    'TP8',
    'P7',
    'P5',
    'P3',
    'P1',
    'Pz',
    'P2',
    'P4',
    'P6',
  ],
  ...['P8', 'PO7', 'POz', 'PO8', 'O1', 'O2'],
]
  .map((site) => `EEG ${site}-Ref`)
  .concat('EOG left', 'EOG right', 'EMG Chin', 'EMG Neck', 'EMG LAT', 'EMG RAT', 'ECG')

/** What is done to a window again and again. */
type Timed = { readonly window: OpenWindow; readonly act: (screen: VirtualScreen) => void }

const turn: Timed['act'] = (screen) => screen.press('pageDown')

/** `day`: 32 channels of 256 Hz. */
export async function measureWindows(
  folder: string,
  day: string,
  opened: OpenedFile,
): Promise<readonly Row[]> {
  const missing = missingPrograms()
  if (missing.length > 0) {
    return [{ what: 'real windows, beside EDFbrowser', measured: `skipped: no ${missing.join(', ')} here` }]
  }
  const room = (name: string) => {
    const made = path.join(folder, `window-${name}`)
    mkdirSync(made, { recursive: true })
    return made
  }
  const rows: Row[] = []
  const reading = { channels: 32, timebase: 10 }
  const empty = await timeEmptyChromium(room('empty'))

  const theirs = await openEdfbrowser({ folder: room('theirs'), file: day, ...reading })
  const plain = await openOurs({ folder: room('plain'), file: day, ...reading })
  rows.push(
    {
      what: 'real window: from the command to the first page',
      measured: `${seconds(plain.startMs / 1000)}, ${seconds((plain.startMs - empty) / 1000)} more than an empty Chromium`,
      budget: '<= 0.7 s more',
    },
    { what: '  EDFbrowser', measured: seconds(theirs.startMs / 1000) },
  )
  const marked = path.join(room('marked'), 'day.edf')
  await link(day, marked)
  const set = manyMarks(opened, 'day.edf', MARKS)
  await writeFile(marked.replace(/\.edf$/, '.R-01.hypnospike.json'), serializeSet(set))
  const withMarks = await openOurs({ folder: room('marked'), file: marked, ...reading })
  try {
    const [their = [], our = [], ourMarked = []] = await timeTogether(
      [theirs, plain, withMarks].map((window) => ({ window, act: turn })),
      TURNS,
    )
    const random = makeRandom(3)
    const jump: Timed['act'] = (screen) =>
      screen.click(
        Math.round(STRIP.left + random() * (WIDTH - STRIP.left - STRIP.right)),
        HEIGHT - STRIP.bottom,
      )
    const [theirTurns = [], jumps = []] = await timeTogether(
      [
        { window: theirs, act: turn },
        { window: plain, act: jump },
      ],
      JUMPS,
    )
    rows.push(
      { what: `real window: page turn, key to settled pixels, ${TURNS} turns`, measured: milliseconds(our) },
      { what: '  EDFbrowser, the same pages and filters', measured: milliseconds(their) },
      { what: '  ratio', measured: ratio(our, their), budget: '<= 1.0' },
      {
        what: `real window: page turn with ${MARKS} marks`,
        measured: `${milliseconds(ourMarked)}, ${ratio(ourMarked, our)} x without`,
        budget: '<= 1.1 x',
      },
      {
        what: 'real window: jump to a page not fetched ahead',
        measured: `${milliseconds(jumps)}, ${ratio(jumps, theirTurns)} x EDFbrowser's turn`,
        budget: '<= 2 x',
      },
    )
  } finally {
    await Promise.all([theirs, plain, withMarks].map((window) => window.close()))
    await rm(marked)
  }

  const dense = path.join(folder, 'dense.edf')
  await writeLargeFile(dense, {
    format: 'EDF',
    hours: 0.5,
    channels: DENSE_LABELS.length,
    labels: DENSE_LABELS,
    rate: 512,
    waves: true,
  })
  const denseReading = { file: dense, channels: DENSE_LABELS.length, timebase: 20 }
  const theirDense = await openEdfbrowser({ folder: room('their-dense'), ...denseReading })
  const ourDense = await openOurs({ folder: room('our-dense'), ...denseReading })
  const ourFull = await openOurs({ folder: room('our-full'), ...denseReading, keys: ['f8', 'backslash'] })
  try {
    const [their = [], our = [], full = []] = await timeTogether(
      [theirDense, ourDense, ourFull].map((window) => ({ window, act: turn })),
      TURNS / 2,
    )
    rows.push(
      { what: 'real window: page turn, 64 channels of 512 Hz, 20 s', measured: milliseconds(our) },
      { what: '  EDFbrowser', measured: milliseconds(their) },
      { what: '  ratio', measured: ratio(our, their), budget: '<= 1.0' },
      {
        what: '  Laplacian, filters by kind, two pages side by side',
        measured: `${milliseconds(full)}, ${ratio(full, their)} x EDFbrowser's one page as recorded`,
        budget: '<= 1.0 x',
      },
    )
  } finally {
    await Promise.all([theirDense, ourDense, ourFull].map((window) => window.close()))
  }
  return rows
}

/** From each act to the last change of a pixel, window by window. */
async function timeTogether(timed: readonly Timed[], times: number): Promise<readonly (readonly number[])[]> {
  const found = timed.map((): number[] => [])
  for (let count = 0; count < times; count += 1) {
    for (const [index, { window, act }] of timed.entries()) {
      const { last } = await window.screen.timeUntilStill(() => act(window.screen))
      if (Number.isNaN(last)) throw new Error('a window did not turn its page')
      found[index]!.push(last)
      await setTimeout(PAUSE_MS)
    }
  }
  return found
}
