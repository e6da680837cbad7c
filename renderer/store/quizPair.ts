/**
 * The matched pair: after the answer the case stands beside a typical jerk and a typical run, aligned at their onsets, in
 * one montage, one set of filters, one scale and one paper speed. Each is a guest of its pane, opened once a quiz.
 */

import { mimicOf } from '../../shared/annotation/kinds.ts'
import { alignedStart } from '../../shared/signal/aligning.ts'
import { TYPICAL_EVENTS, type TypicalEvent } from '../../shared/teaching/typicalEvents.ts'
import type { Ticks } from '../../shared/units.ts'
import { activatePane } from './activePage.ts'
import { FIRST_PANE, newPane, onePane, SECOND_PANE, THIRD_PANE } from './beginnings.ts'
import { closeGuest, openGuest } from './guests.ts'
import { getHost } from './host.ts'
import { messageOf } from './notices.ts'
import type { Pane } from './panesState.ts'
import type { QuizAt, QuizReference, QuizState } from './quizState.ts'
import type { ReviewState } from './reviewState.ts'
import { ownPane } from './selectors.ts'
import { showStretch } from './showingCase.ts'
import { getState, patchPane, patchQuiz, setState } from './state.ts'

type Given = Extract<QuizAt, { readonly phase: 'answered' }>

const BESIDE = [SECOND_PANE, THIRD_PANE] as const

/** Both references fit beside the case and the side panel in a window wider than this; else one after the other. */
const NARROW = 1440

/** The answered case, while its answer is shown; null else. */
export function answeredNow({ quiz }: Pick<ReviewState, 'quiz'>): Given | null {
  return quiz?.at.phase === 'answered' ? quiz.at : null
}

/** Shows the case beside the references, which are opened where they were not. */
export async function showPair(): Promise<void> {
  const given = answeredNow(getState())
  if (given === null) return
  if (getState().quiz?.references === null) {
    const references = await openReferences()
    const { quiz } = getState()
    // It was ended meanwhile, or they were opened twice.
    if (quiz === null || quiz.references !== null) return closeAll(references)
    patchQuiz({ references })
  }
  const now = answeredNow(getState())
  if (now === null || now.shown !== given.shown) return
  if (!given.isPairShown) patchQuiz({ hasRoom: hasRoomForBoth(), reference: nearestReference(given) })
  layPair(now)
}

/** One key to and fro. */
export function togglePair(): void {
  const given = answeredNow(getState())
  if (given === null) return
  if (given.isPairShown) showExpertView()
  else void showPair()
}

/** The case alone, as whoever made it saw it. */
export function showExpertView(): void {
  const given = answeredNow(getState())
  if (given === null) return
  patchQuiz({ at: { ...given, isPairShown: false } })
  setState({ panes: onePane({ ...ownPane(getState()), aligned: null }) })
  const { selectedMark } = ownPane(getState())
  showStretch(given.shown)
  patchPane({ selectedMark })
}

/** The other one where only one is shown; else the keys go to the next page. */
export function nextReference(): void {
  const { quiz, panes } = getState()
  const given = answeredNow(getState())
  const shown = quiz === null ? [] : shownReferences(quiz)
  if (quiz === null || given === null || !given.isPairShown) return
  if (quiz.hasRoom) {
    const ids = [FIRST_PANE, ...BESIDE.slice(0, shown.length)]
    return activatePane(ids[(ids.indexOf(panes.active) + 1) % ids.length] ?? FIRST_PANE)
  }
  patchQuiz({ reference: quiz.reference + 1 })
  layPair(given)
}

export function closeReferences(): void {
  const { quiz } = getState()
  if (quiz !== null && quiz.references !== null) closeAll(quiz.references)
}

function closeAll(references: NonNullable<QuizState['references']>): void {
  if (!('problem' in references)) for (const { guest } of references) closeGuest(guest)
}

async function openReferences(): Promise<NonNullable<QuizState['references']>> {
  try {
    const choices = await getHost().listRecordings({})
    const opened: QuizReference[] = []
    for (const { kind, sample } of TYPICAL_EVENTS) {
      const choice = choices.find(({ origin, name }) => origin === 'sample' && name === sample)
      if (choice === undefined) throw new RangeError(`The sample ${sample} is not installed.`)
      opened.push({ kind, guest: await openGuest(choice, 'key') })
    }
    return opened
  } catch (thrown) {
    const why = thrown instanceof RangeError ? thrown.message : messageOf(thrown)
    return { problem: `The references cannot be shown: ${why}` }
  }
}

/** Those that stand beside the case, in their order. */
function shownReferences({ references, reference, hasRoom }: QuizState): readonly QuizReference[] {
  if (references === null || 'problem' in references) return []
  if (hasRoom) return references
  const one = references[reference % references.length]
  return one === undefined ? [] : [one]
}

function hasRoomForBoth(): boolean {
  return typeof window === 'undefined' || window.innerWidth > NARROW
}

/** The event that it is, or that it is mistaken for; where that is either, the one that the learner said. */
function nearestReference({ answered, judgement }: Given): number {
  const kinds = [answered.key[0], judgement.marks[0]].map((mark) =>
    mark === undefined ? null : mark.kind === 'mimic' ? (mimicOf(mark.subtype)?.of ?? null) : mark.kind,
  )
  const places = kinds.map((kind) => TYPICAL_EVENTS.findIndex((each) => each.kind === kind))
  return places.find((place) => place >= 0) ?? 0
}

/** Pages as many times shorter as there are of them: the paper speed stays about that of the question. */
function layPair(given: Given): void {
  const { quiz } = getState()
  const shown = quiz === null ? [] : shownReferences(quiz)
  if (shown.length === 0) return
  const own = ownPane(getState())
  const { paperSpeed: _, ...view } = own.view
  const timebase = given.isPairShown
    ? view.timebase
    : Math.max(1, Math.round((given.shown.view.timebase / (shown.length + 1)) * 10) / 10)
  const { bad: __, ...shared } = view
  const first: Pane = { ...own, view: { ...view, timebase }, ...alignedAt(momentOf(given), timebase) }
  const beside = shown.map(({ kind, guest }, index): Pane => {
    const mark = typicalMark(kind, guest.document?.marks ?? [])
    const pane = newPane(BESIDE[index] ?? SECOND_PANE, {
      view: { ...shared, timebase },
      ...{ looks: own.looks, pageStart: guest.opened.recording.timeline.span.start },
    })
    return {
      ...{ ...pane, guest, rWave: own.rWave, firstLane: own.firstLane },
      ...(mark === null ? {} : { selectedMark: mark.id, ...alignedAt(mark.onset, timebase) }),
    }
  })
  patchQuiz({ at: { ...given, isPairShown: true } })
  setState({
    panes: {
      byId: Object.fromEntries([first, ...beside].map((pane) => [pane.id, pane])),
      ...{ active: FIRST_PANE, together: false, coming: null },
    },
  })
}

function alignedAt(moment: Ticks, timebase: number): Pick<Pane, 'aligned' | 'pageStart' | 'overview'> {
  return { aligned: moment, pageStart: alignedStart(moment, timebase), overview: null }
}

/** The key's first mark, else where the learner saw something, else a quarter into the case. */
function momentOf({ answered, judgement, shown }: Given): Ticks {
  const onset = answered.key[0]?.onset ?? judgement.marks[0]?.onset
  if (onset !== undefined && onset > shown.onset) return onset
  return (shown.onset + Math.round(shown.duration / 4)) as Ticks
}

function typicalMark<Mark extends { readonly kind: TypicalEvent['kind']; readonly onset: Ticks }>(
  kind: TypicalEvent['kind'],
  marks: readonly Mark[],
): Mark | null {
  const nth = TYPICAL_EVENTS.find((each) => each.kind === kind)?.nth ?? 0
  return marks.filter((mark) => mark.kind === kind).toSorted((a, b) => a.onset - b.onset)[nth] ?? null
}
