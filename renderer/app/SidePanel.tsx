import { Tabs } from '@base-ui/react/tabs'
import { BookOpen } from 'lucide-react'
import type { ReactNode } from 'react'
import { CandidatesPanel } from '../candidates/CandidatesPanel.tsx'
import { ComparePanel } from '../compare/ComparePanel.tsx'
import { EvidencePanel } from '../evidence/EvidencePanel.tsx'
import { Measured } from '../evidence/Measured.tsx'
import { LessonPanel } from '../lessons/LessonPanel.tsx'
import { DetailsPanel } from '../recording/DetailsPanel.tsx'
import { NotesPanel } from '../recording/NotesPanel.tsx'
import { MarksPanel } from '../sets/MarksPanel.tsx'
import { shownCandidates } from '../store/candidates.ts'
import { openCompare } from '../store/comparing.ts'
import type { Panel } from '../store/panels.ts'
import { activeSet, notesOf, warningsOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { choosePanel } from '../store/ui.ts'
import { Tab, TabList } from '../ui/Tabs.tsx'
import styles from './app.module.css'

/** The tabs beside the page. */
export function SidePanel({
  reference,
  theme,
}: {
  readonly reference: ReactNode
  readonly theme: 'light' | 'dark'
}) {
  const panel = useReview((state) => state.ui.panel)
  const wide = useReview((state) => state.ui.panelWide && state.ui.panel === 'reference')
  const marks = useReview((state) => activeSet(state)?.document.marks.length ?? 0)
  const reviewsCandidates = useReview((state) => shownCandidates(state) !== null)
  const notes = useReview((state) => notesOf(state).length)
  const warnings = useReview((state) => warningsOf(state).length)
  return (
    <aside className={styles.panel} aria-label="Marks, notes and details" data-panel={panel} data-wide={wide}>
      <Tabs.Root
        className={styles.tabs}
        value={panel}
        onValueChange={(value: Panel) => (value === 'compare' ? void openCompare() : choosePanel(value))}
      >
        <div className={styles.tabBar}>
          <TabList>
            <CountedTab value="marks" label="Marks" count={marks} />
            <CountedTab value="compare" label="Compare" />
            <CountedTab value="notes" label="Notes" count={notes} />
            <CountedTab value="details" label="Details" count={warnings} warns={warnings > 0} />
            <CountedTab value="evidence" label="Evidence" />
            <CountedTab value="lesson" label="Lesson" />
            <Tab value="reference" label="Reference" title="Reference (R)">
              <BookOpen size={15} aria-hidden="true" />
            </Tab>
          </TabList>
        </div>
        <Tabs.Panel value="marks" className={styles.body}>
          {reviewsCandidates ? (
            <CandidatesPanel />
          ) : (
            <MarksPanel measured={(mark) => <Measured mark={mark} />} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="compare" className={styles.body}>
          <ComparePanel />
        </Tabs.Panel>
        <Tabs.Panel value="notes" className={styles.body}>
          <NotesPanel />
        </Tabs.Panel>
        <Tabs.Panel value="details" className={styles.body}>
          <DetailsPanel />
        </Tabs.Panel>
        <Tabs.Panel value="evidence" className={styles.body}>
          <EvidencePanel theme={theme} />
        </Tabs.Panel>
        <Tabs.Panel value="lesson" className={styles.body}>
          <LessonPanel />
        </Tabs.Panel>
        <Tabs.Panel value="reference" className={styles.body}>
          {reference}
        </Tabs.Panel>
      </Tabs.Root>
    </aside>
  )
}

type TabProps = {
  readonly value: Panel
  readonly label: string
  readonly count?: number
  readonly warns?: boolean
}

function CountedTab({ value, label, count = 0, warns = false }: TabProps) {
  return (
    <Tab value={value}>
      <span className={styles.tabName}>{label}</span>
      {count > 0 && (
        <span
          className={styles.count}
          data-warns={warns}
          title={warns ? `${count} ${count === 1 ? 'warning' : 'warnings'} about this file` : undefined}
        >
          {warns ? (
            <>
              ⚠<span className={styles.warnings}> {count}</span>
            </>
          ) : (
            count
          )}
        </span>
      )}
    </Tab>
  )
}
