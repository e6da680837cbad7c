import { useEffect, useRef } from 'react'
import { describePage } from '../page/describePage.ts'
import type { PageLoaders } from '../page/pageLoaders.ts'
import { useTheme } from '../page/useTheme.ts'
import { EmptyState } from '../recording/EmptyState.tsx'
import { MimicChooser } from '../sets/MimicChooser.tsx'
import { hasPage, recordingNameOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { isPanelShown } from '../store/ui.ts'
import { MainElement } from '../ui/mainFocus.ts'
import { WholeMessage } from '../ui/WholeMessage.tsx'
import styles from './app.module.css'
import { Banners } from './Banners.tsx'
import { Notices } from './Notices.tsx'
import { Pages } from './Pages.tsx'
import { BarsRoom, FootRoom, PanelRoom } from './Rooms.tsx'
import { useAround } from './useAround.ts'

export function App({ loaders }: { readonly loaders: PageLoaders }) {
  const page = useRef<HTMLElement>(null)
  const theme = useTheme(useReview((state) => state.shell.settings.theme))
  const hasPanel = useReview((state) =>
    state.quiz === null ? isPanelShown(state) : state.quiz.at.phase === 'answered',
  )
  const panel = useReview((state) => state.ui.panel)
  const name = useReview(recordingNameOf)
  useEffect(() => {
    document.title = name === null ? 'Hypnospike' : `${name} — Hypnospike`
  }, [name])

  // The page is laid out while the recording is being opened: its width is known when the first samples are asked for.
  const isPage = useReview(hasPage)
  const around = useAround()
  const isQuiz = useReview(({ quiz }) => quiz !== null)
  const readsAlone = !isPage && panel === 'reference' && !isQuiz
  return (
    <MainElement value={page}>
      <div className={styles.app}>
        {around === null ? <BarsRoom /> : <around.Bars />}
        <Banners />
        <div className={styles.middle}>
          <main className={styles.main}>
            {isPage ? (
              <Pages theme={theme} loaders={loaders} />
            ) : readsAlone ? (
              around !== null && <around.Reference alone />
            ) : isQuiz ? (
              <WholeMessage role="status">Opening the first case…</WholeMessage>
            ) : (
              <EmptyState />
            )}
            <MimicChooser />
            <Notices />
          </main>
          {isPage && hasPanel && (around === null ? <PanelRoom /> : <around.Panel theme={theme} />)}
        </div>
        {around === null ? <FootRoom /> : <around.Foot theme={theme} />}
        <PageText />
        {around !== null && <around.Over />}
      </div>
    </MainElement>
  )
}

/** Apart from the rest, so that turning a page does not render all of it again. */
function PageText() {
  return (
    <p id="page-text" className="visually-hidden" aria-live="off">
      {useReview(describePage)}
    </p>
  )
}
