/**
 * What the thread of one open recording does: it holds the file, answers pages, and reads the record times and
 * annotations in the background. For the reader: `calls`, the list of what may be asked of it.
 */
import { setImmediate } from 'node:timers/promises'
import { checkRecording } from '../../shared/edf/check.ts'
import type { Recording, SignalSamples } from '../../shared/edf/header/model.ts'
import { openRecording, readSpan } from '../../shared/edf/recording.ts'
import { fingerprint } from '../../shared/edf/samples/fingerprint.ts'
import { ReviewError } from '../../shared/failure.ts'
import { defaultMontage } from '../../shared/montage/planMontage.ts'
import { computeCaliper, planCaliper } from '../../shared/signal/caliper.ts'
import { measureRWave, planHeart } from '../../shared/signal/heart.ts'
import type { Page } from '../../shared/signal/model.ts'
import { readOverview } from '../../shared/signal/overview.ts'
import { readView } from '../../shared/signal/readView.ts'
import {
  bandSignals,
  bandsOf,
  collectBandPowers,
  computeAmplitudes,
  planAmplitudes,
  planBandPowers,
} from '../../shared/signal/scalp.ts'
import {
  type ChannelSpectrum,
  computeSpectrum,
  hasSpectrum,
  planSpectra,
} from '../../shared/signal/spectra.ts'
import { readSpectrogram } from '../../shared/signal/spectrogram.ts'
import { findSuspects } from '../../shared/signal/suspectElectrodes.ts'
import { computeValuesAt, planValues } from '../../shared/signal/valuesAt.ts'
import { computePage, computeValues, planView } from '../../shared/signal/view.ts'
import { badOf, DEFAULT_VIEW, settingsOf } from '../../shared/signal/viewSettings.ts'
import { activityOf, type Background, nothingRead, readInBackground, readTexts } from './background.ts'
import { type FileSource, openFile } from './fileSource.ts'
import { createPageMemory } from './pageMemory.ts'
import { createPause, type Pause } from './pause.ts'
import { sha256 } from './sha256.ts'
import { behindOthers, type Turns } from './turns.ts'
import { warmUp } from './warmUp.ts'
import type {
  CallInput,
  OpenedFile,
  Opening,
  ThreadCalls,
  ThreadNotice,
  ThreadSettings,
} from './workerMessages.ts'

export type RecordingThread = {
  readonly calls: ThreadCalls
  /** Ends the reading in the background and gives the file back. */
  readonly close: () => Promise<void>
}

type Open = {
  readonly source: FileSource
  /** The same, behind everything that a reader waits for. */
  readonly quietSource: FileSource
  readonly background: Background
  readonly ending: AbortController
  readonly watcher: NodeJS.Timeout
  /** Before the reading in the background begins. */
  readonly pause: Pause
}

/** Of a page that was just given: it is drawn, and those beside it are asked for. */
const AFTER_PAGE_MS = 250
/** A window that asks what is known so far asks for its first page in the same moment. */
const WINDOW_IS_THERE_MS = 1000
/** Of a part of the recording: twice as many as are on the screen, since it is asked for with what lies beside it. */
const FINER_BINS = 3000
/** Of a page in a usual window. */
const USUAL_COLUMNS = 1200

/** Loaded with the first question to them: together more code than all that opens a recording and makes its pages. */
const clipping = () => import('./clipThread.ts')
const evidence = () => import('../../shared/evidence/measureEvidence.ts')
const measuring = () => import('../../shared/evidence/spanMeasures.ts')
const searching = () => import('../../shared/candidates/findCandidates.ts')

type Options = ThreadSettings & {
  readonly notify: (notice: ThreadNotice) => void
  readonly turns: Turns
  readonly open?: typeof openFile
}

export function createRecordingThread(options: Options): RecordingThread {
  const { notify, turns, watchEveryMs } = options
  const pageMemory = createPageMemory()
  let current: Open | null = null
  let ended = false

  function opened(): Open {
    if (current === null) throw new ReviewError('not-found', 'The recording is not open.')
    return current
  }

  async function begin(source: FileSource, { codePages = [], waitMs = 0 }: Opening): Promise<OpenedFile> {
    const first = await openRecording(source, { timeline: 'quick' })
    const mark = await fingerprint(source, first, first.header.records, sha256)
    const codePage = codePages.find((known) => known.fingerprint === mark)?.codePage ?? 'auto'
    const recording =
      codePage === 'auto' ? first : await openRecording(source, { timeline: 'quick', page: codePage })
    const { patient, recording: recordingField } = recording.header
    // Identification stays here until the reader asks to see it.
    const shown: Recording = { ...recording, header: { ...recording.header, patient: '', recording: '' } }
    if (ended) throw new ReviewError('cancelled', 'The recording was closed before it was open.')
    const quietSource = behindOthers(source, turns)
    const background = nothingRead(shown, codePage)
    const ending = new AbortController()
    const watcher = watch(source, watchEveryMs, notify)
    const pause = createPause(waitMs, () => {
      void readInBackground(quietSource, background, notify, ending.signal)
    })
    current = { source, quietSource, background, ending, watcher, pause }
    return {
      recording: shown,
      identification: { patient, recording: recordingField },
      fingerprint: mark,
      bytes: source.byteLength,
      codePage,
    }
  }

  async function makePage({ span, settings, columns }: CallInput<'page'>): Promise<Page> {
    const { source, background } = opened()
    const plan = planView(background.recording, settings, span)
    const memory = await pageMemory.borrow()
    try {
      const { allocate } = memory
      const samples = await readView(source, background.recording, plan, { allocate })
      return computePage(plan, samples, { span, columns })
    } finally {
      memory.giveBack()
    }
  }

  const calls: ThreadCalls = {
    warmUp: async () => {
      await warmUp(turns.giveWay)
      return null
    },
    open: async ({ path, ...opening }) => {
      const source = await (options.open ?? openFile)(path)
      try {
        return await begin(source, opening)
      } catch (thrown) {
        // What is no recording, or is not wanted any more, must not be held.
        await source.close()
        throw thrown
      }
    },
    practise: async () => {
      const { header, timeline } = opened().background.recording
      const { start } = timeline.span
      await makePage({
        span: { start, end: start + DEFAULT_VIEW.timebase },
        settings: settingsOf({ ...DEFAULT_VIEW, montage: defaultMontage(header) }),
        columns: USUAL_COLUMNS,
      })
      return null
    },
    page: async (request, { give }) => {
      const { pause } = opened()
      const page = await makePage(request)
      const buffers = page.traces.flatMap(({ pieces }) => pieces.map(({ values }) => values.buffer))
      for (const buffer of new Set(buffers)) give(buffer as ArrayBuffer)
      pause.atMost(AFTER_PAGE_MS)
      return page
    },
    measure: async ({ span, settings }, { signal }) => {
      const { measureSpan } = await measuring()
      const { quietSource, background } = opened()
      const { giveWay } = turns
      return measureSpan(quietSource, background.recording, { span, bad: badOf(settings), giveWay, signal })
    },
    evidence: async ({ span, bad, only }, { signal }) => {
      const { measureEvidence } = await evidence()
      const { quietSource, background } = opened()
      const { recording, annotations: notes, complete: areNotesComplete } = background
      return measureEvidence(quietSource, recording, {
        ...{ span, notes, areNotesComplete, signal, giveWay: turns.giveWay },
        ...(bad !== undefined && { bad }),
        ...(only !== undefined && { only }),
      })
    },
    caliper: async ({ settings, ...points }) => {
      const { source, background } = opened()
      const plan = planCaliper(background.recording, settings, points)
      if (plan === null) return null
      const { signals, readSpan: span } = plan.view
      return computeCaliper(
        plan,
        await readSpan(source, background.recording, signals, span, { decoder: 'edfdecoder' }),
      )
    },
    valuesAt: async ({ time, settings }) => {
      const { source, background } = opened()
      const plan = planValues(background.recording, settings, time)
      const { signals, readSpan: span } = plan.view
      return computeValuesAt(
        plan,
        await readSpan(source, background.recording, signals, span, { decoder: 'edfdecoder' }),
      )
    },
    spectra: async ({ span, settings }) => {
      const { source, background } = opened()
      const plan = planSpectra(background.recording, settings, span)
      const samples = await readSpan(source, background.recording, plan.signals, plan.readSpan, {
        decoder: 'edfdecoder',
      })
      const channels: ChannelSpectrum[] = []
      for (const line of computeValues(plan, samples, span)) {
        if (!hasSpectrum(line.derivation)) continue
        channels.push(computeSpectrum(line))
        // A page that was asked for meanwhile goes between two channels.
        await setImmediate()
      }
      return { span, channels }
    },
    suspects: async ({ span }) => {
      const { source, background } = opened()
      const { header } = background.recording
      const eeg = header.signals.flatMap(({ kind, index, sampleRate }) =>
        kind === 'eeg' && sampleRate !== null ? [index] : [],
      )
      return findSuspects(header, await readSpan(source, background.recording, eeg, span))
    },
    rWave: async () => {
      const { source, background } = opened()
      const plan = planHeart(background.recording)
      const samples: SignalSamples[] = []
      for (const span of plan.spans) {
        samples.push(...(await readSpan(source, background.recording, plan.signals, span)))
        // The first page is asked for in the same moment.
        await setImmediate()
      }
      return measureRWave(background.recording, plan, samples)
    },
    amplitudes: async ({ span, time, settings }) => {
      const { source, background } = opened()
      const plan = planAmplitudes(background.recording, settings, span, time)
      if (!plan.ok) return plan
      const { signals, readSpan: wanted } = plan.map.view
      const samples = await readSpan(source, background.recording, signals, wanted)
      return computeAmplitudes(plan.map, samples, span, time)
    },
    bandPowers: async ({ span, settings }) => {
      const { source, background } = opened()
      const plan = planBandPowers(background.recording, settings, span)
      if (!plan.ok) return plan
      const { signals, readSpan: wanted } = plan.map.view
      const samples = await readSpan(source, background.recording, signals, wanted, { decoder: 'edfdecoder' })
      const lines = bandSignals(plan.map, samples, span)
      const powers: ReturnType<typeof bandsOf>[] = []
      for (const line of lines) {
        powers.push(bandsOf(line))
        await setImmediate()
      }
      return collectBandPowers(plan.map, lines, powers)
    },
    scanned: () => {
      const { background, pause } = opened()
      pause.atMost(WINDOW_IS_THERE_MS)
      const { annotations, complete, recording, activity } = background
      return { complete, annotations, recording, activity }
    },
    readTexts: async ({ codePage }, { signal }) => {
      const { source, background } = opened()
      const identification = await readTexts(source, background, codePage, signal)
      const { recording, annotations } = background
      return { codePage, recording, annotations, identification }
    },
    planClip: async (work) => {
      const { previewClip } = await clipping()
      const { source, background } = opened()
      return previewClip(source, background, work)
    },
    writeClip: async ({ place, ...work }, { signal, onProgress }) => {
      const { makeClip } = await clipping()
      const { quietSource, background } = opened()
      return makeClip(quietSource, background, work, place, { signal, onProgress })
    },
    fingerprint: ({ records }) => {
      const { source, background } = opened()
      return fingerprint(source, background.recording, records, sha256)
    },
    spectrogram: (part, { signal, onProgress }) => {
      const { quietSource, background } = opened()
      const { giveWay } = turns
      return readSpectrogram(quietSource, background.recording, { ...part, signal, onProgress, giveWay })
    },
    activity: async ({ span }, { signal }) => {
      const { quietSource, background } = opened()
      const bins = FINER_BINS
      return activityOf(await readOverview(quietSource, background.recording, { span, bins, signal }))
    },
    candidates: async ({ bad }, { signal, onProgress }) => {
      const { findCandidates } = await searching()
      const { quietSource, background } = opened()
      const { giveWay } = turns
      return findCandidates(quietSource, background.recording, { bad, signal, onProgress, giveWay })
    },
    check: (_, { signal, onProgress }) => checkRecording(opened().quietSource, { signal, onProgress }),
  }

  return {
    calls,
    close: async () => {
      ended = true
      current?.pause.giveUp()
      current?.ending.abort()
      clearInterval(current?.watcher)
      await current?.source.close()
      current = null
    },
  }
}

/** Tells each change once, and of growth again whenever the file is larger than it was told last. */
function watch(source: FileSource, watchEveryMs: number, notify: Options['notify']): NodeJS.Timeout {
  let told = ''
  const timer = setInterval(async () => {
    const state = await source.checkUnchanged()
    const now = state.kind === 'grown' ? `grown to ${state.bytes}` : state.kind
    if (state.kind !== 'same' && now !== told) {
      notify({ type: 'changed', change: state.kind, message: state.message })
    }
    told = now
  }, watchEveryMs)
  timer.unref()
  return timer
}
