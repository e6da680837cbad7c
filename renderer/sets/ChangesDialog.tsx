import { useEffect, useMemo, useState } from 'react'
import { describeChange } from '../../shared/annotation/describeChange.ts'
import type { SetChange, SignOff } from '../../shared/annotation/document.ts'
import type { SetHistory } from '../../shared/contract/model.ts'
import { formatMoment } from '../../shared/text/moment.ts'
import { saveWithoutHistory } from '../store/saving.ts'
import { activeSet, readerOf } from '../store/selectors.ts'
import { goToChange, historyOf } from '../store/setHistory.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { VirtualList } from '../ui/VirtualList.tsx'
import styles from './sets.module.css'

/** `change` null: a sign-off. */
type Entry = {
  readonly at: string
  readonly by: string
  readonly text: string
  readonly change: SetChange | null
}

/** Who has changed what in the set on the page, and when: the newest first, with its sign-offs between. */
export function ChangesDialog({ onClose }: { readonly onClose: () => void }) {
  const set = useReview(activeSet)
  const setId = set?.setId ?? null
  const [history, setHistory] = useState<SetHistory | null>(null)
  useEffect(() => {
    if (setId !== null) void historyOf(setId).then(setHistory)
  }, [setId])
  const [chosen, setChosen] = useState(-1)
  const entries = useMemo(() => (history === null ? [] : entriesOf(history)), [history])
  if (set === null) return null
  return (
    <Dialog
      title={`Changes of ${set.readOnly ? `the set of ${readerOf(set)}` : 'your set'}`}
      onClose={onClose}
      wide
      {...(set.readOnly
        ? {}
        : {
            actions: (
              <Button look="secondary" onClick={() => void saveWithoutHistory()}>
                Keep a copy without this history…
              </Button>
            ),
          })}
    >
      <p>
        Each save tells what it changed; choosing a line brings its place into view. The set carries this with
        it.
        {history !== null && history.unsaved.length > 0 && ` ${history.unsaved.length} not saved yet.`}
      </p>
      <div className={styles.changes}>
        <VirtualList
          label="Changes"
          items={entries}
          keyOf={(_entry, index) => String(index)}
          chosen={chosen}
          rowHeight={28}
          onChoose={({ change }, index) => {
            setChosen(index)
            if (change !== null) goToChange(change)
          }}
          empty={<p>{history === null ? 'Reading…' : 'Nothing was changed since this set was begun.'}</p>}
        >
          {({ at, by, text, change }) => (
            <>
              <span className={styles.changeTime}>{at === '' ? 'not saved' : formatMoment(at)}</span>
              <span className={styles.changeBy}>{by}</span>
              <span className={styles.changeText} data-signed={change === null} title={text}>
                {text}
              </span>
            </>
          )}
        </VirtualList>
      </div>
    </Dialog>
  )
}

function entriesOf({ saved, unsaved, signOffs }: SetHistory): readonly Entry[] {
  const told = (change: SetChange, at: string): Entry => ({
    at,
    by: change.by,
    text: describeChange(change),
    change,
  })
  const signed = (signOff: SignOff): Entry => ({
    at: signOff.at,
    by: signOff.by,
    text: `Signed off with ${signOff.marks} marks${signOff.blind ? ', blind' : ''}`,
    change: null,
  })
  const past = [...saved.map((change) => told(change, change.at)), ...signOffs.map(signed)]
  // A sign-off closes what was saved with it.
  past.sort((a, b) =>
    a.at === b.at ? Number(a.change === null) - Number(b.change === null) : a.at < b.at ? -1 : 1,
  )
  return [...past, ...unsaved.map((change) => told(change, ''))].reverse()
}
