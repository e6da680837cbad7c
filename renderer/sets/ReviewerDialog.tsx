import { type FormEvent, useEffect, useState } from 'react'
import { reviewerProblem } from '../../shared/contract/settings.ts'
import { changeReviewer, requestListed } from '../store/leaving.ts'
import { refreshSets } from '../store/openingSets.ts'
import { asksWhoReads, setsBeside } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Choice, Choices } from '../ui/Choices.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Input, Labelled, Problem } from '../ui/Field.tsx'
import { describeSet } from './describeSet.ts'

/** Who marks: a code that goes into file names, so no name of a person is needed. */
export function ReviewerDialog({ onClose }: { readonly onClose: () => void }) {
  const current = useReview((state) => state.shell.settings.reviewer)
  const sets = useReview(setsBeside)
  useEffect(() => void refreshSets(), [])
  // Who was asked whether a code is theirs and comes here has another one.
  const isAsked = useReview(asksWhoReads)
  const [code, setCode] = useState(isAsked ? '' : current)
  const problem = reviewerProblem(code)
  const isGood = problem === null
  const others = (sets ?? []).filter((set) => set.problem === null && (isAsked || set.reviewer !== current))

  const isSealed = others.some((set) => set.isSealed && !set.isKey && set.reviewer === code.trim())

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (isGood) changeReviewer(code.trim())
  }

  return (
    <Dialog title="Reviewer" onClose={onClose}>
      <form onSubmit={submit}>
        <Labelled label="Your code: it stands in your sets and their file names">
          <Input value={code} aria-invalid={!isGood} onChange={(event) => setCode(event.target.value)} />
        </Labelled>
        {isSealed && (
          <Problem>
            The set of {code.trim()} is sealed for you. Take this code only if it is your own.
          </Problem>
        )}
        {problem !== null && code !== '' && <Problem>{problem}</Problem>}
        <DialogActions>
          <Button type="submit" look="primary" disabled={!isGood}>
            Mark as {isGood ? code.trim() : '…'}
          </Button>
        </DialogActions>
      </form>
      {others.length > 0 && (
        <Choices title="Sets of others, for reading">
          {others.map((set) => (
            <Choice
              key={set.ref}
              name={set.isKey ? 'Key' : set.reviewer}
              facts={describeSet(set)}
              disabled={set.isSealed}
              onChoose={() => requestListed(set)}
            />
          ))}
        </Choices>
      )}
    </Dialog>
  )
}
