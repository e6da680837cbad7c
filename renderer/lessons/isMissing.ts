import type { LessonCase } from '../../shared/teaching/lesson.ts'
import type { ReviewState } from '../store/reviewState.ts'
import { isCaseOpen } from '../store/selectors.ts'

/** Whether the recording of a case is neither open nor in any of the folders that are known here. */
export function isMissing(state: ReviewState, each: LessonCase): boolean {
  const known = state.lessons.open?.recordings.get(each.recording.fingerprint)
  return known === null && !isCaseOpen(state, each)
}
