/**
 * The thread of one open recording: it holds the file, answers pages, and reads the record times and
 * annotations in the background. For the reader: `answer` is the list of what it does.
 */
import { setImmediate, setTimeout } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { Activity } from '../../shared/contract/model.ts'
import { checkRecording } from '../../shared/edf/check.ts'
import { fingerprint } from '../../shared/edf/fingerprint.ts'
import type { FileAnnotation, Recording } from '../../shared/edf/model.ts'
import { openRecording, readSpan, scanRecording } from '../../shared/edf/recording.ts'
import { displayText } from '../../shared/edf/text.ts'
import { ReviewError, toFailure } from '../../shared/failure.ts'
import { computeMeasures, planMeasure, type SpanMeasures } from '../../shared/signal/measure.ts'
import type { Page } from '../../shared/signal/model.ts'
import {
  addToOverview,
  type OverviewState,
  planOverview,
  readOverview,
  startOverview,
} from '../../shared/signal/overview.ts'
import { computePage, planView } from '../../shared/signal/view.ts'
import { type FileSource, openFile } from './fileSource.ts'
import type {
  OpenedFile,
  WorkerMessage,
  WorkerNotice,
  WorkerProcedures,
  WorkerRequest,
  WorkerSettings,
} from './workerMessages.ts'

const ACTIVITY_BINS = 1500
const ACTIVITY_EVERY_MS = 500

type Open = {
  readonly source: FileSource
  recording: Recording
  annotations: readonly FileAnnotation[]
  annotationsComplete: boolean
  activity: Activity | null
}

let current: Open | null = null

const port = parentPort
if (port === null) throw new Error('worker.ts runs as a worker thread')

const { watchEveryMs } = workerData as WorkerSettings

/** Requests under way: the background reading waits for them. */
let asked = 0

port.on('message', async (request: WorkerRequest) => {
  asked += 1
  try {
    const { value, transfer } = await answer(request)
    post({ type: 'reply', id: request.id, value }, transfer)
  } catch (thrown) {
    const cause = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    post({ type: 'failure', id: request.id, failure: toFailure(thrown), cause })
  } finally {
    asked -= 1
  }
})

async function answer(
  request: WorkerRequest,
): Promise<{ value: unknown; transfer?: readonly ArrayBuffer[] }> {
  switch (request.name) {
    case 'open':
      return { value: await open(request.input.path) }
    case 'page': {
      const page = await readPage(request.input)
      return { value: page, transfer: buffersOf(page) }
    }
    case 'measure':
      return { value: await measure(request.input) }
    case 'scanned': {
      const { annotations, annotationsComplete: complete, recording, activity } = opened()
      return { value: { complete, annotations, recording, activity } }
    }
    case 'check':
      return { value: await checkRecording(opened().source) }
    case 'fingerprint': {
      const { source, recording } = opened()
      return { value: await fingerprint(source, recording, request.input.records) }
    }
  }
}

async function open(path: string): Promise<OpenedFile> {
  const source = await openFile(path)
  const recording = await openRecording(source, { timeline: 'quick' })
  const { patient, recording: recordingField } = recording.header
  // Identification stays here until the reader asks to see it.
  const shown: Recording = { ...recording, header: { ...recording.header, patient: '', recording: '' } }
  current = { source, recording: shown, annotations: [], annotationsComplete: false, activity: null }
  const mark = await fingerprint(source, shown)
  void readInBackground(current)
  watch(current)
  return {
    recording: shown,
    identification: { patient, recording: recordingField },
    fingerprint: mark,
    bytes: source.byteLength,
  }
}

async function readPage(input: WorkerProcedures['page']['input']): Promise<Page> {
  const { source, recording } = opened()
  const plan = planView(recording, input.settings, input.span)
  const samples = await readSpan(source, recording, plan.signals, plan.readSpan)
  return computePage(plan, samples, { span: input.span, columns: input.columns })
}

async function measure(input: WorkerProcedures['measure']['input']): Promise<SpanMeasures> {
  const { source, recording } = opened()
  const plan = planMeasure(recording, input.settings, input.span)
  return computeMeasures(plan, await readSpan(source, recording, plan.signals, plan.readSpan))
}

/** Record times and annotations first, then the strip's picture of the whole recording. */
async function readInBackground(open: Open): Promise<void> {
  await scan(open)
  try {
    await readActivity(open)
  } catch (thrown) {
    // A strip without its picture is no failure; a file that went away is said by the watcher.
    if (!(thrown instanceof ReviewError)) throw thrown
  }
}

async function readActivity(open: Open): Promise<void> {
  const plan = planOverview(open.recording, ACTIVITY_BINS)
  const state = startOverview(plan)
  let told = performance.now()
  for (const block of plan.blocks) {
    addToOverview(state, await readSpan(open.source, open.recording, plan.signals, block))
    await giveWay()
    if (performance.now() - told > ACTIVITY_EVERY_MS) {
      told = performance.now()
      tellActivity(open, state)
    }
  }
  tellActivity(open, state)
}

/** A page that was asked for meanwhile goes first, also while it waits for its bytes. */
async function giveWay(): Promise<void> {
  await setImmediate()
  while (asked > 0) await setTimeout(1)
}

function tellActivity(open: Open, state: OverviewState): void {
  const { start, binLength, eeg, emg } = readOverview(state)
  const whole = (values: Float32Array) => Array.from(values, Math.round)
  open.activity = { start, binLength, eeg: whole(eeg), emg: whole(emg) }
  notify({ type: 'activity', activity: open.activity })
}

async function scan(open: Open): Promise<void> {
  try {
    const result = await scanRecording(open.source, open.recording, {
      onProgress: (progress) => notify({ type: 'scan', progress, done: false }),
    })
    const before = open.recording
    open.recording = result.recording
    // A file's text is shown as plain text whatever it holds; the command line gives it as written.
    open.annotations = result.annotations.map((annotation) => ({
      ...annotation,
      text: displayText(annotation.text),
      channel: annotation.channel === null ? null : displayText(annotation.channel),
    }))
    open.annotationsComplete = true
    const changed = !before.timeline.confirmed || result.recording.warnings.length !== before.warnings.length
    if (changed) notify({ type: 'timeline', recording: result.recording })
  } catch (thrown) {
    const { message } = toFailure(thrown)
    notify({ type: 'changed', change: 'gone', message })
  }
  notify({ type: 'scan', progress: 1, done: true })
}

/** Tells each change once, and of growth again whenever the file is larger than it was told last. */
function watch(open: Open): void {
  let told = ''
  const timer = setInterval(async () => {
    const state = await open.source.checkUnchanged()
    const now = state.kind === 'grown' ? `grown to ${state.bytes}` : state.kind
    if (state.kind !== 'same' && now !== told) {
      notify({ type: 'changed', change: state.kind, message: state.message })
    }
    told = now
  }, watchEveryMs)
  timer.unref()
}

function opened(): Open {
  if (current === null) throw new ReviewError('not-found', 'The recording is not open.')
  return current
}

function buffersOf(page: Page): readonly ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  for (const trace of page.traces) {
    for (const piece of trace.pieces) buffers.add(piece.values.buffer as ArrayBuffer)
  }
  return [...buffers]
}

function notify(notice: WorkerNotice): void {
  post({ type: 'notice', notice })
}

function post(message: WorkerMessage, transfer: readonly ArrayBuffer[] = []): void {
  port?.postMessage(message, [...transfer])
}
