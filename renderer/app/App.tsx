import { useEffect, useState } from 'react'
import { runCommand } from '../commands/runCommand.ts'
import { Banners } from '../panels/Banners.tsx'
import { Dialogs } from '../panels/Dialogs.tsx'
import { EmptyState } from '../panels/EmptyState.tsx'
import { MimicChooser } from '../panels/MimicChooser.tsx'
import { Notices } from '../panels/Notices.tsx'
import { Overview } from '../panels/Overview.tsx'
import { PrintSheet } from '../panels/reference/PrintSheet.tsx'
import { ReferencePanel } from '../panels/reference/ReferencePanel.tsx'
import { SidePanel } from '../panels/SidePanel.tsx'
import { StatusLine } from '../panels/StatusLine.tsx'
import { TopBar } from '../panels/TopBar.tsx'
import { ViewBar } from '../panels/ViewBar.tsx'
import { describePage } from '../plot/describePage.ts'
import { computeLayout, pixelsPerMillimetre } from '../plot/layout.ts'
import { PagePlot } from '../plot/PagePlot.tsx'
import type { PageLoader } from '../plot/pageLoader.ts'
import { useTheme } from '../plot/useTheme.ts'
import { goBackFromExample, goToExample } from '../store/examples.ts'
import { useReview } from '../store/state.ts'
import { choosePanel, toggleWidePanel } from '../store/ui.ts'

export function App({ loader }: { readonly loader: PageLoader }) {
  const phase = useReview((state) => state.phase)
  const theme = useTheme(useReview((state) => state.settings.theme))
  const panelOpen = useReview((state) => state.settings.panelOpen)
  const panel = useReview((state) => state.panel)
  const name = useReview((state) => state.recording?.name ?? null)
  useEffect(() => {
    document.title = name === null ? 'Hypnospike' : `${name} — Hypnospike`
  }, [name])

  const isOpen = phase === 'open'
  const readsAlone = !isOpen && panel === 'reference'
  return (
    <div className="app">
      <TopBar />
      <ViewBar millimetresPerSecond={useMillimetresPerSecond()} />
      <Banners />
      <div className="middle">
        <main className="main">
          {isOpen ? (
            <PagePlot theme={theme} loader={loader} />
          ) : readsAlone ? (
            <Reference alone />
          ) : (
            <EmptyState />
          )}
          <MimicChooser />
          <Notices />
        </main>
        {isOpen && panelOpen && <SidePanel reference={<Reference alone={false} />} />}
      </div>
      {isOpen && <Overview theme={theme} />}
      <StatusLine />
      <PageText />
      <Dialogs />
      <PrintSheet />
    </div>
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
  const canGoBack = useReview((state) => state.before !== null)
  const widened = useReview((state) => state.panelWide)
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

/** Paper speed as drawn, where a page is drawn. */
function useMillimetresPerSecond(): number | null {
  const [width, setWidth] = useState(0)
  const timebase = useReview((state) => state.view.timebase)
  const measured = useReview((state) => state.settings.pixelsPerMillimetre)
  const isOpen = useReview((state) => state.phase === 'open')
  useEffect(() => {
    const page = isOpen ? document.querySelector('.page') : null
    if (page === null) return
    const observer = new ResizeObserver(() => setWidth(page.clientWidth))
    observer.observe(page)
    return () => observer.disconnect()
  }, [isOpen])
  if (width === 0) return null
  const plotWidth = computeLayout(width, 0, []).plot.width
  return plotWidth / pixelsPerMillimetre(measured) / timebase
}
