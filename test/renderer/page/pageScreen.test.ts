/** Which picture is on the screen, which wait, and that none is kept for nothing. */
import { describe, expect, it } from 'vitest'
import { HEAD } from '../../../renderer/page/layout.ts'
import { createPageScreen } from '../../../renderer/page/pageScreen.ts'
import type { MarkSign } from '../../../renderer/page/paintMarks.ts'
import type { MarkKind } from '../../../shared/annotation/kinds.ts'
import type { Derivation } from '../../../shared/montage/derivation.ts'
import type { Page } from '../../../shared/signal/model.ts'
import { lineNamed, pageOf } from '../../support/pages.ts'
import { lookAt, makeEasel } from '../../support/pictures.ts'

const LINES = [lineNamed('Fp1')]
const page = (start: number): Page => pageOf({ start, end: start + 10 }, 1000, {})
const shownAs = (shown: Page, derivations: readonly Derivation[] = LINES) => ({
  span: shown.span,
  page: shown,
  derivations,
})
const signOf = (kind: MarkKind): MarkSign => ({
  ...{ kind, left: 100, right: 200, startsHere: true, endsHere: true, rows: null },
})
/** Four bytes a pixel, of the plot and what is above it. */
const BYTES = 1000 * (HEAD + 500) * 4

function begin(mostBytes = 10 * BYTES) {
  const easel = makeEasel()
  /** Of each page, by where it begins: the kinds of its marks. */
  const marks = new Map<number, readonly MarkKind[]>()
  const screen = createPageScreen({
    painter: easel.painter,
    mostBytes,
    marksOn: ({ span }) => (marks.get(span.start) ?? []).map(signOf),
  })
  screen.setSurface(easel.surface)
  screen.setLook(lookAt(LINES))
  const pages = [0, 10, 20, 30].map(page)
  return {
    easel,
    screen,
    pages,
    mark: (index: number, ...kinds: readonly MarkKind[]) => {
      marks.set(10 * index, kinds)
      screen.lookAtMarks()
    },
    show: (index: number) => screen.show(shownAs(pages[index]!)),
    expectPages: (...indices: readonly number[]) => screen.expect(indices.map((index) => pages[index]!)),
    onScreen: () => pages.indexOf(easel.put.at(-1)?.drawing.page ?? page(0)),
    askedFor: () => easel.asked.map((drawing) => pages.indexOf(drawing.page)),
  }
}

describe('a page that is turned to', () => {
  it('is the picture that waited, and nothing is drawn', async () => {
    const { easel, show, expectPages, onScreen } = begin()
    show(0)
    expect(easel.drawnNow).toHaveLength(1)
    expectPages(1)
    await easel.answer()
    show(1)
    expect(onScreen()).toBe(1)
    expect(easel.drawnNow).toHaveLength(1)
  })

  it('is drawn at once where none waits, and the picture that comes late is given back', async () => {
    const { easel, show, expectPages, onScreen } = begin()
    show(0)
    expectPages(1)
    show(1)
    expect(onScreen()).toBe(1)
    expect(easel.drawnNow).toHaveLength(2)
    await easel.answer()
    expect(easel.put).toHaveLength(2)
    expect(easel.made.at(-1)!.closed).toBe(true)
  })

  it('is drawn at once where the worker cannot draw', async () => {
    const { easel, show, expectPages, onScreen } = begin()
    show(0)
    expectPages(1, 2)
    await easel.answer(false)
    show(1)
    expect(onScreen()).toBe(1)
  })
})

describe('pages that are expected', () => {
  it('of two screens together take no more than those of one', async () => {
    const easels = [makeEasel(), makeEasel()]
    for (const easel of easels) {
      const screen = createPageScreen({
        painter: easel.painter,
        share: () => 1 / 2,
        mostBytes: 4 * BYTES,
        marksOn: () => [],
      })
      screen.setSurface(easel.surface)
      screen.setLook(lookAt(LINES))
      screen.show(shownAs(page(0)))
      screen.expect([10, 20, 30, 40].map(page))
      for (let drawn = 0; drawn < 4; drawn += 1) await easel.answer()
    }
    expect(easels.map((easel) => easel.asked.length)).toEqual([2, 2])
  })

  it('are drawn one at a time, the likeliest first', async () => {
    const { easel, show, expectPages, askedFor } = begin()
    show(0)
    expectPages(2, 1)
    expect(askedFor()).toEqual([2])
    await easel.answer()
    expect(askedFor()).toEqual([2, 1])
  })

  it('are not drawn twice, nor is the one on the screen', async () => {
    const { easel, show, expectPages, askedFor } = begin()
    show(0)
    expectPages(0, 1)
    await easel.answer()
    expectPages(1, 0)
    expect(askedFor()).toEqual([1])
  })

  it('no longer are given back, drawn or yet to be drawn', async () => {
    const { easel, show, expectPages, askedFor } = begin()
    show(0)
    expectPages(1, 2)
    await easel.answer()
    expectPages(3)
    expect(easel.made.at(-1)!.closed).toBe(true)
    await easel.answer()
    expect(easel.made.at(-1)!.closed).toBe(true)
    expect(askedFor()).toEqual([1, 2, 3])
  })

  it('wait in no more memory than there is for them', async () => {
    const { easel, show, expectPages, askedFor } = begin(2 * BYTES)
    show(0)
    expectPages(1, 2, 3)
    for (let count = 0; count < 4; count += 1) await easel.answer()
    expect(askedFor()).toEqual([1, 2])
    const tiny = begin(BYTES - 1)
    tiny.show(0)
    tiny.expectPages(1)
    expect(tiny.askedFor()).toEqual([])
  })
})

describe('marks', () => {
  const kindsIn = (drawing: { readonly marks: readonly MarkSign[] } | undefined) =>
    drawing?.marks.map(({ kind }) => kind)

  it('that come to the page on the screen, or go from it, are drawn at once; others draw nothing anew', async () => {
    const { easel, show, expectPages, mark } = begin()
    show(0)
    expectPages(1)
    await easel.answer()
    mark(0, 'hypnic_jerk')
    expect(easel.put.map((picture) => kindsIn(picture?.drawing))).toEqual([[], ['hypnic_jerk']])
    mark(3, 'mimic')
    mark(0)
    expect(easel.put.map((picture) => kindsIn(picture?.drawing))).toEqual([[], ['hypnic_jerk'], []])
    expect(easel.asked).toHaveLength(1)
  })

  it('of a page that waits are drawn before it is turned to', async () => {
    const { easel, show, expectPages, mark } = begin()
    show(0)
    expectPages(1)
    await easel.answer()
    mark(1, 'mimic')
    expect(easel.made.at(-1)!.closed).toBe(true)
    await easel.answer()
    show(1)
    expect(kindsIn(easel.put.at(-1)?.drawing)).toEqual(['mimic'])
    expect(easel.drawnNow).toHaveLength(1)
  })

  it('that came while a page was drawn ahead are on it when it is turned to', async () => {
    const { easel, show, expectPages, mark } = begin()
    show(0)
    expectPages(1)
    mark(1, 'uncertain')
    await easel.answer()
    show(1)
    expect(kindsIn(easel.put.at(-1)?.drawing)).toEqual(['uncertain'])
  })
})

describe('another look', () => {
  it('draws the shown page anew at once, and what waited is given back', async () => {
    const { easel, screen, show, expectPages, onScreen } = begin()
    show(0)
    expectPages(1, 2)
    await easel.answer()
    screen.setLook(lookAt(LINES, { sensitivity: 10 }))
    expect(easel.put.at(-1)!.drawing.sensitivity).toBe(10)
    expect(onScreen()).toBe(0)
    // Of the old look: one had come, one comes late.
    await easel.answer()
    expect(easel.made.filter(({ closed }) => closed)).toHaveLength(2)
    expectPages(1)
    expect(easel.asked.at(-1)!.sensitivity).toBe(10)
  })

  it('is waited for where the page is of another montage', () => {
    const { easel, screen, pages } = begin()
    const others = [lineNamed('Fp1-F7'), lineNamed('F7-T7')]
    screen.show(shownAs(pages[1]!, others))
    expect(easel.put).toEqual([])
    screen.setLook(lookAt(others))
    expect(easel.put).toHaveLength(1)
    expect(easel.put[0]!.drawing.layout.lanes).toHaveLength(2)
  })

  it('without room draws nothing until there is some', () => {
    const { easel, screen, show } = begin()
    const { layout } = lookAt(LINES)
    screen.setLook(lookAt(LINES, { layout: { ...layout, width: 0, plot: { ...layout.plot, width: 0.1 } } }))
    show(0)
    expect(easel.put).toEqual([])
    screen.setLook(lookAt(LINES))
    expect(easel.put).toHaveLength(1)
  })
})

it('is blank while no page is shown', async () => {
  const { easel, screen, show } = begin()
  show(0)
  screen.show(null)
  expect(easel.put.at(-1)).toBeNull()
  screen.setLook(lookAt(LINES, { sensitivity: 10 }))
  expect(easel.put.at(-1)).toBeNull()
})

it('gives everything back when it is closed', async () => {
  const { easel, screen, show, expectPages } = begin()
  show(0)
  expectPages(1, 2)
  await easel.answer()
  screen.close()
  await easel.answer()
  expect(easel.made.slice(1).every(({ closed }) => closed)).toBe(true)
})
