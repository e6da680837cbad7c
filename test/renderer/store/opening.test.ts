import { beforeEach, describe, expect, it } from 'vitest'
import { start } from '../../../renderer/store/events.ts'
import { beginWindow } from '../../../renderer/store/host.ts'
import {
  answerUnsaved,
  changeReviewer,
  closeRecording,
  reload,
  requestOpen,
  requestSet,
} from '../../../renderer/store/leaving.ts'
import { addMarkOver } from '../../../renderer/store/marking.ts'
import { openRecording } from '../../../renderer/store/opening.ts'
import {
  discardUnsaved,
  refreshSets,
  returnToOwnSet,
  sayWhoReads,
} from '../../../renderer/store/openingSets.ts'
import { chooseRecovery, settleDamage } from '../../../renderer/store/recovering.ts'
import { save } from '../../../renderer/store/saving.ts'
import {
  activeSet,
  asksWhoReads,
  hasUnsaved,
  isUnsaved,
  recordingNameOf,
  setsBeside,
} from '../../../renderer/store/selectors.ts'
import { getState, patchPane, patchUi } from '../../../renderer/store/state.ts'
import { goTo } from '../../../renderer/store/viewing.ts'
import type { Host } from '../../../shared/contract/contract.ts'
import type { HostEvent, OpenedRecording, SetSummary, Startup } from '../../../shared/contract/model.ts'
import { ReviewError } from '../../../shared/failure.ts'
import {
  type Asked,
  deferred,
  makeHost,
  openedRecording,
  openedSet,
  PLAIN_SET,
} from '../../support/fakeHost.ts'
import { noticesNow, paneNow, recordingNow, setNow } from '../../support/reviewWindow.ts'

const STARTUP: Startup = {
  shell: { kind: 'desktop', platform: 'linux', version: '1' },
  settings: {
    reviewer: 'JS',
    theme: 'system',
    pixelsPerMillimetre: null,
    statementSeen: true,
    panelOpen: true,
  },
  montages: [],
  open: { ref: 'first', name: 'first.edf' },
}
const NOTE = { onset: 3, duration: null, text: 'Eyes closed', channel: null }

let asked: Asked
let emit: (event: HostEvent) => void

/** A host that opens any ref as a recording of that name. */
async function begin(answers: Partial<Host> = {}): Promise<void> {
  const byId = new Map<string, OpenedRecording>()
  const openAs = (ref: string) => {
    const recording = { ...openedRecording(`${ref}-${byId.size}`), name: `${ref}.edf` }
    byId.set(recording.recordingId, recording)
    return recording
  }
  const made = makeHost({
    startup: async () => STARTUP,
    openRecording: async ({ ref }) => openAs(ref),
    reopenRecording: async () => openAs('again'),
    closeRecording: async () => null,
    scanned: async ({ recordingId }) => ({
      complete: false,
      annotations: [],
      recording: byId.get(recordingId)!.recording,
      activity: null,
    }),
    openSet: async ({ recordingId }) => openedSet({ setId: `set of ${recordingId}` }),
    closeSet: async () => null,
    journal: async () => null,
    saveSet: async () => ({ fileName: 'a.json', savedAt: '', signed: null }),
    saveSettings: async () => null,
    listSets: async () => [],
    closeWindow: async () => null,
    ...answers,
  })
  asked = made.asked
  beginWindow(made.host, async () => null)
  await start(
    {
      host: made.host,
      subscribe: (listener) => {
        emit = listener
        return () => {}
      },
    },
    () => {},
  )
}

beforeEach(() => begin())

const recordingId = () => recordingNow().opened.recordingId
const mark = () => addMarkOver({ start: 1, end: 2 }, 'hypnic_jerk')

describe('the start', () => {
  it('opens what was asked for, with the reviewer’s own set, in the default view', () => {
    const { view, pageStart } = paneNow()
    const set = activeSet(getState())
    expect(recordingNow().opened.name).toBe('first.edf')
    expect(set?.setId).toBe(`set of ${recordingId()}`)
    expect(view).toMatchObject({
      montage: 'longitudinal',
      sensitivity: 7,
      timebase: 10,
      lowFrequency: 0.5,
      highFrequency: 70,
    })
    expect(pageStart).toBe(0)
    expect(isUnsaved(set)).toBe(false)
  })

  it('says in the window why a recording could not be opened, and can open another', async () => {
    await begin({
      openRecording: async () => {
        throw new ReviewError('not-edf', 'This is a ZIP archive.')
      },
    })
    expect(getState().recording).toEqual({
      phase: 'none',
      failure: expect.stringContaining('This is a ZIP archive.'),
    })
  })

  it('gives up what was open to a window that takes the host over, and to no echo of itself', async () => {
    await begin()
    expect(getState().recording.phase).toBe('open')
    emit({ type: 'taken-over', by: 'another window' })
    expect(getState()).toMatchObject({ shell: { takenOver: true }, recording: { phase: 'none' } })
  })

  it('keeps what is open when another file is refused, and names that file', async () => {
    await begin({
      openRecording: async ({ ref }) => {
        if (ref === 'text') throw new ReviewError('not-edf', 'Not an EDF or BDF file: it is a text.')
        return { ...openedRecording(`${ref}-0`), name: `${ref}.edf` }
      },
      scanned: async () => {
        const { recording } = openedRecording('first-0')
        return { complete: true, annotations: [], recording, activity: null }
      },
    })
    await openRecording({ ref: 'text', name: 'notes.edf' })
    expect(recordingNameOf(getState())).toBe('first.edf')
    expect(noticesNow()[0]?.text).toBe('notes.edf: Not an EDF or BDF file: it is a text.')
  })

  it('opens the recording even where its set cannot be, and says so', async () => {
    await begin({
      openSet: async () => {
        throw new ReviewError('unreadable', 'The folder cannot be read.')
      },
    })
    expect(recordingNameOf(getState())).toBe('first.edf')
    expect(activeSet(getState())).toBeNull()
    expect(noticesNow()[0]?.text).toBe('The folder cannot be read.')
  })
})

describe('events', () => {
  it('of the background reading bring notes, times and progress', async () => {
    await begin({
      scanned: async () => ({
        complete: true,
        annotations: [NOTE],
        recording: openedRecording().recording,
        activity: null,
      }),
    })
    expect(recordingNow()).toMatchObject({ notes: [NOTE], scan: null })
    await begin()
    emit({ type: 'scan', recordingId: recordingId(), progress: 0.4, done: false })
    expect(recordingNow().scan).toBe(0.4)
    const later = openedRecording('x', 50).recording
    goTo(400)
    emit({ type: 'timeline', recordingId: recordingId(), recording: later })
    expect(recordingNow().opened.recording).toBe(later)
    // What it brought is shorter than was thought: the page stays on it.
    expect(paneNow().pageStart).toBe(40)
  })

  it('bring the sets that took long to read, also when they come before the recording is shown', async () => {
    const late = {
      ref: 'set',
      name: 'x.AB.hypnospike.json',
      reviewer: 'AB',
      marks: 7,
      changed: null,
    } as const
    const sets = [{ ...late, ...PLAIN_SET }]
    expect(setsBeside(getState())).toEqual([])
    emit({ type: 'sets', recordingId: recordingId(), sets })
    expect(setsBeside(getState())).toEqual(sets)
    emit({ type: 'sets', recordingId: 'another', sets: [] })
    expect(setsBeside(getState())).toEqual(sets)
    emit({ type: 'sets', recordingId: 'second-1', sets })
    await openRecording({ ref: 'second', name: 'second.edf' })
    expect(recordingId()).toBe('second-1')
    expect(setsBeside(getState())).toEqual(sets)
  })

  it('of another recording, closed before they came, change nothing', () => {
    const before = getState()
    emit({ type: 'scan', recordingId: 'closed', progress: 0.4, done: false })
    emit({ type: 'timeline', recordingId: 'closed', recording: openedRecording('x', 5).recording })
    emit({ type: 'recording-changed', recordingId: 'closed', change: 'gone', message: 'It is gone.' })
    expect(getState()).toEqual(before)
  })

  it('tell that the file grew; reading it again keeps the page and the view', async () => {
    emit({ type: 'recording-changed', recordingId: recordingId(), change: 'grown', message: 'It has grown.' })
    expect(recordingNow().changedOnDisk).toEqual({ change: 'grown', message: 'It has grown.' })
    goTo(120)
    patchPane({ view: { ...paneNow().view, sensitivity: 20 } })
    reload()
    await expect.poll(() => recordingNameOf(getState())).toBe('again.edf')
    expect(paneNow()).toMatchObject({ pageStart: 120, view: { sensitivity: 20 } })
    expect(recordingNow().changedOnDisk).toBeNull()
  })

  it('tell why steps could not be kept', () => {
    emit({ type: 'journal-failed', setId: 'any', message: 'The disk is full.' })
    expect(noticesNow()[0]?.text).toBe('The disk is full.')
  })
})

describe('what was saved and what was recovered', () => {
  const choice = {
    fileName: 'first.JS.hypnospike.json',
    saved: { marks: 3, reviewed: 0, changed: '2026-02-01T08:00:00.000Z' },
    recovered: { marks: 2, reviewed: 0, changed: '2026-01-31T08:00:00.000Z' },
    differences: [],
    more: 0,
  }
  const openSet: Host['openSet'] = async () => openedSet({ choice, unsaved: true })

  it('are compared at once where neither holds the other, and again before a save', async () => {
    await begin({ openSet })
    expect(getState().ui.dialog).toBe('recovery')
    patchUi({ dialog: null })
    expect(await save()).toBe(false)
    expect(getState().ui.dialog).toBe('recovery')
    expect(asked.saveSet).toHaveLength(0)
  })

  it.each(['saved', 'recovered', 'both'] as const)('are as the reader says: %s', async (keep) => {
    await begin({ openSet, chooseRecovery: async () => openedSet({ setId: 'chosen' }) })
    mark()
    await chooseRecovery(keep)
    expect(asked.chooseRecovery).toMatchObject([{ keep }])
    expect(asked.journal).toHaveLength(1)
    expect(getState().ui.dialog).toBeNull()
    expect(setNow()).toMatchObject({ setId: 'chosen', choice: null })
  })
})

describe('a journal', () => {
  it('that held what is not in the set tells where that is', async () => {
    await begin()
    emit({ type: 'kept-beside', setId: setNow().setId, message: 'They are kept beside it.' })
    expect(noticesNow().at(-1)?.text).toBe('They are kept beside it.')
  })

  const DAMAGED = 'The journal is damaged after 3 entries; 2 could not be read.'
  const openSet: Host['openSet'] = async () => openedSet({ damaged: DAMAGED, notice: DAMAGED, unsaved: true })

  it('that cannot be written is told of for as long as that is so, and said again once only', async () => {
    await begin()
    const { setId } = setNow()
    for (let count = 0; count < 3; count += 1) {
      emit({ type: 'journal-failed', setId, message: 'The disk is full.' })
      patchUi({ notices: count === 0 ? noticesNow() : [] })
    }
    expect(setNow().journalProblem).toBe('The disk is full.')
    expect(noticesNow()).toEqual([])
    emit({ type: 'journal-recovered', setId })
    expect(setNow().journalProblem).toBeNull()
    expect(noticesNow()).toHaveLength(1)
  })

  it('that was damaged is told of until it is dealt with', async () => {
    await begin({ openSet, putDamageAside: async () => null, discardSet: async () => openedSet() })
    expect(setNow().damaged).toBe(DAMAGED)
    // Not said in passing what stands above the page.
    expect(noticesNow()).toEqual([])
    await settleDamage(true)
    expect(setNow().damaged).toBeNull()
    expect(asked.discardSet).toHaveLength(0)
    await settleDamage(false)
    expect(asked.discardSet).toHaveLength(1)
  })
})

describe('unsaved marks', () => {
  const ways: readonly (readonly [string, () => void])[] = [
    ['another recording is opened', () => requestOpen({ ref: 'second', name: 'second.edf' })],
    ['the recording is closed', () => closeRecording()],
    ['the file is read again', () => reload()],
    ['another reviewer takes over', () => changeReviewer('MK')],
    ['the window is closed', () => emit({ type: 'close-requested' })],
  ]

  it.each(ways)('are asked for before %s, and kept when the answer is to cancel', async (_what, leave) => {
    mark()
    const before = recordingId()
    leave()
    expect(getState().ui.dialog).toBe('unsaved')
    await answerUnsaved('cancel')
    expect(recordingId()).toBe(before)
    expect(hasUnsaved(getState())).toBe(true)
    expect(getState().shell.settings.reviewer).toBe('JS')
    expect(asked.closeWindow).toHaveLength(0)
    expect(asked.discardSet).toHaveLength(0)
  })

  it.each(ways)('are not asked for before %s when there are none', async (_what, leave) => {
    leave()
    expect(getState().ui.dialog).toBeNull()
  })

  it('are saved before the next is opened, and not left when saving fails', async () => {
    mark()
    requestOpen({ ref: 'second', name: 'second.edf' })
    await answerUnsaved('save')
    await expect.poll(() => recordingNameOf(getState())).toBe('second.edf')
    expect(asked.saveSet).toHaveLength(1)

    await begin({
      saveSet: async () => {
        throw new ReviewError('disk-full', 'The disk is full.')
      },
    })
    mark()
    requestOpen({ ref: 'second', name: 'second.edf' })
    await answerUnsaved('save')
    expect(recordingNameOf(getState())).toBe('first.edf')
    expect(setNow().refusal?.message).toBe('The disk is full.')
  })

  it('are given up when that is the answer', async () => {
    await begin({ discardSet: async () => openedSet({ setId: 'as saved' }) })
    mark()
    closeRecording()
    await answerUnsaved('discard')
    await expect.poll(() => getState().recording.phase).toBe('none')
    expect(asked.discardSet).toHaveLength(1)
    expect(asked.closeSet.at(-1)).toEqual({ setId: 'as saved' })
  })

  it('recovered from a crash are unsaved, and can be given up', async () => {
    const found = openedSet({
      recovered: { edits: 2, lastChange: '2026-01-31T08:00:00.000Z' },
      unsaved: true,
    })
    await begin({ openSet: async () => found, discardSet: async () => openedSet({ setId: 'as saved' }) })
    expect(setNow().recovered?.edits).toBe(2)
    expect(hasUnsaved(getState())).toBe(true)
    await discardUnsaved()
    expect(activeSet(getState())).toMatchObject({ setId: 'as saved', recovered: null })
    expect(hasUnsaved(getState())).toBe(false)
  })
})

describe('another reviewer', () => {
  it('has a set of their own, and is remembered', async () => {
    changeReviewer('MK')
    await expect.poll(() => asked.openSet.at(-1)).toMatchObject({ reviewer: 'MK', ref: null })
    expect(asked.saveSettings.at(-1)).toMatchObject({ reviewer: 'MK' })
  })

  it('is told nothing of what the list said to the one before, and asks for it anew', async () => {
    const own = {
      ...{ ref: 'own', name: 'first.JS.hypnospike.json', reviewer: 'JS', marks: 2, changed: null },
      ...PLAIN_SET,
    }
    const late = deferred<readonly SetSummary[]>()
    const answers = [Promise.resolve([own]), late.promise]
    const sealed = { ...own, marks: null, isSealed: true }
    await begin({ listSets: async () => answers.shift() ?? [sealed] })
    await refreshSets()
    expect(recordingNow().sets).toEqual([own])
    // Asked for the reader before, and answered after.
    const asking = refreshSets()
    changeReviewer('MK')
    expect(recordingNow().sets).toBeNull()
    await expect.poll(() => recordingNow().sets).toEqual([sealed])
    late.resolve([own])
    await asking
    expect(recordingNow().sets).toEqual([sealed])
  })
})

describe('a blind set under the code that everybody begins with', () => {
  const listed = {
    ...{ ref: 'set', name: 'first.R-01.hypnospike.json', reviewer: 'R-01', marks: null, changed: null },
    ...{ ...PLAIN_SET, isSealed: true },
  }

  it('is opened once the reader has said that it is theirs', async () => {
    let isKnown = false
    const { settings } = STARTUP
    await begin({
      startup: async () => ({ ...STARTUP, settings: { ...settings, reviewer: 'R-01' } }),
      openSet: async () => {
        if (!isKnown) throw new ReviewError('reader-unknown', 'Say first whether it is yours.')
        return openedSet({ setId: 'mine' })
      },
      listSets: async () => [isKnown ? { ...listed, isSealed: false, marks: 1 } : listed],
      confirmReviewer: async () => {
        isKnown = true
        return null
      },
    })
    await refreshSets()
    expect(getState().ui.dialog).toBe('whoReads')
    expect(noticesNow()).toEqual([])
    expect(asksWhoReads(getState())).toBe(true)
    await sayWhoReads()
    expect(getState().ui.dialog).toBeNull()
    expect(setNow().setId).toBe('mine')
    expect(recordingNow().sets).toMatchObject([{ marks: 1 }])
    expect(asksWhoReads(getState())).toBe(false)
  })
})

describe('after a look at a key', () => {
  const KEY = { ref: 'key', name: 'first.key.json' }
  const openSet: Host['openSet'] = async ({ ref }) =>
    openedSet({ setId: ref === null ? 'own' : 'the key', readOnly: ref !== null })

  it.each([
    ['naming oneself again', () => changeReviewer('JS')],
    ['going back', () => returnToOwnSet()],
  ])('%s brings one’s own set', async (_what, goBack) => {
    await begin({ openSet })
    requestSet(KEY)
    await expect.poll(() => setNow().setId).toBe('the key')
    void goBack()
    await expect.poll(() => setNow().setId).toBe('own')
    expect(asked.closeSet.at(-1)).toEqual({ setId: 'the key' })
    expect(asked.saveSettings).toHaveLength(0)
  })

  it('naming oneself again leaves a set alone that is one’s own already', async () => {
    await begin({ openSet })
    changeReviewer('JS')
    expect(asked.closeSet).toHaveLength(0)
  })
})

it('lists the sets as they are now, one’s own saved since among them', async () => {
  const own = {
    ref: 'own',
    name: 'first.JS.hypnospike.json',
    reviewer: 'JS',
    marks: 2,
    changed: null,
    ...PLAIN_SET,
  }
  await begin({ listSets: async () => [own] })
  expect(recordingNow().opened.sets).toEqual([])
  await refreshSets()
  expect(setsBeside(getState())).toEqual([own])
})

it('closes the recording and its set before it opens the next', async () => {
  const before = recordingId()
  await openRecording({ ref: 'second', name: 'second.edf' })
  expect(asked.closeSet).toEqual([{ setId: `set of ${before}` }])
  expect(asked.closeRecording).toEqual([{ recordingId: before }])
  expect(paneNow()).toMatchObject({ cursor: null, selection: null, selectedMark: null })
  expect(recordingNow().notes).toEqual([])
})
