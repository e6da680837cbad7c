/**
 * Real windows, ours and EDFbrowser's, on the same files: from a key to settled pixels, read from the screen in one
 * way for both. Their turns alternate, so that whatever else the machine does meets both. Ratios of one run count.
 */
import { mkdirSync } from 'node:fs'
import { link, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { serializeSet } from '../../shared/annotation/format.ts'
import type { Seconds } from '../../shared/units.ts'
import { DENSE_CHANNELS } from './denseFile.ts'
import { describeFile } from './hostBench.ts'
import { manyMarks } from './manyMarks.ts'
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
const DAY: Seconds = 86_400
/** Of the strip of the whole recording, in our window: from its left, from its right, and from the foot. */
const STRIP = { left: 130, right: 60, bottom: 66 }

/** What is done to a window again and again. */
type Timed = { readonly window: OpenWindow; readonly act: (screen: VirtualScreen) => void }

const turn: Timed['act'] = (screen) => screen.press('pageDown')

/** Anywhere in the strip of the whole recording: the same places at every run. */
function jumping(): Timed['act'] {
  const random = makeRandom(3)
  return (screen) =>
    screen.click(
      Math.round(STRIP.left + random() * (WIDTH - STRIP.left - STRIP.right)),
      HEIGHT - STRIP.bottom,
    )
}

/** `day`: 32 channels of 256 Hz; `dense`: what `denseFile.ts` writes. */
export async function measureWindows(
  folder: string,
  { day, dense }: { readonly day: string; readonly dense: string },
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
  return [...(await measureDay(room, day)), ...(await measureDense(room, dense))]
}

/** A folder of this name for one window. */
type Room = (name: string) => string

async function measureDay(room: Room, day: string): Promise<readonly Row[]> {
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
  const marked = await withManyMarks(room('marked'), day)
  const withMarks = await openOurs({ folder: room('marked'), file: marked, ...reading })
  try {
    const [their = [], our = [], ourMarked = []] = await timeTogether(
      [theirs, plain, withMarks].map((window) => ({ window, act: turn })),
      TURNS,
    )
    const [theirTurns = [], jumps = []] = await timeTogether(
      [
        { window: theirs, act: turn },
        { window: plain, act: jumping() },
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
  return rows
}

/** With all of it on: the Laplacian, filters by kind, two pages side by side; and 10,000 marks besides. */
async function measureDense(room: Room, dense: string): Promise<readonly Row[]> {
  const reading = { channels: DENSE_CHANNELS, timebase: 20 }
  const all = { ...reading, keys: ['f8', 'backslash'] } as const
  const theirs = await openEdfbrowser({ folder: room('their-dense'), file: dense, ...reading })
  const plain = await openOurs({ folder: room('our-dense'), file: dense, ...reading })
  const full = await openOurs({ folder: room('our-full'), file: dense, ...all })
  const marked = await withManyMarks(room('full-marked'), dense)
  const fullMarked = await openOurs({ folder: room('full-marked'), file: marked, ...all })
  const windows = [theirs, plain, full, fullMarked]
  try {
    const [their = [], our = [], ourFull = [], ourMarked = []] = await timeTogether(
      windows.map((window) => ({ window, act: turn })),
      TURNS / 2,
    )
    const [theirTurns = [], jumps = []] = await timeTogether(
      [
        { window: theirs, act: turn },
        { window: full, act: jumping() },
      ],
      JUMPS,
    )
    return [
      { what: 'real window: page turn, 64 channels of 512 Hz, 20 s', measured: milliseconds(our) },
      { what: '  EDFbrowser', measured: milliseconds(their) },
      { what: '  ratio', measured: ratio(our, their), budget: '<= 1.0' },
      {
        what: '  with Laplacian, filters by kind, two pages side by side',
        measured: `${milliseconds(ourFull)}, ${ratio(ourFull, their)} x EDFbrowser's one page as recorded`,
        budget: '<= 1.0 x',
      },
      {
        what: `  with all that and ${MARKS} marks`,
        measured: `${milliseconds(ourMarked)}, ${ratio(ourMarked, ourFull)} x without, ${ratio(ourMarked, their)} x EDFbrowser's`,
        budget: '<= 1.1 x',
      },
      {
        what: '  with all that: jump to a page not fetched ahead',
        measured: `${milliseconds(jumps)}, ${ratio(jumps, theirTurns)} x EDFbrowser's turn`,
        budget: '<= 2 x',
      },
    ]
  } finally {
    await Promise.all(windows.map((window) => window.close()))
    await rm(marked)
  }
}

/** The same recording in another folder, with a set of 10,000 marks beside it, as many on a page as in a day; the caller removes it. */
async function withManyMarks(folder: string, recording: string): Promise<string> {
  const name = path.basename(recording)
  const marked = path.join(folder, name)
  await link(recording, marked)
  const set = manyMarks(await describeFile(recording), name, MARKS, DAY / MARKS)
  await writeFile(marked.replace(/\.edf$/, '.R-01.hypnospike.json'), serializeSet(set))
  return marked
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
