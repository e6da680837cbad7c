/** Plotly's figure of the page: loaded once the first page stands, then drawn whenever the plan changes. */
import { type RefObject, useEffect, useState } from 'react'
import type { Seconds } from '../../shared/units.ts'
import { type FigureColours, type FigureOptions, planFigure } from './figure.ts'
import type { PlotLayout } from './layout.ts'
import { measureText } from './measureText.ts'
import type { PlotlyFigure } from './plotly.ts'

/** Below this there is no figure to draw. */
export const NARROWEST = 10
/** What stands around the page, and the pages that may be turned to, go first: the first frame shows the same plan. */
const EARLIEST_MS = 1200
/** A page that is being read is not held up by Plotly's arrival, which takes a while. */
const LATEST_MS = 2000

/** Each the same object as long as it says the same. */
export type FigureNames = Required<Pick<FigureOptions, 'given' | 'rooms'>>

/** true once Plotly's picture stands. `length` is null as long as no page is shown. */
export function useFigure(
  box: RefObject<HTMLElement | null>,
  layout: PlotLayout,
  length: Seconds | null,
  colours: FigureColours,
  { given, rooms }: FigureNames,
): boolean {
  const [figure, setFigure] = useState<PlotlyFigure | null>(null)
  const [isDrawn, setDrawn] = useState(false)
  const [isNeeded, setNeeded] = useState(false)
  // From the first page on: another recording gets the same figure.
  if (!isNeeded && length !== null && layout.width >= NARROWEST) setNeeded(true)

  useEffect(() => {
    const element = box.current
    if (!isNeeded || element === null) return
    let made: PlotlyFigure | null = null
    let idle = 0
    const timer = setTimeout(() => {
      idle = requestIdleCallback(
        () => {
          void import('./plotly.ts')
            .then(({ createFigure }) => {
              if (idle === 0) return
              made = createFigure(element)
              setFigure(made)
            })
            // A host that has gone says so itself, and the first frame shows all that there is to see.
            .catch(() => {})
        },
        { timeout: LATEST_MS },
      )
    }, EARLIEST_MS)
    return () => {
      clearTimeout(timer)
      cancelIdleCallback(idle)
      idle = 0
      made?.destroy()
      setFigure(null)
      setDrawn(false)
    }
  }, [box, isNeeded])

  useEffect(() => {
    if (length === null || figure === null || layout.width < NARROWEST) return
    let isCurrent = true
    const planned = planFigure({ layout, length, colours, given, rooms, measure: measureText })
    const frame = requestAnimationFrame(() => {
      void figure.update(planned).then(() => {
        if (isCurrent) setDrawn(true)
      })
    })
    return () => {
      isCurrent = false
      cancelAnimationFrame(frame)
    }
  }, [figure, layout, length, colours, given, rooms])

  return isDrawn
}
