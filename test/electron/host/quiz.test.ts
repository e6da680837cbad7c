/** The quiz as a window has it: the key stays in the host until a judgement is on disk. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openFile } from '../../../electron/host/fileSource.ts'
import { createHost } from '../../../electron/host/host.ts'
import { createProgress } from '../../../electron/host/progress.ts'
import { createQuizzes } from '../../../electron/host/quiz.ts'
import { serializeSet } from '../../../shared/annotation/format.ts'
import { identityOf } from '../../../shared/annotation/identity.ts'
import type { QuizCase } from '../../../shared/contract/quizProcedures.ts'
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts'
import { openRecording } from '../../../shared/edf/recording.ts'
import { fingerprint } from '../../../shared/edf/samples/fingerprint.ts'
import { ReviewError } from '../../../shared/failure.ts'
import type { LessonCase } from '../../../shared/teaching/lesson.ts'
import { caseRecording } from '../../../shared/teaching/makeCase.ts'
import type { Judgement } from '../../../shared/teaching/quiz/judgement.ts'
import { parseProgress } from '../../../shared/teaching/quiz/progressFormat.ts'
import { blankDocument, seconds } from '../../support/annotations.ts'
import { edfBytes, PLAIN_SIGNAL } from '../../support/edfBytes.ts'
import { deferred } from '../../support/fakeHost.ts'
import { makeFolder } from '../../support/folders.ts'
import { CASE, LESSON } from '../../support/lessons.ts'
import { quietShell } from '../../support/quietShell.ts'
import { given } from '../../support/quiz.ts'

type Kind = LessonCase['key']['marks'][number]['kind']

/** What no window may be told before it has judged. */
const SECRETS = [
  'SECRET-RATIONALE',
  'SECRET-SOURCE',
  'SECRET-VOTER',
  'oirda-clean',
  'secret-key',
  '"hard"',
  'oirda',
]

async function writeRecording(folder: string, name: string, offset: number) {
  const file = path.join(folder, name)
  const record = () => [0, 1, 2, offset]
  writeFileSync(file, edfBytes({ signals: [{ ...PLAIN_SIGNAL, record }] }))
  const source = await openFile(file)
  try {
    const recording = await openRecording(source, { timeline: 'quick' })
    return { file, identity: identityOf(recording.header, await fingerprint(source, recording), name) }
  } finally {
    await source.close()
  }
}

/** Two recordings of two cases each: a jerk and a mimic in one, a run and nothing in the other. */
async function makeLesson(folder: string) {
  const [one, two] = [
    await writeRecording(folder, 'oirda-clean.edf', 7),
    await writeRecording(folder, 'b.edf', 9),
  ]
  const make = (id: string, { identity }: typeof one, kind: Kind | null): LessonCase => ({
    ...CASE,
    ...{ id, recording: caseRecording(identity), onset: seconds(0), duration: seconds(1) },
    key: {
      marks:
        kind === null
          ? []
          : [
              {
                ...CASE.key.marks[0]!,
                ...{ id: `secret-key-${id}`, kind, subtype: kind === 'mimic' ? 'oirda' : null },
                ...{ onset: seconds(0.2), duration: seconds(0.4) },
              },
            ],
      votes: [{ reader: 'SECRET-VOTER', reviewed: true, marks: [] }],
    },
    ...{ question: '', rationale: 'SECRET-RATIONALE', difficulty: 'hard' },
    sources: [{ text: 'SECRET-SOURCE', url: null }],
  })
  const cases = [
    make('jerk', one, 'hypnic_jerk'),
    make('mimic', one, 'mimic'),
    make('run', two, 'spike_wave_3hz'),
    make('nothing', two, null),
  ]
  return { lesson: { ...LESSON, cases }, one, two, make }
}

async function startProgram(
  options: {
    data?: string
    folder?: string
    reviewer?: string
    kind?: 'desktop' | 'browser'
    target?: string
  } = {},
) {
  const { data = makeFolder(), folder = makeFolder(), reviewer = 'ANNA', kind = 'desktop' } = options
  const { host, close } = createHost({
    shell: quietShell({
      facts: { kind, platform: 'linux', version: 'test' },
      chooseExportTarget: async () => options.target ?? null,
    }),
    ...{ dataFolder: data, samplesFolder: null, folder, emit: () => {}, log: () => {} },
  })
  onTestFinished(close)
  await host.saveSettings({ ...DEFAULT_SETTINGS, reviewer })
  return { host, data, folder }
}

async function begin() {
  const program = await startProgram()
  const made = await makeLesson(program.folder)
  const { ref } = await program.host.createLesson({ lesson: made.lesson })
  return { ...program, ...made, ref }
}

const judgement = (marks: Judgement['marks'] = []): Judgement => ({
  ...{ marks, confidence: 'probable', criteria: { single: 'likely' }, seconds: 12.5 },
})
const LABEL = { hypnic_jerk: given('hypnic_jerk', 0, 1), spike_wave_3hz: given('spike_wave_3hz', 0, 1) }

function asCase(next: { readonly type: string }): QuizCase {
  expect(next.type).toBe('case')
  return next as QuizCase
}

describe('a quiz', () => {
  it('tells how much there is, and shows every case once, in an order of its own', async () => {
    const { host, ref } = await begin()
    const start = await host.startQuiz({ ref, mode: 'label', seed: 3 })
    expect(start).toEqual({
      ...{ quizId: expect.any(String), lessonTitle: LESSON.title, learner: 'ANNA' },
      ...{ total: 4, due: 0, fresh: 4, retired: 0 },
      // How many are mimics would tell of each what it may be.
      note: null,
    })
    const { quizId } = start
    const given = new Set<string>()
    for (const number of [1, 2, 3, 4]) {
      const next = asCase(await host.nextCase({ quizId }))
      expect(next).toMatchObject({ number, isRepeat: false })
      if (number === 1) expect(next.left).toBe(4)
      const answered = await host.answerCase({
        quizId,
        showing: next.showing,
        judgement: judgement([LABEL.hypnic_jerk]),
      })
      given.add(answered.judged.confusion.key)
      expect(answered.results.answered).toBe(number)
    }
    expect(given).toEqual(new Set(['hypnic_jerk', 'mimic:oirda', 'spike_wave_3hz', 'nothing']))
  })

  it('tells nothing of a case before it is judged, and all of it after', async () => {
    const { host, ref, folder } = await begin()
    const start = await host.startQuiz({ ref, mode: 'locate', seed: 1 })
    for (let count = 0; count < 4; count += 1) {
      const next = asCase(await host.nextCase({ quizId: start.quizId }))
      expect(Object.keys(next).sort()).toEqual(
        [
          'type',
          'showing',
          'recording',
          'onset',
          'duration',
          'view',
          'question',
          'number',
          'left',
          'isRepeat',
        ].sort(),
      )
      expect(Object.keys(next.recording)).toEqual(['ref'])
      const told = JSON.stringify([start, next])
      for (const secret of [...SECRETS, folder, '"jerk"', '"run"', CASE.changed])
        expect(told).not.toContain(secret)
      const refused = { quizId: start.quizId, showing: 'another', judgement: judgement() }
      const failure = await host.answerCase(refused).catch((thrown: unknown) => thrown)
      expect(failure).toMatchObject({ code: 'conflict' })
      for (const secret of SECRETS) expect(String((failure as Error).message)).not.toContain(secret)
      const answered = await host.answerCase({ ...refused, showing: next.showing })
      expect(answered).toMatchObject({
        ...{ rationale: 'SECRET-RATIONALE', difficulty: 'hard', votes: [{ reader: 'SECRET-VOTER' }] },
        ...{ sources: [{ text: 'SECRET-SOURCE' }] },
      })
      const [mark] = answered.key
      expect(answered.judged.confusion).toEqual({
        key:
          mark === undefined ? 'nothing' : mark.subtype === null ? mark.kind : `${mark.kind}:${mark.subtype}`,
        given: 'nothing',
      })
      expect(answered.criteria.find(({ id }) => id === 'single')?.given).toBe('likely')
    }
  })

  it('shows the same showing until it is judged, and takes one judgement of it', async () => {
    const { host, ref } = await begin()
    const { quizId } = await host.startQuiz({ ref, mode: 'label' })
    const [first, again] = await Promise.all([host.nextCase({ quizId }), host.nextCase({ quizId })])
    expect(again).toEqual(first)
    const call = { quizId, showing: asCase(first).showing, judgement: judgement() }
    const other = { ...call, judgement: judgement([LABEL.spike_wave_3hz]) }
    const both = await Promise.allSettled([host.answerCase(call), host.answerCase(other)])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    await expect(host.answerCase(other)).rejects.toMatchObject({
      code: 'conflict',
      message: 'This showing was judged before: go on to the next case.',
    })
    expect((await host.quizResults({ ref })).answered).toBe(1)
  })

  it('tells an answer again that was lost on its way, and keeps it once', async () => {
    const { host, ref } = await begin()
    const { quizId } = await host.startQuiz({ ref, mode: 'label' })
    const { showing } = asCase(await host.nextCase({ quizId }))
    const answered = await host.answerCase({ quizId, showing, judgement: judgement() })
    const later = { ...judgement(), seconds: 40 }
    expect(await host.answerCase({ quizId, showing, judgement: later })).toEqual(answered)
    expect((await host.quizResults({ ref })).answered).toBe(1)
    await host.nextCase({ quizId })
    expect(await host.answerCase({ quizId, showing, judgement: later })).toEqual(answered)
  })

  it('refuses a second label, and leaves the showing to be judged', async () => {
    const { host, ref } = await begin()
    const { quizId } = await host.startQuiz({ ref, mode: 'label' })
    const { showing } = asCase(await host.nextCase({ quizId }))
    const both = judgement([LABEL.hypnic_jerk, LABEL.spike_wave_3hz])
    await expect(host.answerCase({ quizId, showing, judgement: both })).rejects.toMatchObject({
      code: 'bad-input',
    })
    expect((await host.answerCase({ quizId, showing, judgement: judgement() })).results.answered).toBe(1)
  })

  it('leaves out cases whose recording is not found or reviewed blind, and says so', async () => {
    const { host, ref, one, two, folder } = await begin()
    rmSync(two.file)
    const { note, total, fresh } = await host.startQuiz({ ref, mode: 'label' })
    expect({ total, fresh }).toEqual({ total: 2, fresh: 2 })
    expect(note).toBe(
      '2 cases are left out: their recordings were not found. Open one of the folder, then begin again.',
    )
    const set = { ...blankDocument(), recording: one.identity, reviewer: 'BEN', blind: true }
    writeFileSync(path.join(folder, 'oirda-clean.BEN.hypnospike.json'), serializeSet(set))
    const start = await host.startQuiz({ ref, mode: 'label' })
    expect(start).toMatchObject({
      total: 0,
      note: expect.stringMatching(/^2 cases are left out: you review their recordings blind\./),
    })
    expect(await host.nextCase({ quizId: start.quizId })).toEqual({
      type: 'end',
      reason: 'no-cases',
      nextDue: null,
    })
  })

  it('goes on without a recording that is gone, and tells no answer once it is reviewed blind', async () => {
    const { host, ref, one, two, folder } = await begin()
    const { quizId } = await host.startQuiz({ ref, mode: 'label', seed: 1 })
    const { showing, recording } = asCase(await host.nextCase({ quizId }))
    const isOne = (await host.openLesson({ ref })).recordings[0]?.recording?.ref === recording.ref
    const [gone, other] = isOne ? [one, two] : [two, one]
    const set = { ...blankDocument(), recording: gone.identity, reviewer: 'BEN', blind: true }
    const name = path.basename(gone.file, '.edf')
    writeFileSync(path.join(folder, `${name}.BEN.hypnospike.json`), serializeSet(set))
    await expect(host.answerCase({ quizId, showing, judgement: judgement() })).rejects.toMatchObject({
      code: 'sealed',
    })
    const next = asCase(await host.nextCase({ quizId }))
    expect(next.recording.ref).not.toBe(recording.ref)
    expect((await host.quizResults({ ref })).answered).toBe(0)
    rmSync(other.file)
    expect(await host.nextCase({ quizId })).toMatchObject({ type: 'end', reason: 'no-cases' })
  })

  it('that is not known is over', async () => {
    const { host, ref } = await begin()
    const over = { code: 'not-found', message: 'That quiz is over: begin it again.' }
    await expect(host.nextCase({ quizId: 'x' })).rejects.toMatchObject(over)
    await expect(host.startQuiz({ ref: 'x', mode: 'label' })).rejects.toMatchObject({ code: 'not-found' })
    const first = await host.startQuiz({ ref, mode: 'label' })
    for (let count = 0; count < 8; count += 1) await host.startQuiz({ ref, mode: 'label' })
    await expect(host.nextCase(first)).rejects.toMatchObject(over)
  })
})

describe('an answer', () => {
  /** A quiz whose disk and clock are the test's. */
  async function makeQuiz() {
    const { lesson, one } = await makeLesson(makeFolder())
    const cases = lesson.cases.slice(0, 1)
    const found = { path: one.file, identity: one.identity, fingerprintOfFirst: async () => '', copies: [] }
    const store = createProgress(makeFolder())
    let append = store.append
    let now = Date.UTC(2026, 0, 31, 8)
    const quizzes = createQuizzes({
      lessons: {
        look: async () => ({
          ...{ path: 'x', hash: '', lesson: { ...lesson, cases }, blind: new Set() },
          found: new Map([[one.identity.fingerprint, found]]),
        }),
        isBlind: async () => false,
      },
      progress: { ...store, append: (...given) => append(...given) },
      learner: async () => 'ANNA',
      register: (file) => ({ ref: path.basename(file) }),
      now: () => new Date(now),
    })
    const judgeOnce = async (marks: Judgement['marks']) => {
      const { quizId } = await quizzes.startQuiz({ ref: 'x', mode: 'label' })
      const next = await quizzes.nextCase({ quizId })
      return next.type === 'end'
        ? next
        : quizzes.answerCase({ quizId, showing: next.showing, judgement: judgement(marks) })
    }
    return {
      ...{ quizzes, store, judgeOnce },
      failNext: (work: typeof append) => {
        append = (...given) => {
          append = store.append
          return work(...given)
        }
      },
      pass: (days: number) => {
        now += days * 24 * 3600 * 1000
      },
    }
  }

  it('leaves the host once the judgement is on disk, and not before', async () => {
    const { quizzes, store, failNext } = await makeQuiz()
    const { quizId } = await quizzes.startQuiz({ ref: 'x', mode: 'label' })
    const { showing } = asCase(await quizzes.nextCase({ quizId }))
    const disk = deferred<void>()
    const begun = deferred<void>()
    failNext(async (...given) => {
      begun.resolve()
      await disk.promise
      return store.append(...given)
    })
    let isTold = false
    const answered = quizzes.answerCase({ quizId, showing, judgement: judgement() }).then((told) => {
      isTold = true
      return told
    })
    await begun.promise
    await new Promise(setImmediate)
    expect(isTold).toBe(false)
    disk.resolve()
    expect((await answered).rationale).toBe('SECRET-RATIONALE')
    expect((await store.read('ANNA', LESSON)).answers.map((each) => each.showing)).toEqual([showing])
  })

  it('that cannot be kept is not told, and can be given again', async () => {
    const { quizzes, failNext } = await makeQuiz()
    const { quizId } = await quizzes.startQuiz({ ref: 'x', mode: 'label' })
    const { showing } = asCase(await quizzes.nextCase({ quizId }))
    failNext(async () => {
      throw new ReviewError('disk-full', 'Your progress cannot be written: the disk is full.')
    })
    const call = { quizId, showing, judgement: judgement() }
    await expect(quizzes.answerCase(call)).rejects.toMatchObject({ code: 'disk-full' })
    expect(asCase(await quizzes.nextCase({ quizId })).showing).toBe(showing)
    expect((await quizzes.answerCase(call)).results.answered).toBe(1)
  })

  it('brings a case back when it is due, at once where it was missed, and never when it is mastered', async () => {
    const { judgeOnce, pass } = await makeQuiz()
    const right = [LABEL.hypnic_jerk]
    expect(await judgeOnce([])).toMatchObject({
      ...{ retired: false, due: '2026-01-31T08:00:00.000Z', comesAgain: false },
    })
    const first = await judgeOnce(right)
    expect(first).toMatchObject({ judged: { isRight: true }, retired: false })
    expect(await judgeOnce(right)).toEqual({
      type: 'end',
      reason: 'none-due',
      nextDue: 'due' in first ? first.due : '',
    })
    pass(10)
    expect(await judgeOnce(right)).toMatchObject({ retired: false })
    pass(60)
    expect(await judgeOnce(right)).toMatchObject({ retired: true, due: null })
    pass(1000)
    expect(await judgeOnce(right)).toEqual({ type: 'end', reason: 'all-retired', nextDue: null })
  })
})

/** Judges every case of a lesson as a jerk. */
async function callAllJerks(
  { host, ref }: Pick<Awaited<ReturnType<typeof begin>>, 'host' | 'ref'>,
  count: number,
) {
  const { quizId } = await host.startQuiz({ ref, mode: 'label', seed: 1 })
  for (let at = 0; at < count; at += 1) {
    const { showing } = asCase(await host.nextCase({ quizId }))
    await host.answerCase({ quizId, showing, judgement: judgement([LABEL.hypnic_jerk]) })
  }
}

describe('the progress of a learner', () => {
  it('is listed, told and exported, of one lesson or of all, by either ref', async () => {
    const target = path.join(makeFolder(), 'anna.progress.json')
    const { data, folder } = await begin()
    const { host } = await startProgram({ data, folder, target })
    const [listed] = await host.listLessons({})
    const ref = listed!.ref
    await callAllJerks({ host, ref }, 3)
    const [row, ...others] = await host.listProgress({})
    expect(others).toEqual([])
    expect(row).toEqual({
      ...{ ref: expect.any(String), lesson: ref, title: LESSON.title, answered: 3, problem: null },
      ...{ right: expect.any(Number), due: 3 - (row?.right ?? 0), seen: 3, retired: 0 },
      last: expect.stringMatching(/Z$/),
    })
    const results = await host.quizResults({ ref })
    expect(results.answered).toBe(3)
    expect(await host.quizResults({ ref: row!.ref })).toEqual(results)
    expect(await host.quizResults({ ref: null })).toEqual(results)
    expect(await host.exportProgress({ ref })).toEqual({ fileName: 'anna.progress.json', text: null })
    const exported = parseProgress(readFileSync(target, 'utf8'))
    expect(exported).toMatchObject({ learner: 'ANNA', lessons: [{ lesson: { id: LESSON.id } }] })
    await host.removeLesson({ ref })
    expect(await host.listProgress({})).toMatchObject([{ lesson: null, answered: 3 }])
  })

  it('goes to a browser as a text to download, and nowhere when the dialog is dismissed', async () => {
    const { data, folder, host, ref } = await begin()
    await expect(host.exportProgress({ ref: null })).rejects.toMatchObject({
      message: /Nothing is answered yet/,
    })
    await callAllJerks({ host, ref }, 1)
    expect(await host.exportProgress({ ref: null })).toBe(null)
    const browser = await startProgram({ data, folder, kind: 'browser' })
    const exported = await browser.host.exportProgress({ ref: null })
    expect(exported?.fileName).toBe('ANNA Jerks at sleep onset.progress.json')
    expect(parseProgress(exported?.text ?? '').lessons[0]?.answers.length).toBe(1)
  })

  it('is that of the reviewer code, and another sees none of it', async () => {
    const { host, ref } = await begin()
    await callAllJerks({ host, ref }, 2)
    await host.saveSettings({ ...DEFAULT_SETTINGS, reviewer: 'BEN' })
    expect(await host.listProgress({})).toEqual([])
    expect((await host.quizResults({ ref })).answered).toBe(0)
    expect(await host.startQuiz({ ref, mode: 'label' })).toMatchObject({ learner: 'BEN', fresh: 4 })
    expect(await host.deleteProgress({ ref: null })).toBe(0)
    await host.saveSettings({ ...DEFAULT_SETTINGS, reviewer: 'ANNA' })
    expect(await host.startQuiz({ ref, mode: 'label' })).toMatchObject({ learner: 'ANNA', fresh: 2 })
  })

  it('is gone when it is deleted', async () => {
    const { host, ref, data } = await begin()
    await callAllJerks({ host, ref }, 2)
    expect(await host.deleteProgress({ ref })).toBe(1)
    expect(readdirSync(path.join(data, 'progress'))).toEqual([])
    expect(await host.startQuiz({ ref, mode: 'label' })).toMatchObject({ fresh: 4 })
    await callAllJerks({ host, ref }, 1)
    expect(await host.deleteProgress({ ref: null })).toBe(1)
    expect(await host.listProgress({})).toEqual([])
  })

  it('that cannot be read begins no quiz, is listed with why, and stays as it is until it is deleted', async () => {
    const { host, ref, data } = await begin()
    await callAllJerks({ host, ref }, 2)
    const file = createProgress(path.join(data, 'progress')).fileOf('ANNA', LESSON.id)
    const damaged = readFileSync(file, 'utf8').slice(0, 300)
    writeFileSync(file, damaged)
    await expect(host.startQuiz({ ref, mode: 'label' })).rejects.toMatchObject({ code: 'bad-progress' })
    await expect(host.quizResults({ ref })).rejects.toMatchObject({ code: 'bad-progress' })
    await expect(host.exportProgress({ ref: null })).rejects.toMatchObject({ code: 'bad-progress' })
    expect((await host.quizResults({ ref: null })).answered).toBe(0)
    const [row] = await host.listProgress({})
    expect(row?.problem).toMatch(/is left as it is: delete it to begin anew/)
    expect(readFileSync(file, 'utf8')).toBe(damaged)
    expect(await host.deleteProgress({ ref: row!.ref })).toBe(1)
    expect(await host.startQuiz({ ref, mode: 'label' })).toMatchObject({ fresh: 4 })
  })
})
