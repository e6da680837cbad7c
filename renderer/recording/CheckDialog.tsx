import { useEffect, useState } from 'react'
import type { CheckReport } from '../../shared/edf/check.ts'
import { runJob } from '../store/jobs.ts'
import { messageOf } from '../store/notices.ts'
import { recordingIdOf, recordingNameOf } from '../store/selectors.ts'
import { getState } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import { Table } from '../ui/Table.tsx'
import styles from './recording.module.css'

const MOST_SHOWN = 300

type Reading =
  | { readonly state: 'reading'; readonly done: number }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'read'; readonly report: CheckReport }

/** Every deviation of the file from its standard, for the technologist who has to write to the vendor. */
export function CheckDialog({ onClose }: { readonly onClose: () => void }) {
  const [reading, setReading] = useState<Reading>({ state: 'reading', done: 0 })
  const name = recordingNameOf(getState()) ?? ''
  useEffect(() => {
    const recordingId = recordingIdOf(getState())
    if (recordingId === null) return
    // Closed in whatever way, the dialog ends the reading.
    const closed = new AbortController()
    const show = (next: Reading) => {
      if (!closed.signal.aborted) setReading(next)
    }
    runJob(
      { name: 'check', input: {} },
      {
        recordingId,
        onProgress: (done) => show({ state: 'reading', done }),
        signal: closed.signal,
      },
    )
      .then((report) => show({ state: 'read', report }))
      .catch((thrown: unknown) => show({ state: 'failed', message: messageOf(thrown) }))
    return () => closed.abort()
  }, [])

  const cancel = (
    <Button look="secondary" onClick={onClose}>
      Cancel
    </Button>
  )
  return (
    <Dialog
      title={`Check of ${name}`}
      onClose={onClose}
      wide
      actions={reading.state === 'reading' ? cancel : undefined}
    >
      <Progress reading={reading} />
    </Dialog>
  )
}

function Progress({ reading }: { readonly reading: Reading }) {
  switch (reading.state) {
    case 'reading':
      return <ProgressBar label="Reading the whole file" done={reading.done} />
    case 'failed':
      return <Problem>{reading.message}</Problem>
    case 'read':
      return <Report report={reading.report} />
  }
}

function Report({ report }: { readonly report: CheckReport }) {
  if (report.verdict === 'conforming') {
    return (
      <p>
        No deviation from {report.format} was found: header, record times, annotations and samples were read.
      </p>
    )
  }
  if (report.verdict === 'refused') return <Problem>{report.refusal}</Problem>
  const { deviations } = report
  return (
    <>
      <p>
        {deviations.length === 1 ? '1 deviation' : `${deviations.length} deviations`} from {report.format}.
        The file was opened all the same.
      </p>
      <Table>
        <thead>
          <tr>
            <th>Field</th>
            <th>Byte</th>
            <th>Found</th>
            <th>Expected</th>
            <th>Read as</th>
            <th>Clause</th>
          </tr>
        </thead>
        <tbody>
          {deviations.slice(0, MOST_SHOWN).map((deviation) => (
            <tr key={`${deviation.field} ${deviation.byteOffset} ${deviation.found}`}>
              <td>{deviation.field}</td>
              <td className={styles.number}>{deviation.byteOffset ?? '–'}</td>
              <td>{deviation.found}</td>
              <td>{deviation.expected}</td>
              <td>{deviation.howRead}</td>
              <td>{deviation.clause}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      {deviations.length > MOST_SHOWN && <p>The first {MOST_SHOWN} are shown; the command line lists all.</p>}
    </>
  )
}
