import { useEffect } from 'react'
import { CONFIDENCES } from '../../shared/annotation/kinds.ts'
import { USUAL_QUESTION } from '../../shared/teaching/lesson.ts'
import { quizCaseShown } from '../store/quiz.ts'
import { answerQuiz, askedNow, chooseConfidence } from '../store/quizAnswering.ts'
import { activePane } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Key } from '../ui/Key.tsx'
import { useMainFocus } from '../ui/mainFocus.ts'
import { CriteriaFields } from './CriteriaFields.tsx'
import styles from './quiz.module.css'
import { WhatItIs } from './WhatItIs.tsx'

/** Under the page: what is asked, and all that can be said of it. */
export function QuestionBar() {
  const asked = useReview(askedNow)
  const isShown = useReview((state) => activePane(state).shown !== null)
  const focusMain = useMainFocus()
  useEffect(() => {
    if (isShown) quizCaseShown()
  }, [isShown])
  // The keys are for the page: each case begins there.
  const showing = asked?.shown.showing ?? null
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a case
  useEffect(() => {
    if (showing !== null) focusMain()
  }, [showing])
  const note = useReview(({ quiz }) => quiz?.start.note ?? null)
  if (asked === null) return null
  const { shown, draft, problem, isSending } = asked

  return (
    <section className={styles.bar} aria-label="Question">
      <div className={styles.ask}>
        <h2>{shown.question === '' ? USUAL_QUESTION : shown.question}</h2>
        {shown.isRepeat && <span className={styles.again}>seen before</span>}
        {shown.number === 1 && note !== null && problem === null && <p className={styles.hint}>{note}</p>}
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      </div>
      <div className={styles.said}>
        <WhatItIs draft={draft} />
        <div className={styles.sure}>
          <h3>
            How sure <Key>C</Key>
          </h3>
          <fieldset className={styles.toggles} aria-label="How sure">
            {CONFIDENCES.toReversed().map(({ code, label }) => (
              <button
                key={code}
                type="button"
                className={styles.toggle}
                aria-pressed={draft.confidence === code}
                onClick={() => {
                  chooseConfidence(code)
                  focusMain()
                }}
              >
                {label}
              </button>
            ))}
          </fieldset>
          <Button
            look="primary"
            className={styles.answer}
            disabled={isSending}
            onClick={() => void answerQuiz()}
          >
            {isSending ? 'Answering…' : 'Answer'} <Key>Enter</Key>
          </Button>
        </div>
        <CriteriaFields criteria={draft.criteria} />
      </div>
    </section>
  )
}
