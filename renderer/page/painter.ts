/** Two ways to a page's picture: at once on the window's own thread, and ahead in a worker. */
import { createBrush, type Drawing } from './paintTraces.ts'
import type { PaintAnswer, PaintRequest } from './paintWorker.ts'

export type Painter = {
  readonly now: (drawing: Drawing) => ImageBitmap
  /** null where the worker cannot draw: nothing is drawn ahead then. */
  readonly ahead: (drawing: Drawing) => Promise<ImageBitmap | null>
  readonly close: () => void
}

export function createPainter(): Painter {
  const paint = createBrush()
  const waiting = new Map<number, (picture: ImageBitmap | null) => void>()
  let worker: Worker | null = null
  let broken = false
  let number = 0

  /** Started with the first page that is drawn ahead: the first one of all does not wait for it. */
  function startWorker(): Worker {
    const started = new Worker(new URL('./paintWorker.ts', import.meta.url), { type: 'module' })
    started.onmessage = ({ data }: MessageEvent<PaintAnswer>) => {
      const resolve = waiting.get(data.number)
      waiting.delete(data.number)
      if (resolve === undefined) data.picture?.close()
      else resolve(data.picture)
    }
    started.onerror = () => {
      broken = true
      for (const resolve of waiting.values()) resolve(null)
      waiting.clear()
    }
    return started
  }

  return {
    now: (drawing) => {
      // Asked for before, the frame is begun meanwhile and made as soon as the picture is there; asked for afterwards, it
      // waits for the display's next one, up to a sixtieth of a second.
      requestAnimationFrame(() => {})
      return paint(drawing)
    },
    ahead: (drawing) => {
      if (broken) return Promise.resolve(null)
      worker ??= startWorker()
      number += 1
      const request: PaintRequest = { number, drawing }
      const answer = new Promise<ImageBitmap | null>((resolve) => waiting.set(request.number, resolve))
      worker.postMessage(request)
      return answer
    },
    close: () => {
      worker?.terminate()
      for (const resolve of waiting.values()) resolve(null)
      waiting.clear()
    },
  }
}
