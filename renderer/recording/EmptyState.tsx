import { useEffect, useState } from 'react'
import type { RecordingChoice } from '../../shared/contract/model.ts'
import { assertNever } from '../../shared/units.ts'
import { listRecordings } from '../store/asking.ts'
import { chooseRecording, requestOpen } from '../store/opening.ts'
import { useReview } from '../store/state.ts'
import { choosePanel } from '../store/ui.ts'

/** A window without a recording: what can be opened, and why the last one could not. */
export function EmptyState() {
  const recording = useReview((state) => state.recording)
  const takenOver = useReview((state) => state.shell.takenOver)
  const [choices, setChoices] = useState<readonly RecordingChoice[]>([])
  const isEmpty = recording.phase === 'none'
  useEffect(() => {
    if (!isEmpty) return
    listRecordings()
      .then(setChoices)
      .catch(() => setChoices([]))
  }, [isEmpty])

  if (takenOver) {
    return (
      <div className="empty-state" role="alert">
        <h1>Opened in another window</h1>
        <p>What you marked here is in the journal, and the other window offers it.</p>
        <button type="button" className="primary" onClick={() => window.location.reload()}>
          Use it here
        </button>
      </div>
    )
  }
  switch (recording.phase) {
    case 'starting':
    // The page takes this place.
    case 'opening':
    case 'open':
      return <div className="empty-state" />
    case 'none':
      return <WhatToOpen failure={recording.failure} choices={choices} />
    default:
      return assertNever(recording)
  }
}

type WhatToOpenProps = { readonly failure: string | null; readonly choices: readonly RecordingChoice[] }

function WhatToOpen({ failure, choices }: WhatToOpenProps) {
  return (
    <div className="empty-state">
      {failure !== null && (
        <p className="empty-failure" role="alert">
          {failure}
        </p>
      )}
      <h1>Open an EDF or BDF recording</h1>
      <p>Drop a file here, or choose one.</p>
      <div className="empty-actions">
        <button type="button" className="primary" onClick={() => void chooseRecording()}>
          Open…
        </button>
        <button type="button" className="secondary" onClick={() => choosePanel('reference')}>
          Read the reference
        </button>
      </div>
      {choices.length > 0 && (
        <ul className="empty-list">
          {choices.slice(0, 8).map((choice) => (
            <li key={`${choice.origin} ${choice.ref}`}>
              <button
                type="button"
                className="open-choice"
                disabled={!choice.available}
                onClick={() => requestOpen(choice)}
              >
                <span className="open-name">{choice.name}</span>
                <span className="open-facts">
                  {choice.origin === 'sample'
                    ? 'synthetic sample'
                    : choice.available
                      ? choice.folder
                      : 'not there any more'}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
