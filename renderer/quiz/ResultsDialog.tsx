import { useCallback, useEffect, useState } from 'react'
import type { LessonProgressSummary } from '../../shared/contract/quizProcedures.ts'
import type { QuizResults } from '../../shared/teaching/quiz/results.ts'
import { messageOf } from '../store/notices.ts'
import { askProgress, askResults, deleteProgress, exportProgress } from '../store/quizResults.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Choose, Labelled, Problem } from '../ui/Field.tsx'
import styles from './dialogs.module.css'
import { Figures } from './Figures.tsx'
import { endText } from './resultText.ts'

const ALL = ''
/** What asks and what takes the question back are one button: the focus stays where nothing is deleted. */
const KEEPS_FOCUS = 'delete or keep'

type Answer = {
  readonly progress: readonly LessonProgressSummary[]
  /** What the results are of; ALL: every lesson. */
  readonly chosen: string
  readonly results: QuizResults
}

/** What a learner's answers come to, of one lesson or of all. */
export function ResultsDialog({ onClose }: { readonly onClose: () => void }) {
  const of = useReview((state) => state.ui.resultsOf)
  const learner = useReview((state) => state.shell.settings.reviewer)
  const [answer, setAnswer] = useState<Answer | { readonly problem: string } | null>(null)
  const [asksToDelete, setAsksToDelete] = useState(false)
  const lesson = of?.lesson.ref ?? null

  /** null: the lesson that was just asked, else all. */
  const ask = useCallback(
    async (wanted: string | null) => {
      try {
        const progress = await askProgress()
        const ofLesson = progress.find((each) => each.lesson !== null && each.lesson === lesson)?.ref
        const chosen = wanted ?? ofLesson ?? ALL
        setAnswer({ progress, chosen, results: await askResults(chosen === ALL ? null : chosen) })
      } catch (thrown) {
        setAnswer({ problem: messageOf(thrown) })
      }
    },
    [lesson],
  )
  useEffect(() => void ask(null), [ask])

  const given = answer === null || 'problem' in answer ? null : answer
  const isEmpty = given === null || given.results.answered === 0
  const ref = given === null || given.chosen === ALL ? null : given.chosen
  const title = given?.progress.find((each) => each.ref === ref)?.title
  return (
    <Dialog
      title="Results"
      wide
      onClose={onClose}
      actions={
        asksToDelete ? (
          <>
            <p className={styles.question}>
              Delete all answers of {learner} {title === undefined ? 'to every lesson' : `to “${title}”`}?
              They are kept nowhere else.
            </p>
            <Button key={KEEPS_FOCUS} look="secondary" onClick={() => setAsksToDelete(false)}>
              Keep them
            </Button>
            <Button
              look="primary"
              onClick={() => {
                setAsksToDelete(false)
                void deleteProgress(ref).then(() => ask(ALL))
              }}
            >
              Delete
            </Button>
          </>
        ) : (
          <>
            <Button key={KEEPS_FOCUS} look="quiet" disabled={isEmpty} onClick={() => setAsksToDelete(true)}>
              Delete progress…
            </Button>
            <Button look="secondary" disabled={isEmpty} onClick={() => void exportProgress(ref)}>
              Export…
            </Button>
            <Button look="primary" onClick={onClose}>
              Close
            </Button>
          </>
        )
      }
    >
      {of?.end != null && <p className={styles.end}>{endText(of.end)}</p>}
      {answer === null && <p role="status">Reading…</p>}
      {answer !== null && 'problem' in answer && <Problem>{answer.problem}</Problem>}
      {given !== null && (
        <>
          <div className={styles.head}>
            <Labelled label={`Answers of ${learner}`}>
              <Choose value={given.chosen} onChange={(event) => void ask(event.target.value)}>
                <option value={ALL}>All lessons</option>
                {given.progress.map((each) => (
                  <option key={each.ref} value={each.ref} disabled={each.problem !== null}>
                    {each.title}
                  </option>
                ))}
              </Choose>
            </Labelled>
          </div>
          {given.progress.map(
            ({ ref: own, problem }) => problem !== null && <Problem key={own}>{problem}</Problem>,
          )}
          {isEmpty ? (
            <p>Nothing was answered yet. Learn ▸ Take a quiz… begins one.</p>
          ) : (
            <Figures key={given.chosen} results={given.results} />
          )}
        </>
      )}
    </Dialog>
  )
}
