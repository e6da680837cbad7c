import { beforeEach, describe, expect, it } from 'vitest'
import {
  addArmedMark,
  addMarkOver,
  cancel,
  changeComment,
  chooseSubtype,
  deleteSelected,
  goToMark,
  label,
  redoStep,
  selectMark,
  toggleReviewed,
  undoStep,
} from '../../../renderer/store/marking.ts'
import { takeAction } from '../../../renderer/store/noticeActions.ts'
import { flushJournal } from '../../../renderer/store/outbox.ts'
import { nudge } from '../../../renderer/store/placing.ts'
import { save } from '../../../renderer/store/saving.ts'
import { hasUnsaved, selectedMarkOf } from '../../../renderer/store/selectors.ts'
import { getState, patchPane, patchSet } from '../../../renderer/store/state.ts'
import { goTo } from '../../../renderer/store/viewing.ts'
import { EMPTY_HISTORY, type Marked } from '../../../shared/annotation/history.ts'
import { checkInvariants } from '../../../shared/annotation/invariants.ts'
import { advance, type JournalEntry } from '../../../shared/annotation/journalEntry.ts'
import type { SavedSet } from '../../../shared/contract/model.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { blankDocument, contentOf } from '../../support/annotations.ts'
import { type Asked, deferred } from '../../support/fakeHost.ts'
import { lastNotice, marks, openEmptySet, select, steps } from '../../support/openSetInStore.ts'
import { noticesNow, paneNow, setNow } from '../../support/reviewWindow.ts'

let asked: Asked

function begin(answers: Parameters<typeof openEmptySet>[0] = {}): void {
  asked = openEmptySet(answers)
}

beforeEach(() => begin())

/** What a second process makes of the entries it was told. */
function followed(): Marked {
  const entries = asked.journal.flatMap((call) => call.entries) as readonly JournalEntry[]
  return entries.reduce(advance, { document: blankDocument(), history: EMPTY_HISTORY })
}

describe('a label key', () => {
  it('marks the selection and picks the mark', () => {
    select(2, 2.4)
    label('hypnic_jerk')
    expect(marks()).toEqual([['hypnic_jerk', 2, 2.4]])
    expect(selectedMarkOf(getState())?.kind).toBe('hypnic_jerk')
    expect(paneNow().selection).toBeNull()
  })

  it('waits for the next drag where nothing is selected, and lets go when pressed again', () => {
    label('spike_wave_3hz')
    expect(paneNow().armed).toBe('spike_wave_3hz')
    label('hypnic_jerk')
    expect(paneNow().armed).toBe('hypnic_jerk')
    label('hypnic_jerk')
    expect(paneNow().armed).toBeNull()
    expect(steps()).toEqual([])
  })

  it('relabels the mark that is picked, and leaves one that is out of sight alone', () => {
    addMarkOver({ start: 2, end: 3 }, 'hypnic_jerk')
    label('uncertain')
    expect(marks()).toEqual([['uncertain', 2, 3]])
    goTo(100)
    label('spike_wave_3hz')
    expect(marks()).toEqual([['uncertain', 2, 3]])
    expect(paneNow().armed).toBe('spike_wave_3hz')
  })

  it('marks nothing out of sight, says so and offers to go there', () => {
    select(2, 2.4)
    goTo(100)
    label('hypnic_jerk')
    expect(marks()).toEqual([])
    expect(lastNotice()).toBe('The selection is not on this page.')
    takeAction(noticesNow().at(-1)!.action!)
    expect(paneNow().pageStart).toBeLessThan(2)
    label('hypnic_jerk')
    expect(marks()).toEqual([['hypnic_jerk', 2, 2.4]])
  })

  it('marks a selection that is partly in view', () => {
    select(8, 12)
    goTo(10)
    label('uncertain')
    expect(marks()).toEqual([['uncertain', 8, 12]])
  })

  it('refuses a span without a length', () => {
    select(2, 2)
    label('hypnic_jerk')
    expect(marks()).toEqual([])
    expect(lastNotice()).toContain('two different edges')
    expect(paneNow().selection).toEqual({ start: 2, end: 2 })
  })

  it('pressed first, again and again, marks each drag anew', () => {
    label('hypnic_jerk')
    addArmedMark({ start: 2, end: 3 }, paneNow().armed!)
    label('spike_wave_3hz')
    addArmedMark({ start: 5, end: 8 }, paneNow().armed!)
    expect(marks()).toEqual([
      ['hypnic_jerk', 2, 3],
      ['spike_wave_3hz', 5, 8],
    ])
    expect(paneNow()).toMatchObject({ selectedMark: null, armed: null, selection: null })
  })

  it('pressed first for a mimic asks which once it is marked', () => {
    label('mimic')
    addArmedMark({ start: 2, end: 3 }, paneNow().armed!)
    expect(paneNow().selectedMark).toBeNull()
    chooseSubtype('oirda')
    expect(marks()).toEqual([['oirda', 2, 3]])
  })

  it('of a mimic asks which', () => {
    select(5, 6)
    label('mimic')
    const id = selectedMarkOf(getState())!.id
    expect(paneNow().subtypeFor).toBe(id)
    chooseSubtype('oirda')
    expect(marks()).toEqual([['oirda', 5, 6]])
    expect(paneNow().subtypeFor).toBeNull()
  })

  it('marks nothing in a set that is for reading only, and says so', () => {
    patchSet(setNow().setId, { readOnly: true })
    select(2, 3)
    label('hypnic_jerk')
    deleteSelected()
    toggleReviewed()
    undoStep()
    expect(marks()).toEqual([])
    expect(noticesNow()[0]?.text).toContain('reading only')
  })
})

describe('going through the marks', () => {
  it('travels from mark to mark, and to those of the same kind', () => {
    for (const [at, kind] of [
      [10, 'hypnic_jerk'],
      [50, 'spike_wave_3hz'],
      [90, 'hypnic_jerk'],
    ] as const)
      addMarkOver({ start: at, end: at + 1 }, kind)
    cancel()
    goTo(0)
    const at = () => (selectedMarkOf(getState())?.onset ?? 0) / 1e7
    goToMark('next', false)
    expect(at()).toBe(10)
    goToMark('next', true)
    expect(at()).toBe(90)
    // It was brought into view.
    expect(paneNow().pageStart).toBeGreaterThan(80)
    goToMark('previous', false)
    expect(at()).toBe(50)
    goToMark('next', false)
    goToMark('next', false)
    expect(at()).toBe(90)
    expect(noticesNow().at(-1)?.text).toBe('No mark after this one.')
  })
})

describe('deleting', () => {
  it('offers to undo it, and picks the next mark in view', () => {
    addMarkOver({ start: 6, end: 7 }, 'uncertain')
    addMarkOver({ start: 3, end: 5 }, 'hypnic_jerk')
    deleteSelected()
    expect(marks()).toEqual([['uncertain', 6, 7]])
    expect(selectedMarkOf(getState())?.kind).toBe('uncertain')
    takeAction(noticesNow().at(-1)!.action!)
    expect(marks()).toEqual([
      ['hypnic_jerk', 3, 5],
      ['uncertain', 6, 7],
    ])
  })

  it('without a mark lets go of the selection', () => {
    select(1, 2)
    deleteSelected()
    expect(paneNow().selection).toBeNull()
    expect(steps()).toEqual([])
  })
})

describe('a mark out of sight', () => {
  it('is not deleted, and the reader is told where it is', () => {
    addMarkOver({ start: 3, end: 5 }, 'hypnic_jerk')
    goTo(100)
    deleteSelected()
    expect(marks()).toHaveLength(1)
    expect(lastNotice()).toBe('The mark is not on this page.')
  })
})

describe('reviewed', () => {
  it('is not said of a selection that is out of sight', () => {
    select(5, 12)
    goTo(100)
    toggleReviewed()
    expect(setNow().document.reviewed).toEqual([])
    expect(lastNotice()).toBe('The selection is not on this page.')
  })

  it('is the selection, else the page; all of it again is none of it', () => {
    const reviewed = () =>
      setNow().document.reviewed.map(({ onset, duration }) => [onset / 1e7, (onset + duration) / 1e7])
    toggleReviewed()
    expect(reviewed()).toEqual([[0, 10]])
    select(5, 12)
    toggleReviewed()
    expect(reviewed()).toEqual([[0, 12]])
    select(2, 4)
    toggleReviewed()
    expect(reviewed()).toEqual([
      [0, 2],
      [4, 12],
    ])
    undoStep()
    expect(reviewed()).toEqual([[0, 12]])
  })

  it('ends with the recording', () => {
    patchPane({ view: { ...paneNow().view, timebase: 60 } })
    patchPane({ pageStart: 570 })
    toggleReviewed()
    const [range] = setNow().document.reviewed
    expect((range!.onset + range!.duration) / 1e7).toBe(600)
  })
})

describe('undo and redo', () => {
  it('go through everything that was done, and show what they change', () => {
    addMarkOver({ start: 3, end: 5 }, 'hypnic_jerk')
    const { id } = selectedMarkOf(getState())!
    changeComment(id, 'after a K-complex')
    toggleReviewed()
    const done = contentOf(setNow().document)
    goTo(300)
    for (let count = 0; count < 5; count += 1) undoStep()
    expect(contentOf(setNow().document)).toEqual(contentOf(blankDocument()))
    // The last step undone was far away: the page has come back to it.
    expect(paneNow().pageStart).toBeLessThan(10)
    for (let count = 0; count < 5; count += 1) redoStep()
    expect(contentOf(setNow().document)).toEqual(done)
    expect(checkInvariants(setNow().document)).toEqual([])
  })

  it('leave selecting and scrolling alone', () => {
    addMarkOver({ start: 3, end: 5 }, 'hypnic_jerk')
    selectMark(null)
    goTo(100)
    select(101, 102)
    expect(steps()).toEqual(['mark hypnic jerk'])
  })
})

describe('the journal', () => {
  it('is told every step in order, so that the host holds what the window holds', async () => {
    addMarkOver({ start: 3, end: 5 }, 'hypnic_jerk')
    nudge(0.01, 'a')
    undoStep()
    redoStep()
    deleteSelected()
    undoStep()
    await flushJournal()
    const { document, history } = setNow()
    expect(followed().document.marks).toEqual(document.marks)
    expect(followed().history).toEqual(history)
  })

  it('sends what comes while a call is under way with the next, and counts without a gap', async () => {
    const first = deferred<null>()
    begin({ journal: () => (asked.journal.length === 1 ? first.promise : Promise.resolve(null)) })
    for (const at of [1, 2, 3]) addMarkOver({ start: at, end: at + 0.5 }, 'hypnic_jerk')
    await expect.poll(() => asked.journal).toHaveLength(1)
    first.resolve(null)
    await flushJournal()
    expect(asked.journal.map(({ from, entries }) => [from, entries.length])).toEqual([
      [0, 1],
      [1, 2],
    ])
  })

  it('keeps what could not be sent and sends it with the next step', async () => {
    let isDown = true
    begin({
      journal: async () => {
        if (isDown) throw new ReviewError('unreadable', 'The program does not answer.')
        return null
      },
    })
    addMarkOver({ start: 1, end: 2 }, 'hypnic_jerk')
    await expect.poll(() => noticesNow().at(-1)?.text).toContain('does not answer')
    isDown = false
    addMarkOver({ start: 3, end: 4 }, 'hypnic_jerk')
    await flushJournal()
    expect(asked.journal.at(-1)).toMatchObject({ from: 0, entries: [{}, {}] })
  })
})

describe('saving', () => {
  it('follows the journal, and what is done meanwhile stays unsaved', async () => {
    const saved = deferred<SavedSet>()
    begin({ saveSet: () => saved.promise })
    addMarkOver({ start: 1, end: 2 }, 'hypnic_jerk')
    expect(hasUnsaved(getState())).toBe(true)
    const saving = save()
    await expect.poll(() => asked.saveSet).toHaveLength(1)
    expect(asked.journal).toHaveLength(1)
    addMarkOver({ start: 3, end: 4 }, 'hypnic_jerk')
    saved.resolve({ fileName: 'a.json', savedAt: '', signed: null })
    expect(await saving).toBe(true)
    expect(hasUnsaved(getState())).toBe(true)
    undoStep()
    expect(hasUnsaved(getState())).toBe(false)
  })

  it('asks before it overwrites what another program has changed', async () => {
    begin({
      saveSet: async ({ overwrite }) => {
        if (!overwrite) throw new ReviewError('conflict', 'It was changed on disk.')
        return { fileName: 'a.json', savedAt: '', signed: null }
      },
    })
    addMarkOver({ start: 1, end: 2 }, 'hypnic_jerk')
    expect(await save()).toBe(false)
    expect(hasUnsaved(getState())).toBe(true)
    const { message, actions: ways } = setNow().refusal!
    expect(message).toBe('It was changed on disk.')
    expect(ways.map((way) => way.do)).toEqual(['compareVersions', 'overwrite', 'saveElsewhere'])
    takeAction(ways[1]!)
    await expect.poll(() => hasUnsaved(getState())).toBe(false)
  })

  it('keeps recovered work unsaved until it is saved, even when all of it was undone', () => {
    patchSet(setNow().setId, { savedStep: undefined })
    expect(hasUnsaved(getState())).toBe(true)
  })
})
