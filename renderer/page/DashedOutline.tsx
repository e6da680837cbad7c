import { kindColour } from './kindLook.ts'
import type { PlotLayout } from './layout.ts'
import type { PlacedMark } from './markLayout.ts'
import styles from './outlines.module.css'

/** Of a name at the foot of the page. */
const NAME_ROW = 20
/** Beside what it stands for, so that a short burst is not covered by its own outline. */
const BESIDE = 3

/** What is no mark of one's own, over the page: hollow, its edges in dashes and its name at the foot. */
export function DashedOutline({
  layout: { plot },
  placed: { mark, rows, left, right, startsHere, endsHere, labelLeft },
  name,
  nameRow = 0,
  isChosen = false,
}: {
  readonly layout: PlotLayout
  readonly placed: PlacedMark
  readonly name: string
  /** So that names of several do not lie over each other. */
  readonly nameRow?: number
  readonly isChosen?: boolean
}) {
  return (
    <div
      className={styles.outline}
      data-chosen={isChosen}
      style={{
        left: plot.left,
        top: plot.top,
        width: plot.width,
        height: plot.height,
        ...kindColour(mark.kind),
      }}
    >
      {stretchesOf(rows ?? [{ top: 0, height: plot.height }]).map((row) => (
        <div
          key={row.top}
          className={styles.edge}
          data-starts={startsHere}
          data-ends={endsHere}
          style={{
            left: left - BESIDE,
            width: right - left + 2 * BESIDE,
            top: row.top,
            height: row.height,
          }}
        />
      ))}
      <span className={styles.name} style={{ left: labelLeft, bottom: nameRow * NAME_ROW }}>
        {name}
      </span>
    </div>
  )
}

type Rows = NonNullable<PlacedMark['rows']>

/** Rows one under the other as one: less is drawn over the waves. */
function stretchesOf(rows: Rows): Rows {
  const stretches: { top: number; height: number }[] = []
  for (const { top, height } of [...rows].sort((a, b) => a.top - b.top)) {
    const last = stretches.at(-1)
    if (last !== undefined && top - (last.top + last.height) < 1) last.height = top + height - last.top
    else stretches.push({ top, height })
  }
  return stretches
}
