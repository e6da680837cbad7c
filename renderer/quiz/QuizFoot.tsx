import { useReview } from '../store/state.ts'
import { AnswerBar } from './AnswerBar.tsx'
import { QuestionBar } from './QuestionBar.tsx'
import styles from './quiz.module.css'

/** In the place of overview and status line. */
export function QuizFoot() {
  const phase = useReview(({ quiz }) => quiz?.at.phase ?? null)
  switch (phase) {
    case null:
      return null
    case 'coming':
      return (
        <section className={styles.bar} aria-label="Question">
          <p role="status">Opening the next case…</p>
        </section>
      )
    case 'asked':
      return <QuestionBar />
    case 'answered':
      return <AnswerBar />
  }
}
