/** Where the window stood when it was last closed, and whether that place still exists. */
import { closeSync, constants, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { Rectangle } from 'electron'
import * as v from 'valibot'

const placeSchema = v.object({
  bounds: v.object({ x: v.number(), y: v.number(), width: v.number(), height: v.number() }),
  maximised: v.boolean(),
})

export type WindowPlace = v.InferOutput<typeof placeSchema>

export const SMALLEST = { width: 960, height: 600 }
const USUAL = { width: 1600, height: 900 }
/** As much of the title bar as a hand needs to drag the window back. */
const GRIP = { width: 160, height: 40 }

/** null where nothing was kept or what was kept is not understood. */
export function readWindowPlace(file: string): WindowPlace | null {
  try {
    const parsed = v.safeParse(placeSchema, JSON.parse(readAtOnce(file)))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

/** Without O_NONBLOCK a FIFO of this name would keep the window from ever appearing. */
function readAtOnce(file: string): string {
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    return readFileSync(descriptor, 'utf8')
  } finally {
    closeSync(descriptor)
  }
}

/** A place that cannot be kept is no reason to trouble anyone. */
export function writeWindowPlace(file: string, place: WindowPlace): void {
  try {
    // Never through a link, which may lead anywhere.
    const temporary = `${file}.tmp`
    rmSync(temporary, { force: true })
    writeFileSync(temporary, JSON.stringify(place), { flag: 'wx' })
    renameSync(temporary, file)
  } catch {}
}

/**
 * The bounds to open with. `workAreas` are the displays without their docks, the main one first. A window
 * whose title bar would lie on no display is centred on the main one instead.
 */
export function placeWindow(saved: WindowPlace | null, workAreas: readonly Rectangle[]): WindowPlace {
  const main = workAreas[0] ?? { x: 0, y: 0, ...USUAL }
  if (saved === null || !workAreas.some((area) => canGrip(saved.bounds, area))) {
    return { bounds: centred(USUAL, main), maximised: saved?.maximised ?? false }
  }
  return {
    bounds: {
      x: Math.round(saved.bounds.x),
      y: Math.round(saved.bounds.y),
      width: Math.round(Math.max(saved.bounds.width, SMALLEST.width)),
      height: Math.round(Math.max(saved.bounds.height, SMALLEST.height)),
    },
    maximised: saved.maximised,
  }
}

function canGrip(bounds: Rectangle, area: Rectangle): boolean {
  const width = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x)
  const top = bounds.y >= area.y && bounds.y + GRIP.height <= area.y + area.height
  return top && width >= GRIP.width
}

function centred(size: { width: number; height: number }, area: Rectangle): Rectangle {
  const width = Math.min(size.width, area.width)
  const height = Math.min(size.height, area.height)
  return {
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) / 2),
    width,
    height,
  }
}
