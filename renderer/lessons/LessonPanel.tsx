import { useEffect } from 'react'
import { refreshLessons } from '../store/lessons.ts'
import { useReview } from '../store/state.ts'
import { LessonList } from './LessonList.tsx'
import { LessonView } from './LessonView.tsx'
import styles from './lessons.module.css'

/** The lessons, or the one that is open: its cases in order, and what is chosen of them. */
export function LessonPanel() {
  const open = useReview((state) => state.lessons.open)
  useEffect(() => {
    void refreshLessons()
    // Another program may have written while this window was behind it.
    const again = () => void refreshLessons()
    window.addEventListener('focus', again)
    return () => window.removeEventListener('focus', again)
  }, [])
  return (
    <section className={styles.panel} aria-label="Lesson" data-undo="lesson">
      {open === null ? <LessonList /> : <LessonView open={open} />}
    </section>
  )
}
