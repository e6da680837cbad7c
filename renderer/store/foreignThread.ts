/** The thread that reads one file of another program, and ends with it. */
import { type Failure, toFailure } from '../../shared/failure.ts'
import type { RecordingFacts } from '../../shared/interchange/common/recordingFacts.ts'
import { type ForeignEvents, readForeignEvents } from './foreignEvents.ts'

export type ForeignRequest = { readonly file: File; readonly recording: RecordingFacts }

export type ForeignAnswer =
  /** From 0 to 1. */
  | { readonly type: 'progress'; readonly done: number }
  | { readonly type: 'read'; readonly events: ForeignEvents }
  | { readonly type: 'refused'; readonly failure: Failure }

function say(answer: ForeignAnswer): void {
  self.postMessage(answer)
}

self.addEventListener('message', async ({ data: { file, recording } }: MessageEvent<ForeignRequest>) => {
  try {
    say({
      type: 'read',
      events: await readForeignEvents(file, recording, (done) => say({ type: 'progress', done })),
    })
  } catch (thrown) {
    say({ type: 'refused', failure: toFailure(thrown) })
  }
})
