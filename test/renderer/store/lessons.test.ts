import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { addToLesson } from '../../../renderer/store/addingToLesson.ts'
import { goToCase, whenSaved } from '../../../renderer/store/leaving.ts'
import {
  changeDifficulty,
  changeLessonFacts,
  changeQuestion,
  changeSources,
  changeTitle,
  keepLesson,
  moveCaseBy,
  redoLesson,
  relabelKeyMark,
  removeCase,
  removeKeyMark,
  undoLesson,
} from '../../../renderer/store/lessonEditing.ts'
import {
  closeLesson,
  copyLesson,
  importLesson,
  makeLesson,
  openLesson,
  refreshLessons,
  removeLesson,
  takeOther,
} from '../../../renderer/store/lessons.ts'
import { addMarkOver, changeComment, selectMark } from '../../../renderer/store/marking.ts'
import { takeAction } from '../../../renderer/store/noticeActions.ts'
import { reportStateChanges } from '../../../renderer/store/saving.ts'
import { isCaseOpen, isLessonUnkept } from '../../../renderer/store/selectors.ts'
import { takeKeyFromPage, takeMarkView, takePage, takeViewNow } from '../../../renderer/store/showingCase.ts'
import { getState, patchPane, patchShell } from '../../../renderer/store/state.ts'
import { changeView, goTo } from '../../../renderer/store/viewing.ts'
import { ReviewError } from '../../../shared/failure.ts'
import type { Lesson } from '../../../shared/teaching/lesson.ts'
import { serializeLesson } from '../../../shared/teaching/lessonFormat.ts'
import { seconds } from '../../support/annotations.ts'
import type { Asked } from '../../support/fakeHost.ts'
import { openedRecording, openedSet } from '../../support/fakeHost.ts'
import { type LessonShelf, lessonShelf } from '../../support/lessonHost.ts'
import { CASE, LESSON } from '../../support/lessons.ts'
import { lastNotice, openEmptySet } from '../../support/openSetInStore.ts'
import { noticesNow, paneNow, recordingNow, setNow } from '../../support/reviewWindow.ts'

let shelf: LessonShelf
let asked: Asked

beforeEach(() => {
  shelf = lessonShelf({ ...LESSON, title: 'Shipped' })
  asked = openEmptySet({
    ...shelf.answers,
    openRecording: async ({ ref }) => ({ ...openedRecording(ref), fingerprint: ref.padEnd(64, '0') }),
    closeRecording: async () => null,
    rememberView: async () => null,
    rWave: async () => null as never,
    scanned: async () => ({
      ...{ complete: true, annotations: [], activity: null },
      recording: openedRecording('other').recording,
    }),
    openSet: async () => openedSet(),
    closeSet: async () => null,
    closeWindow: async () => null,
    reportState: async () => null,
  })
})

/** A save that is under way would be one of the next test. */
afterEach(() => expect.poll(() => getState().lessons.open?.isSaving ?? false).toBe(false))

const openNow = () => getState().lessons.open ?? expect.fail('no lesson is open')
const ids = () => openNow().lesson.cases.map(({ id }) => id)
const first = () => openNow().lesson.cases[0] ?? expect.fail('there is no case')
const saved = (ref = openNow().ref) => shelf.files.get(ref) ?? expect.fail('no such file')
const whenKept = () => expect.poll(() => isLessonUnkept(getState()) || openNow().isSaving).toBe(false)

/** A lesson of three cases of the open recording, open. */
async function openThree(): Promise<void> {
  const cases = ['a', 'b', 'c'].map((id) => ({ ...CASE, id }))
  shelf.files.set('mine', { ...LESSON, title: 'Mine', cases })
  await openLesson('mine')
}

function pickMark(start: number, end: number, comment = ''): string {
  addMarkOver({ start, end }, 'hypnic_jerk')
  const { id } = setNow().document.marks.at(-1)!
  if (comment !== '') changeComment(id, comment)
  selectMark(id)
  return id
}

describe('add to lesson', () => {
  it('asks for a mark first', async () => {
    await addToLesson()
    expect(lastNotice()).toMatch(/^Choose a mark first/)
    expect(getState().lessons.open).toBeNull()
  })

  it('makes a lesson and a case of the mark, and stays on the page', async () => {
    goTo(300)
    const id = pickMark(303, 303.2, 'Single burst.')
    const before = paneNow()
    await addToLesson(0.5)
    expect(lastNotice()).toBe('Added to “My lesson” as case 1.')
    expect(first()).toMatchObject({
      recording: { fingerprint: 'a'.repeat(64), fileName: 'recording.edf', records: expect.any(Number) },
      ...{ onset: seconds(298.1), duration: seconds(10), rationale: 'Single burst.', question: '' },
      view: { montage: 'longitudinal', timebase: 10 },
      key: { marks: [{ id, kind: 'hypnic_jerk' }], votes: [{ reader: 'R-02', reviewed: true, marks: [] }] },
    })
    expect(asked.stretchVotes).toEqual([
      {
        recordingId: 'recording',
        onset: seconds(298.1),
        duration: seconds(10),
        reviewer: setNow().document.reviewer,
      },
    ])
    expect([paneNow().pageStart, paneNow().view, getState().ui.panel]).toEqual([
      before.pageStart,
      before.view,
      'marks',
    ])
    await whenKept()
    expect(saved().cases).toEqual(openNow().lesson.cases)
  })

  it('puts the next one behind it, and the same mark nowhere again', async () => {
    pickMark(3, 3.2)
    await addToLesson()
    await addToLesson()
    expect(lastNotice()).toBe('This mark is in case 1 of “My lesson” already.')
    pickMark(50, 50.2)
    await addToLesson()
    expect(lastNotice()).toBe('Added to “My lesson” as case 2.')
    takeAction(noticesNow().at(-1)!.action!)
    expect(ids()).toHaveLength(1)
  })

  it('goes to the own lesson that was changed last, never to one that came with the app', async () => {
    await openThree()
    closeLesson()
    await expect.poll(() => getState().lessons.open).toBeNull()
    pickMark(3, 3.2)
    await addToLesson()
    expect(openNow().lesson.title).toBe('Mine')
    await whenKept()
    await openLesson('shipped 0')
    pickMark(50, 50.2)
    await addToLesson()
    expect([openNow().lesson.title, ids().length]).toEqual(['Mine', 5])
  })

  it('begins no lesson where the seal forbids a case, and says why', async () => {
    const host = {
      ...getState().tools.host!,
      stretchVotes: async () => Promise.reject(new ReviewError('sealed', 'Not yet.')),
    }
    Object.assign(getState().tools, { host })
    pickMark(3, 3.2)
    await addToLesson()
    expect([lastNotice(), getState().lessons.open, shelf.files.size]).toEqual(['Not yet.', null, 1])
  })

  it('takes a montage of the teacher’s own along', async () => {
    const own = {
      name: 'Neonatal',
      lines: [{ label: '', terms: [{ channel: 'Cz', weight: 1 }], gap: false }],
    }
    patchShell({ montages: [own] })
    changeView({ montage: 'own:Neonatal' })
    pickMark(3, 3.2)
    changeView({ montage: 'average' })
    await addToLesson()
    expect(first().view).toMatchObject({ montage: 'own:Neonatal', own })
    // A learner has none of that name: it is shown all the same.
    patchShell({ montages: [] })
    goToCase(first().id)
    expect(paneNow().view).toMatchObject({ montage: 'own:Neonatal', own })
  })
})

describe('a lesson that is changed', () => {
  beforeEach(openThree)

  it('is saved by itself, and undone step by step', async () => {
    moveCaseBy('a', 1)
    expect(ids()).toEqual(['b', 'a', 'c'])
    removeCase('b')
    expect([ids(), lastNotice()]).toEqual([['a', 'c'], 'Case 1 removed.'])
    changeDifficulty('c', 'hard')
    await whenKept()
    expect(saved()).toEqual(openNow().lesson)
    undoLesson()
    undoLesson()
    expect([ids(), openNow().lesson.cases[2]?.difficulty]).toEqual([['b', 'a', 'c'], 'medium'])
    redoLesson()
    expect(ids()).toEqual(['a', 'c'])
    undoLesson()
    undoLesson()
    expect(ids()).toEqual(['a', 'b', 'c'])
    await whenKept()
    expect(saved().cases.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('takes what is typed into a field in one go as one step, and saves it', async () => {
    for (const text of ['W', 'Wh', 'Why?']) changeQuestion('a', text, 'one')
    changeTitle('Mine too', 'two')
    changeLessonFacts({ licence: 'CC0' }, 'three')
    expect(openNow().history.done.map(({ label }) => label)).toEqual([
      'edit question',
      'rename lesson',
      'edit lesson',
    ])
    await whenKept()
    expect(saved()).toMatchObject({
      title: 'Mine too',
      licence: 'CC0',
      cases: [{ question: 'Why?' }, {}, {}],
    })
    undoLesson()
    undoLesson()
    undoLesson()
    expect([first().question, openNow().lesson.title]).toEqual([CASE.question, 'Mine'])
  })

  it('keeps no title that is none, and no text that turns a line round', () => {
    changeTitle('  ', 'one')
    changeQuestion('a', 'a\u202Eb', 'two')
    expect([openNow().lesson.title, first().question]).toEqual(['Mine', 'ab'])
  })

  it('has its answer corrected mark by mark', () => {
    relabelKeyMark('a', 'mark-1', 'mimic', 'oirda')
    expect(first().key.marks[0]).toMatchObject({ kind: 'mimic', subtype: 'oirda' })
    relabelKeyMark('a', 'mark-1', 'hypnic_jerk', 'oirda')
    expect(first().key.marks[0]).toMatchObject({ kind: 'hypnic_jerk', subtype: null })
    removeKeyMark('a', 'mark-1')
    expect(first().key.marks).toEqual([])
    changeSources('a', [{ text: 'Fusco 1999', url: null }])
    expect(first().sources).toEqual([{ text: 'Fusco 1999', url: null }])
  })

  it('stays unsaved, and says so, where the disk refuses; the next change tries again', async () => {
    shelf.refusal = new ReviewError('disk-full', 'The disk is full.')
    changeDifficulty('a', 'easy')
    await expect.poll(() => openNow().refusal).toEqual({ message: 'The disk is full.', isConflict: false })
    expect(isLessonUnkept(getState())).toBe(true)
    await keepLesson()
    expect([openNow().refusal, saved().cases[0]?.difficulty]).toEqual([null, 'easy'])
  })

  it('is saved by a host that has started anew', async () => {
    shelf.refusal = new ReviewError('not-found', 'That lesson is not known here: choose it again.')
    changeDifficulty('a', 'easy')
    await whenKept()
    expect([openNow().refusal, saved().cases[0]?.difficulty]).toEqual([null, 'easy'])
  })

  it('is told to the shell while it is not saved, so that closing asks', async () => {
    onTestFinished(reportStateChanges())
    const last = () => asked.reportState.at(-1)
    shelf.refusal = new ReviewError('disk-full', 'The disk is full.')
    changeDifficulty('a', 'easy')
    expect(last()).toMatchObject({ unsaved: true, unsavedLesson: true })
    await expect.poll(() => openNow().refusal?.message).toBe('The disk is full.')
    expect(last()).toMatchObject({ unsaved: true, unsavedLesson: true })
    await keepLesson()
    expect(last()).toMatchObject({ unsaved: false, unsavedLesson: false })
  })

  it('keeps the window until it is saved, or is to be closed all the same', async () => {
    const full = new ReviewError('disk-full', 'The disk is full.')
    shelf.refusal = full
    changeDifficulty('a', 'easy')
    await expect.poll(() => openNow().refusal?.message).toBe('The disk is full.')
    shelf.refusal = full
    whenSaved({ to: 'closeWindow' })
    await expect.poll(lastNotice).toBe('The lesson is not saved: The disk is full.')
    expect(asked.closeWindow).toEqual([])
    takeAction(noticesNow().at(-1)!.action!)
    await expect.poll(() => asked.closeWindow.length).toBe(1)
  })
})

describe('a lesson that another program has changed', () => {
  beforeEach(openThree)
  const other = (): Lesson => ({ ...LESSON, title: 'By another', cases: [] })

  it('is read again where nothing of it waits, and that is said', async () => {
    shelf.files.set('mine', other())
    await refreshLessons()
    expect(openNow().lesson.title).toBe('By another')
    expect(lastNotice()).toBe('mine.lesson.json was changed by another program and has been read again.')
  })

  it('is not overwritten: the reader takes either, and none is lost', async () => {
    shelf.files.set('mine', other())
    changeDifficulty('a', 'easy')
    await expect.poll(() => openNow().refusal?.isConflict).toBe(true)
    expect(saved().title).toBe('By another')
    await keepLesson({ overwrite: true })
    expect([saved().title, openNow().refusal]).toEqual(['Mine', null])
    shelf.files.set('mine', other())
    changeDifficulty('a', 'hard')
    await expect.poll(() => openNow().refusal?.isConflict).toBe(true)
    await takeOther()
    expect([openNow().ref, openNow().lesson.title]).toEqual(['mine', 'By another'])
    const kept = [...shelf.files.values()].find(({ title }) => title === 'Mine (mine)')
    expect(kept?.cases[0]?.difficulty).toBe('hard')
  })

  it('takes the place of nothing that could not be kept, since answers of it are sealed', async () => {
    shelf.sealed.add('a')
    await openLesson('mine')
    shelf.files.set('mine', other())
    changeDifficulty('b', 'hard')
    await expect.poll(() => openNow().refusal?.isConflict).toBe(true)
    await takeOther()
    expect([openNow().lesson.title, isLessonUnkept(getState()), openNow().refusal?.isConflict]).toEqual([
      'Mine',
      true,
      true,
    ])
    expect([asked.createLesson, lastNotice()]).toEqual([
      [],
      'What you did cannot be kept as a lesson of its own, since answers of it are sealed: keep yours.',
    ])
    await keepLesson({ overwrite: true })
    expect([saved().title, saved().cases[1]?.difficulty]).toEqual(['Mine', 'hard'])
  })

  it('that is read again where nothing was done here is said to be no more than that', async () => {
    shelf.files.set('mine', other())
    await takeOther()
    expect([openNow().lesson.title, lastNotice(), asked.createLesson]).toEqual([
      'By another',
      'Read again.',
      [],
    ])
  })

  it('does not take what was just typed away', async () => {
    shelf.files.set('mine', other())
    changeDifficulty('a', 'easy')
    await refreshLessons()
    expect(openNow().lesson.title).toBe('Mine')
  })
})

describe('lessons', () => {
  it('are made, copied, removed and brought back', async () => {
    await makeLesson('First week')
    await makeLesson('First week')
    expect(openNow().lesson.title).toBe('First week 2')
    await openLesson('shipped 0')
    changeDifficulty('case-1', 'easy')
    expect([lastNotice(), first().difficulty]).toEqual([
      'This lesson came with Hypnospike: make a copy to change it.',
      'medium',
    ])
    await copyLesson()
    expect(openNow()).toMatchObject({ isShipped: false, lesson: { title: 'Shipped (copy)', cases: [CASE] } })
    expect(openNow().lesson.id).not.toBe(LESSON.id)
    const { ref, lesson } = openNow()
    await removeLesson()
    expect([getState().lessons.open, shelf.files.has(ref)]).toEqual([null, false])
    takeAction(noticesNow().at(-1)!.action!)
    await expect.poll(() => getState().lessons.open?.lesson).toEqual(lesson)
  })

  it('are taken from files, and said to be none where they are none', async () => {
    await refreshLessons()
    await importLesson(new File([serializeLesson(LESSON)], 'a.lesson.json'))
    expect(openNow().lesson).toEqual(LESSON)
    await importLesson(new File([serializeLesson(LESSON)], 'a.lesson.json'))
    expect(openNow().lesson.title).toBe(`${LESSON.title} 2`)
    expect(openNow().lesson.id).not.toBe(LESSON.id)
    await importLesson(new File(['{}'], 'b.json'))
    expect(lastNotice()).toBe(
      'b.json: This is not a Hypnospike lesson: choose a file that ends in .lesson.json.',
    )
  })
})

describe('a case on the page', () => {
  beforeEach(openThree)

  it('is shown from the beginning of its stretch, in its view, with a way back', () => {
    changeView({ montage: 'average', sensitivity: 20, timebase: 30 })
    goToCase('a')
    expect(paneNow().pageStart).toBe(120)
    expect(paneNow().view).toMatchObject({
      montage: 'longitudinal',
      lowFrequency: 1,
      sensitivity: 7,
      timebase: 10,
    })
    expect(paneNow().back).toHaveLength(1)
  })

  it('has its stretch and view taken from the page as it is now', () => {
    goTo(118)
    changeView({ montage: 'average', timebase: 15 })
    takePage('a')
    expect(first()).toMatchObject({
      onset: seconds(118),
      duration: seconds(15),
      view: { montage: 'average', timebase: 15 },
    })
    changeView({ sensitivity: 20 })
    takeViewNow('a')
    expect(first()).toMatchObject({ onset: seconds(118), view: { sensitivity: 20 } })
    goTo(300)
    takePage('a')
    expect(lastNotice()).toBe(
      '“change stretch” cannot be done: cases[0].key.marks[0] lies outside the stretch of the case.',
    )
  })

  it('takes the marks on the page for its answer, and the view of the mark that it was made of', async () => {
    goTo(120)
    changeView({ montage: 'average' })
    const id = pickMark(124, 124.5)
    pickMark(300, 301)
    changeView({ montage: 'longitudinal' })
    await takeKeyFromPage('a')
    expect(first().key).toEqual({
      marks: [expect.objectContaining({ id })],
      votes: [{ reader: 'R-02', reviewed: true, marks: [] }],
    })
    takeMarkView('a')
    expect(first().view.montage).toBe('average')
  })

  it('of another recording opens it, once what is unsaved is settled', async () => {
    const recording = { ...CASE.recording, fingerprint: 'other'.padEnd(64, '0') }
    shelf.files.set('mine', { ...LESSON, cases: [{ ...CASE, recording }] })
    shelf.found.set(recording.fingerprint, 'other')
    await openLesson('mine')
    expect(isCaseOpen(getState(), first())).toBe(false)
    goToCase('case-1')
    await expect.poll(() => recordingNow().opened.recordingId).toBe('other')
    await expect.poll(() => paneNow().pageStart).toBe(120)
    expect(openNow().lesson.title).toBe(LESSON.title)
  })

  it('of a recording that is nowhere opens nothing', async () => {
    const recording = { ...CASE.recording, fingerprint: 'gone' }
    shelf.files.set('mine', { ...LESSON, cases: [{ ...CASE, recording }] })
    await openLesson('mine')
    goToCase('case-1')
    expect(openNow().recordings.get('gone')).toBeNull()
    expect(asked.openRecording).toEqual([])
  })

  it('that is sealed shows no answer, and takes no change of it', async () => {
    shelf.sealed.add('a')
    await openLesson('mine')
    expect([first().key.marks, first().rationale]).toEqual([[], ''])
    patchPane({ pageStart: 120 })
    changeQuestion('a', 'Why?', 'one')
    await takeKeyFromPage('a')
    expect([first().question, first().key.marks, asked.saveLesson]).toEqual([CASE.question, [], []])
    moveCaseBy('a', 1)
    await whenKept()
    expect(asked.saveLesson).toMatchObject([{ sealed: ['a'] }])
  })
})
