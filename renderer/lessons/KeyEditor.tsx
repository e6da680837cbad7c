import { X } from 'lucide-react'
import { useMemo } from 'react'
import { KINDS, type MarkKind, MIMICS, specificName } from '../../shared/annotation/kinds.ts'
import type { KeyMark, LessonCase } from '../../shared/teaching/lesson.ts'
import { type VoteOnMark, votesOn } from '../../shared/teaching/votes.ts'
import { formatDuration, formatElapsed } from '../../shared/text/clock.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { KindGlyph } from '../page/KindGlyph.tsx'
import { relabelKeyMark, removeKeyMark } from '../store/lessonEditing.ts'
import { takeKeyFromPage } from '../store/showingCase.ts'
import { Button } from '../ui/Button.tsx'
import { Choose } from '../ui/Field.tsx'
import styles from './lessons.module.css'

type Props = { readonly chosen: LessonCase; readonly canTake: boolean; readonly isFixed: boolean }

/** The answer: what there is to be found in the stretch, and how others had voted on it. */
export function KeyEditor({ chosen, canTake, isFixed }: Props) {
  const { key, id } = chosen
  const { marks, problem } = useMemo(() => votesOn(key), [key])
  return (
    <section className={styles.part} aria-label="Answer">
      <h4>Answer</h4>
      {key.marks.length === 0 ? (
        <p className={styles.facts}>Nothing to mark in this stretch.</p>
      ) : (
        <ul className={styles.marks}>
          {marks.map(({ mark, votes }) => (
            <li key={mark.id}>
              {isFixed ? <NameOfKey mark={mark} /> : <MarkOfKey caseId={id} mark={mark} />}
              <p className={styles.hint}>
                {formatElapsed(secondsFromTicks(mark.onset), 2)},{' '}
                {formatDuration(secondsFromTicks(mark.duration))}, by {mark.author}
                {votes.length > 0 && `. ${describeVotes(votes)}`}
              </p>
            </li>
          ))}
        </ul>
      )}
      {problem !== null && <p className={styles.facts}>{problem}</p>}
      {!isFixed && (
        <Button
          look="small"
          disabled={!canTake}
          title={
            canTake
              ? 'The marks of the set on the page in this stretch become the answer'
              : 'Show the case first: its recording has to be on the page'
          }
          onClick={() => void takeKeyFromPage(id)}
        >
          Take what is marked on the page
        </Button>
      )}
    </section>
  )
}

function NameOfKey({ mark }: { readonly mark: KeyMark }) {
  return (
    <div className={styles.keyMark}>
      <KindGlyph kind={mark.kind} /> {specificName(mark)}
    </div>
  )
}

function MarkOfKey({ caseId, mark }: { readonly caseId: string; readonly mark: KeyMark }) {
  const name = specificName(mark)
  return (
    <div className={styles.keyMark}>
      <KindGlyph kind={mark.kind} />
      <Choose
        aria-label={`Kind of the answer, ${name}`}
        value={mark.kind}
        onChange={(event) => relabelKeyMark(caseId, mark.id, event.target.value as MarkKind, null)}
      >
        {KINDS.map(({ code, label }) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </Choose>
      {mark.kind === 'mimic' && (
        <Choose
          aria-label={`Which mimic, ${name}`}
          value={mark.subtype ?? ''}
          onChange={(event) =>
            relabelKeyMark(caseId, mark.id, 'mimic', event.target.value === '' ? null : event.target.value)
          }
        >
          <option value="">not said</option>
          {MIMICS.map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </Choose>
      )}
      <Button
        look="icon"
        aria-label={`Take ${name} out of the answer`}
        title="Take it out of the answer"
        onClick={() => removeKeyMark(caseId, mark.id)}
      >
        <X size={14} aria-hidden="true" />
      </Button>
    </div>
  )
}

/** `R-02: Hypnic jerk; R-03: nothing`. */
function describeVotes(votes: readonly VoteOnMark[]): string {
  return votes
    .map(({ reader, mark }) => `${reader}: ${mark === null ? 'nothing' : specificName(mark)}`)
    .join('; ')
}
