import { useEffect, useRef, useState } from 'react'
import type { Chart, PlotlyChartFigure } from './plotlyCharts.ts'

type Props = {
  /** What a screen reader is told in place of the picture. */
  readonly label: string
  /** For a width, in CSS pixels. */
  readonly height: (width: number) => number
  /** The chart for a width in CSS pixels. */
  readonly plan: (width: number) => Chart
  /** A new plan where this changes. */
  readonly of: readonly unknown[]
  readonly className?: string | undefined
}

/** A picture by Plotly, as wide as there is room. */
export function PlotlyChart({ label, height, plan, of, className }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const [figure, setFigure] = useState<PlotlyChartFigure | null>(null)

  useEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    setWidth(element.clientWidth)
    return () => observer.disconnect()
  }, [])

  useEffect(() => {
    const element = box.current
    if (element === null) return
    let made: PlotlyChartFigure | null = null
    let isWanted = true
    void import('./plotlyCharts.ts')
      .then(({ createChart }) => {
        if (!isWanted) return
        made = createChart(element)
        setFigure(made)
      })
      // A host that has gone says so itself; what the chart shows stands beside it in words.
      .catch(() => {})
    return () => {
      isWanted = false
      made?.destroy()
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the plan is made of what `of` lists
  useEffect(() => {
    if (figure !== null && width > 0) void figure.update(plan(width))
  }, [figure, width, ...of])

  return (
    <div ref={box} className={className} role="img" aria-label={label} style={{ height: height(width) }} />
  )
}
