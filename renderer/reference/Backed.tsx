/** A sentence with what it rests on: how far it was checked, its sources one key away, its example. */
import { ScanSearch } from 'lucide-react'
import { useId, useState } from 'react'
import { type Backing, REFERENCE, sourcesOf } from '../../shared/reference/reference.ts'
import type { EvidenceLevel, Example } from '../../shared/reference/schema.ts'
import { Button } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { usePanelState } from './panelState.ts'
import { SourceDetails } from './SourceDetails.tsx'
import styles from './statements.module.css'

/** Short enough to stand beside a sentence; `content.*.json` has the full wording. */
const MARKS: Readonly<Record<EvidenceLevel, string | null>> = {
  primary: null,
  secondary: 'secondary source',
  teaching: 'our teaching rule',
  unverified: null,
}

export type BackedProps = {
  /** Unlike that of any other sentence on the page. */
  readonly id: string
  readonly text: string
  readonly backing: Backing
  readonly asOf?: string | undefined
  readonly example?: Example | undefined
  readonly onGoToExample?: ((example: Example) => void) | undefined
}

export function Backed({ id, text, backing, asOf, example, onGoToExample }: BackedProps) {
  const [open, setOpen] = useState(false)
  const looking = usePanelState(({ left }) => left === id)
  const panelId = useId()
  const textId = useId()
  const listed = sourcesOf(REFERENCE, backing)
  const numbers = listed.map(({ number }) => number).join(', ')
  const notes = [MARKS[backing.evidence], asOf === undefined ? null : `as of ${asOf}`].filter(
    (one) => one !== null,
  )
  const unchecked = backing.evidence === 'unverified'
  return (
    <div className={classes(styles.backed, unchecked && styles.unchecked)} id={`reference-${id}`}>
      <p>
        <span id={textId}>{text}</span>{' '}
        {unchecked && <span className={styles.unverified}>{REFERENCE.evidenceLabels.unverified}</span>}{' '}
        {notes.length > 0 && (
          <span className={styles.note} title={REFERENCE.evidenceLabels[backing.evidence]}>
            {notes.join(' · ')}
          </span>
        )}{' '}
        <Button
          look="small"
          data-roving={`${id}/sources`}
          aria-expanded={open}
          aria-controls={panelId}
          aria-label={`${unchecked ? 'check in' : 'Sources'} ${numbers}`}
          aria-describedby={textId}
          onClick={() => setOpen(!open)}
        >
          {unchecked ? 'check in ' : ''}
          {numbers}
        </Button>{' '}
        {example !== undefined && onGoToExample !== undefined && (
          <Button
            look="small"
            data-roving={`${id}/example`}
            className={styles.example}
            aria-label={`Show it in the sample ${example.sample}`}
            aria-describedby={textId}
            title={example.look}
            onClick={() => onGoToExample(example)}
          >
            <ScanSearch aria-hidden="true" />
            show
          </Button>
        )}
      </p>
      {looking && example !== undefined && (
        <p className={styles.look}>
          <strong>In the sample:</strong> {example.look}
        </p>
      )}
      <div id={panelId} className={styles.disclosed} hidden={!open}>
        {open &&
          listed.map(({ number, source }) => <SourceDetails key={source.id} {...{ number, source }} />)}
      </div>
    </div>
  )
}
