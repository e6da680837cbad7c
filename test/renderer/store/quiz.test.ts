/** A quiz in the window: what is asked, what reaches the host, and what is as it was afterwards. */
import { beforeEach, describe, expect, it } from 'vitest'
import { start } from '../../../renderer/store/events.ts'
import { goOn } from '../../../renderer/store/hostLink.ts'
import { requestOpen, requestQuiz } from '../../../renderer/store/leaving.ts'
import { addMarkOver, label, undoStep } from '../../../renderer/store/marking.ts'
import { refreshSets } from '../../../renderer/store/openingSets.ts'
import { endQuiz, nextQuizCase, quizCaseShown, requestEndOfQuiz } from '../../../renderer/store/quiz.ts'
import {
  answerCriterion,
  answerQuiz,
  askedNow,
  chooseConfidence,
  labelCase,
  nameMimic,
  nextConfidence,
  sayNothing,
} from '../../../renderer/store/quizAnswering.ts'
import { answeredNow, nextReference, showExpertView, togglePair } from '../../../renderer/store/quizPair.ts'
import { rememberViews } from '../../../renderer/store/remembering.ts'
import { hasUnsaved, lanesOf, openRecordingOf, ownPane, unkeptOf } from '../../../renderer/store/selectors.ts'
import { getState, patchPane } from '../../../renderer/store/state.ts'
import { changeView, goTo, turnPages } from '../../../renderer/store/viewing.ts'
import type { HostEvent } from '../../../shared/contract/model.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { type Asked, deferred, openedSet } from '../../support/fakeHost.ts'
import { lastNotice, marks, select } from '../../support/openSetInStore.ts'
import { ANSWERED, CASE, LESSON, NONE_DUE, openQuizDesk, SECOND } from '../../support/quizDesk.ts'
import { paneNow, setNow } from '../../support/reviewWindow.ts'

let asked: Asked

beforeEach(() => {
  asked = openQuizDesk()
})

const phase = () => getState().quiz?.at.phase ?? null

async function begin(mode: 'locate' | 'label' = 'locate'): Promise<void> {
  requestQuiz({ lesson: LESSON, mode })
  await expect.poll(phase).toBe('asked')
}

async function answer(): Promise<void> {
  sayNothing()
  chooseConfidence('probable')
  await answerQuiz()
  await expect.poll(() => answeredNow(getState())?.isPairShown).toBe(true)
}

describe('the first case', () => {
  it('is on the page in its own view, alone: no name, no notes, no sets, nothing of the key', async () => {
    await begin()
    expect(asked.openRecording).toEqual([{ ref: 'case file', beside: true, unlisted: true }])
    const { view, pageStart } = paneNow()
    expect([view.montage, view.sensitivity, view.timebase, pageStart]).toEqual(['average', 15, 15, 100])
    const recording = openRecordingOf(getState())
    expect([recording?.opened.name, recording?.source, recording?.notes]).toEqual(['Quiz', null, []])
    expect([recording?.sets, recording?.opened.sets]).toEqual([[], []])
    expect(asked.openLesson).toEqual([])
    expect(asked.openSet).toEqual([])
    // The reader's own recording and set were put away.
    expect(asked.closeRecording).toEqual([{ recordingId: 'recording' }])
    expect(asked.closeSet).toEqual([{ setId: 'set' }])
  })

  it('is its stretch: no key leads out of it', async () => {
    await begin()
    changeView({ timebase: 5 })
    turnPages(9)
    expect(paneNow().pageStart).toBe(110)
    goTo(Number.NEGATIVE_INFINITY)
    expect(paneNow().pageStart).toBe(100)
  })

  it('stays alone when the host tells of its sets and notes', async () => {
    let tell: (event: HostEvent) => void = () => {}
    const connection = {
      host: getState().tools.host!,
      subscribe: (listener: (event: HostEvent) => void) => {
        tell = listener
        return () => {}
      },
    }
    await start(connection, () => {})
    asked = openQuizDesk()
    await begin()
    const { recordingId, recording } = openRecordingOf(getState())!.opened
    tell({ type: 'sets', recordingId, sets: [] })
    tell({ type: 'scan', recordingId, progress: 1, done: true })
    tell({ type: 'timeline', recordingId, recording: { ...recording, warnings: [] } })
    await refreshSets()
    await expect.poll(() => openRecordingOf(getState())?.scan).toBe(null)
    expect(asked.listSets).toEqual([])
    expect(asked.scanned).toHaveLength(1)
    expect(openRecordingOf(getState())?.notes).toEqual([])
    expect(openRecordingOf(getState())?.opened.recording.timeline.span).toEqual({ start: 100, end: 115 })
  })

  it('is not asked for where nothing is due: what is open stays, and the results say when', async () => {
    asked = openQuizDesk({}, [NONE_DUE])
    requestQuiz({ lesson: LESSON, mode: 'locate' })
    await expect.poll(() => getState().ui.dialog).toBe('quizResults')
    expect(getState().ui.resultsOf).toEqual({ lesson: LESSON, end: NONE_DUE })
    expect(openRecordingOf(getState())?.source?.ref).toBe('own file')
    expect(asked.closeRecording).toEqual([])
  })

  it('waits for the question about unsaved marks', () => {
    addMarkOver({ start: 41, end: 42 }, 'hypnic_jerk')
    requestQuiz({ lesson: LESSON, mode: 'locate' })
    expect(getState().ui.dialog).toBe('unsaved')
    expect(asked.startQuiz).toEqual([])
  })

  it('that cannot be opened ends the quiz with a sentence, and the reader is back', async () => {
    const openRecording = async ({ ref }: { readonly ref: string }) => {
      if (ref === 'case file') throw new ReviewError('not-found', 'The file has gone.')
      return { ...openRecordingOf(getState())!.opened, recordingId: 'again' }
    }
    const before = openRecordingOf(getState())!.opened
    asked = openQuizDesk({
      openRecording: async (input) =>
        input.ref === 'own file' ? { ...before, recordingId: 'again' } : openRecording(input),
      openSet: async () => openedSet(),
    })
    requestQuiz({ lesson: LESSON, mode: 'locate' })
    await expect.poll(lastNotice).toBe('The quiz has ended: The file has gone. What was answered is kept.')
    await expect.poll(() => openRecordingOf(getState())?.source?.ref).toBe('own file')
    expect(getState().quiz).toBe(null)
  })
})

describe('what is marked', () => {
  it('is drawn and undone as anywhere, and reaches neither journal nor set', async () => {
    await begin()
    select(104, 105)
    label('hypnic_jerk')
    expect(marks()).toEqual([['hypnic_jerk', 104, 105]])
    undoStep()
    expect(marks()).toEqual([])
    select(106, 107)
    label('spike_wave_3hz')
    expect([hasUnsaved(getState()), unkeptOf(getState())]).toEqual([false, 0])
    expect([asked.journal, asked.saveSet]).toEqual([[], []])
  })

  it('is the judgement, with confidence, criteria and the time from its first page', async () => {
    await begin()
    quizCaseShown()
    select(104, 105)
    label('mimic', 'oirda')
    nextConfidence()
    nextConfidence()
    answerCriterion('single', 'yes')
    answerCriterion('rate', 'unlikely')
    answerCriterion('rate', 'unlikely')
    await answerQuiz()
    const [sent] = asked.answerCase
    expect(sent).toMatchObject({ quizId: 'quiz', showing: 'showing 1' })
    expect(sent?.judgement).toMatchObject({
      marks: [{ kind: 'mimic', subtype: 'oirda', onset: 1_040_000_000, duration: 10_000_000 }],
      confidence: 'probable',
      criteria: { single: 'yes' },
    })
    expect(sent?.judgement.seconds).toBeGreaterThanOrEqual(0)
  })

  it('goes with “nothing here”, which can be undone', async () => {
    await begin()
    select(104, 105)
    label('hypnic_jerk')
    sayNothing()
    expect([marks(), askedNow(getState())?.draft.isNothing]).toEqual([[], true])
    undoStep()
    expect(marks()).toEqual([['hypnic_jerk', 104, 105]])
  })
})

describe('an answer', () => {
  it('is sent once it says something, and how sure: before, a sentence says what is missing', async () => {
    await begin()
    await answerQuiz()
    expect(askedNow(getState())?.problem).toBe('Mark what you see, or say with 4 that there is nothing.')
    sayNothing()
    await answerQuiz()
    expect(askedNow(getState())?.problem).toBe('Say how sure you are (C).')
    expect(asked.answerCase).toEqual([])
    chooseConfidence('sure')
    await answerQuiz()
    expect(asked.answerCase[0]?.judgement).toMatchObject({ marks: [], confidence: 'sure' })
    expect(phase()).toBe('answered')
  })

  it('that was refused stays as it was said, with the reason, and is sent again', async () => {
    const refusals = [new ReviewError('disk-full', 'The disk is full.')]
    asked = openQuizDesk({
      answerCase: async () => {
        const refusal = refusals.pop()
        if (refusal !== undefined) throw refusal
        return ANSWERED
      },
    })
    await begin()
    sayNothing()
    chooseConfidence('sure')
    await answerQuiz()
    expect(askedNow(getState())).toMatchObject({ problem: 'The disk is full.', isSending: false })
    expect(askedNow(getState())?.draft).toMatchObject({ isNothing: true, confidence: 'sure' })
    await answerQuiz()
    expect(phase()).toBe('answered')
  })

  it.each(['conflict', 'sealed'] as const)(
    'that can be taken no more (%s) leads to the next case',
    async (code) => {
      asked = openQuizDesk({
        answerCase: async () => {
          throw new ReviewError(code, 'Go on to the next case.')
        },
      })
      await begin()
      sayNothing()
      chooseConfidence('sure')
      await answerQuiz()
      await expect.poll(() => askedNow(getState())?.shown.showing).toBe(SECOND.showing)
      expect(lastNotice()).toBe('Go on to the next case.')
      expect(askedNow(getState())?.draft.isNothing).toBe(false)
    },
  )

  it('that is not taken any more can be said again where the program is gone before the next case came', async () => {
    const refuse = async () => {
      throw new ReviewError('conflict', 'This case was answered elsewhere.')
    }
    const gone = async () => {
      throw new ReviewError('host-gone', 'The program does not answer.')
    }
    let cases = 0
    const { nextCase } = getState().tools.host!
    asked = openQuizDesk({
      answerCase: refuse,
      nextCase: (input) => (cases++ === 0 ? nextCase(input) : gone()),
    })
    await begin()
    sayNothing()
    chooseConfidence('probable')
    await answerQuiz()
    expect(askedNow(getState())).toMatchObject({ isSending: false, draft: { isNothing: true } })
  })

  it('of the whole stretch has no place: one label, of a mimic its name too', async () => {
    await begin('label')
    select(104, 105)
    label('hypnic_jerk')
    expect(marks()).toEqual([])
    labelCase('spike_wave_3hz')
    labelCase('mimic')
    expect(paneNow().subtypeFor).not.toBeNull()
    nameMimic('oirda')
    expect(paneNow().subtypeFor).toBeNull()
    chooseConfidence('possible')
    await answerQuiz()
    expect(asked.answerCase[0]?.judgement.marks).toEqual([
      { kind: 'mimic', subtype: 'oirda', onset: CASE.onset, duration: CASE.duration },
    ])
  })
})

describe('after the answer', () => {
  it('the key is on the page for reading, its mark picked, and what the learner marked is a lane', async () => {
    await begin()
    select(110, 111)
    label('hypnic_jerk')
    chooseConfidence('probable')
    await answerQuiz()
    await expect.poll(() => answeredNow(getState())?.isPairShown).toBe(true)
    expect(marks()).toEqual([['hypnic_jerk', 104, 104.2]])
    expect([setNow().isKey, setNow().readOnly]).toEqual([true, true])
    expect(ownPane(getState()).selectedMark).toBe(ANSWERED.key[0]!.id)
    expect(lanesOf(getState().sets)).toHaveLength(1)
    label('mimic')
    expect(marks()).toEqual([['hypnic_jerk', 104, 104.2]])
  })

  it('it stands beside both references, aligned at their onsets, in one view and at the paper speed it had', async () => {
    await begin()
    await answer()
    const panes = Object.values(getState().panes.byId)
    expect(panes.map(({ guest }) => guest?.source.ref ?? null)).toEqual([
      null,
      'hypnic-jerks.edf',
      'spike-wave-3hz.edf',
    ])
    expect(new Set(panes.map(({ view }) => JSON.stringify(view))).size).toBe(1)
    // A third of the page for a third of its seconds.
    expect(panes[0]?.view).toMatchObject({ montage: 'average', sensitivity: 15, timebase: 5 })
    // The first jerk of the one, the third run of the other: a quarter into each page.
    expect(panes.map(({ aligned }) => (aligned ?? 0) / 1e7)).toEqual([104, 10, 60])
    expect(panes.map(({ pageStart }) => pageStart)).toEqual([102.75, 8.75, 58.75])
    changeView({ sensitivity: 7 })
    expect(Object.values(getState().panes.byId).map(({ view }) => view.sensitivity)).toEqual([7, 7, 7])
  })

  it('one key leads to the expert’s view, and back; both references stay open for the next case', async () => {
    await begin()
    await answer()
    changeView({ montage: 'longitudinal', timebase: 2 })
    showExpertView()
    expect(Object.keys(getState().panes.byId)).toEqual(['first'])
    expect(paneNow().view).toMatchObject({ montage: 'average', timebase: 15 })
    expect([paneNow().pageStart, paneNow().selectedMark]).toEqual([100, ANSWERED.key[0]!.id])
    togglePair()
    expect(Object.keys(getState().panes.byId)).toHaveLength(3)
    nextReference()
    expect(getState().panes.active).toBe('second')
    await nextQuizCase()
    expect(askedNow(getState())?.shown).toEqual(SECOND)
    expect(Object.keys(getState().panes.byId)).toEqual(['first'])
    await answer()
    const opened = asked.openRecording.map(({ ref }) => ref)
    expect(opened).toEqual(['case file', 'hypnic-jerks.edf', 'spike-wave-3hz.edf', 'second file'])
  })

  it('one reference stands beside it where there is no room for both, and a key shows the other', async () => {
    const window = { innerWidth: 1280 }
    Object.assign(globalThis, { window })
    try {
      await begin()
      await answer()
      const beside = () => getState().panes.byId.second?.guest?.source.ref
      expect(Object.keys(getState().panes.byId)).toHaveLength(2)
      expect([beside(), paneNow().view.timebase]).toEqual(['hypnic-jerks.edf', 7.5])
      nextReference()
      expect(beside()).toBe('spike-wave-3hz.edf')
    } finally {
      Reflect.deleteProperty(globalThis, 'window')
    }
  })

  it('the case stays alone where a sample is missing, which is said', async () => {
    asked = openQuizDesk({ listRecordings: async () => [] })
    await begin()
    sayNothing()
    chooseConfidence('sure')
    await answerQuiz()
    await expect
      .poll(() => getState().quiz?.references)
      .toEqual({ problem: 'The references cannot be shown: The sample hypnic-jerks.edf is not installed.' })
    expect(Object.keys(getState().panes.byId)).toEqual(['first'])
  })
})

describe('the end', () => {
  it('leads back to the recording, the view and the page of before, and shows the results', async () => {
    patchPane({ pageStart: 40 })
    changeView({ sensitivity: 20 })
    await begin()
    changeView({ sensitivity: 3 })
    await answer()
    await nextQuizCase()
    await answer()
    await nextQuizCase()
    await expect.poll(() => getState().quiz).toBe(null)
    expect(openRecordingOf(getState())?.source?.ref).toBe('own file')
    expect([paneNow().view.sensitivity, paneNow().pageStart]).toEqual([20, 40])
    expect(getState().ui).toMatchObject({
      dialog: 'quizResults',
      resultsOf: { lesson: LESSON, end: NONE_DUE },
    })
    const closed = asked.closeRecording.map(({ recordingId }) => recordingId)
    expect(closed).toEqual(expect.arrayContaining(['opened case file', 'opened second file']))
    expect(closed).toEqual(expect.arrayContaining(['opened hypnic-jerks.edf', 'opened spike-wave-3hz.edf']))
  })

  it('has what was picked on the page picked again', async () => {
    patchPane({ selection: { start: 41, end: 42 }, selectedMark: 'mark' })
    await begin()
    expect([paneNow().selection, paneNow().selectedMark]).toEqual([null, null])
    await endQuiz(null)
    // A mark that is not in the set any more is not picked.
    expect([paneNow().selection, paneNow().selectedMark]).toEqual([{ start: 41, end: 42 }, null])
    const [mark] = setNow().document.marks
    patchPane({ selectedMark: mark?.id ?? 'none' })
    await begin()
    await endQuiz(null)
    expect(paneNow().selectedMark).toBe(mark?.id)
  })

  it('is asked about where something was said, and not before', async () => {
    await begin()
    requestEndOfQuiz()
    await expect.poll(() => getState().quiz).toBe(null)
    expect(getState().ui.dialog).toBe(null)
    await begin()
    nextConfidence()
    requestEndOfQuiz()
    expect([getState().ui.dialog, phase()]).toEqual(['endQuiz', 'asked'])
    await endQuiz(null)
    expect(getState().quiz).toBe(null)
  })

  it('of one taken with nothing open leaves nothing open', async () => {
    const { closed } = await import('../../../renderer/store/beginnings.ts')
    const { setState } = await import('../../../renderer/store/state.ts')
    setState(closed(null))
    await begin()
    await endQuiz(null)
    expect(getState().recording).toEqual({ phase: 'none', failure: null })
  })

  it('comes with a program that is started anew, which knows nothing of the quiz', async () => {
    asked = openQuizDesk({
      startup: async () => ({
        ...{ shell: getState().shell.facts, settings: getState().shell.settings, montages: [], open: null },
      }),
    })
    await begin()
    await goOn()
    expect(getState().quiz).toBe(null)
    expect(openRecordingOf(getState())?.source?.ref).toBe('own file')
    expect(lastNotice()).toContain('the quiz has ended: its answers are kept')
  })
})

it('how a case is looked at is not remembered of its recording', async () => {
  const end = rememberViews(0)
  await begin()
  changeView({ sensitivity: 3 })
  turnPages(1)
  await answer()
  expect(asked.rememberView.map(({ recordingId }) => recordingId)).not.toContain('opened case file')
  end()
})

it('nothing else is opened meanwhile', async () => {
  await begin()
  requestOpen({ ref: 'another', name: 'another.edf' })
  expect(lastNotice()).toBe('A quiz is under way: end it first (Esc).')
  expect(asked.openRecording).toHaveLength(1)
})

it('an answer that comes after the end is not shown', async () => {
  const late = deferred<typeof ANSWERED>()
  asked = openQuizDesk({ answerCase: () => late.promise })
  await begin()
  sayNothing()
  chooseConfidence('sure')
  const sent = answerQuiz()
  await endQuiz(null)
  late.resolve(ANSWERED)
  await sent
  expect(getState().quiz).toBe(null)
  expect(
    Object.values(getState().sets.byId).some(({ isKey }) => isKey && getState().sets.active === 'answer'),
  ).toBe(false)
})
