import { useEffect, useMemo, useRef, useState } from 'react'
import { listTexts, type TextRow } from '../../shared/interchange/common/planImport.ts'
import {
  codeOfTarget,
  TARGETS,
  type Target,
  targetOfCode,
} from '../../shared/interchange/common/vocabulary.ts'
import { FORMATS } from '../../shared/interchange/formats.ts'
import { addImported, type FoundEvents, readForeignFile, readOwnAnnotations } from '../store/importing.ts'
import { messageOf } from '../store/notices.ts'
import { scanOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Choose, Input, Labelled, Problem } from '../ui/Field.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import { Table } from '../ui/Table.tsx'
import styles from './exchange.module.css'

/** More texts than anybody goes through by hand: the others become what is proposed for them. */
const MOST_ROWS = 200

type Reading =
  | { readonly state: 'none' }
  /** From 0 to 1; null: it is not known. */
  | { readonly state: 'reading'; readonly done: number | null; readonly cancel?: () => void }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'read'; readonly events: FoundEvents }

/** A file of another program: its texts with what each becomes, for the reader to change. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const [reading, setReading] = useState<Reading>({ state: 'none' })
  /** The latest file alone is read on, and none once the dialog is gone. */
  const under = useRef<AbortController | null>(null)
  useEffect(() => () => under.current?.abort(), [])

  async function read(file: File | undefined): Promise<void> {
    if (file === undefined) return
    under.current?.abort()
    const work = new AbortController()
    under.current = work
    const { signal } = work
    const show = (next: Reading) => {
      if (under.current === work) setReading(next)
    }
    const cancel = () => {
      work.abort()
      show({ state: 'none' })
    }
    show({ state: 'reading', done: 0, cancel })
    try {
      const onProgress = (done: number) => !signal.aborted && show({ state: 'reading', done, cancel })
      show({ state: 'read', events: await readForeignFile(file, { onProgress, signal }) })
    } catch (thrown) {
      if (!signal.aborted) show({ state: 'failed', message: messageOf(thrown) })
    }
  }

  return (
    <TextsDialog title="Import marks" reading={reading} onClose={onClose}>
      <Labelled label="File of another program">
        <Input
          type="file"
          accept=".csv,.csv_bi,.tsv,.txt,.xml,.edf,.bdf"
          onChange={(event) => void read(event.target.files?.[0])}
        />
      </Labelled>
      <p className={styles.hint}>
        Known by itself:{' '}
        {FORMATS.map(({ label }) => label.replace(/ \(.*/, ''))
          .filter(isFirst)
          .join(', ')}
        .
      </p>
    </TextsDialog>
  )
}

function isFirst(label: string, index: number, labels: readonly string[]): boolean {
  return labels.indexOf(label) === index
}

/** The recording's own annotations, by the same table. */
export function TakeOverDialog({ onClose }: { readonly onClose: () => void }) {
  const isRead = useReview((state) => scanOf(state) === null)
  // While the file is read there are more to come; the table does not change under the reader's hand.
  const reading = useMemo((): Reading => {
    if (!isRead) return { state: 'reading', done: null }
    return { state: 'read', events: readOwnAnnotations() }
  }, [isRead])
  return <TextsDialog title="Take over the file’s annotations" reading={reading} onClose={onClose} />
}

type Props = {
  readonly title: string
  readonly reading: Reading
  readonly onClose: () => void
  readonly children?: React.ReactNode
}

function TextsDialog({ title, reading, onClose, children }: Props) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Target>>(new Map())
  const events = reading.state === 'read' ? reading.events : null
  const rows = useMemo(() => (events === null ? [] : listTexts(events.found, chosen)), [events, chosen])
  const count = (as: Target['as']) =>
    rows.reduce((sum, row) => sum + (row.target.as === as ? row.count : 0), 0)
  const taken = count('mark') + count('reviewed')

  function add(): void {
    if (events !== null && addImported(events, chosen)) onClose()
  }

  return (
    <Dialog
      title={title}
      onClose={onClose}
      wide
      actions={
        <>
          <Button look="secondary" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" disabled={taken === 0} onClick={add}>
            {taken === 0 ? 'Add' : `Add ${taken} ${taken === 1 ? 'event' : 'events'}`}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {children}
        <div aria-live="polite">
          {reading.state === 'reading' && <Waiting reading={reading} />}
          {reading.state === 'failed' && <Problem>{reading.message}</Problem>}
        </div>
        {events !== null && rows.length === 0 && <p>There is no annotation in {events.from}.</p>}
        {events !== null && rows.length > 0 && (
          <>
            <p>
              {events.from}: {sumOf(count('mark'), 'mark')}, {sumOf(count('reviewed'), 'reviewed stretch')},{' '}
              {count('nothing')} left out. {events.notice}
            </p>
            <Texts rows={rows} onChoose={(text, target) => setChosen(new Map(chosen).set(text, target))} />
          </>
        )}
      </div>
    </Dialog>
  )
}

function Waiting({
  reading: { done, cancel },
}: {
  readonly reading: Reading & { readonly state: 'reading' }
}) {
  if (done === null) return <p>Reading the annotations…</p>
  return (
    <div className={styles.waiting}>
      <ProgressBar label="Reading the file" done={done} />
      <Button look="secondary" onClick={cancel}>
        Stop
      </Button>
    </div>
  )
}

function sumOf(count: number, what: string): string {
  return `${count} ${count === 1 ? what : `${what}${what.endsWith('h') ? 'es' : 's'}`}`
}

type TextsProps = {
  readonly rows: readonly TextRow[]
  readonly onChoose: (text: string, target: Target) => void
}

function Texts({ rows, onChoose }: TextsProps) {
  return (
    <>
      <Table>
        <thead>
          <tr>
            <th>Text in the file</th>
            <th>How often</th>
            <th>Becomes</th>
            <th>Why</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map(({ text, count, target, because }) => (
            <tr key={text}>
              <td>{text === '' ? '(no text)' : text}</td>
              <td className={styles.number}>{count}</td>
              <td>
                <Choose
                  aria-label={`${text} becomes`}
                  value={codeOfTarget(target)}
                  onChange={(event) => {
                    const next = targetOfCode(event.target.value)
                    if (next !== null) onChoose(text, next)
                  }}
                >
                  {TARGETS.map(({ code, label }) => (
                    <option key={code} value={code}>
                      {label}
                    </option>
                  ))}
                </Choose>
              </td>
              <td className={styles.why}>{WHY[because]}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      {rows.length > MOST_ROWS && (
        <p>The first {MOST_ROWS} texts are listed; the others become what is proposed for them.</p>
      )}
    </>
  )
}

const WHY: Readonly<Record<TextRow['because'], string>> = {
  known: 'known',
  proposed: 'a spelling of it, proposed',
  chosen: 'you chose it',
  unknown: 'not known',
}
