import { useEffect } from 'react'
import { refreshSets, requestSet, returnToOwnSet } from '../store/opening.ts'
import { activeSet, setsBeside } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Dialog } from '../ui/Dialog.tsx'

/** The sets beside the recording, those that do not belong to it with the reason. */
export function SetsDialog({ onClose }: { readonly onClose: () => void }) {
  const sets = useReview(setsBeside)
  useEffect(() => void refreshSets(), [])
  const reviewer = useReview((state) => state.shell.settings.reviewer)
  const isOwn = useReview((state) => activeSet(state)?.readOnly === false)
  return (
    <Dialog title="Sets of this recording" onClose={onClose}>
      {(sets ?? []).length === 0 && <p>There is no set beside this recording yet.</p>}
      <section className="open-section">
        <ul>
          {!isOwn && (
            <li>
              <button type="button" className="open-choice" onClick={() => void returnToOwnSet()}>
                <span className="open-name">Your own set</span>
                <span className="open-facts">{reviewer} · to mark in</span>
              </button>
            </li>
          )}
          {(sets ?? []).map((set) => (
            <li key={set.ref}>
              <button
                type="button"
                className="open-choice"
                disabled={set.problem !== null}
                onClick={() => requestSet(set)}
              >
                <span className="open-name">{set.name}</span>
                <span className="open-facts">
                  {set.problem ??
                    `${set.isKey ? 'key' : set.reviewer} · ${set.marks} ${set.marks === 1 ? 'mark' : 'marks'}`}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </Dialog>
  )
}
