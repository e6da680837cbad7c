/** Has a file read in a thread of its own, so that the window goes on meanwhile, and gives it up at once when told to. */

import { ReviewError } from '../../shared/failure.ts'
import type { RecordingFacts } from '../../shared/interchange/common/recordingFacts.ts'
import { displayName } from '../../shared/shownText.ts'
import type { ForeignEvents } from './foreignEvents.ts'
import type { ForeignAnswer, ForeignRequest } from './foreignThread.ts'

export type ReadOptions = {
  /** From 0 to 1. */
  readonly onProgress?: (done: number) => void
  readonly signal?: AbortSignal
}

/** Rejects with ReviewError: why it was refused, `cancelled`, or that the thread could not do it. */
export async function readInThread(
  file: File,
  recording: RecordingFacts,
  { onProgress, signal }: ReadOptions = {},
): Promise<ForeignEvents> {
  const worker = new Worker(new URL('./foreignThread.ts', import.meta.url), { type: 'module' })
  const cancelled = new ReviewError('cancelled', 'The file was not read to its end.')
  try {
    return await new Promise<ForeignEvents>((resolve, reject) => {
      if (signal?.aborted === true) reject(cancelled)
      signal?.addEventListener('abort', () => reject(cancelled), { once: true })
      worker.onmessage = ({ data }: MessageEvent<ForeignAnswer>) => {
        if (data.type === 'progress') onProgress?.(data.done)
        else if (data.type === 'read') resolve(data.events)
        else reject(new ReviewError(data.failure.code, data.failure.message))
      }
      // Out of memory, or the file has gone since it was chosen.
      worker.onerror = () =>
        reject(new ReviewError('unreadable', `${displayName(file.name)} could not be read.`))
      worker.postMessage({ file, recording } satisfies ForeignRequest)
    })
  } finally {
    worker.terminate()
  }
}
