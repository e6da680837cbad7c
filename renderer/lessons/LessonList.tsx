import { useId, useState } from 'react'
import type { LessonSummary } from '../../shared/contract/lessonProcedures.ts'
import { importLesson, makeLesson, openLesson } from '../store/lessons.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Choice, Choices } from '../ui/Choices.tsx'
import { Input, Problem } from '../ui/Field.tsx'
import { Key } from '../ui/Key.tsx'
import styles from './lessons.module.css'

/** All lessons: one's own, and those that came with the app. */
export function LessonList() {
  const list = useReview((state) => state.lessons.list)
  if (list === null) return <p className={styles.note}>Looking…</p>
  if ('problem' in list) {
    return (
      <div className={styles.note}>
        <Problem>{list.problem}</Problem>
      </div>
    )
  }
  const own = list.filter(({ isShipped, pack }) => !isShipped && pack === null)
  const packed = list.filter(({ pack }) => pack !== null)
  const shipped = list.filter(({ isShipped }) => isShipped)
  return (
    <div className={styles.lists}>
      {own.length === 0 ? (
        <p className={styles.hint}>
          No lesson of yours yet. Choose a mark and press <Key>Shift+A</Key>: it becomes a case. Or begin one
          here.
        </p>
      ) : (
        <Listed title="Your lessons" lessons={own} />
      )}
      {packed.length > 0 && (
        <div>
          <Listed title="From packs" lessons={packed} />
          {packed.map(({ ref, title, pack }) => (
            <p key={ref} className={styles.hint}>
              {title}: {pack?.licence}. {pack?.consent}
            </p>
          ))}
        </div>
      )}
      {shipped.length > 0 && (
        <div>
          <Listed title="With Hypnospike" lessons={shipped} />
          <p className={styles.hint}>
            Synthetic recordings, made on this computer when it is first opened: some seconds, 15 MB.
          </p>
        </div>
      )}
      <NewLesson />
      <ImportLesson />
    </div>
  )
}

function Listed({ title, lessons }: { readonly title: string; readonly lessons: readonly LessonSummary[] }) {
  const opening = useReview((state) => state.lessons.opening)
  return (
    <Choices title={title}>
      {lessons.map((lesson) => (
        <Choice
          key={lesson.ref}
          name={lesson.problem === null ? lesson.title : lesson.name}
          facts={opening === lesson.ref ? 'opening…' : factsOf(lesson)}
          disabled={lesson.problem !== null || opening !== null}
          onChoose={() => void openLesson(lesson.ref)}
        />
      ))}
    </Choices>
  )
}

function factsOf({ problem, cases, pack }: LessonSummary): string {
  if (problem !== null) return problem
  const count = cases === 1 ? '1 case' : `${cases} cases`
  return pack === null ? count : `${count}, ${pack.keys}`
}

function NewLesson() {
  const [title, setTitle] = useState('')
  return (
    <form
      className={styles.line}
      onSubmit={(event) => {
        event.preventDefault()
        void makeLesson(title)
      }}
    >
      <Input
        aria-label="Title of a new lesson"
        placeholder="Title"
        value={title}
        maxLength={200}
        onChange={(event) => setTitle(event.target.value)}
      />
      <Button look="secondary" type="submit">
        New lesson
      </Button>
    </form>
  )
}

function ImportLesson() {
  const id = useId()
  return (
    <div className={styles.import}>
      <label htmlFor={id}>A lesson’s file (.lesson.json): it is copied into your lessons</label>
      <Input
        id={id}
        type="file"
        accept=".json"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file !== undefined) void importLesson(file)
        }}
      />
    </div>
  )
}
