/** The thread that draws pages ahead: a drawing comes in, its picture goes out, one at a time. */
import { createBrush, type Drawing } from './paintTraces.ts'

export type PaintRequest = { readonly number: number; readonly drawing: Drawing }
/** null where it could not be drawn: it will be drawn when it is wanted. */
export type PaintAnswer = { readonly number: number; readonly picture: ImageBitmap | null }

const paint = createBrush()

self.addEventListener('message', ({ data }: MessageEvent<PaintRequest>) => {
  const { number, drawing } = data
  let picture: ImageBitmap | null = null
  try {
    picture = paint(drawing)
  } catch {
    picture = null
  }
  const answer: PaintAnswer = { number, picture }
  self.postMessage(answer, { transfer: picture === null ? [] : [picture] })
})
