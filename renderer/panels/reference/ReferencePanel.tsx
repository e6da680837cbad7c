/** The reference beside the page, or the whole page where no recording is open. */
import { Tabs } from '@base-ui/react/tabs'
import { ArrowLeft, Printer } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Example } from '../../../shared/reference/schema.ts'
import { TEACHING_STATEMENT_SHORT } from '../../../shared/reference/statement.ts'
import { CompareTab } from './CompareTab.tsx'
import { ErrorsTab } from './ErrorsTab.tsx'
import { MimicsTab } from './MimicsTab.tsx'
import { changePanel, type ReferenceTab, usePanelState } from './panelState.ts'
import { SourcesTab } from './SourcesTab.tsx'

export type ReferencePanelProps = {
  /** Opens the example's sample at its mark, in the example's view. */
  readonly onGoToExample: (example: Example) => void
  /** Back from an example to the recording and place before it. */
  readonly onBack?: () => void
  readonly canGoBack: boolean
  readonly onPrint: () => void
  /** Room for the table: the whole window instead of a side panel. */
  readonly wide: boolean
}

const TABS: readonly { value: ReferenceTab; label: string }[] = [
  { value: 'compare', label: 'Compare' },
  { value: 'mimics', label: 'Mimics' },
  { value: 'errors', label: 'Errors' },
  { value: 'sources', label: 'Sources' },
]

export function ReferencePanel({ onGoToExample, onBack, canGoBack, onPrint, wide }: ReferencePanelProps) {
  const { tab } = usePanelState()
  const root = useRef<HTMLElement>(null)

  // An example takes the place of a panel that had the whole window: here the reader is back.
  useEffect(() => focusWhereLeft(root.current), [])

  const goToExample = (from: string, example: Example) => {
    changePanel({ left: from })
    onGoToExample(example)
  }
  const tabProps = { wide, onGoToExample: goToExample }
  return (
    <section ref={root} className={`reference ${wide ? 'reference-wide' : ''}`} aria-label="Reference">
      <Tabs.Root
        className="reference-tabs"
        value={tab}
        onValueChange={(value) => changePanel({ tab: value as ReferenceTab })}
      >
        <div className="reference-bar">
          {wide && <h2>Reference</h2>}
          <Tabs.List className="reference-tab-list" aria-label="Reference">
            {TABS.map(({ value, label }) => (
              <Tabs.Tab key={value} value={value} className="reference-tab">
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <button
            type="button"
            className="reference-icon-button"
            aria-label="Print the sheet"
            title="Print the sheet: one page"
            onClick={onPrint}
          >
            <Printer aria-hidden="true" />
          </button>
        </div>
        {canGoBack && onBack !== undefined && (
          <button
            type="button"
            className="reference-back"
            onClick={() => {
              onBack()
              focusWhereLeft(root.current)
            }}
          >
            <ArrowLeft aria-hidden="true" /> Back to where you were
          </button>
        )}
        <Tabs.Panel className="reference-body" value="compare">
          <CompareTab {...tabProps} />
        </Tabs.Panel>
        <Tabs.Panel className="reference-body" value="mimics">
          <MimicsTab {...tabProps} />
        </Tabs.Panel>
        <Tabs.Panel className="reference-body" value="errors">
          <ErrorsTab />
        </Tabs.Panel>
        <Tabs.Panel className="reference-body" value="sources">
          <SourcesTab />
        </Tabs.Panel>
      </Tabs.Root>
      <footer className="reference-foot">
        <p className="reference-keys">
          <kbd>↑</kbd> <kbd>↓</kbd> move, <kbd>Enter</kbd> opens
        </p>
        <p className="reference-statement">{TEACHING_STATEMENT_SHORT}</p>
      </footer>
    </section>
  )
}

/** To the sentence whose example was looked at, if there was one. */
function focusWhereLeft(panel: HTMLElement | null): void {
  const { left } = usePanelState.getState()
  if (left === null) return
  changePanel({ left: null })
  panel?.querySelector<HTMLElement>(`[data-roving="${left}/example"]`)?.focus()
}
