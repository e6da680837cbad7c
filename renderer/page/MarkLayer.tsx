import { memo } from 'react'
import { kindClass, kindColour } from './kindLook.ts'
import type { PlotLayout } from './layout.ts'
import type { PlacedMark } from './markLayout.ts'
import styles from './marks.module.css'

const LABEL_ROW = 21

type Props = {
  readonly placed: readonly PlacedMark[]
  readonly layout: PlotLayout
  readonly selected: string | null
}

/** More bands than that share one layer: so many of their own would cost more than to draw them. */
const MOST_WITH_LAYERS = 8

/**
 * The bands, under the samples: a ground and its edges each, pieces of one colour, which the browser fills in as they are
 * where they have layers of their own. An element stands for a place in the order of the page's marks and not for a mark:
 * when the page is turned it is moved, and none is made anew.
 */
export const MarkBands = memo(function MarkBands({ placed, layout, selected }: Props) {
  const { plot } = layout
  const pieces = placed.flatMap((item) =>
    (item.rows ?? [{ top: 0, height: plot.height }]).map((row) => ({ item, row })),
  )
  return (
    <div
      className={styles.bands}
      data-layers={pieces.length <= MOST_WITH_LAYERS ? 'each' : 'one'}
      style={{ left: plot.left, top: plot.top, width: plot.width, height: plot.height }}
    >
      {pieces.map(({ item, row }, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={index}
          className={styles.band}
          data-selected={item.mark.id === selected}
          style={{
            ...kindColour(item.mark.kind),
            left: item.left,
            width: item.right - item.left,
            top: row.top,
            height: row.height,
          }}
        >
          <span />
          {item.startsHere && <span data-edge="start" />}
          {item.endsHere && <span data-edge="end" />}
        </div>
      ))}
    </div>
  )
})

type LabelProps = Props & { readonly part: 'whole' | 'start' | 'end'; readonly readOnly: boolean }

/** Labels, patterned strips and grips, over the samples. Labels are reached by keys through the list and `.` `,`. */
export const MarkLabels = memo(function MarkLabels({ placed, layout, selected, part, readOnly }: LabelProps) {
  const { plot } = layout
  return (
    <div
      className={styles.labels}
      style={{ left: plot.left, top: 0, width: plot.width, height: layout.height }}
    >
      {placed.map((item, index) => {
        const isSelected = item.mark.id === selected
        const middle = plot.top + plot.height / 2
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: as those of the bands
          <div key={index} className={kindClass(item.mark.kind)} style={kindColour(item.mark.kind)}>
            <div
              className={styles.strip}
              style={{ left: item.left, width: item.right - item.left, top: plot.top - 11 }}
            />
            <button
              type="button"
              tabIndex={-1}
              className={styles.label}
              data-mark={item.mark.id}
              data-selected={isSelected}
              style={{
                left: item.labelLeft,
                top: 2 + item.labelRow * LABEL_ROW,
                maxWidth: plot.width - item.labelLeft,
              }}
            >
              {item.text}
            </button>
            {isSelected && !readOnly && item.startsHere && (
              <span
                className={`mark-grip ${styles.grip}`}
                data-grip="start"
                data-active={part === 'start'}
                style={{ left: item.left, top: middle }}
              />
            )}
            {isSelected && !readOnly && item.endsHere && (
              <span
                className={`mark-grip ${styles.grip}`}
                data-grip="end"
                data-active={part === 'end'}
                style={{ left: item.right, top: middle }}
              />
            )}
          </div>
        )
      })}
    </div>
  )
})
