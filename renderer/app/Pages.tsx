import { columnsSideBySide } from '../page/layout.ts'
import { PagePlot } from '../page/PagePlot.tsx'
import type { PageLoaders } from '../page/pageLoaders.ts'
import { PaneContext } from '../page/usePane.ts'
import { Lanes } from '../sets/Lanes.tsx'
import { isSplit } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import styles from './app.module.css'
import { PaneBar } from './PaneBar.tsx'

const SIDE_BY_SIDE = columnsSideBySide()

/** The page, or two of them side by side, each under a bar of its own, in rows of one height. */
export function Pages({
  theme,
  loaders,
}: {
  readonly theme: 'light' | 'dark'
  readonly loaders: PageLoaders
}) {
  const split = useReview(isSplit)
  const ids = useReview(({ panes }) => Object.keys(panes.byId).join(' ')).split(' ')
  return (
    <div className={styles.pages} style={split ? { gridTemplateColumns: SIDE_BY_SIDE } : undefined}>
      {ids.map((id, index) => {
        const loader = loaders.of(id)
        // Closed, and read once more.
        if (loader === null) return null
        return (
          <PaneContext key={id} value={id}>
            <section
              className={styles.pane}
              data-beside={index > 0}
              aria-label={split ? (index === 0 ? 'Left page' : 'Right page') : undefined}
            >
              {split && <PaneBar beside={index > 0} />}
              <div className={styles.plot}>
                <PagePlot pane={id} theme={theme} loader={loader} />
              </div>
              <div className={styles.lanes}>
                <Lanes beside={index > 0} />
              </div>
            </section>
          </PaneContext>
        )
      })}
    </div>
  )
}
