import { type KeyboardEvent, useId, useRef } from 'react'
import { CRITERION_KEYS, criterionAnswerOf } from '../../shared/contract/quizKeys.ts'
import { CRITERIA, CRITERION_ANSWERS, type CriteriaGiven } from '../../shared/teaching/quiz/criteria.ts'
import { answerCriterion } from '../store/quizAnswering.ts'
import { Key } from '../ui/Key.tsx'
import { useMainFocus } from '../ui/mainFocus.ts'
import styles from './quiz.module.css'

/** Each criterion in a line, answered by a letter; what is not answered is no answer. */
export function CriteriaFields({ criteria }: { readonly criteria: CriteriaGiven }) {
  const list = useRef<HTMLDivElement>(null)
  const group = useId()
  const focusMain = useMainFocus()

  /** The one after, in the row of choices that has the focus; past the last, the page. */
  function go(from: Element, by: 1 | -1): void {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-criterion]') ?? [])]
    const at = rows.findIndex((row) => row.contains(from))
    const next = rows[at + by]
    if (next !== undefined) focusRow(next)
    else if (by === 1) focusMain()
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const target = event.target as HTMLElement
    const id = target.closest<HTMLElement>('[data-criterion]')?.dataset.criterion
    const criterion = CRITERIA.find((each) => each.id === id)
    const answer = criterionAnswerOf(event.nativeEvent)
    if (criterion !== undefined && answer !== null) {
      answerCriterion(criterion.id, answer)
      go(target, 1)
    } else if (event.key === 'ArrowDown') go(target, 1)
    else if (event.key === 'ArrowUp') go(target, -1)
    else if (event.key === 'Escape') focusMain()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: letters for the fields within
    <div className={styles.criteria} data-own-keys="" data-quiz-criteria="" ref={list} onKeyDown={onKeyDown}>
      <h3>
        Criteria <Key>F</Key>
        <span className={styles.hint}>
          {CRITERION_ANSWERS.map(({ code, label }) => `${CRITERION_KEYS[code]} ${label.toLowerCase()}`).join(
            ', ',
          )}
        </span>
      </h3>
      <div className={styles.criteriaList}>
        {CRITERIA.map(({ id, label: name, sentence }) => (
          <div
            key={id}
            className={styles.criterion}
            role="radiogroup"
            aria-label={sentence}
            data-criterion={id}
          >
            <span className={styles.criterionName} title={sentence}>
              {name}
            </span>
            {CRITERION_ANSWERS.map(({ code, label }) => (
              <label key={code} className={styles.rating}>
                <input
                  type="radio"
                  className="visually-hidden"
                  name={`${group} ${id}`}
                  checked={criteria[id] === code}
                  onChange={() => answerCriterion(id, code)}
                />
                {label}
              </label>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

function focusRow(row: HTMLElement): void {
  const chosen = row.querySelector<HTMLInputElement>('input:checked') ?? row.querySelector('input')
  chosen?.focus()
}
