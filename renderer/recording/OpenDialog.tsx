import { useEffect, useState } from 'react'
import type { RecordingChoice } from '../../shared/contract/model.ts'
import { listRecordings } from '../store/asking.ts'
import { openDroppedFile } from '../store/dropping.ts'
import { requestOpen } from '../store/leaving.ts'
import { messageOf } from '../store/notices.ts'
import { recordingNameOf } from '../store/selectors.ts'
import { showBeside, shownBeside } from '../store/sideBySide.ts'
import { useReview } from '../store/state.ts'
import { Choice, Choices } from '../ui/Choices.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Input, Labelled, Problem } from '../ui/Field.tsx'

const ORIGINS = [
  { origin: 'recent', title: 'Recent' },
  { origin: 'folder', title: 'In this folder' },
  { origin: 'sample', title: 'Samples (synthetic)' },
] as const

/** What a browser's reader can open: the desktop has the system's dialog for anything else. */
export function OpenDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Open a recording" onClose={onClose}>
      <Listed onChoose={requestOpen} />
      <Labelled label="Another file, or a teaching pack: choose it here, or drop it on the window">
        <Input
          type="file"
          accept=".edf,.bdf,.rec,.hypnopack"
          onChange={(event) => {
            const file = event.target.files?.[0]
            if (file !== undefined) {
              onClose()
              void openDroppedFile(file)
            }
          }}
        />
      </Labelled>
    </Dialog>
  )
}

/** The same to be read beside what is open. */
export function OpenBesideDialog({ onClose }: { readonly onClose: () => void }) {
  const name = useReview(recordingNameOf)
  const shown = useReview(shownBeside)
  return (
    <Dialog title={`Read another recording beside ${name}`} onClose={onClose}>
      <Listed onChoose={(choice) => void showBeside(choice)} isOffered={({ ref }) => ref !== shown} />
      <p>To read a file that is not listed, open it by itself once: from then on it is listed as recent.</p>
    </Dialog>
  )
}

type ListedProps = {
  readonly onChoose: (choice: RecordingChoice) => void
  readonly isOffered?: (choice: RecordingChoice) => boolean
}

function Listed({ onChoose, isOffered = () => true }: ListedProps) {
  const [choices, setChoices] = useState<readonly RecordingChoice[] | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    listRecordings()
      .then(setChoices)
      .catch((thrown: unknown) => setFailure(messageOf(thrown)))
  }, [])
  if (failure !== null) return <Problem>{failure}</Problem>
  if (choices === null) return <p>Looking…</p>
  return ORIGINS.map(({ origin, title }) => {
    const listed = choices.filter((choice) => choice.origin === origin && isOffered(choice))
    if (listed.length === 0) return null
    return (
      <Choices key={origin} title={title}>
        {listed.map((choice) => (
          <Choice
            key={choice.ref}
            name={choice.name}
            facts={choice.available ? `${choice.folder} · ${sizeText(choice.bytes)}` : 'not there any more'}
            disabled={!choice.available}
            onChoose={() => onChoose(choice)}
          />
        ))}
      </Choices>
    )
  })
}

function sizeText(bytes: number | null): string {
  if (bytes === null) return ''
  return bytes < 1e6
    ? `${Math.ceil(bytes / 1e3)} kB`
    : bytes < 1e9
      ? `${(bytes / 1e6).toFixed(1)} MB`
      : `${(bytes / 1e9).toFixed(2)} GB`
}
