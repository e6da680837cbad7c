/**
 * The pictures of pages: the one on the screen, and those that wait to be turned to, drawn ahead. A waiting picture
 * is put on the screen in the frame of the key; where none waits, the page is drawn at once. When the look changes,
 * the shown page is drawn first and what waited is thrown away.
 */
import type { Derivation } from '../../shared/montage/derivation.ts'
import type { LineLook } from '../../shared/signal/channelLook.ts'
import type { Page } from '../../shared/signal/model.ts'
import type { ShownPage } from '../store/panesState.ts'
import type { PlotLayout } from './layout.ts'
import type { Painter } from './painter.ts'
import type { MarkColours, MarkSign } from './paintMarks.ts'
import { type Drawing, pictureSize } from './paintTraces.ts'
import type { TraceColours } from './planTraces.ts'

/** What all pages have in common as long as nothing but the page changes. */
export type PageLook = {
  /** All derivations of the montage; the layout has those in view. */
  readonly derivations: readonly Derivation[]
  readonly layout: PlotLayout
  readonly sensitivity: number
  /** How each line in view is drawn, by its id. */
  readonly looks: Readonly<Record<string, LineLook>>
  readonly pixelsPerMm: number
  readonly pixelRatio: number
  readonly colours: TraceColours
  readonly markColours: MarkColours
}

/** Where pictures go: a canvas takes a picture over, and the one before it goes; null leaves it blank. */
export type Surface = { readonly put: (picture: ImageBitmap | null) => void }

export type PageScreen = {
  readonly setSurface: (surface: Surface | null) => void
  /** Draws the shown page anew and forgets what was expected. */
  readonly setLook: (look: PageLook) => void
  /** Puts a page on the screen; null takes it away. Its picture follows with the look where that is of another montage. */
  readonly show: (shown: ShownPage | null) => void
  /** Draws what shows other marks than there are now. */
  readonly lookAtMarks: () => void
  /** Which pages may be turned to next, likeliest first; all others that wait are given up. */
  readonly expect: (pages: readonly Page[]) => void
  readonly close: () => void
}

/** What waiting pictures may take, of all pages: 18 of a window of 1600 by 900, 3 of a display of 3840 by 2160 points. */
const MOST_BYTES = 100e6

export type ScreenOptions = {
  readonly painter: Painter
  /** Of what waiting pictures may take, from 0 to 1; pages side by side divide it. */
  readonly share?: () => number
  readonly mostBytes?: number
  /** What of the marks lies in the picture of a page, as things are now. */
  readonly marksOn: (page: Page, layout: PlotLayout) => readonly MarkSign[]
}

/** `signs`: what of the marks it shows. */
type Waiting = { readonly picture: ImageBitmap; readonly signs: string }

export function createPageScreen(options: ScreenOptions): PageScreen {
  const { painter, share = () => 1, mostBytes = MOST_BYTES, marksOn } = options
  let surface: Surface | null = null
  let look: PageLook | null = null
  let shown: ShownPage | null = null
  let expected: readonly Page[] = []
  const waiting = new Map<Page, Waiting>()
  let shownSigns = ''
  /** Grows with every look: a picture of an older one is of no use when it comes. */
  let edition = 0
  let isDrawing = false

  function drawingOf(page: Page, current: PageLook): Drawing {
    const { derivations: _, ...drawing } = current
    return { page, marks: marksOn(page, current.layout), ...drawing }
  }

  function paint(): void {
    if (shown === null || look === null || surface === null) return
    // The page of another montage: its lanes are not laid out yet.
    if (shown.derivations !== look.derivations || !hasRoom(look)) return
    const drawing = drawingOf(shown.page, look)
    shownSigns = signsOf(drawing)
    dropOutdated(shown.page, shownSigns)
    const picture = waiting.get(shown.page)?.picture ?? painter.now(drawing)
    waiting.delete(shown.page)
    surface.put(picture)
  }

  function dropOutdated(page: Page, signs: string): void {
    const old = waiting.get(page)
    if (old === undefined || old.signs === signs) return
    old.picture.close()
    waiting.delete(page)
  }

  function keepOnly(pages: ReadonlySet<Page>): void {
    for (const [page, { picture }] of waiting) {
      if (pages.has(page)) continue
      picture.close()
      waiting.delete(page)
    }
  }

  /** One after the other: the worker has one canvas, and the order may change meanwhile. */
  async function drawAhead(): Promise<void> {
    if (isDrawing) return
    isDrawing = true
    try {
      for (let page = nextToDraw(); page !== null && look !== null; page = nextToDraw()) {
        const own = edition
        const drawing = drawingOf(page, look)
        const picture = await painter.ahead(drawing)
        if (picture === null) return
        const signs = signsOf(drawing)
        const isOf = (now: PageLook) => own === edition && signs === signsOf(drawingOf(page, now))
        if (isWanted(page) && isOf(look)) waiting.set(page, { picture, signs })
        else picture.close()
      }
    } finally {
      isDrawing = false
    }
  }

  function isWanted(page: Page): boolean {
    return expected.includes(page) && !waiting.has(page) && page !== shown?.page
  }

  function nextToDraw(): Page | null {
    return expected.find(isWanted) ?? null
  }

  return {
    setSurface: (next) => {
      surface = next
      paint()
    },
    setLook: (next) => {
      if (next === look) return
      look = next
      edition += 1
      expected = []
      keepOnly(new Set())
      paint()
    },
    show: (next) => {
      if (next === shown) return
      shown = next
      if (next === null) surface?.put(null)
      else paint()
    },
    lookAtMarks: () => {
      if (look === null) return
      for (const page of [...waiting.keys()]) dropOutdated(page, signsOf(drawingOf(page, look)))
      if (shown !== null && signsOf(drawingOf(shown.page, look)) !== shownSigns) paint()
      void drawAhead()
    },
    expect: (pages) => {
      const fits = look === null || !hasRoom(look) ? 0 : Math.floor((mostBytes * share()) / bytesOf(look))
      expected = pages.slice(0, fits)
      keepOnly(new Set(expected))
      void drawAhead()
    },
    close: () => {
      edition += 1
      shown = null
      expected = []
      keepOnly(new Set())
      painter.close()
    },
  }
}

/** Equal for the same marks. */
function signsOf({ marks }: Drawing): string {
  return JSON.stringify(marks)
}

function hasRoom(look: PageLook): boolean {
  const { width, height } = pictureSize(look)
  return width >= 1 && height >= 1 && look.layout.width > 0
}

function bytesOf(look: PageLook): number {
  const { width, height } = pictureSize(look)
  return width * height * 4
}
