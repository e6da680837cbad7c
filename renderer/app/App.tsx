import { useEffect, useRef } from 'react'
import { runCommand } from '../commands/runCommand.ts'
import { describePage } from '../page/describePage.ts'
import { PagePlot } from '../page/PagePlot.tsx'
import type { PageLoader } from '../page/pageLoader.ts'
import { useTheme } from '../page/useTheme.ts'
import { EmptyState } from '../recording/EmptyState.tsx'
import { GoTo } from '../recording/GoTo.tsx'
import { Overview } from '../recording/Overview.tsx'
import { PrintSheet } from '../reference/PrintSheet.tsx'
import { ReferencePanel } from '../reference/ReferencePanel.tsx'
import { Lanes } from '../sets/Lanes.tsx'
import { MimicChooser } from '../sets/MimicChooser.tsx'
import { FIRST_PANE } from '../store/beginnings.ts'
import { goBackFromExample, goToExample } from '../store/leaving.ts'
import { isOpen, recordingNameOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { choosePanel, toggleWidePanel } from '../store/ui.ts'
import { MainElement } from '../ui/mainFocus.ts'
import styles from './app.module.css'
import { Banners } from './Banners.tsx'
import { Dialogs } from './Dialogs.tsx'
import { Notices } from './Notices.tsx'
import { SidePanel } from './SidePanel.tsx'
import { StatusLine } from './StatusLine.tsx'
import { TopBar } from './TopBar.tsx'
import { ViewBar } from './ViewBar.tsx'

export function App({ loader }: { readonly loader: PageLoader }) {
  const page = useRef<HTMLElement>(null)
  const isReading = useReview(isOpen)
  const theme = useTheme(useReview((state) => state.shell.settings.theme))
  const panelOpen = useReview((state) => state.shell.settings.panelOpen)
  const panel = useReview((state) => state.ui.panel)
  const name = useReview(recordingNameOf)
  useEffect(() => {
    document.title = name === null ? 'Hypnospike' : `${name} — Hypnospike`
  }, [name])

  // The page is laid out while the recording is being opened: its width is known when the first samples are asked for.
  const hasPage = useReview(({ recording: { phase } }) => phase === 'open' || phase === 'opening')
  const readsAlone = !hasPage && panel === 'reference'
  return (
    <MainElement value={page}>
      <div className={styles.app}>
        <TopBar />
        <ViewBar />
        <Banners />
        <div className={styles.middle}>
          <main className={styles.main}>
            {hasPage ? (
              <>
                <PagePlot pane={FIRST_PANE} theme={theme} loader={loader} />
                <Lanes />
              </>
            ) : readsAlone ? (
              <Reference alone />
            ) : (
              <EmptyState />
            )}
            <MimicChooser />
            <Notices />
          </main>
          {hasPage && panelOpen && <SidePanel reference={<Reference alone={false} />} theme={theme} />}
        </div>
        {isReading && <Overview theme={theme} />}
        <div className={styles.foot}>
          <StatusLine />
          {isReading && <GoTo />}
        </div>
        <PageText />
        <Dialogs />
        <PrintSheet />
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

/** In the whole window where no recording is open, else beside the page. */
function Reference({ alone }: { readonly alone: boolean }) {
  const canGoBack = useReview((state) => state.ui.before !== null)
  const widened = useReview((state) => state.ui.panelWide)
  return (
    <ReferencePanel
      wide={alone || widened}
      canGoBack={canGoBack || alone}
      onBack={() => (alone ? choosePanel('marks') : goBackFromExample())}
      onGoToExample={goToExample}
      onPrint={() => runCommand('print')}
      {...(alone ? {} : { onWiden: toggleWidePanel })}
    />
  )
}
