import { Trash2 } from 'lucide-react'
import { montageLabel } from '../../shared/montage/montageLabel.ts'
import { formatFilters, formatTimebase } from '../../shared/signal/viewSettings.ts'
import {
  DIFFICULTIES,
  type LessonCase,
  MAX_QUESTION,
  MAX_TEXT,
  USUAL_QUESTION,
} from '../../shared/teaching/lesson.ts'
import { formatDuration, formatElapsed } from '../../shared/text/clock.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { chooseRecording, goToCase } from '../store/leaving.ts'
import { changeDifficulty, changeQuestion, changeRationale, removeCase } from '../store/lessonEditing.ts'
import { lookForRecordings } from '../store/lessons.ts'
import type { OpenLesson } from '../store/reviewState.ts'
import { isCaseOpen, isFixed, recordingNameOf } from '../store/selectors.ts'
import { takeMarkView, takePage, takeViewNow } from '../store/showingCase.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Labelled, TextArea } from '../ui/Field.tsx'
import { Toggles } from '../ui/Toggles.tsx'
import { isMissing } from './isMissing.ts'
import { KeyEditor } from './KeyEditor.tsx'
import styles from './lessons.module.css'
import { SourceList, SourcesEditor } from './SourcesEditor.tsx'
import { useGesture } from './useGesture.ts'

type Props = { readonly number: number; readonly chosen: LessonCase; readonly open: OpenLesson }

/** Everything of one case, each change one step of undo. */
export function CaseEditor({ number, chosen, open }: Props) {
  const isThere = useReview((state) => isCaseOpen(state, chosen))
  const missing = useReview((state) => isMissing(state, chosen))
  const gesture = useGesture()
  const isSealed = open.sealed.has(chosen.id)
  const isReadOnly = isFixed(open) || isSealed
  return (
    <section className={styles.editor} aria-label={`Case ${number}`}>
      <div className={styles.line}>
        <h3>Case {number}</h3>
        {!missing && (
          <Button look="secondary" onClick={() => goToCase(chosen.id)}>
            {isThere ? 'Show' : 'Open its recording'}
          </Button>
        )}
        {!isFixed(open) && (
          <Button look="quiet" onClick={() => removeCase(chosen.id)}>
            <Trash2 size={14} aria-hidden="true" /> Remove
          </Button>
        )}
      </div>
      {missing && <Missing chosen={chosen} />}
      {isSealed ? (
        <p className={styles.hint}>
          {open.pack?.keys === 'sealed'
            ? 'The answers of this pack are sealed: that of this case opens once you have answered it in the quiz.'
            : 'You review this recording blind: the answer of this case opens once your own set is signed off.'}
        </p>
      ) : (
        <fieldset className={styles.fields} disabled={isReadOnly}>
          <Labelled label="Question">
            <TextArea
              rows={2}
              value={chosen.question}
              maxLength={MAX_QUESTION}
              placeholder={USUAL_QUESTION}
              onFocus={gesture.begin}
              onChange={(event) => changeQuestion(chosen.id, event.target.value, gesture.name())}
            />
          </Labelled>
          <KeyEditor chosen={chosen} canTake={isThere} isFixed={isReadOnly} />
          <Labelled label="Why: said with the answer">
            <TextArea
              rows={3}
              value={chosen.rationale}
              maxLength={MAX_TEXT}
              onFocus={gesture.begin}
              onChange={(event) => changeRationale(chosen.id, event.target.value, gesture.name())}
            />
          </Labelled>
          {isReadOnly ? <SourceList chosen={chosen} /> : <SourcesEditor chosen={chosen} />}
          <Shown chosen={chosen} canTake={isThere} isReadOnly={isReadOnly} />
          <div className={styles.line}>
            <span className={styles.name}>Difficulty</span>
            <Toggles
              label="Difficulty"
              options={DIFFICULTIES}
              value={chosen.difficulty === null ? [] : [chosen.difficulty]}
              onChange={(value) => changeDifficulty(chosen.id, value.at(-1) ?? null)}
            />
          </div>
        </fieldset>
      )}
    </section>
  )
}

/** Its recording is nowhere here: what can be done. */
function Missing({ chosen }: { readonly chosen: LessonCase }) {
  const other = useReview(recordingNameOf)
  return (
    <div className={styles.missing}>
      <p>
        Its recording, <strong>{chosen.recording.fileName || 'without a name'}</strong>, is in none of the
        folders where recordings were opened last.
        {other !== null && ` ${other} is another one.`}
      </p>
      <div className={styles.line}>
        <Button look="secondary" onClick={() => void chooseRecording()}>
          Choose the file…
        </Button>
        <Button look="quiet" onClick={() => void lookForRecordings()}>
          Look again
        </Button>
      </div>
      <p className={styles.hint}>It is known by its samples, whatever it is called now.</p>
    </div>
  )
}

type ShownProps = { readonly chosen: LessonCase; readonly canTake: boolean; readonly isReadOnly: boolean }

function Shown({ chosen, canTake, isReadOnly }: ShownProps) {
  const { view, onset, duration } = chosen
  const start = secondsFromTicks(onset)
  const why = canTake ? undefined : 'Show the case first: its recording has to be on the page'
  const take = (label: string, act: (caseId: string) => void) => (
    <Button look="small" disabled={!canTake} title={why} onClick={() => act(chosen.id)}>
      {label}
    </Button>
  )
  return (
    <section className={styles.part} aria-label="Stretch and view">
      <h4>Stretch and view</h4>
      <p className={styles.facts}>
        {formatDuration(secondsFromTicks(duration))} from {formatElapsed(start, 1)};{' '}
        {montageLabel(view.montage)}, {formatFilters(view)}, {view.sensitivity} µV/mm,{' '}
        {formatTimebase(view.timebase)}
      </p>
      {!isReadOnly && (
        <div className={styles.line}>
          {take('The page as it is now', takePage)}
          {take('Only the view as it is now', takeViewNow)}
          {take('As the mark was made', takeMarkView)}
        </div>
      )}
    </section>
  )
}
