import { AlignHorizontalJustifyStart, ChevronLeft, ChevronRight, FolderOpen, Keyboard, X } from 'lucide-react'
import { useContext } from 'react'
import { flushSync } from 'react-dom'
import { markName } from '../../shared/annotation/kinds.ts'
import { standsAligned } from '../../shared/signal/aligning.ts'
import { formatClock, formatElapsed } from '../../shared/text/clock.ts'
import { PaneContext, useInPane, usePane } from '../page/usePane.ts'
import { activatePane } from '../store/activePage.ts'
import { goToMark } from '../store/marking.ts'
import { clockStartIn, documentIn, guestName, openedIn, pickedMarkIn } from '../store/shownIn.ts'
import { chooseBeside, closeBeside, toggleAligned, toggleTogether } from '../store/sideBySide.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { useMainFocus } from '../ui/mainFocus.ts'
import styles from './paneBar.module.css'

const ICON = 15

/** Over each of two pages: which recording, where in it, and what it is aligned at. */
export function PaneBar({ beside }: { readonly beside: boolean }) {
  const id = useContext(PaneContext)
  const isActive = useReview(({ panes }) => panes.active === id)
  const name = useInPane((state, pane) => openedIn(state, pane)?.name ?? '')
  const isGuest = useInPane((state, pane) => guestName(state, pane) !== null)
  const coming = useReview(({ panes }) => panes.coming?.name ?? null)
  const hasMarks = useInPane((state, pane) => (documentIn(state, pane)?.marks.length ?? 0) > 0)
  const mark = useInPane(pickedMarkIn)
  const isAligned = usePane(({ aligned, pageStart, view }) =>
    standsAligned(aligned, pageStart, view.timebase),
  )
  const together = useReview(({ panes }) => panes.together)
  const focusMain = useMainFocus()

  /** On this page, whichever the keys acted on. */
  function here(act: () => void): void {
    // At once: the focus is for the page that is the active one then.
    flushSync(() => activatePane(id))
    act()
    focusMain()
  }

  return (
    <div
      className={styles.paneBar}
      role="toolbar"
      aria-label={beside ? 'Right page' : 'Left page'}
      data-active={isActive}
    >
      {isActive && (
        <span
          className={styles.paneKeys}
          role="img"
          aria-label="Keys act here"
          title="Keys act here (T: the other)"
        >
          <Keyboard size={ICON} aria-hidden="true" />
        </span>
      )}
      <span className={styles.paneName} title={name}>
        {name}
        {isGuest && <span> · to read</span>}
      </span>
      <PaneTimes />
      <Button
        look="icon"
        disabled={!hasMarks}
        aria-label="Previous mark on this page"
        title="Previous mark (,)"
        onClick={() => here(() => goToMark('previous', false))}
      >
        <ChevronLeft size={ICON} aria-hidden="true" />
      </Button>
      <span className={styles.paneMark}>{mark === null ? 'Mark' : markName(mark)}</span>
      <Button
        look="icon"
        disabled={!hasMarks}
        aria-label="Next mark on this page"
        title="Next mark (.)"
        onClick={() => here(() => goToMark('next', false))}
      >
        <ChevronRight size={ICON} aria-hidden="true" />
      </Button>
      <Button
        look="icon"
        className={styles.paneAlign}
        aria-pressed={isAligned}
        aria-label="Aligned at the mark’s onset"
        title="Align at the mark’s onset, else at the cursor (A)"
        onClick={() => here(() => toggleAligned(id))}
      >
        <AlignHorizontalJustifyStart size={ICON} aria-hidden="true" />
      </Button>
      <span className={styles.space} />
      {beside ? (
        <>
          {coming !== null && <span role="status">Opening {coming}…</span>}
          <Button
            look="quiet"
            aria-label="Another recording…"
            title="Another recording here, to be read…"
            onClick={() => void chooseBeside()}
          >
            <FolderOpen size={ICON} aria-hidden="true" /> <span className={styles.paneWord}>Another…</span>
          </Button>
          <Button look="icon" aria-label="Close this page" title="Close this page (\\)" onClick={closeBeside}>
            <X size={ICON} aria-hidden="true" />
          </Button>
        </>
      ) : (
        <label className={styles.together} title="Both pages go on by the same time">
          <input type="checkbox" checked={together} onChange={toggleTogether} /> Turn both
        </label>
      )}
    </div>
  )
}

/** Apart from the rest, so that a turned page renders no more than this. */
function PaneTimes() {
  const span = usePane(({ shown }) => shown?.span ?? null)
  const start = useInPane(clockStartIn)
  if (span === null) return null
  return (
    <span className={styles.paneTimes}>
      {start !== null && <strong>{formatClock(start, span.start, 1)} </strong>}
      <span className={styles.paneElapsed}>{formatElapsed(span.start, 1)}</span>
    </span>
  )
}
