/** The spectrogram strip: shown, built in the background while it is, and kept as long as the recording is open. */
import { badOf } from '../../shared/signal/viewSettings.ts'
import { runJob } from './jobs.ts'
import { messageOf } from './notices.ts'
import { openRecordingOf, ownPane, recordingIdOf } from './selectors.ts'
import { getState, patchRecording } from './state.ts'

export function toggleSpectrogram(): void {
  const recording = openRecordingOf(getState())
  if (recording === null) return
  if (recording.spectrogram.isShown) hideSpectrogram()
  else patchRecording({ spectrogram: { ...recording.spectrogram, isShown: true } })
}

/** Ends its building too: the strip that asked for it is gone. A built one is kept. */
export function hideSpectrogram(): void {
  const recording = openRecordingOf(getState())
  if (recording === null) return
  const { work } = recording.spectrogram
  patchRecording({ spectrogram: { isShown: false, work: work.at === 'built' ? work : { at: 'nothing' } } })
}

/** Reads the whole recording, unless it was read without the same electrodes; never rejects. */
export async function buildSpectrogram(signal: AbortSignal): Promise<void> {
  const state = getState()
  const recordingId = recordingIdOf(state)
  const bad = badOf(ownPane(state).view)
  const known = openRecordingOf(state)?.spectrogram.work
  if (recordingId === null || (known?.at === 'built' && known.bad === bad.join())) return
  const tell = (work: Work) => {
    if (!signal.aborted && recordingIdOf(getState()) === recordingId) {
      patchRecording({ spectrogram: { isShown: true, work } })
    }
  }
  tell({ at: 'building', done: 0 })
  try {
    const value = await runJob(
      { name: 'spectrogram', input: { bad } },
      { recordingId, signal, onProgress: (done) => tell({ at: 'building', done }) },
    )
    tell({ at: 'built', value, bad: bad.join() })
  } catch (thrown) {
    tell({ at: 'failed', message: messageOf(thrown) })
  }
}

type Work = NonNullable<ReturnType<typeof openRecordingOf>>['spectrogram']['work']
