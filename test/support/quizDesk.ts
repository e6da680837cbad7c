/** A host that asks a quiz, in a window with something open: what it asks and answers is the test's. */
import { newRecording, openedWith } from '../../renderer/store/beginnings.ts'
import { getState, setState } from '../../renderer/store/state.ts'
import type { Host } from '../../shared/contract/contract.ts'
import type { OpenedRecording } from '../../shared/contract/model.ts'
import type { Answered, QuizCase, QuizEnd } from '../../shared/contract/quizProcedures.ts'
import { DEFAULT_VIEW } from '../../shared/signal/viewSettings.ts'
import { CRITERIA } from '../../shared/teaching/quiz/criteria.ts'
import { computeResults } from '../../shared/teaching/quiz/results.ts'
import { seconds, withMarks } from './annotations.ts'
import { type Asked, openedRecording, openedSet, PLAIN_SET } from './fakeHost.ts'
import { openEmptySet } from './openSetInStore.ts'

export const LESSON = { ref: 'lesson', name: 'Jerks and mimics' }

/** A stretch from 100 to 115 s, seen in the average reference. */
export const CASE: QuizCase = {
  type: 'case',
  showing: 'showing 1',
  recording: { ref: 'case file' },
  onset: seconds(100),
  duration: seconds(15),
  view: { ...DEFAULT_VIEW, montage: 'average', sensitivity: 15, timebase: 15 },
  question: '',
  number: 1,
  left: 5,
  isRepeat: false,
}

export const SECOND: QuizCase = {
  ...CASE,
  showing: 'showing 2',
  recording: { ref: 'second file' },
  number: 2,
}

export const NONE_DUE: QuizEnd = { type: 'end', reason: 'none-due', nextDue: '2026-11-27T09:00:00.000Z' }

const [MARK] = withMarks([[104, 104.2]]).marks

/** The key is a jerk at 104 s. */
export const ANSWERED: Answered = {
  judged: {
    isRight: false,
    isKindRight: false,
    confusion: { key: 'hypnic_jerk', given: 'nothing' },
    onsetError: null,
    places: [{ key: 'hypnic_jerk', given: 'nothing', onsetError: null }],
  },
  key: [MARK!],
  votes: [{ reader: 'R-02', reviewed: true, marks: [] }],
  rationale: 'A burst of 150 ms in two muscles.',
  sources: [{ text: 'Fusco et al. 1999', url: null }],
  difficulty: 'easy',
  criteria: CRITERIA.map(({ id }) => ({ id, given: null, expected: id === 'single' ? 'yes' : null })),
  due: '2026-11-26T20:00:00.000Z',
  comesAgain: false,
  retired: false,
  results: computeResults([]),
}

const SAMPLES = ['hypnic-jerks.edf', 'spike-wave-3hz.edf'].map((name) => ({
  ...{ ref: name, name, origin: 'sample', folder: 'samples', bytes: 1000, available: true },
})) as Awaited<ReturnType<Host['listRecordings']>>

/** Every recording has a key beside it, of three jerks and three runs. */
export function quizAnswers(
  cases: readonly (QuizCase | QuizEnd)[] = [CASE, SECOND, NONE_DUE],
): Partial<Host> {
  let at = 0
  const opened = new Map<string, OpenedRecording>()
  return {
    startQuiz: async () => ({
      ...{ quizId: 'quiz', lessonTitle: LESSON.name, learner: 'JS', total: 6, due: 0, fresh: 6, retired: 0 },
      note: null,
    }),
    nextCase: async () => cases[Math.min(at++, cases.length - 1)]!,
    answerCase: async () => ANSWERED,
    openRecording: async ({ ref }) => {
      const key = {
        ...PLAIN_SET,
        ref: `${ref} key`,
        name: 'x.key.json',
        reviewer: 'key',
        marks: 6,
        changed: null,
      }
      const recording = { ...openedRecording(`opened ${ref}`), sets: [{ ...key, isKey: true }] }
      opened.set(recording.recordingId, recording)
      return recording
    },
    scanned: async ({ recordingId }) => ({
      complete: true,
      annotations: [{ onset: 104, duration: null, text: 'jerk', channel: null }],
      activity: null,
      recording: (opened.get(recordingId) ?? openedRecording()).recording,
    }),
    openSet: async () => {
      const jerks = withMarks([10, 20, 30].map((start) => [start, start + 0.2] as const)).marks
      const runs = withMarks([40, 50, 60].map((start) => [start, start + 5] as const)).marks.map((mark) => ({
        ...mark,
        id: `run ${mark.id}`,
        kind: 'spike_wave_3hz' as const,
      }))
      return openedSet({
        readOnly: true,
        isKey: true,
        document: { ...withMarks([]), marks: [...jerks, ...runs] },
      })
    },
    closeSet: async () => null,
    closeRecording: async () => null,
    listRecordings: async () => SAMPLES,
    rememberView: async () => null,
    reportState: async () => null,
    rWave: async () => null,
  }
}

/** With a recording of the reader's own on the page, from 40 s on; `answers` over those of `quizAnswers`. */
export function openQuizDesk(answers: Partial<Host> = {}, cases?: readonly (QuizCase | QuizEnd)[]): Asked {
  const asked = openEmptySet({ ...quizAnswers(cases), ...answers })
  const view = { montage: 'longitudinal', ...DEFAULT_VIEW } as const
  const own = { ...openedRecording(), sets: [] }
  const { sets } = getState()
  setState({
    ...openedWith(newRecording(own, { ref: 'own file', name: 'own.edf' }, []), { view, pageStart: 40 }),
    sets,
  })
  return asked
}
