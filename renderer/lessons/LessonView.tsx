import { ChevronLeft, Lock, Redo2, TriangleAlert, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { specificName } from '../../shared/annotation/kinds.ts'
import { DIFFICULTIES, type LessonCase, MAX_TITLE } from '../../shared/teaching/lesson.ts'
import { KindGlyph } from '../page/KindGlyph.tsx'
import { goToCase } from '../store/leaving.ts'
import {
  changeTitle,
  keepLesson,
  moveCaseTo,
  redoLesson,
  removeCase,
  undoLesson,
} from '../store/lessonEditing.ts'
import { chooseCase, closeLesson, copyLesson, takeOther } from '../store/lessons.ts'
import type { OpenLesson } from '../store/reviewState.ts'
import { hasSealedCase, isCaseOpen, isFixed } from '../store/selectors.ts'
import { getState, useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Field.tsx'
import { Key } from '../ui/Key.tsx'
import { ListRow } from '../ui/ListRow.tsx'
import { VirtualList } from '../ui/VirtualList.tsx'
import { AboutLesson } from './AboutLesson.tsx'
import { CaseEditor } from './CaseEditor.tsx'
import { isMissing } from './isMissing.ts'
import { LineInput } from './LineInput.tsx'
import styles from './lessons.module.css'
import { useGesture } from './useGesture.ts'

/** One lesson: its title, its cases in order, and all of the chosen one. */
export function LessonView({ open }: { readonly open: OpenLesson }) {
  const { lesson, history } = open
  const isFixedOne = isFixed(open)
  const at = lesson.cases.findIndex(({ id }) => id === open.chosen)
  const chosen = lesson.cases[at]
  const gesture = useGesture()
  const undone = history.done.at(-1)?.label
  const redone = history.undone.at(-1)?.label

  function choose(each: LessonCase): void {
    chooseCase(each.id)
    // Where its recording is on the page, going through the list is going through the cases.
    if (isCaseOpen(getState(), each)) goToCase(each.id)
  }

  return (
    <>
      <div className={styles.head}>
        <Button look="icon" aria-label="All lessons" title="All lessons" onClick={closeLesson}>
          <ChevronLeft size={16} aria-hidden="true" />
        </Button>
        <LineInput
          className={styles.title}
          aria-label="Title of the lesson"
          value={lesson.title}
          maxLength={MAX_TITLE}
          readOnly={isFixedOne}
          onFocus={gesture.begin}
          onText={(text) => changeTitle(text, gesture.name())}
        />
        <Button
          look="icon"
          aria-label={undone === undefined ? 'Undo' : `Undo ${undone}`}
          title={undone === undefined ? 'Undo (Ctrl+Z here)' : `Undo ${undone} (Ctrl+Z here)`}
          disabled={undone === undefined}
          onClick={undoLesson}
        >
          <Undo2 size={15} aria-hidden="true" />
        </Button>
        <Button
          look="icon"
          aria-label={redone === undefined ? 'Redo' : `Redo ${redone}`}
          title={redone === undefined ? 'Redo' : `Redo ${redone}`}
          disabled={redone === undefined}
          onClick={redoLesson}
        >
          <Redo2 size={15} aria-hidden="true" />
        </Button>
      </div>
      <Standing open={open} />
      <AboutLesson open={open} />
      <VirtualList
        label="Cases"
        items={lesson.cases}
        keyOf={({ id }) => id}
        chosen={at}
        rowHeight={34}
        onChoose={choose}
        {...(!isFixedOne && {
          onDelete: ({ id }: LessonCase) => removeCase(id),
          onMove: ({ id }: LessonCase, to: number) => moveCaseTo(id, to),
        })}
        empty={
          <>
            <p>No cases yet.</p>
            <p>
              Choose a mark on the page and press <Key>Shift+A</Key>. The stretch around it, the mark as the
              answer and its comment come here.
            </p>
          </>
        }
      >
        {(each) => <CaseRow each={each} open={open} />}
      </VirtualList>
      <div className={styles.below}>
        {chosen !== undefined && <CaseEditor key={chosen.id} number={at + 1} chosen={chosen} open={open} />}
      </div>
    </>
  )
}

/** Whether it is saved, and what stands in the way. */
function Standing({ open }: { readonly open: OpenLesson }) {
  const { lesson, refusal } = open
  const count = lesson.cases.length === 1 ? '1 case' : `${lesson.cases.length} cases`
  if (isFixed(open)) {
    return (
      <p className={styles.standing}>
        {count}, read only
        <Button look="link" onClick={() => void copyLesson()}>
          Make a copy to change it
        </Button>
      </p>
    )
  }
  if (refusal !== null) {
    return (
      <div className={styles.refusal} role="alert">
        <Problem>
          {refusal.message} {refusal.isConflict ? 'What you do here is not saved until you choose.' : ''}
        </Problem>
        {refusal.isConflict ? (
          <div className={styles.line}>
            <Button look="small" onClick={() => void keepLesson({ overwrite: true })}>
              Keep mine
            </Button>
            {!hasSealedCase(open) && (
              <Button look="small" onClick={() => void takeOther()}>
                Read it again
              </Button>
            )}
            <span className={styles.hint}>
              {hasSealedCase(open)
                ? 'The other is kept aside. Yours could not be: answers of it are sealed.'
                : 'The other is kept, either way.'}
            </span>
          </div>
        ) : (
          <Button look="small" onClick={() => void keepLesson()}>
            Try again
          </Button>
        )}
      </div>
    )
  }
  return (
    <p className={styles.standing} role="status">
      {count}, {open.saved === lesson ? 'saved' : 'saving…'}
    </p>
  )
}

function CaseRow({ each, open }: { readonly each: LessonCase; readonly open: OpenLesson }) {
  const number = open.lesson.cases.indexOf(each) + 1
  const missing = useReview((state) => isMissing(state, each))
  const isSealed = open.sealed.has(each.id)
  const [first, ...more] = each.key.marks
  const difficulty = DIFFICULTIES.find(({ code }) => code === each.difficulty)?.label ?? ''
  const name = isSealed ? 'Sealed' : first === undefined ? 'Nothing to mark' : specificName(first)
  const title = [
    name,
    ...more.map(specificName),
    each.recording.fileName,
    ...(missing ? ['its recording is in none of the folders known here'] : []),
  ].join(' · ')
  return (
    <ListRow
      title={title}
      name={more.length === 0 ? name : `${name} and ${more.length} more`}
      aside={each.question === '' ? null : `“${each.question}”`}
      end={difficulty}
    >
      <span className={styles.number}>{number}</span>
      <Glyph>
        {missing ? (
          <TriangleAlert size={14} aria-label="Recording not found:" />
        ) : isSealed ? (
          <Lock size={13} aria-hidden="true" />
        ) : first === undefined ? null : (
          <KindGlyph kind={first.kind} />
        )}
      </Glyph>
    </ListRow>
  )
}

function Glyph({ children }: { readonly children: ReactNode }) {
  return <span className={styles.glyph}>{children}</span>
}
