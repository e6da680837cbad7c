/** The host without a window: opening, pages, reading all of a file. */
import { execFileSync, spawnSync } from 'node:child_process'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { startRecordingWorker } from '../../electron/host/recordingWorker.ts'
import type {
  CallInput,
  CallName,
  CallOutput,
  OpenedFile,
  ThreadNotice,
} from '../../electron/host/workerMessages.ts'
import type { ViewSettings } from '../../shared/signal/viewSettings.ts'
import { makeRandom, median, megabytes, milliseconds, type Row, seconds } from './table.ts'

export const DIST = path.resolve(import.meta.dirname, '../../dist')
/** Columns of a page 1600 pixels wide. */
export const COLUMNS = 1484
const RAW: ViewSettings = { montage: 'recorded', lowFrequency: null, highFrequency: null, notch: null }
export const FILTERED: ViewSettings = { ...RAW, lowFrequency: 1, highFrequency: 70 }

type BuiltWorker = {
  readonly ask: <Name extends CallName>(name: Name, input: CallInput<Name>) => Promise<CallOutput<Name>>
  /** Record times and annotations have been read. */
  readonly scanned: Promise<void>
  /** The overview of all samples has been made, too. */
  readonly overviewed: Promise<void>
  readonly close: () => Promise<unknown>
}

/** The built worker of a recording, asked as the host asks it. */
export function startWorker(): BuiltWorker {
  let end: () => void = () => {}
  const scanned = new Promise<void>((resolve) => {
    end = resolve
  })
  let complete: () => void = () => {}
  const overviewed = new Promise<void>((resolve) => {
    complete = resolve
  })
  const hear = (notice: ThreadNotice) => {
    if (notice.type === 'scan' && notice.done) end()
    // The last bin is the last to be filled, and noise is never 0.
    if (notice.type === 'activity' && (notice.activity.eeg.at(-1) ?? 0) > 0) complete()
  }
  const worker = startRecordingWorker({
    onNotice: hear,
    log: console.error,
    watchEveryMs: 2000,
    url: pathToFileURL(path.join(DIST, 'worker.js')),
  })
  return { ask: worker.ask, scanned, overviewed, close: worker.close }
}

/** What the host knows of a file: its header and fingerprint. */
export async function describeFile(file: string): Promise<OpenedFile> {
  const worker = startWorker()
  try {
    return await worker.ask('open', { path: file })
  } finally {
    await worker.close()
  }
}

/** From nothing to the samples of the first page, a new thread included. */
async function timeOpening(file: string): Promise<{ readonly ms: number; readonly opened: OpenedFile }> {
  const started = performance.now()
  const worker = startWorker()
  const opened = await worker.ask('open', { path: file })
  const { start } = opened.recording.timeline.span
  await worker.ask('page', { span: { start, end: start + 10 }, settings: FILTERED, columns: COLUMNS })
  const ms = performance.now() - started
  await worker.close()
  return { ms, opened }
}

/** `before`: pages that are not counted; those of one view are read twice as fast once V8 has compiled all that they need. */
async function timePages(
  worker: BuiltWorker,
  opened: OpenedFile,
  settings: ViewSettings,
  count: number,
  before = 10,
): Promise<number[]> {
  const { span } = opened.recording.timeline
  const random = makeRandom()
  const times: number[] = []
  for (let turn = 0; turn < before + count; turn += 1) {
    const start = span.start + Math.floor(random() * (span.end - span.start - 10))
    const asked = performance.now()
    await worker.ask('page', { span: { start, end: start + 10 }, settings, columns: COLUMNS })
    if (turn >= before) times.push(performance.now() - asked)
  }
  return times
}

/** Reads the file from end to end in large pieces and does nothing with it. */
async function timePlainRead(file: string): Promise<number> {
  const handle = await open(file)
  const buffer = new Uint8Array(4 * 1024 * 1024)
  const started = performance.now()
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, null)
    if (bytesRead === 0) break
  }
  const ms = performance.now() - started
  await handle.close()
  return ms
}

export async function measureHost(file: string, bytes: number): Promise<readonly Row[]> {
  const openings: number[] = []
  for (let count = 0; count < 5; count += 1) openings.push((await timeOpening(file)).ms)

  const worker = startWorker()
  const started = performance.now()
  const opened = await worker.ask('open', { path: file })
  await worker.scanned
  const scan = performance.now() - started
  const during = await timePages(worker, opened, FILTERED, 60)
  await worker.overviewed
  const rawAtFirst = await timePages(worker, opened, RAW, 100, 0)
  const raw = await timePages(worker, opened, RAW, 200, 300)
  const filtered = await timePages(worker, opened, FILTERED, 200)
  await worker.close()
  const mne = timeMne(file)

  const alone = startWorker()
  await alone.ask('open', { path: file })
  await alone.scanned
  const overviewStarted = performance.now()
  await alone.overviewed
  const overview = performance.now() - overviewStarted
  const checkStarted = performance.now()
  await alone.ask('check', {})
  const check = performance.now() - checkStarted
  const searchStarted = performance.now()
  await alone.ask('candidates', { bad: [] })
  const search = performance.now() - searchStarted
  await alone.close()
  const plain = await timePlainRead(file)
  const loop = await timePlainLoop(file)

  const rate = (ms: number) => `${Math.round(bytes / 1e3 / ms)} MB/s`
  const over = (ms: number, other: number) => `${(ms / other).toFixed(1)} x`
  const beside = (times: readonly number[]) =>
    mne === null ? milliseconds(times) : `${milliseconds(times)}, ${over(median(times), median(mne))} MNE`
  return [
    { what: 'open to the first page', measured: seconds(median(openings) / 1000), budget: '<= 0.1 s' },
    {
      what: '10 s page read by MNE-Python, no filters',
      measured: mne === null ? 'skipped: python3-mne is not installed' : milliseconds(mne),
    },
    { what: '10 s page, all channels, no filters', measured: beside(raw), budget: '<= 1.0 x MNE' },
    { what: '  the first 100 without filters', measured: milliseconds(rawAtFirst) },
    { what: '10 s page, all channels, 1-70 Hz', measured: beside(filtered) },
    {
      what: '  while the overview is being made',
      measured: `${milliseconds(during)}, ${over(median(during), median(filtered))} as without`,
    },
    {
      what: 'all record times and annotations',
      measured: `${seconds(scan / 1000)}, ${over(scan, plain)} the plain read`,
    },
    {
      what: 'the file read end to end, nothing done with it',
      measured: `${seconds(plain / 1000)}, ${rate(plain)}`,
    },
    { what: '  the largest and smallest of its samples, by a plain loop', measured: seconds(loop / 1000) },
    {
      what: 'overview of all samples, in the background',
      measured: `${seconds(overview / 1000)}, ${rate(overview)}, ${over(overview, loop)} the plain loop`,
      budget: '<= 2 s',
    },
    {
      what: 'check of the whole file',
      measured: `${seconds(check / 1000)}, ${over(check, loop)} the plain loop`,
    },
    { what: 'search for candidates in all of it', measured: seconds(search / 1000), budget: '<= 60 s' },
  ]
}

/** What a loop over all 16-bit words costs that does next to nothing with each, reading included. */
async function timePlainLoop(file: string): Promise<number> {
  const handle = await open(file)
  const buffer = new Uint8Array(4 * 1024 * 1024)
  const words = new Int16Array(buffer.buffer)
  const started = performance.now()
  let low = 0
  let high = 0
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, null)
    if (bytesRead === 0) break
    for (let i = 0; i < bytesRead >> 1; i++) {
      const word = words[i]!
      if (word < low) low = word
      if (word > high) high = word
    }
  }
  const ms = performance.now() - started
  await handle.close()
  if (high <= low) throw new Error('the recording has no samples')
  return ms
}

/** Milliseconds of each of 200 pages as MNE-Python reads them; null where it is not installed. */
function timeMne(file: string): readonly number[] | null {
  const isThere = (python: string) => spawnSync(python, ['-c', '__import__("mne")']).status === 0
  // A virtual environment's own Python may come first and lack what the system's has.
  const python = ['python3', '/usr/bin/python3'].find(isThere)
  if (python === undefined) return null
  const script = fileURLToPath(new URL('./mnePages.py', import.meta.url))
  return JSON.parse(execFileSync(python, [script, file], { encoding: 'utf8' })) as number[]
}

export async function measureGaps(file: string, gaps: number): Promise<readonly Row[]> {
  const openings: number[] = []
  let found = 0
  for (let count = 0; count < 3; count += 1) {
    const { ms, opened } = await timeOpening(file)
    openings.push(ms)
    found = opened.recording.timeline.gaps.length
  }
  return [
    {
      what: `EDF+D of 24 h with ${gaps} gaps, open to the first page`,
      measured: `${seconds(median(openings) / 1000)} (${found} gaps known)`,
    },
  ]
}

/** A smaller file, decoded whole by edfdecoder alone, beside ours. */
export async function measureWholeFile(file: string): Promise<readonly Row[]> {
  const script = fileURLToPath(new URL('./wholeFile.ts', import.meta.url))
  const output = execFileSync(process.execPath, [script, file], { encoding: 'utf8' })
  const whole = JSON.parse(output) as {
    isDecoded: boolean
    milliseconds: number
    bytes: number
    resident: number
  }
  const ours = await timeOpening(file)
  return [
    {
      what: `1 h of it (${megabytes(whole.bytes)}) decoded whole by edfdecoder`,
      measured: `${seconds(whole.milliseconds / 1000)}, ${megabytes(whole.resident)}${whole.isDecoded ? '' : ' (failed)'}`,
    },
    { what: '  the same opened here to the first page', measured: seconds(ours.ms / 1000) },
  ]
}
