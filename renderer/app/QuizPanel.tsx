import { Tabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { EvidencePanel } from '../evidence/EvidencePanel.tsx'
import { useReview } from '../store/state.ts'
import { choosePanel } from '../store/ui.ts'
import { Tab, TabList } from '../ui/Tabs.tsx'
import styles from './app.module.css'

type Props = { readonly reference: ReactNode; readonly theme: 'light' | 'dark' }

/** Beside an answered case: what is measured on it, and what is published of it. */
export function QuizPanel({ reference, theme }: Props) {
  const panel = useReview((state) => (state.ui.panel === 'reference' ? 'reference' : 'evidence'))
  const wide = useReview((state) => state.ui.panelWide && panel === 'reference')
  return (
    <aside className={styles.panel} aria-label="Evidence and reference" data-panel={panel} data-wide={wide}>
      <Tabs.Root
        className={styles.tabs}
        value={panel}
        onValueChange={(value: 'evidence' | 'reference') => choosePanel(value)}
      >
        <div className={styles.tabBar}>
          <TabList>
            <Tab value="evidence">Evidence</Tab>
            <Tab value="reference">Reference</Tab>
          </TabList>
        </div>
        <Tabs.Panel value="evidence" className={styles.body}>
          <EvidencePanel theme={theme} />
        </Tabs.Panel>
        <Tabs.Panel value="reference" className={styles.body}>
          {reference}
        </Tabs.Panel>
      </Tabs.Root>
    </aside>
  )
}
