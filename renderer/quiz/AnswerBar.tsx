import { Check, X } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { markName } from '../../shared/annotation/kinds.ts'
import type { Answered } from '../../shared/contract/quizProcedures.ts'
import { DIFFICULTIES } from '../../shared/teaching/lesson.ts'
import { CRITERIA, CRITERION_ANSWERS, type CriterionAnswer } from '../../shared/teaching/quiz/criteria.ts'
import { votesOn } from '../../shared/teaching/votes.ts'
import { nextQuizCase } from '../store/quiz.ts'
import { answeredNow, nextReference, showExpertView, togglePair } from '../store/quizPair.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Key } from '../ui/Key.tsx'
import { useMainFocus } from '../ui/mainFocus.ts'
import { Quantities } from '../ui/Quantities.tsx'
import { errorText, givenText, keyText, scheduleText, votesText } from './answerText.ts'
import styles from './quiz.module.css'

/** Under the page once the case was answered: right or not, why, and what speaks for it. */
export function AnswerBar() {
  const given = useReview(answeredNow)
  const references = useReview(({ quiz }) => quiz?.references ?? null)
  const hasRoom = useReview(({ quiz }) => quiz?.hasRoom ?? true)
  const focusMain = useMainFocus()
  // What was focused has gone with the question.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with the answer
  useEffect(() => focusMain(), [])
  const readers = useReaders(given?.answered ?? null)
  if (given === null) return null
  const { answered, judgement, isPairShown, shown } = given
  const { judged, rationale, sources, difficulty, key } = answered
  const problem = references !== null && 'problem' in references ? references.problem : null
  return (
    <section className={styles.bar} aria-label="Answer">
      <div className={styles.given}>
        <div className={styles.why}>
          <div role="status">
            <h2 className={styles.verdict} data-right={judged.isRight}>
              {judged.isRight ? <Check size={18} aria-hidden="true" /> : <X size={18} aria-hidden="true" />}
              {judged.isRight ? 'Right:' : 'Not right. It is'} {keyText(key)}
            </h2>
          </div>
          <p className={styles.facts}>
            You said {givenText(judgement)}.{errorText(judged.onsetError)}
            {difficulty !== null && ` ${DIFFICULTIES.find(({ code }) => code === difficulty)?.label} case.`}{' '}
            {scheduleText(answered)}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long reason is scrolled by keys */}
          <section className={styles.rationale} tabIndex={0} aria-label="Why">
            {rationale !== '' && (
              <p>
                <Quantities>{rationale}</Quantities>
              </p>
            )}
            {readers.map((line) => (
              <p key={line}>Readers. {line}</p>
            ))}
            {sources.length > 0 && (
              <ul className={styles.sources}>
                {sources.map(({ text, url }) => (
                  <li key={text}>
                    {text}
                    {url !== null && <span className={styles.address}> {url}</span>}
                  </li>
                ))}
              </ul>
            )}
            {problem !== null && <p>{problem}</p>}
          </section>
        </div>
        <Expected criteria={answered.criteria} />
        <div className={styles.ways}>
          <Button look="primary" onClick={() => void nextQuizCase()}>
            {shown.left === 1 ? 'See the results' : 'Next case'} <Key>Enter</Key>
          </Button>
          <Button look="secondary" onClick={() => (isPairShown ? showExpertView() : togglePair())}>
            {isPairShown ? 'Expert’s view' : 'Matched pair'} <Key>{isPairShown ? 'B' : '\\'}</Key>
          </Button>
          {isPairShown && !hasRoom && (
            <Button look="secondary" onClick={nextReference}>
              Other reference <Key>T</Key>
            </Button>
          )}
        </div>
      </div>
    </section>
  )
}

/** How readers had decided on each mark, a line each; worked out once an answer, since many may have. */
function useReaders(answered: Pick<Answered, 'key' | 'votes'> | null): readonly string[] {
  return useMemo(() => {
    if (answered === null) return []
    const { marks, problem } = votesOn({ marks: answered.key, votes: answered.votes })
    if (problem !== null) return [problem]
    return marks.flatMap(({ mark, votes }) =>
      votes.length === 0 ? [] : [`${markName(mark)}: ${votesText(votes)}.`],
    )
  }, [answered])
}

/** What was said of each criterion, beside what fits the answer. */
function Expected({ criteria }: { readonly criteria: Answered['criteria'] }) {
  const rows = criteria.filter(({ given, expected }) => given !== null || expected !== null)
  if (rows.length === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys where it is longer
    <section className={styles.expected} tabIndex={0} aria-label="Criteria">
      <table>
        <thead>
          <tr>
            <th scope="col">Criterion</th>
            <th scope="col">You</th>
            <th scope="col">Fits the answer</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, given, expected }) => {
            const row = CRITERIA.find((each) => each.id === id)
            const fits = given === null || expected === null ? null : isSameSide(given, expected)
            return (
              <tr key={id}>
                <th scope="row" title={row?.sentence}>
                  {row?.label ?? id}
                </th>
                <td data-fits={fits ?? undefined}>
                  {given === null ? '–' : answerLabel(given)}
                  {fits !== null && (fits ? ' ✓' : ' ✗')}
                  {fits === false && <span className="visually-hidden"> does not fit</span>}
                </td>
                <td>{expected === null ? 'decides nothing' : answerLabel(expected)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function answerLabel(code: CriterionAnswer): string {
  return CRITERION_ANSWERS.find((each) => each.code === code)?.label ?? code
}

/** Unlikely is no answer against No: both lean the same way. */
function isSameSide(given: CriterionAnswer, expected: CriterionAnswer): boolean {
  const leans = (code: CriterionAnswer) => code === 'yes' || code === 'likely'
  return leans(given) === leans(expected)
}
