import { type FormEvent, useEffect, useState } from 'react'
import { changeReviewer, refreshSets, requestSet } from '../store/opening.ts'
import { setsBeside } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Dialog } from '../ui/Dialog.tsx'

/** Who marks: a code that goes into file names, so no name of a person is needed. */
export function ReviewerDialog({ onClose }: { readonly onClose: () => void }) {
  const current = useReview((state) => state.shell.settings.reviewer)
  const sets = useReview(setsBeside)
  useEffect(() => void refreshSets(), [])
  const [code, setCode] = useState(current)
  const isGood = /^[A-Za-z0-9][A-Za-z0-9_-]{0,23}$/.test(code.trim())
  const others = (sets ?? []).filter((set) => set.problem === null && set.reviewer !== current)

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (isGood) changeReviewer(code.trim())
  }

  return (
    <Dialog title="Reviewer" onClose={onClose}>
      <form onSubmit={submit}>
        <label className="dialog-field">
          Your code: it stands in your sets and their file names
          <input
            className="field"
            value={code}
            aria-invalid={!isGood}
            onChange={(event) => setCode(event.target.value)}
          />
        </label>
        {!isGood && (
          <p className="field-problem">1 to 24 letters, digits, - or _, beginning with a letter or digit.</p>
        )}
        <div className="dialog-actions">
          <button type="submit" className="primary" disabled={!isGood}>
            Mark as {isGood ? code.trim() : '…'}
          </button>
        </div>
      </form>
      {others.length > 0 && (
        <section className="open-section">
          <h3>Sets of others, for reading</h3>
          <ul>
            {others.map((set) => (
              <li key={set.ref}>
                <button type="button" className="open-choice" onClick={() => requestSet(set)}>
                  <span className="open-name">{set.isKey ? 'Key' : set.reviewer}</span>
                  <span className="open-facts">
                    {set.marks} {set.marks === 1 ? 'mark' : 'marks'}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  )
}
