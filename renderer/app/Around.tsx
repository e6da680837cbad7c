/**
 * What stands around the page. It needs more code than the page itself, so that it comes in a file of its own right
 * after the first page; until then its room is kept (Rooms.tsx), so that nothing moves.
 */
import { useEffect } from 'react'
import { CommandMenu } from '../commands/CommandMenu.tsx'
import { runCommand } from '../commands/runCommand.ts'
// What the page opens by itself comes along: a window that has lost its host cannot fetch it any more.
import '../page/ChannelPopover.tsx'
import { QuizFoot } from '../quiz/QuizFoot.tsx'
import { QuizTopBar } from '../quiz/QuizTopBar.tsx'
import { GoTo } from '../recording/GoTo.tsx'
import { Overview } from '../recording/Overview.tsx'
import { OverviewRoom } from '../recording/OverviewRoom.tsx'
import { SpectrogramStrip } from '../recording/SpectrogramStrip.tsx'
import { PrintSheet } from '../reference/PrintSheet.tsx'
import { ReferencePanel } from '../reference/ReferencePanel.tsx'
import { goBackFromExample, goToExample } from '../store/leaving.ts'
import { refreshOnFocus } from '../store/openingSets.ts'
import { hasPage, isOpen } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { choosePanel, toggleWidePanel } from '../store/ui.ts'
import styles from './app.module.css'
import { Dialogs } from './Dialogs.tsx'
import { QuizPanel } from './QuizPanel.tsx'
import { SidePanel } from './SidePanel.tsx'
import { StatusLine } from './StatusLine.tsx'
import { TopBar } from './TopBar.tsx'
import { ViewBar } from './ViewBar.tsx'

export function Bars() {
  const isQuiz = useReview(({ quiz }) => quiz !== null)
  return isQuiz ? (
    <>
      <QuizTopBar menu={<CommandMenu />} />
      <ViewBar />
    </>
  ) : (
    <>
      <TopBar />
      <ViewBar />
    </>
  )
}

type Themed = { readonly theme: 'light' | 'dark' }

export function Panel({ theme }: Themed) {
  const isQuiz = useReview(({ quiz }) => quiz !== null)
  if (isQuiz) return <QuizPanel reference={<Reference alone={false} />} theme={theme} />
  return <SidePanel reference={<Reference alone={false} />} theme={theme} />
}

export function Foot({ theme }: Themed) {
  const isQuiz = useReview(({ quiz }) => quiz !== null)
  const isReading = useReview(isOpen)
  const isComing = useReview((state) => hasPage(state) && !isOpen(state))
  if (isQuiz) return <QuizFoot />
  return (
    <>
      {isReading && <SpectrogramStrip theme={theme} />}
      {isReading && <Overview theme={theme} />}
      {isComing && <OverviewRoom />}
      <div className={styles.foot}>
        <StatusLine />
        {isReading && <GoTo />}
      </div>
    </>
  )
}

/** Over the window, and on paper. */
export function Over() {
  useEffect(refreshOnFocus, [])
  return (
    <>
      <Dialogs />
      <PrintSheet />
    </>
  )
}

/** In the whole window where no recording is open, else beside the page. */
export function Reference({ alone }: { readonly alone: boolean }) {
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
