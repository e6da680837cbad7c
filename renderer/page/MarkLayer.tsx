import { memo } from 'react'
import { kindClass, kindColour } from './kindLook.ts'
import type { PlotLayout } from './layout.ts'
import type { PlacedMark } from './markLayout.ts'
import styles from './marks.module.css'
import { STRIP } from './paintMarks.ts'

const LABEL_ROW = 21

type Props = {
  readonly placed: readonly PlacedMark[]
  readonly layout: PlotLayout
  readonly selected: string | null
  /** The one that is dragged: no part of the picture, which would have to be painted anew with each of its steps. */
  readonly moving: string | null
}

/** Under the samples, beside those of the picture (`paintMarks.ts`): the band that is dragged, and more of the chosen one's tint. */
export const MarkBands = memo(function MarkBands({ placed, layout, selected, moving }: Props) {
  const { plot } = layout
  const pieces = placed
    .filter(({ mark }) => mark.id === moving || mark.id === selected)
    .flatMap((item) => (item.rows ?? [{ top: 0, height: plot.height }]).map((row) => ({ item, row })))
  if (pieces.length === 0) return null
  return (
    <div
      className={styles.bands}
      style={{ left: plot.left, top: plot.top, width: plot.width, height: plot.height }}
    >
      {pieces.map(({ item, row }) => (
        <div
          key={`${item.mark.id} ${row.top}`}
          className={styles.band}
          data-selected={item.mark.id === selected}
          data-moving={item.mark.id === moving}
          style={{
            ...kindColour(item.mark.kind),
            left: item.left,
            width: item.right - item.left,
            top: row.top,
            height: row.height,
          }}
        >
          {item.mark.id === moving && item.startsHere && <span data-edge="start" />}
          {item.mark.id === moving && item.endsHere && <span data-edge="end" />}
        </div>
      ))}
    </div>
  )
})

type LabelProps = Props & { readonly part: 'whole' | 'start' | 'end'; readonly readOnly: boolean }

/**
 * Labels and grips, over the samples, and the strip of the one that is dragged. Labels are reached by keys through the list
 * and `.` `,`. A label stands for a place in the order of the page's marks and not for a mark: when the page is turned it is
 * moved, and none is made anew.
 */
export const MarkLabels = memo(function MarkLabels(props: LabelProps) {
  const { placed, layout, selected, moving, part, readOnly } = props
  const { plot } = layout
  const strip = placed.find(({ mark }) => mark.id === moving)
  const held = readOnly ? undefined : placed.find(({ mark }) => mark.id === selected)
  return (
    <div
      className={styles.labels}
      style={{ left: plot.left, top: 0, width: plot.width, height: layout.height }}
    >
      {strip !== undefined && (
        <div
          className={`${styles.strip} ${kindClass(strip.mark.kind)}`}
          style={{
            ...kindColour(strip.mark.kind),
            left: strip.left,
            width: strip.right - strip.left,
            top: plot.top - STRIP.top,
            height: STRIP.height,
          }}
        />
      )}
      {placed.map((item, index) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={index}
          type="button"
          tabIndex={-1}
          className={styles.label}
          data-mark={item.mark.id}
          data-selected={item.mark.id === selected}
          style={{
            ...kindColour(item.mark.kind),
            left: item.labelLeft,
            top: 2 + item.labelRow * LABEL_ROW,
            maxWidth: plot.width - item.labelLeft,
          }}
        >
          {item.text}
        </button>
      ))}
      {held?.startsHere === true && <Grip item={held} edge="start" layout={layout} part={part} />}
      {held?.endsHere === true && <Grip item={held} edge="end" layout={layout} part={part} />}
    </div>
  )
})

type GripProps = {
  readonly item: PlacedMark
  readonly edge: 'start' | 'end'
  readonly layout: PlotLayout
  readonly part: LabelProps['part']
}

function Grip({ item, edge, layout: { plot }, part }: GripProps) {
  return (
    <span
      className={`mark-grip ${styles.grip}`}
      data-grip={edge}
      data-active={part === edge}
      style={{
        ...kindColour(item.mark.kind),
        left: edge === 'start' ? item.left : item.right,
        top: plot.top + plot.height / 2,
      }}
    />
  )
}
