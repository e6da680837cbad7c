/** The reference beside the page, or the whole page where no recording is open. */
import { Tabs } from '@base-ui/react/tabs'
import { ArrowLeft, Columns2, Printer } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useRef } from 'react'
import { REFERENCE } from '../../shared/reference/reference.ts'
import type { Example } from '../../shared/reference/schema.ts'
import { TEACHING_STATEMENT_SHORT } from '../../shared/statement.ts'
import { useReview } from '../store/state.ts'
import { foundSource } from '../store/ui.ts'
import { Button } from '../ui/Button.tsx'
import { Key } from '../ui/Key.tsx'
import { Tab, TabList } from '../ui/Tabs.tsx'
import { CompareTab } from './CompareTab.tsx'
import { ErrorsTab } from './ErrorsTab.tsx'
import { MimicsTab } from './MimicsTab.tsx'
import { changePanel, type ReferenceTab, rememberScroll, scrollOf, usePanelState } from './panelState.ts'
import styles from './reference.module.css'
import { SourcesTab } from './SourcesTab.tsx'

export type ReferencePanelProps = {
  /** Opens the example's sample at its mark, in the example's view. */
  readonly onGoToExample: (example: Example) => void
  /** Back from an example to the recording and place before it. */
  readonly onBack?: () => void
  readonly canGoBack: boolean
  readonly onPrint: () => void
  /** Beside a page: turns the panel wide, with both events side by side, and narrow again. */
  readonly onWiden?: () => void
  /** Room for the table: the whole window instead of a side panel. */
  readonly wide: boolean
}

const TABS: readonly { value: ReferenceTab; label: string }[] = [
  { value: 'compare', label: 'Compare' },
  { value: 'mimics', label: 'Mimics' },
  { value: 'errors', label: 'Errors' },
  { value: 'sources', label: 'Sources' },
]

export function ReferencePanel({
  onGoToExample,
  onBack,
  canGoBack,
  onPrint,
  onWiden,
  wide,
}: ReferencePanelProps) {
  const { tab } = usePanelState()
  const root = useRef<HTMLElement>(null)

  // An example takes the place of a panel that had the whole window: here the reader is back.
  // Nobody who has the focus elsewhere loses it, and beside a recording the keys stay with the page.
  useEffect(() => {
    if (document.activeElement !== document.body) return
    if (usePanelState.getState().left !== null) focusWhereLeft(root.current)
    else if (wide) root.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus()
  }, [wide])

  const sought = useReview((state) => state.ui.soughtSource)
  useEffect(() => {
    if (sought === null) return
    changePanel({ tab: 'sources', left: null })
    const entry = root.current?.querySelector<HTMLElement>(`[data-source="${REFERENCE.numbers.get(sought)}"]`)
    if (tab !== 'sources' || entry == null) return
    entry.scrollIntoView({ block: 'center' })
    entry.focus()
    foundSource()
  }, [sought, tab])

  const goToExample = (from: string, example: Example) => {
    changePanel({ left: from })
    onGoToExample(example)
  }
  const tabProps = { wide, onGoToExample: goToExample }
  return (
    <section ref={root} className={styles.reference} data-wide={wide} aria-label="Reference">
      <Tabs.Root
        className={styles.tabs}
        value={tab}
        onValueChange={(value) => changePanel({ tab: value as ReferenceTab, left: null })}
      >
        <div className={styles.bar}>
          {wide && <h2>Reference</h2>}
          <TabList label="Reference">
            {TABS.map(({ value, label }) => (
              <Tab key={value} value={value}>
                {label}
              </Tab>
            ))}
          </TabList>
          {onWiden !== undefined && (
            <Button
              look="icon"
              aria-pressed={wide}
              aria-label="Both events side by side"
              title={wide ? 'Make the panel narrow' : 'Both events side by side'}
              onClick={onWiden}
            >
              <Columns2 aria-hidden="true" />
            </Button>
          )}
          <Button
            look="icon"
            aria-label="Print the sheet"
            title="Print the sheet: one page"
            onClick={onPrint}
          >
            <Printer aria-hidden="true" />
          </Button>
        </div>
        {canGoBack && onBack !== undefined && (
          <button
            type="button"
            className={styles.back}
            onClick={() => {
              onBack()
              focusWhereLeft(root.current)
            }}
          >
            <ArrowLeft aria-hidden="true" /> Back to where you were
          </button>
        )}
        <Body value="compare" wide={wide}>
          <CompareTab {...tabProps} />
        </Body>
        <Body value="mimics" wide={wide}>
          <MimicsTab {...tabProps} />
        </Body>
        <Body value="errors" wide={wide}>
          <ErrorsTab />
        </Body>
        <Body value="sources" wide={wide}>
          <SourcesTab />
        </Body>
      </Tabs.Root>
      <footer className={styles.foot}>
        <p className={styles.keys}>
          <Key>↑</Key> <Key>↓</Key> move, <Key>Enter</Key> opens
        </p>
        <p className={styles.statement}>{TEACHING_STATEMENT_SHORT}</p>
      </footer>
    </section>
  )
}

type BodyProps = { readonly value: ReferenceTab; readonly wide: boolean; readonly children: ReactNode }

/** A tab's text, scrolled to where it was left. */
function Body({ value, wide, children }: BodyProps) {
  const place = `${value}, ${wide ? 'wide' : 'narrow'}`
  // The element comes and goes with the tab; this component stays.
  const restore = useCallback(
    (body: HTMLDivElement | null) => {
      if (body !== null) body.scrollTop = scrollOf(place)
    },
    [place],
  )
  return (
    <Tabs.Panel
      ref={restore}
      className={styles.body}
      value={value}
      onScroll={(event) => rememberScroll(place, event.currentTarget.scrollTop)}
    >
      {children}
    </Tabs.Panel>
  )
}

/** To the sentence whose example was looked at, if there was one. */
function focusWhereLeft(panel: HTMLElement | null): void {
  const { left } = usePanelState.getState()
  if (left !== null) panel?.querySelector<HTMLElement>(`[data-roving="${left}/example"]`)?.focus()
}
