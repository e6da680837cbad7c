import { useState } from 'react'
import type { Format, WriteJob } from '../../shared/interchange/common/format.ts'
import { listLosses } from '../../shared/interchange/common/losses.ts'
import { FORMATS } from '../../shared/interchange/formats.ts'
import { downloadExport, isDownloaded, planExport, writeExport } from '../store/exporting.ts'
import { activeSet } from '../store/selectors.ts'
import { getState, useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Choose, Input, Labelled, Problem } from '../ui/Field.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import styles from './exchange.module.css'
import { useWriting, type WritingControl } from './useWriting.ts'

/** What, to where, what stays behind, and where it went. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const [id, setId] = useState(FORMATS[0]?.id ?? '')
  const [dates, setDates] = useState(false)
  const [patient, setPatient] = useState(false)
  const [typed, setTyped] = useState<string | null>(null)
  const { writing, write, change, callOff } = useWriting<string>()
  const reviewer = useReview((state) => activeSet(state)?.document.reviewer ?? '')
  const format = FORMATS.find((each) => each.id === id)
  const options = { dates, patient: patient && format?.medium === 'edf' }
  const job = planExport(options)
  if (format === undefined || job === null) return null
  const download = isDownloaded(format)
  const isBrowser = getState().shell.facts.kind === 'browser'
  const name = typed ?? format.nameOf(job)

  function close(): void {
    callOff()
    onClose()
  }

  /** Where it went, as a sentence. */
  async function exported(asked: Format, chosen: WriteJob, control: WritingControl): Promise<string | null> {
    if (download) return `Downloaded: ${(await downloadExport(asked, chosen)).join(', ')}`
    const written = await writeExport(asked, options, { name: isBrowser ? name : null, ...control })
    return written === null ? null : `Written to the folder ${written.folder}: ${written.files.join(', ')}`
  }

  const isWriting = writing.state === 'writing'
  return (
    <Dialog
      title={`Export the set of ${reviewer}`}
      onClose={close}
      actions={
        <>
          <Button look="secondary" onClick={close}>
            {isWriting ? 'Cancel' : 'Close'}
          </Button>
          <Button
            look="primary"
            disabled={isWriting}
            onClick={() => void write((control) => exported(format, job, control))}
          >
            {download ? 'Download' : isBrowser ? 'Write beside the recording' : 'Choose where…'}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Labelled label="Format">
          <Choose
            value={id}
            disabled={isWriting}
            onChange={(event) => change(() => setId(event.target.value))}
          >
            {FORMATS.map((each) => (
              <option key={each.id} value={each.id}>
                {each.label}
              </option>
            ))}
          </Choose>
        </Labelled>
        <p className={styles.hint}>{format.hint}</p>
        {isBrowser && !download && (
          <Labelled label="File name, beside the recording">
            <Input value={name} onChange={(event) => change(() => setTyped(event.target.value))} />
          </Labelled>
        )}
        <label className={styles.check}>
          <input type="checkbox" checked={dates} onChange={() => change(() => setDates(!dates))} /> With the
          date and time of day
        </label>
        {format.medium === 'edf' && (
          <label className={styles.check}>
            <input type="checkbox" checked={patient} onChange={() => change(() => setPatient(!patient))} />{' '}
            With what the header says of the patient
          </label>
        )}
        <Points
          title="What stays behind"
          points={listLosses(format, job)}
          none="Nothing: all of the set arrives."
        />
        <Points title="Look at it before you pass it on" points={cautionsOf(format, job)} none={null} />
        <div aria-live="polite">
          {isWriting && <ProgressBar label="Writing" done={writing.done} />}
          {writing.state === 'written' && <p className={styles.good}>{writing.made}</p>}
          {writing.state === 'failed' && <Problem>{writing.message}</Problem>}
        </div>
      </div>
    </Dialog>
  )
}

function cautionsOf(format: Format, job: NonNullable<ReturnType<typeof planExport>>): readonly string[] {
  const asked = job.options.patient ? { identification: { patient: '', recording: '' } } : {}
  return format.cautions?.({ ...job, ...asked }) ?? []
}

function Points(props: {
  readonly title: string
  readonly points: readonly string[]
  readonly none: string | null
}) {
  const { title, points, none } = props
  if (points.length === 0 && none === null) return null
  return (
    <section className={styles.points}>
      <h3>{title}</h3>
      {points.length === 0 ? (
        <p>{none}</p>
      ) : (
        <ul>
          {points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
    </section>
  )
}
