import { useEffect, useState } from 'react'
import type { RecordingChoice } from '../../shared/contract/model.ts'
import { assertNever } from '../../shared/units.ts'
import { listRecordings } from '../store/asking.ts'
import { chooseRecording, requestOpen } from '../store/leaving.ts'
import { useReview } from '../store/state.ts'
import { choosePanel, openDialog } from '../store/ui.ts'
import { Button } from '../ui/Button.tsx'
import { Choice, Choices } from '../ui/Choices.tsx'
import { WholeMessage } from '../ui/WholeMessage.tsx'
import styles from './recording.module.css'

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
      <WholeMessage role="alert">
        <h1>Opened in another window</h1>
        <p>What you marked here is in the journal, and the other window offers it.</p>
        <Button look="primary" onClick={() => window.location.reload()}>
          Use it here
        </Button>
      </WholeMessage>
    )
  }
  switch (recording.phase) {
    case 'starting':
    // The page takes this place.
    case 'opening':
    case 'open':
      return <WholeMessage />
    case 'none':
      return <WhatToOpen failure={recording.failure} choices={choices} />
    default:
      return assertNever(recording)
  }
}

type WhatToOpenProps = { readonly failure: string | null; readonly choices: readonly RecordingChoice[] }

function WhatToOpen({ failure, choices }: WhatToOpenProps) {
  return (
    <WholeMessage>
      {failure !== null && (
        <p className={styles.failure} role="alert">
          {failure}
        </p>
      )}
      <h1>Open an EDF or BDF recording</h1>
      <p>Drop a file here, or choose one.</p>
      <div className={styles.actions}>
        <Button look="primary" onClick={() => void chooseRecording()}>
          Open…
        </Button>
        <Button look="secondary" onClick={() => openDialog('quiz')}>
          Take a quiz…
        </Button>
        <Button look="secondary" onClick={() => choosePanel('reference')}>
          Read the reference
        </Button>
      </div>
      {choices.length > 0 && (
        <div className={styles.choices}>
          <Choices>
            {choices.slice(0, 8).map((choice) => (
              <Choice
                key={`${choice.origin} ${choice.ref}`}
                name={choice.name}
                facts={
                  choice.origin === 'sample'
                    ? 'synthetic sample'
                    : choice.available
                      ? choice.folder
                      : 'not there any more'
                }
                disabled={!choice.available}
                onChoose={() => requestOpen(choice)}
              />
            ))}
          </Choices>
        </div>
      )}
    </WholeMessage>
  )
}
