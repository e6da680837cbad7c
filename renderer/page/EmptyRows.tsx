import type { PlotLayout } from './layout.ts'
import styles from './page.module.css'

/** In the row of a line that cannot be drawn, why: nothing there must not look like an electrode that is silent. */
export function EmptyRows({ layout }: { readonly layout: PlotLayout }) {
  const { plot, lanes } = layout
  return (
    <div className={styles.emptyRows} style={{ left: plot.left, top: plot.top, width: plot.width }}>
      {lanes.map(({ derivation, y }) =>
        derivation.problem === null ? null : (
          <span key={derivation.id} className={styles.emptyRow} style={{ top: y }}>
            {derivation.problem}
          </span>
        ),
      )}
    </div>
  )
}
