/**
 * A judgement beside the key. Where first, then what: events are matched by place alone, by the rules that two readers
 * are compared by (MATCH_RULES), and only then asked for their kinds, and mimics for which. Where the stretch was only
 * labelled, no place is asked. For the reader: `judge`.
 */
import { eventsOf } from '../../agreement/events.ts'
import { DEFAULT_RULES } from '../../agreement/rules.ts'
import { ReviewError } from '../../failure.ts'
import { secondsFromTicks, type Ticks } from '../../units.ts'
import type { CaseKey } from '../lesson.ts'
import { partnersOf } from '../votes.ts'
import { type Called, calledOf, kindOfCalled, NOTHING } from './called.ts'
import type { GivenMark, Judged, JudgedPlace, QuizMode } from './judgement.ts'

/** Throws ReviewError `bad-input` where a stretch that is only labelled was given more than one label. */
export function judge(key: CaseKey, marks: readonly GivenMark[], mode: QuizMode): Judged {
  const places = mode === 'locate' ? located(key.marks, marks) : labelled(key.marks, marks)
  const [first] = places
  const wrong = places.filter((place) => place.key !== place.given)
  const leading = wrong.find(({ key: there }) => there !== NOTHING) ?? wrong[0] ?? first
  return {
    isRight: places.every((place) => place.key === place.given),
    isKindRight: places.every((place) => kindOfCalled(place.key) === kindOfCalled(place.given)),
    confusion: { key: leading.key, given: leading.given },
    onsetError: leading.onsetError,
    places,
  }
}

type Places = readonly [JudgedPlace, ...JudgedPlace[]]

function located(key: readonly GivenMark[], given: readonly GivenMark[]): Places {
  const [ours, theirs] = [asEvents(key), asEvents(given)]
  const partners = partnersOf(ours, theirs, DEFAULT_RULES)
  const taken = new Set(partners)
  const found = ours.map((mark, index) => placeOf(mark, theirs[partners[index] ?? -1] ?? null))
  const added = theirs.filter((_, index) => !taken.has(index)).map((mark) => placeOf(null, mark))
  const places = [...found, ...added].sort((a, b) => a.onset - b.onset).map(({ place }) => place)
  return isSome(places) ? places : [{ key: NOTHING, given: NOTHING, onsetError: null }]
}

/** A run that was drawn in pieces is one, on either side. */
function asEvents(marks: readonly GivenMark[]): readonly GivenMark[] {
  const sorted = [...marks].sort((a, b) => a.onset - b.onset)
  return eventsOf(sorted, DEFAULT_RULES).map(({ kind, subtype, onset, end }) => {
    return { kind, subtype, onset, duration: (end - onset) as Ticks }
  })
}

function placeOf(key: GivenMark | null, given: GivenMark | null) {
  const onsetError =
    key === null || given === null ? null : secondsFromTicks((given.onset - key.onset) as Ticks)
  return {
    onset: key?.onset ?? given?.onset ?? 0,
    place: { key: calledOf(key), given: calledOf(given), onsetError },
  }
}

/** One label for all of it: right where the key has it. */
function labelled(key: readonly GivenMark[], given: readonly GivenMark[]): Places {
  if (given.length > 1) {
    throw new ReviewError(
      'bad-input',
      `The stretch has ${given.length} labels: give it one, or none for nothing.`,
    )
  }
  const answer = calledOf(given[0] ?? null)
  const expected: readonly Called[] = key.length === 0 ? [NOTHING] : key.map(calledOf)
  const right = expected.includes(answer) ? answer : nearest(expected, answer)
  return [{ key: right, given: answer, onsetError: null }]
}

/** Of several that it might have been, the one of the same kind, else the first. */
function nearest(expected: readonly Called[], answer: Called): Called {
  const sameKind = expected.find((each) => kindOfCalled(each) === kindOfCalled(answer))
  return sameKind ?? expected[0] ?? NOTHING
}

function isSome(places: readonly JudgedPlace[]): places is Places {
  return places.length > 0
}
