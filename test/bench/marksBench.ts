/**
 * A set of 10,000 marks in real Chromium: what opening, saving, filtering, jumping, undoing and marking take, and the longest
 * standstill of the window's thread meanwhile; then the same with a second set of 10,000 beside it, as a lane and compared.
 * A trace tells time and CPU time of each task of that thread: what else the machine does is in the first alone.
 */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, CDPSession, Page } from 'playwright-core'
import type { AnnotationDocument, Mark } from '../../shared/annotation/document.ts'
import { serializeSet } from '../../shared/annotation/format.ts'
import { type Ticks, ticksFromSeconds } from '../../shared/units.ts'
import { openPage, startApp, waitForEeg } from '../support/app.ts'
import { writeLargeFile } from '../support/largeFile.ts'
import { describeFile } from './hostBench.ts'
import { manyMarks } from './manyMarks.ts'
import { makeRandom, type Row } from './table.ts'

const MARKS = 10_000
const FIRST = 'before.edf'
const FILE = 'marked.edf'
/** What opening takes anyhow. */
const FEW = 10
const FEW_FILE = 'few.edf'
/** What follows by itself is over then: a comparison waits until the hand has rested. */
const AFTERWARDS_MS = 1500

/** Of one task of the window's thread, in ms. */
type Task = { readonly wall: number; readonly cpu: number }

type TraceEvent = {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** us, as is `tdur`, the thread's CPU time. */
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

type Traced = { readonly took: number; readonly tasks: readonly Task[] }

/** The tasks of the window's thread during `work` and what follows it; `took`: until `work` saw what it waited for. */
async function trace(browser: Browser, work: () => Promise<unknown>): Promise<Traced> {
  const session = await browser.newBrowserCDPSession()
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'] },
  })
  const started = performance.now()
  await work()
  const took = performance.now() - started
  await new Promise((resolve) => setTimeout(resolve, AFTERWARDS_MS))
  await endTrace(session)
  const threads = events.filter(
    ({ name, ph, args }) => ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain',
  )
  const isOfWindow = ({ pid, tid }: TraceEvent) =>
    threads.some((thread) => thread.pid === pid && thread.tid === tid)
  const tasks = events.flatMap((event) =>
    event.name === 'RunTask' && event.ph === 'X' && isOfWindow(event)
      ? [{ wall: (event.dur ?? 0) / 1000, cpu: (event.tdur ?? 0) / 1000 }]
      : [],
  )
  return { took, tasks }
}

async function endTrace(session: CDPSession): Promise<void> {
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()))
  await session.send('Tracing.end')
  await complete
  await session.detach()
}

type Action = { readonly what: string; readonly work: (page: Page) => Promise<unknown> }

/** Asked in every frame: `waitFor` asks after 20, 70, 170, 270 and 770 ms, and sees nothing in between. */
const listed = (page: Page, count: number) =>
  page.waitForFunction(
    (all) =>
      document.querySelector(
        `[role="listbox"][aria-label="Marks"] [role="option"][aria-setsize="${all}"]`,
      ) !== null,
    count,
  )

const selected = (page: Page) => page.locator('[role="option"][aria-selected="true"]').first().waitFor()

async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let count = 0; count < times; count += 1) await page.keyboard.press(key)
}

async function drag(page: Page): Promise<void> {
  const box = await page.locator('.page-canvas').boundingBox()
  if (box === null) throw new Error('there is no page')
  const at = (share: number) => [box.x + share * box.width, box.y + 0.4 * box.height] as const
  await page.mouse.move(...at(0.3))
  await page.mouse.down()
  await page.mouse.move(...at(0.35), { steps: 3 })
  await page.mouse.move(...at(0.4), { steps: 3 })
  await page.mouse.up()
}

const saved = (page: Page) =>
  page.getByRole('banner').getByRole('status').getByText('Saved', { exact: true }).waitFor()

/** `all`: how many marks the list has. */
const withList = (all: number): readonly Action[] => [
  {
    what: 'filter: a word of the comments, typed',
    work: async (page) => {
      await page.getByRole('searchbox', { name: 'Words in the comment' }).click()
      await page.keyboard.type('word 77', { delay: 60 })
      await page.getByRole('option').filter({ hasText: 'word 77' }).first().waitFor()
    },
  },
  {
    what: 'filter: the word deleted again',
    work: async (page) => {
      await press(page, 'Backspace', 7)
      await listed(page, all)
    },
  },
  {
    what: 'filter: one kind hidden, and shown',
    work: async (page) => {
      const kind = page.getByRole('button', { name: /^Uncertain \d/ })
      await kind.click()
      await kind.click()
      await listed(page, all)
    },
  },
  {
    what: 'jump: to the end of the list',
    work: async (page) => {
      await page.getByRole('listbox', { name: 'Marks' }).press('End')
      await selected(page)
    },
  },
]

const ON_PAGE: readonly Action[] = [
  {
    what: 'jump: the mark before, five times',
    work: async (page) => {
      await page.locator('.page').focus()
      await press(page, ',', 5)
    },
  },
  { what: 'nudge by 10 ms, ten times', work: (page) => press(page, 'Alt+ArrowRight', 10) },
  {
    what: 'new mark',
    work: async (page) => {
      await press(page, 'Escape')
      await drag(page)
      await press(page, '1')
    },
  },
  { what: 'another kind', work: (page) => press(page, '2') },
  { what: 'undo', work: (page) => press(page, 'Control+z') },
  { what: 'redo', work: (page) => press(page, 'Control+Shift+z') },
  {
    what: 'save',
    work: async (page) => {
      await press(page, 'Control+s')
      await saved(page)
    },
  },
]

const figures = (page: Page) => page.getByRole('region', { name: 'Agreement', exact: true })

const COMPARED: readonly Action[] = [
  {
    what: 'compare: from the key to the figures',
    work: async (page) => {
      await press(page, 'Shift+R')
      await figures(page)
        .getByText(/ of \d+ of R-0/)
        .first()
        .waitFor()
    },
  },
  {
    what: 'compare: next disagreement, three times',
    work: async (page) => {
      await press(page, 'd', 3)
      await page.getByText(/^\d+ of \d+ disagreements/).waitFor()
    },
  },
  {
    what: 'compare: a rule changed',
    work: async (page) => {
      await figures(page).getByText('What counts as one event').click()
      const field = figures(page).getByRole('group').getByRole('textbox').first()
      await field.fill('0.31')
      await press(page, 'Enter')
      await page.locator('.page').focus()
    },
  },
]

export async function measureMarks(browser: Browser, folder: string): Promise<readonly Row[]> {
  const rows: Row[] = []
  const file = path.join(folder, FILE)
  const make = (place: string, hours: number) =>
    writeLargeFile(place, { hours, channels: 24, rate: 200, waves: true, format: 'EDF' })
  await make(path.join(folder, FIRST), 1)
  await make(file, 2)
  const set = withWords(manyMarks(await describeFile(file), FILE, MARKS))
  writeFileSync(file.replace(/\.edf$/, '.R-01.hypnospike.json'), serializeSet(set))
  const few = path.join(folder, FEW_FILE)
  await make(few, 1.5)
  const fewMarks = manyMarks(await describeFile(few), FEW_FILE, FEW)
  writeFileSync(few.replace(/\.edf$/, '.R-01.hypnospike.json'), serializeSet(fewMarks))
  const place = { folder, data: path.join(folder, 'data-marks'), remove: () => {} }
  const app = await startApp(place, path.join(folder, FIRST))
  try {
    const { page } = await openPage(browser, app.address)
    await waitForEeg(page)
    const run = async (where: string, { what, work }: Action) => {
      rows.push(row(`${where}${what}`, await trace(browser, () => work(page))))
    }
    await page.getByRole('button', { name: 'Understood' }).click()
    for (const [name, count] of [
      [FEW_FILE, FEW],
      [FILE, MARKS],
    ] as const) {
      await press(page, 'Control+o')
      const choice = page.getByRole('dialog').getByRole('button', { name }).first()
      await choice.waitFor()
      await run('', {
        what: `open: from the choice to the list of ${count}`,
        work: async () => {
          await choice.click()
          await listed(page, count)
        },
      })
    }
    for (const action of withList(MARKS)) await run('', action)
    for (const action of ON_PAGE) await run('', action)
    writeFileSync(file.replace(/\.edf$/, '.R-02.hypnospike.json'), serializeSet(otherReader(set)))
    await run('two sets, ', {
      what: 'the other as a lane',
      work: async () => {
        await page.evaluate(() => window.dispatchEvent(new Event('focus')))
        await page.getByRole('button', { name: 'R-02 as a lane' }).click()
        await listed(page, 2 * MARKS + 1)
      },
    })
    for (const action of withList(2 * MARKS + 1)) await run('two sets, ', action)
    for (const action of ON_PAGE) await run('two sets, ', action)
    for (const action of COMPARED) await run('two sets, ', action)
    for (const action of ON_PAGE) await run('two sets compared, ', action)
    await page.context().close()
  } finally {
    await app.kill()
  }
  return rows
}

function row(what: string, { took, tasks }: Traced): Row {
  const longest = tasks.reduce((most, task) => (task.cpu > most.cpu ? task : most), { wall: 0, cpu: 0 })
  const all = tasks.reduce((sum, { cpu }) => sum + cpu, 0)
  const slowest = Math.max(0, ...tasks.map(({ wall }) => wall))
  const ms = (value: number) => value.toFixed(0).padStart(4)
  return {
    what,
    measured: `${ms(took)} ms; CPU: longest task ${ms(longest.cpu)}, in all ${ms(all)} ms; longest standstill ${ms(slowest)} ms`,
    budget: '<= 50 ms of CPU',
  }
}

/** Every fourth has a comment. */
function withWords(set: AnnotationDocument): AnnotationDocument {
  const marks = set.marks.map((mark, index) =>
    index % 4 === 0 ? { ...mark, comment: `A comment with word ${index / 4} in it.` } : mark,
  )
  const [first, last] = [marks[0]!, marks.at(-1)!]
  const duration = (last.onset + last.duration - first.onset) as Ticks
  return { ...set, marks, reviewed: [{ id: 'all', onset: first.onset, duration }] }
}

/** Most marks are a little elsewhere, some of another kind, some missing, some more. */
function otherReader(set: AnnotationDocument): AnnotationDocument {
  const random = makeRandom(7)
  const marks = set.marks.map((mark, index): Mark => {
    const by = random() < 0.1 ? 0.45 : 0.1 * random()
    const onset = (mark.onset + ticksFromSeconds(by)) as Ticks
    const kind = random() < 0.05 ? 'uncertain' : mark.kind
    return { ...mark, id: `other-${index}`, kind, onset, author: 'R-02' }
  })
  return { ...set, reviewer: 'R-02', marks: marks.toSorted((a, b) => a.onset - b.onset) }
}
