import { useEffect, useState } from 'react'
import type { QuizMode } from '../../shared/teaching/quiz/judgement.ts'
import { requestQuiz } from '../store/leaving.ts'
import { messageOf } from '../store/notices.ts'
import { giveUpStarting } from '../store/quiz.ts'
import { askQuizLessons, type QuizLesson } from '../store/quizLessons.ts'
import { ownSet } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogActions } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import styles from './dialogs.module.css'

const MODES = [
  {
    code: 'locate',
    label: 'Locate and label',
    says: 'Mark each event where it is, as on any page. Your onsets are measured against the key.',
  },
  { code: 'label', label: 'Label only', says: 'Say what the page shows as a whole. Quicker.' },
] as const satisfies readonly { readonly code: QuizMode; readonly label: string; readonly says: string }[]

/** Which lesson, and how: what is open is left for it, and is there again afterwards. */
export function QuizDialog() {
  const starting = useReview((state) => state.ui.startingQuiz)
  const [lessons, setLessons] = useState<readonly QuizLesson[] | { readonly problem: string } | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [mode, setMode] = useState<QuizMode>('locate')
  /** The one in the lesson's tab is the one that is meant. */
  const open = useReview((state) => state.lessons.open?.ref ?? null)
  const learner = useReview((state) => state.shell.settings.reviewer)
  const hasSteps = useReview((state) => (ownSet(state)?.history.done.length ?? 0) > 0)
  useEffect(() => {
    askQuizLessons()
      .then((listed) => {
        setLessons(listed)
        const isOpen = (each: QuizLesson) => each.lesson.ref === open
        setChosen((listed.find(isOpen) ?? listed[0])?.lesson.ref ?? null)
      })
      .catch((thrown: unknown) => setLessons({ problem: messageOf(thrown) }))
  }, [open])
  const listed = lessons === null || 'problem' in lessons ? [] : lessons
  const lesson = listed.find((each) => each.lesson.ref === chosen)?.lesson

  return (
    <Dialog title="Take a quiz" onClose={giveUpStarting}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (lesson !== undefined) requestQuiz({ lesson: { ref: lesson.ref, name: lesson.title }, mode })
        }}
      >
        {lessons === null ? (
          <p role="status">Looking for lessons…</p>
        ) : 'problem' in lessons ? (
          <Problem>{lessons.problem}</Problem>
        ) : listed.length === 0 ? (
          <p>There is no lesson with cases yet: choose a mark and press Shift+A.</p>
        ) : (
          <fieldset className={styles.lessons}>
            <legend>Lesson</legend>
            {listed.map(({ lesson: each, progress }) => (
              <label key={each.ref} className={styles.lesson}>
                <input
                  type="radio"
                  name="lesson"
                  checked={chosen === each.ref}
                  onChange={() => setChosen(each.ref)}
                />
                <span className={styles.name}>{each.title}</span>
                <span className={styles.counts}>{countsText(each.cases, progress)}</span>
              </label>
            ))}
          </fieldset>
        )}
        <fieldset className={styles.modes}>
          <legend>How</legend>
          {MODES.map(({ code, label, says }) => (
            <label key={code} className={styles.mode}>
              <input type="radio" name="mode" checked={mode === code} onChange={() => setMode(code)} />
              <span>
                <strong>{label}</strong>
                <span className={styles.says}>{says}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <p className={styles.note}>
          Progress is kept on this computer under the code <strong>{learner}</strong>. Each answer is kept as
          it is given; none of it goes into your marks.{' '}
          {hasSteps &&
            'Afterwards your page is there again with your marks; what you did before cannot be undone then.'}
        </p>
        <p className={styles.note} role="status">
          {starting !== null && 'The cases are being prepared: the first time this takes some seconds…'}
        </p>
        <DialogActions>
          <Button look="secondary" onClick={giveUpStarting}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={lesson === undefined || starting !== null}>
            Begin
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

/** `12 due · 30 new · 1 mastered`. */
function countsText(cases: number, progress: QuizLesson['progress']): string {
  if (progress === null) return `${cases} new`
  const { seen, due, retired } = progress
  return `${due} due · ${Math.max(0, cases - seen)} new · ${retired} mastered`
}
