import type { ReactNode } from 'react'
import { requestEndOfQuiz } from '../store/quiz.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Key } from '../ui/Key.tsx'
import styles from './quiz.module.css'

/** Instead of the file and its facts: which lesson, how far, and the way out. */
export function QuizTopBar({ menu }: { readonly menu: ReactNode }) {
  const quiz = useReview((state) => state.quiz)
  if (quiz === null) return null
  const { start, at, given, right } = quiz
  const shown = at.phase === 'coming' ? null : at.shown
  return (
    <header className={styles.topBar}>
      {menu}
      <span className={styles.divider} />
      <span className={styles.lesson} title={start.lessonTitle}>
        <strong>Quiz</strong> · {start.lessonTitle}
      </span>
      <span className={styles.space} />
      <span className={styles.count} role="status">
        {shown !== null && (
          <>
            Case <strong>{shown.number}</strong> · {leftText(shown.left - 1)}
          </>
        )}
      </span>
      {given > 0 && (
        <span className={styles.count}>
          <strong>{right}</strong> of {given} right
        </span>
      )}
      <span className={styles.count} title="Whose progress this is">
        {start.learner}
      </span>
      <Button look="secondary" onClick={requestEndOfQuiz}>
        End quiz <Key>Esc</Key>
      </Button>
    </header>
  )
}

function leftText(left: number): string {
  return left === 0 ? 'the last one' : `${left} to come`
}
