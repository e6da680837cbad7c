import { useEffect } from 'react'
import { requestListed, requestOwnSet } from '../store/leaving.ts'
import { refreshSets } from '../store/openingSets.ts'
import { activeSet, isOwnOpen, setsBeside } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Choice, Choices } from '../ui/Choices.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { describeSet } from './describeSet.ts'

/** The sets beside the recording, those that do not belong to it with the reason. */
export function SetsDialog({ onClose }: { readonly onClose: () => void }) {
  const sets = useReview(setsBeside)
  useEffect(() => void refreshSets(), [])
  const reviewer = useReview((state) => state.shell.settings.reviewer)
  const isOwn = useReview((state) => isOwnOpen(state) && activeSet(state)?.role === 'own')
  return (
    <Dialog title="Sets of this recording" onClose={onClose}>
      {(sets ?? []).length === 0 && <p>There is no set beside this recording yet.</p>}
      <Choices>
        {!isOwn && <Choice name="Your own set" facts={`${reviewer} · to mark in`} onChoose={requestOwnSet} />}
        {(sets ?? []).map((set) => (
          <Choice
            key={set.ref}
            name={set.name}
            facts={set.problem ?? describeSet(set)}
            disabled={set.problem !== null || set.isSealed}
            onChoose={() => requestListed(set)}
          />
        ))}
      </Choices>
    </Dialog>
  )
}
