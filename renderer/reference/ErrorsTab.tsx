/** "Find the errors": claims of a popular article to be judged, by mouse or by R, W, H and Enter. */
import { Check, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { readKey } from '../../shared/contract/keys.ts'
import {
  answerClaim,
  answerTo,
  countAnswers,
  type ExerciseCount,
  nextClaim,
  startExercise,
} from '../../shared/reference/exercise.ts'
import { REFERENCE } from '../../shared/reference/reference.ts'
import type { Claim, Verdict } from '../../shared/reference/schema.ts'
import { Button } from '../ui/Button.tsx'
import { Key } from '../ui/Key.tsx'
import { Backed } from './Backed.tsx'
import styles from './exercise.module.css'
import { changePanel, usePanelState } from './panelState.ts'
import statements from './statements.module.css'

const VERDICTS: readonly { verdict: Verdict; label: string; key: string }[] = [
  { verdict: 'right', label: 'Right', key: 'R' },
  { verdict: 'wrong', label: 'Wrong', key: 'W' },
  { verdict: 'half-right', label: 'Half right', key: 'H' },
]

const claims = REFERENCE.claims

export function ErrorsTab() {
  const { exercise } = usePanelState()
  const claimText = useRef<HTMLParagraphElement>(null)
  const nextButton = useRef<HTMLButtonElement>(null)
  const root = useRef<HTMLElement>(null)

  // Focus follows the exercise, but only of a reader who is in it already. It goes to the claim, not
  // to an answer: pressing Enter twice must not judge a claim unread.
  useEffect(() => {
    if (!root.current?.contains(document.activeElement) && document.activeElement !== document.body) return
    if (exercise.phase === 'answered') nextButton.current?.focus()
    else if (exercise.answers.length > 0) claimText.current?.focus()
  }, [exercise])

  const answer = (verdict: Verdict) => changePanel({ exercise: answerClaim(exercise, claims, verdict) })
  const goOn = () => changePanel({ exercise: nextClaim(exercise, claims) })

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const chosen = VERDICTS.find(({ key }) => key === readKey(event.nativeEvent)[0])
    if (chosen === undefined) return
    // The program's own keys, R among them, rest while the exercise has the focus.
    event.preventDefault()
    event.stopPropagation()
    answer(chosen.verdict)
  }

  const count = countAnswers(exercise, claims)
  const claim = exercise.phase === 'finished' ? undefined : claims[exercise.index]
  return (
    <section
      ref={root}
      className={styles.exercise}
      aria-label="Find the errors"
      data-own-keys
      onKeyDown={onKeyDown}
    >
      <h3>Find the errors</h3>
      <p className={statements.quiet}>
        Claims of a popular article that sets “sleep myoclonus” against a “minor epileptic seizure”, in our
        own words. Right, wrong, or half right?
      </p>
      {claim === undefined ? (
        <Result count={count} headingRef={claimText} />
      ) : (
        <>
          <p className={styles.progress}>
            <strong>{REFERENCE.headLabels[claim.head]}</strong>
            <span>
              {claims.indexOf(claim) + 1} of {claims.length}
            </span>
          </p>
          <p ref={claimText} tabIndex={-1} className={styles.claim}>
            {claim.claim}
          </p>
          <fieldset className={styles.verdicts} disabled={exercise.phase === 'answered'}>
            <legend className="visually-hidden">Your verdict</legend>
            {VERDICTS.map(({ verdict, label, key }) => (
              <Button
                key={verdict}
                look="secondary"
                aria-keyshortcuts={key}
                aria-pressed={answerTo(exercise, claim) === verdict}
                onClick={() => answer(verdict)}
              >
                {label} <Key>{key}</Key>
              </Button>
            ))}
          </fieldset>
          <div role="status">
            {exercise.phase === 'answered' && <Outcome claim={claim} said={answerTo(exercise, claim)} />}
          </div>
          {exercise.phase === 'answered' && (
            <>
              <Correction claim={claim} />
              <Button ref={nextButton} look="primary" className={styles.goOn} onClick={goOn}>
                {count.of === claims.length ? 'See the count' : 'Next claim'} <Key>Enter</Key>
              </Button>
            </>
          )}
        </>
      )}
    </section>
  )
}

function verdictLabel(verdict: Verdict): string {
  return (VERDICTS.find((one) => one.verdict === verdict)?.label ?? verdict).toLowerCase()
}

function Outcome({ claim, said }: { claim: Claim; said: Verdict | null }) {
  if (said === null) return null
  const agreed = said === claim.verdict
  return (
    <p className={`${styles.outcome} ${agreed ? styles.agreed : styles.missed}`}>
      {agreed ? <Check aria-hidden="true" /> : <X aria-hidden="true" />}
      {agreed
        ? `Yes: the claim is ${verdictLabel(said)}.`
        : `You said ${verdictLabel(said)}. The claim is ${verdictLabel(claim.verdict)}.`}
    </p>
  )
}

function Correction({ claim }: { claim: Claim }) {
  return <Backed key={claim.id} id={claim.id} text={claim.correction} backing={claim} />
}

function Result(props: { count: ExerciseCount; headingRef: React.RefObject<HTMLParagraphElement | null> }) {
  const { count, headingRef } = props
  return (
    <div className={styles.result}>
      <p ref={headingRef} tabIndex={-1} className={styles.claim}>
        {count.right} of {count.of} judged as the sources do.
      </p>
      <table className={styles.counts}>
        <tbody>
          {count.byHead.map(({ head, right, of }) => (
            <tr key={head}>
              <th scope="row">{REFERENCE.headLabels[head]}</th>
              <td>
                {right} of {of}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button
        look="primary"
        className={styles.goOn}
        onClick={() => changePanel({ exercise: startExercise() })}
      >
        Start again
      </Button>
      {count.missed.length > 0 && <h4 className={statements.small}>To look at again</h4>}
      {count.missed.map(({ claim, said }) => (
        <div key={claim.id} className={styles.again}>
          <p>{claim.claim}</p>
          <Outcome claim={claim} said={said} />
          <Correction claim={claim} />
        </div>
      ))}
    </div>
  )
}
