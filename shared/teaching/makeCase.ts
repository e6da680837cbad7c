/**
 * A case out of a mark: the stretch around it, its key, and what others had marked there. Pure: who may see whose marks
 * is settled before (a sealed set never gets here).
 */
import type { Mark, RecordingIdentity, ReviewedRange, TickSpan } from '../annotation/document.ts'
import { randomId } from '../annotation/edits.ts'
import { compareMarks, spanOf } from '../annotation/order.ts'
import { mergeSpans, type Seconds, TICKS_PER_SECOND, type Ticks, ticksFromSeconds } from '../units.ts'
import {
  type CaseKey,
  type CaseRecording,
  type CaseView,
  type KeyMark,
  type LessonCase,
  LONGEST_CASE,
  liesIn,
  MAX_KEY_MARKS,
  MAX_VOTES,
  type Vote,
} from './lesson.ts'

/** A set as far as a case needs it. */
export type ReadSet = {
  readonly reviewer: string
  readonly marks: readonly Mark[]
  readonly reviewed: readonly ReviewedRange[]
}

/** Of the room beside an event, the part in which it may lie: at the very edge its beginning could not be seen. */
const LEAST_PLACE = 0.12
const MOST_PLACE = 0.88
/** A stretch begins on a whole tenth of a second, so that its beginning tells nothing of the event's. */
const STEP = TICKS_PER_SECOND / 10

/**
 * A page around the mark, and a quarter more than the mark where that is longer. `place` from 0 to 1 says where on it the
 * mark lies: drawn at random, so that nobody learns to look at the middle. Within `bounds`, the recording.
 */
export function stretchAround(
  mark: Pick<Mark, 'onset' | 'duration'>,
  page: Seconds,
  bounds: TickSpan,
  place: number,
): { readonly onset: Ticks; readonly duration: Ticks } {
  const room = bounds.end - bounds.start
  const wanted = Math.max(ticksFromSeconds(page), Math.ceil((mark.duration * 1.25) / STEP) * STEP)
  const length = Math.max(1, Math.min(wanted, room, LONGEST_CASE))
  const before = (length - mark.duration) * (LEAST_PLACE + (MOST_PLACE - LEAST_PLACE) * place)
  // Rounded down, the stretch may end before the mark does.
  const least = Math.ceil((mark.onset + mark.duration - length) / STEP) * STEP
  const most = Math.floor(mark.onset / STEP) * STEP
  const start = Math.min(most, Math.max(least, Math.floor((mark.onset - Math.max(0, before)) / STEP) * STEP))
  const onset = Math.max(bounds.start, Math.min(bounds.end - length, start))
  return { onset: onset as Ticks, duration: length as Ticks }
}

/** All that the key's set has in the stretch is the key: a learner who finds another of its marks is right too. */
export function keyMarksOf(marks: readonly Mark[], stretch: TickSpan): CaseKey['marks'] {
  return marks
    .filter((mark) => liesIn(mark, stretch))
    .toSorted(compareMarks)
    .slice(0, MAX_KEY_MARKS)
    .map(keyMark)
}

/** What a reader's set says of a stretch; null: nothing, since it was neither marked nor wholly read. */
export function voteOf(set: ReadSet, stretch: TickSpan): Vote | null {
  const marks = set.marks
    .filter((mark) => liesIn(mark, stretch))
    .toSorted(compareMarks)
    .slice(0, MAX_KEY_MARKS)
    .map(({ kind, subtype, onset, duration, confidence }) => ({ kind, subtype, onset, duration, confidence }))
  const reviewed = mergeSpans(set.reviewed.map(spanOf)).some(
    ({ start, end }) => start <= stretch.start && end >= stretch.end,
  )
  return marks.length === 0 && !reviewed ? null : { reader: set.reviewer, reviewed, marks }
}

function keyMark(mark: Mark): KeyMark {
  const { id, kind, subtype, onset, duration, channels, confidence, evidence, author } = mark
  return { id, kind, subtype, onset, duration, channels, confidence, evidence, author }
}

export function caseRecording(identity: RecordingIdentity): CaseRecording {
  const { fingerprint, fileName, records, recordDuration } = identity
  return { fingerprint, fileName, records, recordDuration }
}

export type NewCase = {
  readonly identity: RecordingIdentity
  readonly mark: Mark
  /** Of the set that the mark is in. */
  readonly marks: readonly Mark[]
  readonly stretch: { readonly onset: Ticks; readonly duration: Ticks }
  readonly votes: readonly Vote[]
  readonly view: CaseView
  readonly now: string
  readonly id?: string
}

/** The comment of the mark is the draft of the rationale. */
export function caseOfMark({ identity, mark, marks, stretch, votes, view, now, id }: NewCase): LessonCase {
  return {
    id: id ?? randomId(),
    recording: caseRecording(identity),
    ...stretch,
    view,
    question: '',
    key: { marks: keyMarksOf(marks, spanOf(stretch)), votes: votes.slice(0, MAX_VOTES) },
    rationale: mark.comment,
    sources: [],
    difficulty: null,
    changed: now,
  }
}
