import { Component, type ReactNode, useState } from 'react'
import { keepLesson } from '../store/lessonEditing.ts'
import { downloadLesson } from '../store/lessons.ts'
import { downloadCopy, saveAs } from '../store/saving.ts'
import { hasSealedCase, isLessonUnkept, ownSet, unkeptOf } from '../store/selectors.ts'
import type { OpenSetState } from '../store/setsState.ts'
import { getState, useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { WholeMessage } from '../ui/WholeMessage.tsx'

/** A fault in the window must not look like lost work: what is kept is said, and what is not can be kept as a file. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <WholeMessage role="alert">
        <h1>This window has failed</h1>
        <KeptMarks />
        <UnkeptLesson />
        <Button look="primary" onClick={() => window.location.reload()}>
          Load again
        </Button>
      </WholeMessage>
    )
  }
}

/** Until they are kept. The desktop, which downloads nothing, writes them where the reader says. */
function KeptMarks() {
  const set = useReview(ownSet)
  const unkept = useReview(unkeptOf)
  const [refusal, setRefusal] = useState<string | null>(null)
  const isBrowser = getState().shell.facts.kind === 'browser'
  const saveElsewhere = async () => {
    const { noticesGiven } = getState().ui
    await saveAs(null)
    const { notices } = getState().ui
    const problem = notices.findLast(({ id, tone }) => id > noticesGiven && tone === 'problem')
    setRefusal(ownSet(getState())?.refusal?.message ?? problem?.text ?? null)
  }
  return (
    <>
      <p>
        {describeKept(set, unkept)} {refusal}
      </p>
      {unkept > 0 && (
        <Button look="secondary" onClick={isBrowser ? downloadCopy : () => void saveElsewhere()}>
          {isBrowser ? 'Keep a copy of the set' : 'Save the set as…'}
        </Button>
      )}
    </>
  )
}

/**
 * Until it is saved: a save that was under way still ends. No journal has it, and the next start does not offer it.
 * Nothing can be downloaded on the desktop.
 */
function UnkeptLesson() {
  const open = useReview((state) => (isLessonUnkept(state) ? state.lessons.open : null))
  if (open === null) return null
  const isConflict = open.refusal?.isConflict ?? false
  return (
    <>
      <p>
        What you did last in the lesson “{open.lesson.title}” is in this window only: save it before you load
        it again. {open.refusal?.message}
      </p>
      <Button look="secondary" onClick={() => void keepLesson({ overwrite: isConflict })}>
        {isConflict ? 'Keep mine, and the other aside' : 'Save the lesson'}
      </Button>
      {getState().shell.facts.kind === 'browser' && !hasSealedCase(open) && (
        <Button look="secondary" onClick={() => downloadLesson(open)}>
          Keep a copy of the lesson
        </Button>
      )}
    </>
  )
}

function describeKept(set: OpenSetState | null, unkept: number): string {
  if (set === null || set.readOnly) return 'No marks were open in it. Load the window again.'
  if (unkept === 0) return 'Your marks are in the journal. Load the window again and they are offered to you.'
  const last = unkept === 1 ? 'the last change, which is' : `the last ${unkept} changes, which are`
  return `Your marks are in the journal but for ${last} in this window only: keep a copy before you load it again.`
}
