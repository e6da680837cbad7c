/** What is on the canvas of the page, column by column, in CSS pixels from the plot's top left corner: above it they are negative. */
import type { Page } from 'playwright-core'
import { HEAD } from '../../renderer/page/layout.ts'
import { shownSpan } from './reader.ts'

/** The ink of one column of device pixels; null where there is none. */
export type ColumnInk = {
  /** First and last row with ink: edges, so that a full pixel at the top is 0 to 1. */
  readonly top: number
  readonly bottom: number
  /** Centre of the ink, weighed by its opacity. */
  readonly middle: number
  /** Opacity of its most opaque pixel, 0 to 1. */
  readonly strongest: number
} | null

export type Ink = {
  /** Device pixels a CSS pixel. */
  readonly ratio: number
  readonly width: number
  readonly height: number
  readonly columns: readonly ColumnInk[]
  /** Time of a CSS x, and back. */
  readonly timeOf: (x: number) => number
  readonly xOf: (time: number) => number
  /** The column that holds a time. */
  readonly at: (time: number) => ColumnInk
}

type Wanted = {
  /** Rows looked at, in CSS pixels; all where not given. */
  readonly from?: number
  readonly to?: number
  /** Ink of traces, or of what warns: clipping and what leaves the page. */
  readonly of?: 'traces' | 'warnings'
}

/** Fainter than this a pixel is the rim of a line. */
const RIM = 0.1

export async function readInk(page: Page, wanted: Wanted = {}): Promise<Ink> {
  const { start, end } = await shownSpan(page)
  const text = await page.evaluate(
    ({ from, to, warnings, rim, head }) => {
      const canvas = document.querySelector<HTMLCanvasElement>('.page-canvas')!
      // The page's own canvas only takes pictures over: it is read through another.
      const context = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d')!
      context.drawImage(canvas, 0, 0)
      const ratio = canvas.width / canvas.clientWidth
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--danger')
      const hex = String(context.fillStyle)
      const danger = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
      const first = Math.max(0, Math.round((head + (from ?? -head)) * ratio))
      const last = Math.min(canvas.height, Math.round((head + (to ?? canvas.clientHeight)) * ratio))
      // Row by row as they lie in memory: a page has some millions of pixels, and few with ink.
      const pixels = new Uint32Array(data.buffer)
      const found = new Map<
        number,
        { top: number; bottom: number; weight: number; sum: number; strongest: number }
      >()
      for (let y = first; y < last; y += 1) {
        for (let index = y * canvas.width, x = 0; x < canvas.width; x += 1, index += 1) {
          if (pixels[index] === 0) continue
          const at = 4 * index
          const opacity = data[at + 3]! / 255
          if (opacity < rim) continue
          // Rims are blended: near enough is the same colour.
          const isWarning = danger.every((part, colour) => Math.abs(data[at + colour]! - part) < 24)
          if (isWarning !== warnings) continue
          let ink = found.get(x)
          if (ink === undefined) {
            ink = { top: y, bottom: y + 1, weight: 0, sum: 0, strongest: 0 }
            found.set(x, ink)
          }
          ink.bottom = y + 1
          ink.weight += opacity
          ink.sum += opacity * (y + 0.5)
          if (opacity > ink.strongest) ink.strongest = opacity
        }
      }
      const columns = Array.from({ length: canvas.width }, (_, x) => {
        const ink = found.get(x)
        if (ink === undefined) return null
        const { top, bottom, weight, sum, strongest } = ink
        return {
          top: top / ratio - head,
          bottom: bottom / ratio - head,
          middle: sum / weight / ratio - head,
          strongest,
        }
      })
      // As text: of thousands of objects Playwright would describe each value.
      return JSON.stringify({ ratio, width: canvas.clientWidth, height: canvas.clientHeight - head, columns })
    },
    {
      from: wanted.from ?? null,
      to: wanted.to ?? null,
      warnings: wanted.of === 'warnings',
      rim: RIM,
      head: HEAD,
    },
  )
  const found = JSON.parse(text) as Pick<Ink, 'ratio' | 'width' | 'height' | 'columns'>
  const { width, ratio, columns } = found
  const xOf = (time: number) => ((time - start) / (end - start)) * width
  return {
    ...found,
    xOf,
    timeOf: (x) => start + (x / width) * (end - start),
    at: (time) => columns[Math.min(columns.length - 1, Math.floor(xOf(time) * ratio))] ?? null,
  }
}

/** Where the baseline of a channel lies, from its name on the axis. */
export async function baselineOf(page: Page, channel: string): Promise<number> {
  const canvas = (await page.locator('.page-canvas').boundingBox())!
  const name = (await page.locator('.page-figure .ytick text', { hasText: channel }).first().boundingBox())!
  return name.y + name.height / 2 - canvas.y - HEAD
}
