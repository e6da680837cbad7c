import { columnsSideBySide } from '../page/layout.ts'
import { PagePlot } from '../page/PagePlot.tsx'
import type { PageLoaders } from '../page/pageLoaders.ts'
import { PaneContext } from '../page/usePane.ts'
import { QuizPaneBar } from '../quiz/QuizPaneBar.tsx'
import { Lanes } from '../sets/Lanes.tsx'
import { isSplit } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import styles from './app.module.css'
import { PaneBar } from './PaneBar.tsx'

const PAGE_NAMES = ['Left page', 'Right page', 'Page on the far right'] as const

/** The page, or several of them side by side, each under a bar of its own, in rows of one height. */
export function Pages({
  theme,
  loaders,
}: {
  readonly theme: 'light' | 'dark'
  readonly loaders: PageLoaders
}) {
  const split = useReview(isSplit)
  const isQuiz = useReview(({ quiz }) => quiz !== null)
  const ids = useReview(({ panes }) => Object.keys(panes.byId).join(' ')).split(' ')
  return (
    <div
      className={styles.pages}
      style={split ? { gridTemplateColumns: columnsSideBySide(ids.length) } : undefined}
    >
      {ids.map((id, index) => {
        const loader = loaders.of(id)
        // Closed, and read once more.
        if (loader === null) return null
        return (
          <PaneContext key={id} value={id}>
            <section
              className={styles.pane}
              data-beside={index > 0}
              aria-label={split ? PAGE_NAMES[index] : undefined}
            >
              {split && (isQuiz ? <QuizPaneBar /> : <PaneBar beside={index > 0} />)}
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
